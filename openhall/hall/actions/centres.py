"""Drafts of what a centre is called and whether it serves, and of its hours.

From then on they go the way of every dated version (``versions.actions``): sent, published, ended.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.hall.kinds import CENTRE, OPENING
from openhall.hall.models import Centre, Hall, Opening
from openhall.hall.models import Span as OpenSpan
from openhall.hall.queries import centre_on
from openhall.hours.rules.week import Span, faults_of
from openhall.versions import actions as versions
from openhall.versions.queries import in_force


def begin_centre(hall: Hall, words: Mapping[str, Any], doing: Doing) -> Centre:
    """A draft of how the centre stands, begun from what is in force."""

    def fill(version: Centre) -> None:
        for name, value in words.items():
            setattr(version, name, value)

    made: Centre = versions.begin(
        CENTRE, {"hall": hall}, doing, fill, source=centre_on(hall, doing.day)
    )
    return made


def begin_hours(
    hall: Hall,
    spans: Iterable[Span],
    doing: Doing,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    last_ticket: int = 30,
    reason: str = "",
    reason_en: str = "",
) -> Opening:
    """A draft of the hours; with ``first_day`` and ``last_day`` an exception from them."""
    exception = first_day.isoformat() if first_day is not None else ""
    if (first_day is None) != (last_day is None):
        raise Refused(
            Said("例外要写明第一日和最后一日。", "An exception has a first and a last day."),
            "last_day",
        )
    rows = sorted(set(spans))
    if wrong := faults_of(rows):
        raise Refused(wrong[0], "spans")

    def fill(version: Opening) -> None:
        version.last_day, version.last_ticket = last_day, last_ticket
        version.reason, version.reason_en = reason.strip(), reason_en.strip()

    def beside(version: Opening) -> None:
        version.spans.all().delete()
        OpenSpan.objects.bulk_create(
            OpenSpan(version=version, weekday=one.weekday, start=one.start, end=one.end)
            for one in rows
        )

    family = {"hall": hall, "exception": exception}
    made: Opening = versions.begin(
        OPENING,
        family,
        doing,
        fill,
        source=in_force(Opening, doing.day, **family),
        beside=beside,
    )
    return made
