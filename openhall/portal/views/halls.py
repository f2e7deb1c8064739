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

from openhall.cases.queries import held_case
from openhall.catalogue.queries import version_to_show
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
    centres_of_items,
    centres_on,
    events_of,
    exceptions_after,
    hall_named,
    history_of,
    hours_on,
    lines_for,
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
from openhall.portal.views.holding import account_of, holds_case
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
    matter: Any = None  # the version of the item that one comes for, where one was chosen
    case: Any = None  # the case one comes about, which this visitor holds

    @property
    def item(self) -> int | None:
        """What the ticket is for."""
        return self.case.item_id if self.case else self.matter.item_id if self.matter else None

    @property
    def about(self) -> str:
        """What the address says of it."""
        if self.case:
            return f"?case={self.case.number}"
        return f"?item={self.matter.item.code}" if self.matter else ""

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
        if (item := self.subject.item) is not None:
            first = lines_for(self.subject.hall, item).first()
            self.fields["line"].initial = None if first is None else str(first.pk)
        self.choose("need", [(need.value, need.said_in(get_language())) for need in Need])

    def does(self, doing: Doing) -> Ticket:
        held = [ticket_of(uid) for uid in self.subject.session.get(HELD, [])]
        line = int(self.cleaned_data["line"])
        case = self.subject.case.pk if self.subject.case else None
        waits = [one for one in held if one is not None and one.state == TicketState.WAITING]
        waits = [
            one for one in waits if one.hall_id == self.subject.hall.pk and one.day == self.day
        ]
        for one in waits:
            same = self.subject.item is None or (one.item_id, one.case_id) == (
                self.subject.item,
                case,
            )
            if one.line_id == line and same:
                return one  # they wait in this line for it already: here is that ticket
        coming = turns.Coming(
            line,
            Source.PHONE,
            need=Need(self.cleaned_data["need"] or ""),
            item=self.subject.item,
            case=case,
            visit=waits[0].visit if waits else None,  # one more matter of the same coming
            keeps_place=False,
        )
        # Whoever is signed in takes it as anybody does: no name stands on a ticket.
        ticket = turns.issue(coming, Doing(None, doing.at, doing.key))
        kept = [*self.subject.session.get(HELD, []), str(ticket.uid)]
        self.subject.session[HELD] = kept[-MOST_HELD:]
        return ticket

    def goes_to(self, left: Ticket) -> str:
        return reverse("portal:hall_ticket", args=[left.hall.slug, left.uid])


def come_for(request: HttpRequest, day: date) -> tuple[Any, Any]:
    """The item and the case that the address names as what one comes for; a case only to who holds
    it."""
    code, number = request.GET.get("item", ""), request.GET.get("case", "")
    case = held_case(number[:80]) if number else None
    if case is not None and holds_case(request, case):
        return None, case
    found = version_to_show(code[:80], day) if code else None
    return (found.version if found else None), None


class HallPage(Subject):
    """One hall: where it is, when it is open, who waits, and a ticket for today."""

    offers = (TakeTicket,)
    template = "portal/hall/hall.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Place]:
        day = timezone.localdate()
        hall = existing(hall_named(where["slug"]))
        centre = existing(centre_on(hall, day))
        matter, case = come_for(request, day)
        lines, hours = list(open_lines(hall)), hours_on(hall, day)
        place = Place(hall, centre, hours, lines, request.session, matter, case)
        return Visitor(account_of(request), day), place

    def home(self, who: Visitor, subject: Place) -> str:
        return reverse("portal:hall", args=[subject.hall.slug])

    def act_at(self, who: Visitor, subject: Place, name: str) -> str:
        return super().act_at(who, subject, name) + subject.about

    def content(self, who: Visitor, subject: Place) -> dict[str, Any]:
        hall, day = subject.hall, who.day
        held = [ticket_of(uid) for uid in subject.session.get(HELD, [])]
        return {
            "hall": hall,
            "matter": subject.matter,
            "case": subject.case,
            "served_here": subject.item is None or lines_for(hall, subject.item).exists(),
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
    matter, case = come_for(request, day)
    context: dict[str, Any] = {"general": general, "single": single}
    if matter or case:
        item = case.item_id if case else matter.item_id
        here = {one.hall_id for one in centres_of_items([item], day).get(item, [])}
        rows = [row for row in (*general, *single) if row[0].hall_id in here]
        query = f"?case={case.number}" if case else f"?item={matter.item.code}"
        context |= {"matter": matter, "case": case, "serving": rows, "query": query}
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
