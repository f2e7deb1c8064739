"""Booking a time: what for, which day, held for ten minutes, confirmed, changed, given back. A13.

The code never stands in an address and is kept nowhere: it is said once, in the answer to the
confirmation. This session remembers which appointments it has opened, as it does with cases.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.queries import item_coded
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import sender_of
from openhall.design.qr import qr_svg
from openhall.design.words import called
from openhall.desk.offers import Offer as Act
from openhall.desk.pages import Subject, existing
from openhall.organs.fields import NumberOfDocument, PhoneField, TextField, judge_person
from openhall.paging.whole import whole
from openhall.portal.acts import Visitor
from openhall.portal.views.holding import account_of
from openhall.slots import actions, words
from openhall.slots.actions.booking import FULL, Who, grouped
from openhall.slots.queries import (
    Appointment,
    Offer,
    appointment_numbered,
    appointments_of_account,
    grid,
    last_change_of,
    offer_of,
    offers,
    offers_for_item,
    released_next,
    rules_on,
    run_from,
    story_of,
)
from openhall.slots.rules import ics
from openhall.slots.terms import AppointmentAct, AppointmentState
from openhall.throttle.fields import ProofField, asks, prove

HELD = "held_appointments"
DAYS = 7
S = AppointmentState
TONES = {S.HELD: "waiting", S.CONFIRMED: "on_time", S.ARRIVED: "on_time", S.MISSED: "overdue"}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What can be booked, by place; ``?item=`` narrows it to one matter."""
    day, code = timezone.localdate(), request.GET.get("item", "")
    found = offers_for_item(code, day) if code else offers(day)
    if code and len(found) == 1:  # from the guide of a matter to its times in one step
        only = found[0]
        return redirect("portal:appointment_times", only.owner.code, only.purpose.code)
    places: dict[int, tuple[Any, list[Offer]]] = {}
    for one in found:
        places.setdefault(one.owner.pk, (one.owner, []))[1].append(one)
    item = item_coded(code) if code else None
    account = account_of(request)
    mine = appointments_of_account(account.pk) if account is not None else []
    context = {
        "places": list(places.values()),
        "item": item,
        "code": code,
        "mine": [(one, words.title_of(one)) for one in mine],
    }
    return render(request, "portal/appointments/listing.html", context)


def hold(request: HttpRequest, one: Appointment) -> None:
    """This session may open the appointment."""
    held = [pk for pk in request.session.get(HELD, []) if pk != one.pk]
    request.session[HELD] = [*held, one.pk][-20:]


