"""What deeds are done to: each room declares its kinds here, once.

A kind names a row, its event table, its acts and the rows it owns. The writer, the audit, the check
of triggers and the tests of every deed read this list, so a new kind is covered by being declared.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from openhall.deeds.models import Deed
from openhall.glossary import Said, Term


@dataclass(frozen=True, slots=True)
class Owned:
    """Rows that deeds of a kind leave behind: ``path`` leads from the row to the kind's row.

    ``by``: the column of the kind's row that ``path`` ends at, where that is not its key (a paper
    knows the number of what it speaks of, and no case). ``loose``: columns that are not committed
    to, each with the reason. ``unless``: a foreign key; a row that has it belongs to that instead.
    """

    label: str
    model: type[Model]
    path: str  # of foreign keys, such as "case" or "notice__case"; or a column
    by: str = "pk"
    loose: Mapping[str, str] = field(default_factory=dict)
    unless: str = ""

    def owner_of(self, row: Model) -> Any:
        """What ``by`` of the kind's row is that ``row`` belongs to; None if to none."""
        if self.unless and getattr(row, f"{self.unless}_id") is not None:
            return None
        *way, last = self.path.split("__")
        here: Any = row
        for step in way:
            here = getattr(here, step)
            if here is None:
                return None
        return getattr(here, here._meta.get_field(last).attname)

    def rows_of(self, subjects: list[Any]) -> QuerySet:
        """The owned rows of ``subjects``."""
        named = [getattr(one, self.by) for one in subjects]
        rows = self.model._base_manager.filter(**{f"{self.path}__in": named})
        if self.unless:
            rows = rows.filter(**{f"{self.unless}__isnull": True})
        way = self.path.rsplit("__", 1)
        return rows.select_related(way[0]) if len(way) == 2 else rows


@dataclass(frozen=True, slots=True)
class Founding:
    """A row that the programme itself brings (its seeds), unsaved, with those it owns by label.

    It needs no deed: as long as nothing was done to it, the audit compares it with the programme.
    """

    row: Model
    rows: Mapping[str, Sequence[Model]] = field(default_factory=dict)


Follow = Callable[[Any, Term, Any], Callable[[Deed], None]]


def _own_number(row: Any) -> str:
    return str(getattr(row, "number", None) or row.pk)


@dataclass(eq=False, slots=True)
class Kind:
    """One kind of rows and how deeds are done to them.

    ``name`` is the kind of its entries and, in them, the key of its number. ``fk`` names the
    foreign key of the event to the row; empty where the event table has ``subject`` and ``about``.
    ``columns`` are more columns of the event that stand in the entry (a stage); ``tells`` gives
    more of what the public entry says (organ, item). ``follow(row, act, doing)`` is called before
    the row changes and answers with what to do once the event stands (rollups, messages).
    ``bound`` says which rows must have deeds, ``settled`` whether a row may change only by deeds:
    a draft that binds nobody is compared when it is published, and after an act of ``binding``
    always, whatever the row itself says now. ``salt_of`` says the row's salt where it is not its
    own; ``loose`` are columns not committed to, each with the reason; ``openly`` are columns that
    stand in the entry in the clear instead, so that a deed on a million rows need not read them
    whole.
    ``founding`` gives the rows a city begins with.
    """

    name: str
    model: type[Model]
    events: type[Deed]
    acts: type[Term]
    title: Said
    fk: str = ""
    number: Callable[[Any], str] = _own_number
    tells: Callable[[Any], Mapping[str, Any]] = lambda row: {}
    columns: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    salt_of: Callable[[Any], str] | None = None
    follow: Follow | None = None
    objection: Callable[[Any, Any, Any], None] | None = None
    bound: Callable[[QuerySet], QuerySet] = lambda rows: rows
    settled: Callable[[Any], bool] = lambda row: True
    binding: frozenset[str] = frozenset({"publish"})
    loose: Mapping[str, str] = field(default_factory=dict)
    openly: tuple[str, ...] = ()
    founding: Callable[[], Iterable[Founding]] | None = None
    owns: list[Owned] = field(default_factory=list)

    def own(self, *more: Owned) -> None:
        """Rows of rooms above that deeds of this kind leave behind."""
        self.owns.extend(more)

    def events_of(self, pks: list[Any]) -> QuerySet:
        """The events of the rows ``pks``, in order."""
        return self.all_events().filter(**{f"{self.about}__in": pks}).order_by(self.about, "seq")

    def all_events(self) -> QuerySet:
        rows: Any = self.events._default_manager.all()
        return rows if self.fk else rows.filter(subject=self.name)

    @property
    def about(self) -> str:
        """The column of the event that holds the key of its row."""
        return f"{self.fk}_id" if self.fk else "about"

    def place(self, row: Any) -> dict[str, Any]:
        """The columns by which an event says what it was done to."""
        return {self.fk: row} if self.fk else {"subject": self.name, "about": row.pk}

    def salt(self, row: Any) -> str:
        return row.salt if self.salt_of is None else self.salt_of(row)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Declare ``kind``; raises ``ValueError`` where the name is taken by another."""
    if kind.name in _kinds:
        raise ValueError(f"There is a kind of deeds named {kind.name} already.")
    _kinds[kind.name] = kind
    return kind


def kinds() -> Iterator[Kind]:
    """Every kind declared, in order of name."""
    return iter(sorted(_kinds.values(), key=lambda kind: kind.name))


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)
