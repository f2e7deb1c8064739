"""A chart in an article: a measure of the unit over the last months, each point opens. B4."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.design.figures import Point, Series
from openhall.organs.queries import Organ
from openhall.statistics.queries import by_month
from openhall.statistics.rules.figures import Sums, month_shown, months_back
from openhall.statistics.terms import Measure
from openhall.workdays.queries import figures_day

MONTHS: Final = 13
DRAWN: Final[dict[Measure, tuple[Any, Callable[[Sums], int]]]] = {
    Measure.RECEIVED: (_("Applications received"), lambda sums: sums.received),
    Measure.CLOSED: (_("Closed"), lambda sums: sums.closed),
    Measure.ON_TIME: (_("Closed within the promise"), lambda sums: sums.on_time),
}


def series_of(organ: Organ, measure: str) -> Series:
    """The last thirteen months of ``measure``, as the unit's own page of figures draws them."""
    months = months_back(month_shown(figures_day()), MONTHS)
    found = by_month(months[0], months[-1], organ)
    wanted = Measure(measure)
    label, value = DRAWN[wanted]
    english = (get_language() or "").startswith("en")

    def point(month: date) -> Point:
        return Point(
            formats.date_format(month, "YEAR_MONTH_FORMAT"),
            value(found.get(month, Sums())),
            reverse("portal:figure", args=[organ.code, f"{month:%Y-%m}", wanted.value]),
            formats.date_format(month, "M") if english else f"{month.month}月",
        )

    return Series(str(label), [point(month) for month in months])