def _opens(request: HttpRequest, one: Appointment) -> bool:
    account = account_of(request)
    mine = account is not None and one.account_id == account.pk
    return mine or one.pk in request.session.get(HELD, [])


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one purpose at one place, as they are shown; ``of`` is to be changed."""

    request: HttpRequest
    offer: Offer
    persons: int
    first: date
    of: Appointment | None = None

    @property
    def seq(self) -> int | None:
        return None if self.of is None else self.of.seq


class AtTime(Act):
    """One of the times shown: each is a button of the one form."""

    bare = True
    slot = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**53)
    persons = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=20)

    def time(self, doing: Doing) -> Any:
        subject: Times = self.subject
        slot = self.cleaned_data["slot"]
        found = run_from(subject.offer, slot, self.cleaned_data["persons"], doing.at)
        if found is None:
            raise Refused(FULL, code="full")
        return found


class Hold(AtTime):
    """Held for ten minutes, for this session or account."""

    code, title = "hold", gettext_lazy("Hold this time")
    done = gettext_lazy("This time is held for you for ten minutes.")

    def does(self, doing: Doing) -> Appointment:
        subject: Times = self.subject
        typed = self.cleaned_data
        made = actions.hold(
            subject.offer, self.time(doing), typed["persons"], sender_of(subject.request), doing
        )
        hold(subject.request, made)
        return made

    def goes_to(self, left: Any) -> str:
        return reverse("portal:appointment", args=[left.number])


class ChangeTo(AtTime):
    """Another time for what is booked."""

    code, title = "change", gettext_lazy("Change to this time")
    done = gettext_lazy("Your appointment has another time. Its code is the same.")

    def does(self, doing: Doing) -> Any:
        subject: Times = self.subject
        assert subject.of is not None
        return actions.change(subject.of.pk, subject.offer, self.time(doing), doing)

    def goes_to(self, left: Any) -> str:
        return reverse("portal:appointment", args=[self.subject.of.number])


class TimesPage(Subject):
    """Day by day, what is free; a visit of several people needs several slots in a row."""

    offers: ClassVar[tuple[type[Act], ...]] = (Hold,)
    template = "portal/appointments/times.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Times]:
        day = timezone.localdate()
        offer = existing(offer_of(where["owner"], where["purpose"], day))
        persons = min(whole(request.GET.get("persons")) or 1, offer.purpose.persons)
        who = Visitor(account_of(request), day)
        return who, Times(request, offer, max(1, persons), _from(request, day))

    def home(self, who: Visitor, subject: Times) -> str:
        at = [subject.offer.owner.code, subject.offer.purpose.code]
        return reverse("portal:appointment_times", args=at)

    def context(
        self, request: HttpRequest, who: Visitor, subject: Times, **more: Any
    ) -> dict[str, Any]:
        now = timezone.now()
        days = grid(subject.offer, subject.persons, subject.first, DAYS, now)
        purpose = subject.offer.purpose
        last = subject.first + timedelta(days=DAYS)
        farthest = max(rules.days_ahead for _calendar, rules in subject.offer.calendars)
        return {
            "offer": subject.offer,
            "purpose": purpose,
            "place": subject.offer.calendars[0][1],
            "days": [(words.day_named(one.day), one) for one in days],
            "opens": next((one.day for one in days if one.times), None),
            "persons": subject.persons,
            "choices": range(1, purpose.persons + 1),
            "minutes": purpose.minutes_for(subject.persons),
            "earlier": subject.first - timedelta(days=DAYS) if subject.first > who.day else None,
            "later": last if last <= who.day + timedelta(days=farthest) else None,
            "first": subject.first,
            "next_release": released_next(subject.offer, now),
            "changing": subject.of,
        }


def _from(request: HttpRequest, day: date) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return day
    return min(max(asked, day), day + timedelta(days=200))


class ChangePage(TimesPage):
    """The same times for an appointment that stands."""

    offers = (ChangeTo,)
    kind = "appointment"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Times]:
        one = _opened(request, where["number"])
        day = timezone.localdate()
        if one.state != S.CONFIRMED:
            raise PermissionDenied(_("This appointment cannot be changed any more."))
        offer = existing(offer_of(one.calendar.owner.code, one.purpose, day))
        who = Visitor(account_of(request), day, holds=True)
        return who, Times(request, offer, one.persons, _from(request, day), one)

    def home(self, who: Visitor, subject: Times) -> str:
        assert subject.of is not None
        return reverse("portal:appointment_change", args=[subject.of.number])


def _opened(request: HttpRequest, number: str) -> Appointment:
    one = existing(appointment_numbered(number))
    if not _opens(request, one):
        raise PermissionDenied(_("Open this appointment with its code, or sign in."))
    return one


@dataclass(frozen=True, slots=True)
class Mine:
    """An appointment before who may open it."""

    one: Appointment
    request: HttpRequest

    @property
    def number(self) -> str:
        return self.one.number

    @property
    def seq(self) -> int:
        return self.one.seq


class Confirm(Act):
    """Who comes. The code is shown in the answer, and never again."""

    act, bare, tone, shows = AppointmentAct.CONFIRM, True, "primary", True
    button = gettext_lazy("Confirm the appointment")
    name = TextField(
        label=gettext_lazy("Your name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=gettext_lazy("Your telephone"),
        help_text=gettext_lazy("The confirmation, its code and a reminder are sent to it."),
    )
    proof = ProofField()

    @classmethod
    def offered(cls, subject: Mine, who: Visitor) -> bool:
        return subject.one.state == S.HELD

    def ask(self) -> None:
        one = self.subject.one
        rules = rules_on(one.calendar, one.day)
        purpose = rules.purpose(one.purpose) if rules else None
        account = self.who.account
        if account is not None:
            self.fields["name"].initial = account.real_name
            self.fields["phone"].initial = account.phone
        if purpose is not None and purpose.identity:
            self.fields["identity"] = NumberOfDocument(
                label=_("Number of your document"),
                help_text=_(
                    "This purpose counts by person. The number is kept encrypted and erased "
                    "afterwards."
                ),
            )
            self.order_fields(["name", "phone", "identity", "proof"])
        if not asks(self.subject.request):
            del self.fields["proof"]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        judge_person(self, said, "identity_kind", "identity")
        return said

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and "proof" in self.fields:
            prove(self, self.subject.request)

    def does(self, doing: Doing) -> dict[str, Any]:
        typed, one = self.cleaned_data, self.subject.one
        english = (get_language() or "").startswith("en")
        who = Who(
            typed["name"],
            typed["phone"],
            typed.get("identity", ""),
            language="en" if english else "zh",
        )
        _deed, code = actions.confirm(one.pk, who, doing)
        one.refresh_from_db()
        return {"code": grouped(code), "qr": _qr(code)} if code else {}


def _qr(code: str) -> str:
    """The address with the code behind "#": no server and no log ever sees it."""
    at = f"{settings.BASE_URL}{reverse('portal:open_appointment')}#{code}"
    return qr_svg(at, quiet=2, title=_("Opens this appointment"))


class LetGo(Act):
    """Give a held time back."""

    code, title = "let_go", gettext_lazy("Choose another time")
    effect = gettext_lazy("The time is free for others at once.")
    done = gettext_lazy("The time is free again.")

    @classmethod
    def offered(cls, subject: Mine, who: Visitor) -> bool:
        return subject.one.state == S.HELD

    def does(self, doing: Doing) -> Any:
        return actions.let_go(self.subject.one.pk)

    def goes_to(self, left: Any) -> str:
        one = self.subject.one
        return reverse("portal:appointment_times", args=[one.calendar.owner.code, one.purpose])


class Cancel(Act):
    """Give the appointment back."""

    act, tone = AppointmentAct.CANCEL, "grave"
    title = gettext_lazy("Cancel the appointment")
    effect = gettext_lazy("The time is free for others at once; you may book again.")
    done = gettext_lazy("The appointment is cancelled.")

    @classmethod
    def offered(cls, subject: Mine, who: Visitor) -> bool:
        return subject.one.state == S.CONFIRMED

    def does(self, doing: Doing) -> Any:
        return actions.cancel(self.subject.one.pk, doing)


class AppointmentPage(Subject):
    """One appointment: held with the form to confirm it, or as it stands."""

    offers = (Confirm, LetGo, Cancel)
    kind = "appointment"
    template = "portal/appointments/appointment.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Mine]:
        one = _opened(request, where["number"])
        return Visitor(account_of(request), timezone.localdate(), holds=True), Mine(one, request)

    def home(self, who: Visitor, subject: Mine) -> str:
        return reverse("portal:appointment", args=[subject.number])

    def content(self, who: Visitor, subject: Mine) -> dict[str, Any]:
        one = subject.one
        rules = rules_on(one.calendar, one.day)
        state, now = S(one.state), timezone.now()
        over = state == S.HELD and one.held_until is not None and one.held_until <= now
        return {
            "one": one,
            "state": S.EXPIRED if over else state,
            "tone": TONES.get(state, "closed"),
            "over": over or state == S.EXPIRED,
            "when": words.moment(one.starts),
            "what": words.title_of(one),
            "place": words.place_of(rules, one),
            "last_change": last_change_of(one),
            "may_change": state == S.CONFIRMED and now <= last_change_of(one),
            "story": [(deed, AppointmentAct(deed.act)) for deed in story_of(one)],
        }


@require_safe
def calendar_file(request: HttpRequest, number: str) -> HttpResponse:
    """The appointment for one's own calendar, without name, telephone or code."""
    one = _opened(request, number)
    english = (get_language() or "").startswith("en")
    rules = rules_on(one.calendar, one.day)
    place = words.place_of(rules, one)
    entry = ics.Entry(
        f"{one.number}@{settings.LEDGER_ORIGIN}",
        one.seq,
        timezone.now(),
        timezone.localtime(one.starts).replace(tzinfo=None),
        timezone.localtime(one.ends).replace(tzinfo=None),
        words.title_of(one).said_in(get_language() or "") or one.title,
        place.en if english else place.zh,
        f"{_('Appointment')} {one.number} · {called(one.calendar.owner)}",
        f"{settings.BASE_URL}{reverse('portal:open_appointment')}",
        cancelled=one.state == S.CANCELLED,
        remind_minutes=60,
    )
    answer = HttpResponse(ics.written(entry), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{one.number}.ics"'
    return answer


times, change, appointment = TimesPage(), ChangePage(), AppointmentPage()
