"""Service halls for the public: where, when, who waits; tickets by phone; displays and voice."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject, existing
from openhall.hall.actions import turns
from openhall.hall.queries import (
    Centre,
    Hall,
    Line,
    Ticket,
    ahead_of,
    centre_on,
    centres_on,
    events_of,
    exceptions_after,
    hall_named,
    history_of,
    hours_on,
    open_lines,
    residents_of,
    ticket_of,
    window_numbered,
    windows_of,
)
from openhall.hall.rules.opening import Hours
from openhall.hall.state.body import body_of
from openhall.hall.terms import CentreKind, CentreState, Need, Source, TicketAct, TicketState
from openhall.portal.acts import Visitor
from openhall.portal.districts import all_districts, chosen
from openhall.portal.views.holding import account_of
from openhall.slots.words import day_named

HELD: Final = "hall_tickets"
MOST_HELD: Final = 8
FOR_ALL: Final = {CentreKind.CITY.value, CentreKind.DISTRICT.value}  # halls for every matter


def state_at(slug: str) -> str:
    """Where the state of a hall is asked: one address for every language, answered before Django
    (``hall.state.served``)."""
    return f"/hall/{slug}/state.json"


@dataclass(frozen=True, slots=True)
class Place:
    """A hall as its page shows it today."""

    hall: Hall
    centre: Centre
    hours: Hours
    lines: list[Line]
    session: Any

    @property
    def serves(self) -> bool:
        return bool(self.centre.standing == CentreState.OPEN.value)


def _line_words(line: Line) -> str:
    name = line.name_en if get_language() == "en" and line.name_en else line.name
    return f"{line.letter} {name}"


class TakeTicket(Offer):
    """A number for today, from the phone: nothing of the person is asked."""

    act, bare, tone = TicketAct.ISSUE, True, "primary"
    title = button = gettext_lazy("Take a ticket")
    done = gettext_lazy("Your ticket is below. Keep this page open, or note the number.")
    line = forms.ChoiceField(label=gettext_lazy("What for"), widget=forms.RadioSelect)
    need = forms.ChoiceField(label=gettext_lazy("What you need at the window"), required=False)

    @classmethod
    def offered(cls, subject: Place, who: Any) -> bool:
        return subject.serves and subject.hours.gives_tickets(timezone.localtime().time())

    def ask(self) -> None:
        self.choose("line", [(str(one.pk), _line_words(one)) for one in self.subject.lines])
        self.choose("need", [(need.value, need.said_in(get_language())) for need in Need])

    def does(self, doing: Doing) -> Ticket:
        held = [ticket_of(uid) for uid in self.subject.session.get(HELD, [])]
        line = int(self.cleaned_data["line"])
        for one in held:
            if one is not None and one.line_id == line and one.state == TicketState.WAITING:
                return one  # they wait in this line already: here is that ticket
        ticket = turns.issue(
            turns.Coming(line, Source.PHONE, need=Need(self.cleaned_data["need"] or "")), doing
        )
        kept = [*self.subject.session.get(HELD, []), str(ticket.uid)]
        self.subject.session[HELD] = kept[-MOST_HELD:]
        return ticket

    def goes_to(self, left: Ticket) -> str:
        return reverse("portal:hall_ticket", args=[left.hall.slug, left.uid])


class HallPage(Subject):
    """One hall: where it is, when it is open, who waits, and a ticket for today."""

    offers = (TakeTicket,)
    template = "portal/hall/hall.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Place]:
        day = timezone.localdate()
        hall = existing(hall_named(where["slug"]))
        centre = existing(centre_on(hall, day))
        place = Place(hall, centre, hours_on(hall, day), list(open_lines(hall)), request.session)
        return Visitor(account_of(request), day), place

    def home(self, who: Visitor, subject: Place) -> str:
        return reverse("portal:hall", args=[subject.hall.slug])

    def content(self, who: Visitor, subject: Place) -> dict[str, Any]:
        hall, day = subject.hall, who.day
        held = [ticket_of(uid) for uid in subject.session.get(HELD, [])]
        return {
            "hall": hall,
            "centre": subject.centre,
            "standing": CentreState(subject.centre.standing),
            "serves": subject.serves,
            "hours": subject.hours,
            "week": [(day_named(one), hours_on(hall, one)) for one in week_from(day)],
            "exceptions": exceptions_after(hall, day),
            "windows": list(windows_of(hall)),
            "units": list(residents_of(hall, day)),
            "history": history_of(hall),
            "mine": [
                one for one in held if one is not None and one.day == day and one.hall_id == hall.pk
            ],
            "state": state_at(hall.slug),
            "lines": subject.lines,
        }


hall = HallPage()


def week_from(day: date) -> list[date]:
    """Today and the six days after it."""
    return [day + timedelta(days=n) for n in range(7)]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every hall, whether it serves today, and from when to when; those for all matters first."""
    day, now = timezone.localdate(), timezone.localtime().time()
    general: list[Any] = []
    single: list[Any] = []
    for centre in centres_on(day):
        hours = hours_on(centre.hall_id, day)
        serves = centre.standing == CentreState.OPEN.value
        row = (centre, CentreState(centre.standing), hours, serves and hours.open_at(now))
        (general if centre.hall.kind in FOR_ALL else single).append(row)
    district = chosen(request, all_districts())
    mine = district.code if district else ""
    general.sort(key=lambda row: _nearest(row[0], mine))
    context = {"general": general, "single": single}
    return render(request, "portal/hall/halls.html", context)


