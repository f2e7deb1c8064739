"""What rooms tell a desk: what waits there, and what was found there. They know no door.

Each room above this one may offer both; the roof names them (``DESK_WAITS``, ``DESK_FINDS``).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk


class Sits(Protocol):
    """Who sits at which desk of which organ, on which day."""

    @property
    def account(self) -> Account: ...

    @property
    def organ(self) -> Organ: ...

    @property
    def desk(self) -> Desk: ...

    @property
    def day(self) -> date: ...

    @property
    def figures_day(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody at a desk, where no page is open: a command, a check, a benchmark."""

    account: Account
    organ: Organ
    desk: Desk
    day: date
    figures_day: date


@dataclass(frozen=True, slots=True)
class Waits:
    """One kind of thing that waits for a desk.

    ``words`` names it and ``rule`` says in a few words what is to be done or why; ``count`` may be
    0, so that places do not move. ``since`` is the day the oldest came, ``due`` the first day that
    runs out. ``opens`` and ``sent`` are where it is done: a page of the door and its query.
    """

    words: Any
    count: int
    opens: str
    rule: Any = ""
    since: date | None = None
    due: date | None = None
    late: int = 0
    sent: str = ""


def waits_in(
    seat: Sits,
    words: Any,
    rule: Any,
    rows: QuerySet[Any],
    opens: str,
    *,
    came: str = "",
    due: str = "due",
    sent: str = "",
) -> Waits:
    """A count of ``rows``, the oldest, the first that runs out and how many ran out: one statement.

    ``came`` and ``due`` are columns, empty where there is none.
    """
    named: dict[str, Any] = {"many": Count("pk")}
    if came:
        named["came"] = Min(came)
    if due:  # “first_due”: in the filter beside it a column of its own name would be meant
        late = Q(**{f"{due}__lt": seat.figures_day})
        named |= {"first_due": Min(due), "late": Count("pk", filter=late)}
    told = rows.order_by().aggregate(**named)
    began = told.get("came")
    since = timezone.localtime(began).date() if began is not None else None
    late_ones = told.get("late") or 0
    return Waits(words, told["many"], opens, rule, since, told.get("first_due"), late_ones, sent)


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: how it is called, what it is, where it stands, and what opens it."""

    number: str
    words: Any
    state: Any
    opens: str
    args: tuple[Any, ...] = ()
    kind: str = ""  # of the state: how it is drawn
    due: date | None = None
    over: bool = False
    about: Any = field(default="")  # what kind of thing, where a list holds several


@lru_cache(maxsize=8)
def _named(modules: tuple[str, ...], verb: str) -> tuple[Callable[..., Any], ...]:
    return tuple(import_string(f"openhall.{module}.{verb}") for module in modules)


def waiting_at(seat: Sits) -> list[Waits]:
    """All that waits at a desk, room by room in the order of the roof."""
    return [one for tells in _named(settings.DESK_WAITS, "waits") for one in tells(seat)]


def found_at(seat: Sits, typed: str) -> list[Hit]:
    """Things other than cases whose number or name is ``typed`` and which this desk may open."""
    found: Iterable[Hit] = (
        one for finds in _named(settings.DESK_FINDS, "finds") for one in finds(seat, typed)
    )
    return list(found)[:MOST_FOUND]


MOST_FOUND = 20
