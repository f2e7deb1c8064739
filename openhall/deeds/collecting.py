"""Which rows an act made or changed, noted until its deed is written: then its entry names them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model

Rows = dict[tuple[type[Model], Any], Any]  # → the new row itself, None: read it again, or Removed


@dataclass(frozen=True, slots=True)
class Removed:
    """A row that goes, as it was."""

    row: Model


@dataclass(slots=True)
class Act:
    """What an act under way has changed so far, and its deeds that are not closed yet.

    A deed takes every kept row of its subject that changes until the next deed on the same subject,
    an act within the act, or the end, whichever order the act's own law works in; then its entry is
    appended and its event inserted.
    """

    rows: Rows = field(default_factory=dict)
    open: list[tuple[Any, Callable[[], None]]] = field(default_factory=list)


_act: ContextVar[Act | None] = ContextVar("the act under way", default=None)


class NotInADeed(RuntimeError):
    """An act changed rows that no deed of it commits to: a fault of the programme."""


class _Marked:
    def __call__(self, model: type[Model], pk: Any, row: Model | None = None) -> None:
        """Note that the row ``pk`` of ``model`` was made (``row``) or changed (None)."""
        act = _act.get()
        if act is not None:
            key = (model, pk)
            act.rows[key] = row if key not in act.rows else None

    def wanted(self) -> bool:
        """Whether an act is under way."""
        return _act.get() is not None


marked = _Marked()


def marked_removed(row: Model) -> None:
    """Note that ``row`` goes; what was made in the same act leaves no trace."""
    act = _act.get()
    if act is not None:
        key = (type(row), row.pk)
        if act.rows.get(key) is not None:
            del act.rows[key]
        else:
            act.rows[key] = Removed(row)


def under_way() -> Act | None:
    """The act under way, if there is one."""
    return _act.get()


def close_deeds(subject: Any = None) -> None:
    """Close the open deeds, in order: their entries and events stand in the database afterwards.

    With ``subject`` only those up to the last one on it.
    """
    act = _act.get()
    if act is None or not act.open:
        return
    last = len(act.open)
    if subject is not None:
        last = max((n for n, one in enumerate(act.open, 1) if one[0] == subject), default=0)
    closing, act.open[:] = act.open[:last], act.open[last:]
    for _subject, close in closing:
        close()


@contextmanager
def acting() -> Iterator[None]:
    """One act: one transaction, in which every kept row that changes belongs to a deed.

    Use as a decorator, ``@acting()``, or in a ``with``. An act within an act is part of it. Raises
    :class:`NotInADeed` at the end if a kept row changed and no deed committed to it.
    """
    outer = _act.get()
    close_deeds()  # whoever begins an act within an act reads what was done before
    act = Act() if outer is None else outer
    rows, still_open = dict(act.rows), list(act.open)
    token = _act.set(act)
    try:
        with transaction.atomic():
            yield
            if outer is None:
                close_deeds()
                if act.rows:
                    left = ", ".join(f"{model._meta.label} {pk}" for model, pk in act.rows)
                    raise NotInADeed(f"Changed in no deed: {left}.")
    except BaseException:
        act.rows, act.open = rows, still_open
        raise
    finally:
        _act.reset(token)
