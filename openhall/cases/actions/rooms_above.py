"""What rooms above object to and do after an act: the roof names them, nobody imports up.

Each list of the settings holds dotted paths. They run in the transaction of the act itself, because
a permit that begins, or a unit that waits for the others, is part of what the act does.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from openhall.cases.models import Case
from openhall.cases.terms import Act


@lru_cache(maxsize=16)
def _named(paths: tuple[str, ...]) -> tuple[Callable[..., Any], ...]:
    return tuple(import_string(path) for path in paths)


def admit(number: str, item_id: int, day: date) -> None:
    """Let any room refuse this person's application for the matter (``CASE_ADMITS``)."""
    for admits in _named(settings.CASE_ADMITS):
        admits(number, item_id, day)


def gate(case: Case, act: Act, doing: object) -> None:
    """Let any room refuse ``act`` on ``case`` (``CASE_GATES``)."""
    for objects in _named(settings.CASE_GATES):
        objects(case, act, doing)


def follow_up(case: Case, act: Act, doing: object) -> None:
    """What rooms above do once ``act`` is written (``CASE_FOLLOWS``)."""
    for follows in _named(settings.CASE_FOLLOWS):
        follows(case, act, doing)


def recount(cause: str, run: int) -> int:
    """Let rooms above count their own due days anew; how many moved (``CALENDAR_FOLLOWS``)."""
    return sum(counts(cause, run) for counts in _named(settings.CALENDAR_FOLLOWS))
