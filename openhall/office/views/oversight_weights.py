"""The weights of the composite score and its bonuses: what is in force, and the next dated set."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.design.forms import DateInput
from openhall.desk.offers import Offer
from openhall.office.seat import DeskPage, Seat, official
from openhall.office.views.oversight import common, scope_of, unit_of, watching
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.keyset import paged, place
from openhall.supervision import actions
from openhall.supervision.queries import (
    bonuses_on,
    closed_early,
    month_after,
    weight_sets,
    weights_on,
)
from openhall.supervision.terms import BonusKind, ScorePart, WeightsAct


def _points(label: str, initial: Decimal | None, most: int = 100) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, initial=initial, min_value=0, max_value=most, max_digits=5, decimal_places=2
    )


class SetWeights(Offer):
    """Nine parts that add up to a hundred, the points of each bonus, basis, day and reason."""

    act, title, desks = WeightsAct.SET, gettext_lazy("Put the set into force"), (Desk.SUPERVISION,)
    clause, bare, tone = "成府发〔2009〕53号", True, "grave"
    effect = gettext_lazy(
        "The set counts from its month on for every unit; it is signed into the public log."
    )
    done = gettext_lazy("The new weights are in force from their day.")

    def ask(self) -> None:
        weights, bonuses = weights_on(self.day), bonuses_on(self.day)
        for part in ScorePart:
            self.fields[part.value] = _points(part.said_in(get_language()), weights.get(part))
        for kind in BonusKind:
            rule = bonuses.get(kind)
            label = _("Bonus: %(kind)s") % {"kind": kind.said_in(get_language())}
            field = _points(label, rule.points if rule else None, most=10)
            field.help_text = _("0 where the city gives none.")
            self.fields[kind.value] = field
        self.fields["basis"] = TextField(label=_("Basis"), max_length=200)
        self.fields["first_day"] = forms.DateField(
            label=_("In force from"),
            widget=DateInput,
            initial=month_after(self.day.replace(day=1)),
            help_text=_("The first day of a month to come."),
        )
        self.fields["reason"] = TextField(label=_("Why it is changed"), max_length=300)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.set_weights(
            {part: typed[part.value] for part in ScorePart},
            {kind: typed[kind.value] for kind in BonusKind},
            typed["basis"],
            typed["first_day"],
            typed["reason"],
            doing,
        )


class Weights(DeskPage):
    """What is in force with its basis and days; the supervision desk enters the next set."""

    offers = (SetWeights,)
    template, at = "office/oversight/weights.html", "oversight_weights"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return watching(request, where["organ"], where["desk"]), None

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        return common(who, "oversight_scores") | {
            "sets": weight_sets(),
            "today": who.day,
            "bonuses": bonuses_on(who.day).items(),
        }


page = official(Weights())


@official
@require_safe
def early(request: HttpRequest, organ: str, desk: str, code: str, month: date) -> HttpResponse:
    """The cases behind the bonus for early closing."""
    seat = watching(request, organ, desk)
    unit = unit_of(code)
    if scope_of(seat) not in (None, unit):
        raise PermissionDenied(_("This score is another unit's."))
    context = common(seat, "oversight_scores") | {
        "unit": unit,
        "month": month,
        "rows": paged(closed_early(unit, month), at=place(request.GET)),
    }
    return render(request, "office/oversight/early.html", context)
