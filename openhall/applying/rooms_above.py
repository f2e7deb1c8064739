"""What a matter of several units says of its application: the roof names who, nobody imports up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from openhall.applying.models import Draft
from openhall.applying.parts import Part
from openhall.cases.application.seal import Enclosed
from openhall.cases.models import Case
from openhall.deeds.doing import Doing


@dataclass(frozen=True, slots=True)
class Whole:
    """A matter of several units as one application asks for it on a day.

    ``version`` has ``title``, ``title_en`` and a ``matter`` with its lead; ``outdated``: it, or the
    guide of a part, is another than when the draft was last saved.
    """

    version: Any
    parts: tuple[Part, ...]
    is_open: bool
    outdated: bool


def whole_of(draft: Draft, chosen: Sequence[str], day: date) -> Whole:
    """The matter of a combined draft (``APPLICATION_WHOLE``).

    Raises :class:`Refused` where one of its parts cannot be applied for.
    """
    found: Whole = import_string(settings.APPLICATION_WHOLE)(draft, chosen, day)
    return found


def bind_together(
    whole: Whole, cases: Sequence[Case], code: str, doing: Doing, enclosed: Enclosed
) -> None:
    """Make one application of the cases just sent under ``code`` (``APPLICATION_SENT``)."""
    import_string(settings.APPLICATION_SENT)(whole, cases, code, doing, enclosed)
