"""The search's desk: everyday words, boosts, pins; what a draft moves; lists; judgements. B8."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from openhall.desk.pages import Subject
from openhall.office.acts.searching import KIND, SEARCH_OFFERS
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.terms import Desk
from openhall.paging.whole import whole
from openhall.search.index.node import node
from openhall.search.rules.everyday import Rules
from openhall.search.ruling import (
    AnswerSaid,
    SearchRules,
    answers_waiting,
    asked_most,
    effects,
    judged,
    quality,
    rules_by_pk,
    rules_history,
    rules_in_force,
    rules_of,
    rules_on,
    titles_of,
    tried_queries,
)
from openhall.versions.terms import OPEN, VersionState

DESKS = (Desk.INFORMATIZATION, Desk.GOVERNMENT_OFFICE)
LOOKED_BACK = timedelta(days=30)
ANSWERS = 20


@dataclass
class Open:
    """The rules on the desk: the draft if there is one, what is in force, what waits."""

    seat: Seat
    version: SearchRules | None
    in_force: SearchRules | None
    answers: list[AnswerSaid] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.version is not None and self.version.state in OPEN

    @property
    def number(self) -> str:
        return str(self.version.number) if self.version else ""

    @cached_property
    def now(self) -> Rules:
        return rules_on(self.seat.day)


class SearchDesk(Subject):
    """Everything that staff do to the search."""

    offers = SEARCH_OFFERS
    kind = KIND
    template = "office/search/page.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Any, Any]:
        seat = seat_at(request, where["organ"], where["desk"])
        if seat.desk not in DESKS:
            raise PermissionDenied(_("This desk does not keep the search."))
        history = rules_history()
        draft = history.filter(state__in=OPEN).first()
        return seat, Open(
            seat,
            draft,
            rules_in_force(seat.day),
            list(answers_waiting()[:ANSWERS]),
        )

    def seq(self, subject: Any) -> int | None:
        """Colleagues write on one draft: its revision says who was first."""
        return subject.version.revision if subject.version else None

    def home(self, who: Any, subject: Any) -> str:
        return reverse("office:search_desk", args=[who.organ.code, who.desk.value])

    def context(self, request: HttpRequest, who: Any, subject: Any, **more: Any) -> dict[str, Any]:
        since = who.day - LOOKED_BACK
        old, new = _compared(request, who, subject)
        moved = effects(old, new, tried_queries(old, new, since)) if old != new else []
        titles = titles_of({one for effect in moved for one, _was, _now in effect.moved})
        count, mean = quality(subject.now)
        return {
            "seat": who,
            "open": subject,
            "effects": [
                (effect, [(titles.get(one, one), was, now) for one, was, now in effect.moved[:6]])
                for effect in moved
            ],
            "compared": old != new,
            "versions": [(one, VersionState(one.state)) for one in rules_history()],
            "popular": asked_most(since),
            "unanswered": asked_most(since, unanswered=True),
            "judged": judged(),
            "judged_count": count,
            "mean": f"{mean:.3f}",
            "health": node().health(),
        }


def _compared(request: HttpRequest, who: Any, subject: Open) -> tuple[Rules, Rules]:
    """Two versions named in the address; else what is in force and the draft."""
    named = [rules_by_pk(whole(request.GET.get(name)) or 0) for name in ("old", "new")]
    if all(named):
        old, new = (rules_of(one, who.day) for one in named if one is not None)
        return old, new
    if subject.is_open and subject.version is not None:
        return subject.now, rules_of(subject.version, who.day)
    return subject.now, subject.now


desk = official(SearchDesk())
