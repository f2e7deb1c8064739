"""The composite score, down to the paper behind each deduction; and the rules it comes from."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.desk.offers import said
from openhall.desk.pages import existing, stands_on
from openhall.office.seat import Seat, official
from openhall.office.views.oversight import ALL_UNITS, common, month_of, scope_of, watching
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.statistics.rules.figures import months_back
from openhall.supervision import actions
from openhall.supervision.queries import (
    rules_on,
    score_of,
    scores,
    versions_of_rule,
    weights_on,
)
from openhall.supervision.rules.scoring import AT_LEAST, interval
from openhall.supervision.terms import BonusKind, ScorePart, Signal, Trigger

MONTHS = 6


def _last(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The scores of a month, in the order of the organs: never a ranking."""
    seat = watching(request, organ, desk)
    month = month_of(request.GET.get("month", ""), _last(seat.figures_day))
    return _scores(request, seat, month)


def _scores(
    request: HttpRequest, seat: Seat, month: date, refused: Refused | None = None
) -> HttpResponse:
    rows = scores(month, scope_of(seat))
    context = common(seat, "oversight_scores") | {
        "month": month,
        "months": [
            (one, one == month)
            for one in reversed(months_back(seat.figures_day.replace(day=1), MONTHS))
        ],
        "rows": [(row, interval(row.on_time, row.closed)) for row in rows],
        "at_least": AT_LEAST,
        "waiting": sum(1 for row in rows if row.frozen_at is None),
        "may_freeze": seat.desk == Desk.SUPERVISION and month < seat.figures_day.replace(day=1),
        "refused": refused,
    }
    return render(request, "office/oversight/scores.html", context, status=422 if refused else 200)


@official
@stands_on(listing)
def freeze(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """Count the month anew and freeze every unit whose cards are all ruled."""
    seat = watching(request, organ, desk)
    if seat.desk != Desk.SUPERVISION:
        raise PermissionDenied(_("Only the Supervision Bureau audits the scores."))
    month = month_of(request.POST.get("month", ""), _last(seat.day))
    doing = Doing(seat.account, timezone.now(), key_of(request), seat.desk.value)
    actions.count_all(month, doing)
    try:
        frozen, waiting = actions.freeze_month(month, doing)
    except Refused as refusal:
        return _scores(request, seat, month, refusal)
    said_so = _("Frozen: %(frozen)s units. %(waiting)s wait for a ruling on their cards.")
    messages.success(request, said_so % {"frozen": frozen, "waiting": waiting})
    return redirect(f"{request.path.removesuffix('freeze/')}?month={month:%Y-%m}")


@official
@require_safe
def page(request: HttpRequest, organ: str, desk: str, code: str, month: date) -> HttpResponse:
    """One score: its nine parts, and every deduction with the paper behind it."""
    seat = watching(request, organ, desk)
    score = existing(score_of(code, month))
    if scope_of(seat) is not None and score.organ_id != seat.organ.pk:
        raise PermissionDenied(_("This score is another unit's."))
    weights = weights_on(month)
    deductions = list(score.rows.order_by("part", "id"))
    parts = [
        (
            part,
            points,
            Decimal(score.parts.get(part.value, "0")),
            [row for row in deductions if row.part == part],
        )
        for part, points in weights.items()
    ]
    context = common(seat, "oversight_scores") | {
        "score": score,
        "parts": parts,
        "bonuses": [(row, BonusKind(row.kind)) for row in score.bonuses.all()],
        "interval": interval(score.on_time, score.closed),
        "at_least": AT_LEAST,
    }
    return render(request, "office/oversight/score.html", context)


@official
@require_safe
def rules(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The rules in force today, with their numbers and deductions."""
    seat = watching(request, organ, desk)
    rows = [
        (rule, Trigger(rule.trigger), Signal(rule.signal), ScorePart(rule.part))
        for rule in rules_on(seat.day)
    ]
    context = common(seat, "oversight_rules") | {"rows": rows}
    return render(request, "office/oversight/rules.html", context)


class RuleForm(forms.Form):
    """A new version of a rule from a day on."""

    signal = forms.ChoiceField(label=gettext_lazy("Signal"))
    parameters = TextField(
        label=gettext_lazy("Numbers"), help_text=gettext_lazy("As JSON; change the numbers only.")
    )
    sentence = TextField(label=gettext_lazy("Arithmetic in words"), max_length=300)
    sentence_en = TextField(label=gettext_lazy("Arithmetic in English"), max_length=400)
    basis = TextField(label=gettext_lazy("Basis"), max_length=200)
    deduction = forms.DecimalField(
        label=gettext_lazy("Deduction in points"), max_digits=4, decimal_places=2, min_value=0
    )
    answer_days = forms.IntegerField(
        label=gettext_lazy("Working days for the unit's answer"), min_value=1, max_value=60
    )
    first_day = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = TextField(label=gettext_lazy("Why it is changed"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signal"].choices = said(Signal)  # type: ignore[attr-defined]

    def clean_parameters(self) -> dict[str, Any]:
        try:
            found = json.loads(self.cleaned_data["parameters"])
        except ValueError as error:
            raise forms.ValidationError(_("This is not JSON. Change the numbers only.")) from error
        if not isinstance(found, dict):
            raise forms.ValidationError(_("This is not JSON. Change the numbers only."))
        return found


@official
def rule(request: HttpRequest, organ: str, desk: str, code: str) -> HttpResponse:
    """One rule with all its versions; the supervision desk writes the next."""
    seat = watching(request, organ, desk)
    if seat.desk not in ALL_UNITS:
        raise PermissionDenied(_("The rules are public; the portal shows them to everyone."))
    versions = versions_of_rule(code)
    if not versions:
        return redirect("office:oversight_rules", organ, desk)
    newest = versions[0]
    start = {
        name: getattr(newest, name)
        for name in ("signal", "sentence", "sentence_en", "basis", "deduction", "answer_days")
    }
    start["parameters"] = json.dumps(newest.parameters, ensure_ascii=False)
    start["first_day"] = (seat.day + timedelta(days=1)).isoformat()
    form = RuleForm(request.POST or None, initial=start)
    may = seat.desk == Desk.SUPERVISION
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        doing = Doing(seat.account, timezone.now(), key_of(request), seat.desk.value)
        change = actions.Change(
            Signal(typed["signal"]),
            typed["parameters"],
            typed["sentence"],
            typed["sentence_en"],
            typed["basis"],
            typed["deduction"],
            typed["answer_days"],
        )
        try:
            actions.revise_rule(newest.pk, change, typed["first_day"], typed["reason"], doing)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The new version is in force from its day."))
            return redirect("office:oversight_rule", organ, desk, code)
    context = common(seat, "oversight_rules") | {
        "rule": newest,
        "trigger": Trigger(newest.trigger),
        "versions": [(one, Signal(one.signal)) for one in versions],
        "form": form,
        "may": may,
    }
    status = 422 if form.errors else 200
    return render(request, "office/oversight/rule.html", context, status=status)
