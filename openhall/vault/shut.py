"""A vault that is shut: whoever opens a value inside is told that this is no place for it.

Pages that everybody reads are made so. A template that begins to show a name fails while it is
made, and not when somebody finds it. 个人信息保护法 51.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_shut: ContextVar[list[str] | None] = ContextVar("what was refused", default=None)


class VaultShut(RuntimeError):
    """Personal data was asked for where a page for everybody is made. No ``CannotDecrypt``, which
    pages answer with a word of regret: this is a mistake of ours and must not be shown."""


def is_shut() -> bool:
    """Whether nothing may be opened now."""
    return _shut.get() is not None


def refused(place: str) -> VaultShut:
    """What to raise: ``place`` was to be opened. It is noted too, because Django makes a page of
    what a view raises."""
    said = f"{place or 'A value'} was opened for a page that everybody reads."
    if (noted := _shut.get()) is not None:
        noted.append(said)
    return VaultShut(said)


@contextmanager
def vault_shut(shut: bool = True) -> Iterator[list[str]]:
    """Nothing is opened inside; gives what was tried. ``shut=False`` leaves it as it is."""
    noted: list[str] = []
    token = _shut.set(noted if shut else _shut.get())
    try:
        yield noted
    finally:
        _shut.reset(token)
