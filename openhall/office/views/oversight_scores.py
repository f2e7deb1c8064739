"""The composite score, down to the paper behind each deduction; and the rules it comes from."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.design.forms import DateInput
from openhall.desk.offers import Offer, said
from openhall.desk.pages import Subject, existing
from openhall.office.seat import DeskPage, Seat, official
from openhall.office.views.oversight import ALL_UNITS, common, month_of, scope_of, watching
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.whole import month as month_named
from openhall.statistics.rules.figures import months_back
from openhall.supervision import actions
from openhall.supervision.queries import (
    SupervisionRule,
    rules_on,
    score_of,
    scores,
    versions_of_rule,
    weights_on,
)
from openhall.supervision.rules.scoring import AT_LEAST, interval
from openhall.supervision.terms import (
    BonusKind,
    RuleAct,
    ScoreAct,
    ScorePart,
    Signal,
    Trigger,
)

MONTHS = 6


def _last(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


class Freeze(Offer):
    """Count a month anew and freeze every unit whose cards are all ruled."""

    act, title, desks = (
        ScoreAct.FREEZE,
        gettext_lazy("Audit and freeze the month"),
        ("supervision",),
    )
    effect = gettext_lazy(
        "Units whose cards are all ruled are frozen; nothing of their month changes afterwards."
    )

    @classmethod
    def abouts(cls, subject: date, who: Any) -> Iterable[Any]:
        ended = subject < who.figures_day.replace(day=1)
        waiting = ended and any(row.frozen_at is None for row in scores(subject, None))
        return (subject,) if waiting else ()

    @classmethod
    def part(cls, subject: date, key: str) -> date | None:
        return month_named(key)

    @classmethod
    def part_key(cls, about: Any) -> str:
        return f"{about:%Y-%m}"

    def does(self, doing: Doing) -> tuple[int, int]:
        actions.count_all(self.about, doing)
        self.left: tuple[int, int] = actions.freeze_month(self.about, doing)
        return self.left

    def said_done(self) -> str:
        words = _("Frozen: %(frozen)s units. %(waiting)s wait for a ruling on their cards.")
        return words % dict(zip(("frozen", "waiting"), self.left, strict=True))

    def goes_to(self, left: Any) -> str:
        home = reverse("office:oversight_scores", args=[self.who.organ.code, self.who.desk])
        return f"{home}?month={self.about:%Y-%m}"


class Scores(DeskPage):
    """The scores of a month, in the order of the organs: never a ranking."""

    offers = (Freeze,)
    template, at = "office/oversight/scores.html", "oversight_scores"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, date]:
        seat = watching(request, where["organ"], where["desk"])
        return seat, month_of(request.GET.get("month", ""), _last(seat.figures_day))

    def content(self, who: Seat, subject: date) -> dict[str, Any]:
        months = months_back(who.figures_day.replace(day=1), MONTHS)
        return common(who, "oversight_scores") | {
            "month": subject,
            "months": [(one, one == subject) for one in reversed(months)],
            "rows": [
                (row, interval(row.on_time, row.closed)) for row in scores(subject, scope_of(who))
            ],
            "at_least": AT_LEAST,
        }


listing = official(Scores())


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


class Revise(Offer):
    """The next version of a rule, from a day on."""

    act, title, desks = RuleAct.REVISE, gettext_lazy("Put it in force"), (Desk.SUPERVISION,)
    bare, tone = True, "grave"
    effect = gettext_lazy(
        "From its day on the rule says this; cards raised before keep the old version."
    )
    done = gettext_lazy("The new version is in force from its day.")
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
    first_day = forms.DateField(label=gettext_lazy("In force from"), widget=DateInput)
    reason = TextField(label=gettext_lazy("Why it is changed"), max_length=300, required=False)

    def ask(self) -> None:
        newest = self.subject[0]
        self.choose("signal", said(Signal))
        for name in ("signal", "sentence", "sentence_en", "basis", "deduction", "answer_days"):
            self.fields[name].initial = getattr(newest, name)
        self.fields["parameters"].initial = json.dumps(newest.parameters, ensure_ascii=False)
        self.fields["first_day"].initial = self.day + timedelta(days=1)

    def clean_parameters(self) -> dict[str, Any]:
        try:
            found = json.loads(self.cleaned_data["parameters"])
        except ValueError as error:
            raise forms.ValidationError(_("This is not JSON. Change the numbers only.")) from error
        if not isinstance(found, dict):
            raise forms.ValidationError(_("This is not JSON. Change the numbers only."))
        return found

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        # The page compared how many versions there are; the act is asked about the newest alone.
        return super().doing(key, now, None)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        change = actions.Change(
            Signal(typed["signal"]),
            typed["parameters"],
            typed["sentence"],
            typed["sentence_en"],
            typed["basis"],
            typed["deduction"],
            typed["answer_days"],
        )
        return actions.revise_rule(
            self.subject[0].pk, change, typed["first_day"], typed["reason"], doing
        )


class RuleOnDesk(Subject):
    """One rule with all its versions; the supervision desk writes the next."""

    offers = (Revise,)
    template = "office/oversight/rule.html"
    kind = "rule"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, list[SupervisionRule]]:
        seat = watching(request, where["organ"], where["desk"])
        if seat.desk not in ALL_UNITS:
            raise PermissionDenied(_("The rules are public; the portal shows them to everyone."))
        return seat, existing(versions_of_rule(where["code"]) or None)

    def home(self, who: Seat, subject: list[SupervisionRule]) -> str:
        return reverse("office:oversight_rule", args=[who.organ.code, who.desk, subject[0].code])

    def seq(self, subject: list[SupervisionRule]) -> int:
        """The newest version's number: who wrote a version meanwhile was first."""
        return len(subject)

    def content(self, who: Seat, subject: list[SupervisionRule]) -> dict[str, Any]:
        newest = subject[0]
        return common(who, "oversight_rules") | {
            "rule": newest,
            "trigger": Trigger(newest.trigger),
            "versions": [(one, Signal(one.signal)) for one in subject],
        }


rule = official(RuleOnDesk())