def _nearest(centre: Centre, mine: str) -> tuple[bool, bool, int]:
    """The city's hall first, then that of the district in the address, then in their order."""
    hall = centre.hall
    parent = hall.organ.parent
    near = parent is not None and parent.code == mine
    return hall.kind != CentreKind.CITY.value, not near, parent.position if parent else 0


@require_safe
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """The state of a hall where no process of this node presses it (``hall.state.served``)."""
    found = existing(hall_named(slug))
    answer = HttpResponse(
        body_of(found.pk, found.slug, timezone.localdate()),
        content_type="application/json; charset=utf-8",
    )
    answer["Cache-Control"] = "no-cache"
    return answer


def _shown(slug: str) -> dict[str, Any]:
    day = timezone.localdate()
    found = existing(hall_named(slug))
    return {
        "hall": found,
        "centre": existing(centre_on(found, day)),
        "hours": hours_on(found, day),
        "state": state_at(slug),
        "day": day,
        "lines": list(open_lines(found)),
    }


@require_safe
def display(request: HttpRequest, slug: str) -> HttpResponse:
    """The screen of the whole hall, readable at ten metres: the last calls, and who waits."""
    return render(request, "portal/hall/display.html", _shown(slug))


@require_safe
def window_display(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The screen over one window."""
    shown = _shown(slug)
    window = existing(window_numbered(shown["hall"], number))
    return render(request, "portal/hall/window.html", shown | {"window": window})


class GiveBack(Offer):
    """Somebody who will not wait lets the others move up."""

    act, title = TicketAct.LEAVE, gettext_lazy("Give the ticket back")
    effect = gettext_lazy("Everybody behind you moves up. The number is not given again.")
    done = gettext_lazy("The ticket was given back.")

    @classmethod
    def offered(cls, subject: Ticket, who: Any) -> bool:
        return subject.state in (TicketState.WAITING, TicketState.HELD)

    def does(self, doing: Doing) -> Any:
        return turns.leave(self.subject, Doing(None, doing.at, doing.key))


class TicketPage(Subject):
    """A ticket as its holder sees it: how many are before, about how long, where to go."""

    offers = (GiveBack,)
    template = "portal/hall/ticket.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Ticket]:
        ticket = existing(ticket_of(where["uid"]))
        if ticket.hall.slug != where["slug"]:
            raise Http404
        return Visitor(account_of(request), timezone.localdate(), holds=True), ticket

    def seq(self, subject: Ticket) -> None:
        return None

    def home(self, who: Visitor, subject: Ticket) -> str:
        return reverse("portal:hall_ticket", args=[subject.hall.slug, subject.uid])

    def content(self, who: Visitor, subject: Ticket) -> dict[str, Any]:
        waits = subject.state == TicketState.WAITING
        return {
            "ticket": subject,
            "hall": subject.hall,
            "centre": centre_on(subject.hall_id, subject.day),
            "standing": TicketState(subject.state),
            "ahead": ahead_of(subject) if waits else None,
            "state": state_at(subject.hall.slug),
            "steps": [(one, TicketAct(one.act)) for one in events_of(subject)],
            "is_today": subject.day == who.day,
        }


ticket = TicketPage()


@require_safe
def voice(request: HttpRequest) -> HttpResponse:
    """The table of the voice: the hall's own recordings if it made some, else what is shipped."""
    own = settings.HALL_FOLDER / "voice" / "voice.json"
    if own.exists():
        table = json.loads(own.read_text(encoding="utf-8"))
        table["file"] = reverse("portal:hall_voice_own")
        return JsonResponse(table)
    table = json.loads(Path(str(finders.find("portal/hall/voice.json"))).read_text("utf-8"))
    table["file"] = staticfiles_storage.url("portal/hall/voice.mp3")
    return JsonResponse(table)


@require_safe
def own_voice(request: HttpRequest) -> FileResponse:
    """The hall's own recordings, packed by ``openhall voice``."""
    path = settings.HALL_FOLDER / "voice" / "voice.wav"
    if not path.exists():
        raise Http404(_("This hall has no recordings of its own."))
    return FileResponse(path.open("rb"), content_type="audio/wav")
