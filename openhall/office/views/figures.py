"""Published figures on the desk: a head's own unit, the mayor's city, the bureau's corrections.

The figures are those everybody sees; nobody inside is shown others. What differs is the question: a
head asks how the unit goes month by month, the mayor how the city goes and where, the bureau
whether what was published still holds.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.figures import Point, Series
from openhall.desk.offers import Offer
from openhall.glossary import Said
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.oversight import month_of
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk, OrganKind
from openhall.statistics.actions import correct
from openhall.statistics.queries import (
    PublishedFigure,
    matrix,
    months_published,
    of_unit,
    published_figures,
)
from openhall.statistics.rules.measures import DEFINITIONS
from openhall.statistics.terms import FigureUnit, Measure

CLAUSE = "成办发〔2003〕75号 二(三)"
MONTHS = 13
BOARDS = (Desk.HEAD, Desk.SUPERVISION, Desk.GOVERNMENT_OFFICE)
UNCHANGED = Said(
    "已按办件重算，与公布的一致，不需要更正。",
    "It was counted anew and is what was published; there is nothing to correct.",
)


def _named(month: date) -> str:
    return formats.date_format(month, "YEAR_MONTH_FORMAT")


class Correct(Offer):
    """Count a published figure anew; what changed is published beside what it corrects."""

    code, title, clause, bare, tone = "correct", _("Count a figure anew"), CLAUSE, True, "grave"
    effect = _(
        "If the records give another figure than the published one, a correction with your reason"
        " is published and signed in the log. What was published stays beside it."
    )
    button = _("Count anew")
    done = _("The correction is published.")
    figure = forms.ChoiceField(label=_("Figure"))
    month = forms.ChoiceField(label=_("Month"))
    reason = TextField(
        label=_("Why it is counted anew"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        help_text=_("This sentence becomes public and stands in the log for good."),
    )

    @classmethod
    def offered(cls, subject: Any, who: Seat) -> bool:
        return who.desk == Desk.SUPERVISION and bool(months_published())

    def ask(self) -> None:
        language = get_language()
        self.choose("figure", [(one.value, one.said_in(language)) for one in DEFINITIONS])
        self.choose("month", [(f"{one:%Y-%m}", _named(one)) for one in months_published()])

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        month = date.fromisoformat(f"{typed['month']}-01")
        reason = Said(typed["reason"], typed["reason"])
        found = correct(Measure(typed["figure"]), month, reason, doing)
        if found is None:
            raise Refused(UNCHANGED)
        return found


class Figures(DeskPage):
    """The board of a desk."""

    offers = (Correct,)
    template, at = "office/figures.html", "figures"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        seat = seat_at(request, where["organ"], where["desk"])
        if seat.desk not in BOARDS:
            raise PermissionDenied(_("This desk has no board of figures."))
        return seat, None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        # The head of the city answers for all of it; any other head for the own unit.
        whole = who.desk != Desk.HEAD or who.organ.kind == OrganKind.CITY
        months = months_published()
        if not months:
            return {"seat": who, "months": [], "whole": whole}
        chosen = month_of(request.GET.get("month", ""), months[0])
        context = {
            "seat": who,
            "month": chosen,
            "months": [(one, one == chosen) for one in months],
            "whole": whole,
        }
        if not whole:
            return context | {"charts": _of_unit(who)}
        found, units = matrix(chosen)
        every = published_figures()
        return context | {
            "charts": [
                (_series(one), _unit(one), _page(one.measure)) for one in every if one.months
            ],
            "figures": found,
            "units": [
                (unit, [(figure, cell) for figure, cell in zip(found, cells, strict=True) if cell])
                for unit, cells in units
            ],
            "corrections": sorted(
                (month for one in every for month in one.months if month.edition > 1),
                key=lambda one: one.published_at,
                reverse=True,
            )[:20],
        }


def _page(measure: Measure, month: date | None = None) -> str:
    """Where the public reads it."""
    name = "published" if month is None else "published_month"
    return reverse(f"portal:{name}", args=[measure, *filter(None, [month])])


def _unit(figure: PublishedFigure) -> str:
    return "%" if figure.unit == FigureUnit.PERCENT else ""


def _series(figure: PublishedFigure) -> Series:
    months = list(reversed(figure.months[:MONTHS]))
    points = [
        Point(
            _named(one.month),
            float(one.value) if isinstance(one.value, Decimal) else one.value,
            _page(one.measure, one.month),
        )
        for one in months
    ]
    return Series(figure.title.said_in(get_language()), points)


def _of_unit(who: Seat) -> list[tuple[Series, str, str]]:
    """The unit's own line of each figure; None where it is hidden or nothing was counted."""
    found = []
    for figure, lines in of_unit(who.organ.code, MONTHS):
        if lines:
            points = [
                Point(_named(month), one.value, _page(figure.measure, month))
                for one in lines
                for month in (one.month.month,)
            ]
            series = Series(figure.title.said_in(get_language()), points)
            found.append((series, _unit(figure), _page(figure.measure)))
    return found


page = official(Figures())
