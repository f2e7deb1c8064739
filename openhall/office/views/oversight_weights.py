"""The weights of the composite score and its bonuses: what is in force, and the next dated set."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.design.forms import DateInput
from openhall.office.seat import official
from openhall.office.views.oversight import common, scope_of, unit_of, watching
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.keyset import paged, place
from openhall.supervision import actions
from openhall.supervision.queries import (
    BonusRule,
    bonuses_on,
    closed_early,
    month_after,
    weight_sets,
    weights_on,
)
from openhall.supervision.terms import BonusKind, ScorePart


def _points(label: str, initial: Decimal | None, most: int = 100) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, initial=initial, min_value=0, max_value=most, max_digits=5, decimal_places=2
    )


class WeightsForm(forms.Form):
    """Nine parts that add up to a hundred, the points of each bonus, basis, day and reason."""

    def __init__(
        self,
        typed: Any = None,
        *,
        weights: dict[ScorePart, Decimal],
        bonuses: dict[BonusKind, BonusRule],
        day: date,
    ) -> None:
        super().__init__(typed)
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
            initial=month_after(day.replace(day=1)),
            help_text=_("The first day of a month to come."),
        )
        self.fields["reason"] = TextField(label=_("Why it is changed"), max_length=300)


@official
def page(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """What is in force with its basis and days; the supervision desk enters the next set."""
    seat = watching(request, organ, desk)
    weights, bonuses = weights_on(seat.day), bonuses_on(seat.day)
    form = WeightsForm(request.POST or None, weights=weights, bonuses=bonuses, day=seat.day)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.set_weights(
                {part: typed[part.value] for part in ScorePart},
                {kind: typed[kind.value] for kind in BonusKind},
                typed["basis"],
                typed["first_day"],
                typed["reason"],
                Doing(seat.account, timezone.now(), key_of(request), seat.desk.value),
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The new weights are in force from their day."))
            return redirect("office:oversight_weights", organ, desk)
    context = common(seat, "oversight_scores") | {
        "sets": weight_sets(),
        "today": seat.day,
        "bonuses": bonuses.items(),
        "form": form,
        "may": seat.desk == Desk.SUPERVISION or bool(form.errors),
    }
    status = 422 if form.errors else 200
    return render(request, "office/oversight/weights.html", context, status=status)


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
