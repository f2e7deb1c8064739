"""A page of rows after a key: one row more than the page is asked for, never a count of all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import Http404

from openhall.paging.whole import whole

M = TypeVar("M", bound=Model)
T = TypeVar("T")
N = TypeVar("N")

PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a list somebody reads on: behind the row with a key, or up to it."""

    after: str | int = ""
    before: str | int = ""
    name: str = ""


START: Final = Place()


def place(sent: Mapping[str, str], name: str = "") -> Place:
    """The place that an address names; the list decides whether there is such a key.

    ``name`` stands before ``after`` and ``before`` where a page shows more than one list.
    """
    return Place(sent.get(f"{name}after", ""), sent.get(f"{name}before", ""), name)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, and the keys from which the next and the previous page are read."""

    rows: Sequence[T] = field(default_factory=list)
    after: str | int = ""
    before: str | int = ""
    name: str = ""

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> T:
        return self.rows[place]

    def map(self, make: Callable[[T], N]) -> "Page[N]":
        """The same page with something made of each row."""
        return Page([make(row) for row in self.rows], self.after, self.before, self.name)

    def of(self, rows: Sequence[N]) -> "Page[N]":
        """The same page with other rows in the place of these, made of them in one go."""
        return Page(rows, self.after, self.before, self.name)


def key_of(at: Place) -> int | None:
    """The number of the row behind which somebody reads on; None at the head of the list."""
    return number_of(at.after) if at.after else None


def number_of(sent: str | int) -> int:
    """The number of a row as an address says it; any other word leads nowhere."""
    if (number := whole(sent)) is None:
        raise Http404("no such place in the list")
    return number


def beyond(size: int) -> int:
    """How many rows to ask for, to know whether a page follows this one."""
    return size + 1


def paged(
    rows: QuerySet[M], order: Sequence[str] = ("-pk",), at: Place = START, size: int = PAGE
) -> Page[M]:
    """A page of ``rows`` in ``order``, whose last name is the key; rows without a value come last.

    A key that is none of this list's is refused as an address that leads nowhere.
    """
    backwards = bool(at.before) and not at.after
    keyed = order[-1].removeprefix("-")
    if cursor := at.after or at.before:
        rows = rows.filter(_behind(rows.model, order, _key(rows.model, keyed, cursor), backwards))
    found = list(rows.order_by(*_ordering(rows.model, order, backwards))[: beyond(size)])
    shown, more = found[:size], len(found) > size
    if backwards:
        shown.reverse()
    first, last = (getattr(shown[0], keyed), getattr(shown[-1], keyed)) if shown else ("", "")
    follows = more if not backwards else bool(shown)
    precedes = more if backwards else bool(cursor and shown)
    return Page(shown, last if follows else "", first if precedes else "", at.name)


def _key(model: type[Model], keyed: str, sent: str | int) -> str | int:
    worded = keyed != "pk" and isinstance(model._meta.get_field(keyed), CharField)
    return str(sent) if worded else number_of(sent)


def _may_lack(model: type[Model], name: str) -> bool:
    try:
        return name != "pk" and bool(getattr(model._meta.get_field(name), "null", False))
    except FieldDoesNotExist:  # a value of another table, which the list has asked for
        return False


def _ordering(model: type[Model], order: Sequence[str], backwards: bool) -> list[str | OrderBy]:
    made: list[str | OrderBy] = []
    for said in order:
        name, down = said.removeprefix("-"), said.startswith("-") != backwards
        if not _may_lack(model, name):
            made.append(f"-{name}" if down else name)
            continue
        where = {"nulls_first": True} if backwards else {"nulls_last": True}
        made.append(F(name).desc(**where) if down else F(name).asc(**where))
    return made


def _behind(model: type[Model], order: Sequence[str], key: str | int, backwards: bool) -> Q:
    """What stands behind the row with ``key``: greater in the first name it differs in."""
    names = [said.removeprefix("-") for said in order]
    values: Sequence[Any] = (key,)
    if len(names) > 1:
        kept = model._base_manager.filter(**{names[-1]: key})
        stood = kept.values_list(*names).first()
        if stood is None:
            raise Http404("no such place in the list")
        values = stood
    same, found = Q(), Q()
    for said, name, value in zip(order, names, values, strict=True):
        than = "lt" if said.startswith("-") != backwards else "gt"
        if value is not None:
            further = Q(**{f"{name}__{than}": value})
            if _may_lack(model, name) and not backwards:
                further |= Q(**{f"{name}__isnull": True})
            found |= same & further
        elif backwards:
            found |= same & Q(**{f"{name}__isnull": False})
        same &= Q(**{name: value}) if value is not None else Q(**{f"{name}__isnull": True})
    if len(names) > 1 and not _may_lack(model, names[0]):
        # Says no more than the rest, and lets the database begin in the index at the row.
        than = "lte" if order[0].startswith("-") != backwards else "gte"
        found &= Q(**{f"{names[0]}__{than}": values[0]})
    return found
