"""Which rows an act made or changed, noted until its deed is written: then its entry names them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.db import transaction
from django.db.models import Model

REMOVED: Final = object()
Rows = dict[tuple[type[Model], Any], Any]  # → the new row itself, None: read it again, or REMOVED

_rows: ContextVar[Rows | None] = ContextVar("rows of the act under way", default=None)


class NotInADeed(RuntimeError):
    """An act changed rows that no deed of it commits to: a fault of the programme."""


class _Marked:
    def __call__(self, model: type[Model], pk: Any, row: Model | None = None) -> None:
        """Note that the row ``pk`` of ``model`` was made (``row``) or changed (None)."""
        rows = _rows.get()
        if rows is not None:
            key = (model, pk)
            rows[key] = row if key not in rows else None

    def wanted(self) -> bool:
        """Whether an act is under way."""
        return _rows.get() is not None


marked = _Marked()


def marked_removed(model: type[Model], pk: Any) -> None:
    """Note that the row ``pk`` of ``model`` goes."""
    rows = _rows.get()
    if rows is not None:
        rows[(model, pk)] = REMOVED


def noted() -> Rows:
    """What was noted so far; taken out by the deed that commits to it."""
    rows = _rows.get()
    return {} if rows is None else rows


@contextmanager
def acting() -> Iterator[None]:
    """One act: one transaction, in which every kept row that changes belongs to a deed.

    Use as a decorator, ``@acting()``, or in a ``with``. An act within an act is part of it. Raises
    :class:`NotInADeed` at the end if a kept row changed and no deed committed to it.
    """
    outer = _rows.get()
    rows: Rows = {} if outer is None else outer
    before = dict(rows)
    token = _rows.set(rows)
    try:
        with transaction.atomic():
            yield
            if outer is None and rows:
                left = ", ".join(f"{model._meta.label} {pk}" for model, pk in rows)
                raise NotInADeed(f"Changed in no deed: {left}.")
    except BaseException:
        rows.clear()
        rows.update(before)
        raise
    finally:
        _rows.reset(token)
