"""监督检查 for everybody: how it is made, the result with its spread; and the inspectors' sheets.

An inspector marks with the code he was given, on his phone; what he signed nobody reads before
every sheet is in.
"""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.design.forms import CodeInput
from openhall.desk.offers import NOTE, Offer, in_words
from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.inspections import actions
from openhall.inspections.marking import ask_marks
from openhall.inspections.queries import (
    Inspection,
    evidence_of,
    indicators_on,
    inspection_numbered,
    inspections,
    inspectors_of,
    units_of,
)
from openhall.inspections.rules.indicators import Indicator, indicators_in
from openhall.inspections.terms import Category, EvidenceKind, InspectionState
from openhall.lots.terms import DrawState
from openhall.organs.fields import TextField
from openhall.organs.queries import organ_named
from openhall.paging.keyset import paged, place
from openhall.portal.acts import Visitor
from openhall.statistics.queries import readings
from openhall.supervision.queries import issue_numbered
from openhall.supervision.terms import IssueState
from openhall.throttle.middleware import trying_code

KINDS = {
    InspectionState.DRAWING: "waiting",
    InspectionState.VISITING: "info",
    InspectionState.UNSEALED: "waiting",
    InspectionState.PUBLISHED: "on_time",
}


@dataclass(frozen=True, slots=True)
class Marking:
    """An inspection as one of its inspectors marks in it."""

    inspection: Inspection
    request: HttpRequest

    @property
    def number(self) -> str:
        return self.inspection.number

    @property
    def indicators(self) -> list[Indicator]:
        return indicators_in(self.inspection.indicators)


class Sign(Offer):
    """One sheet, for one unit; sent again it is a correction with its reason."""

    code, bare, tone = "sign", True, "primary"
    title = button = gettext_lazy("Sign and seal the sheet")
    done = gettext_lazy("It is sealed. Nobody reads it before every sheet is in.")
    inspector_code = TextField(
        label=gettext_lazy("Code of the inspector"), widget=CodeInput, max_length=40
    )
    organ = forms.ChoiceField(label=gettext_lazy("Unit inspected"))

    @classmethod
    def offered(cls, subject: Marking, who: Visitor) -> bool:
        return subject.inspection.state == InspectionState.VISITING

    def ask(self) -> None:
        english = (get_language() or "").startswith("en")
        rows = [one.organ for one in units_of(self.subject.inspection)]
        self.choose("organ", [(one.code, one.name_en if english else one.name) for one in rows])
        ask_marks(self, self.subject.indicators)
        self.fields["why"] = TextField(
            label=gettext_lazy("If you correct a signed sheet: why"),
            widget=NOTE,
            max_length=300,
            required=False,
        )

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        marks = {one.code: typed.get(f"mark_{one.code}") for one in self.subject.indicators}
        with trying_code(self.subject.request, "inspector_code"):
            return actions.sign_sheet(
                self.subject.inspection,
                typed["inspector_code"],
                typed["organ"],
                marks,
                typed["remark"],
                replace(doing, actor=None, seen=None),
                why=typed["why"],
            )

    def refuse(self, refusal: Any) -> None:
        for fault in refusal.faults or (refusal,):
            self.add_error(fault.field if fault.field in self.fields else None, in_words(fault))


class SheetPage(Thing):
    """The sheet on an inspector's phone."""

    offers = (Sign,)
    template = "portal/inspections/sheet.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Marking]:
        found = existing(inspection_numbered(where["number"], public=True))
        return Visitor(None, timezone.localdate()), Marking(found, request)

    def home(self, who: Visitor, subject: Marking) -> str:
        return reverse("portal:inspection_sheet", args=[subject.number])

    def act_at(self, who: Visitor, subject: Marking, name: str) -> str:
        return self.home(who, subject)

    def seq(self, subject: Marking) -> None:
        return None  # each inspector signs for himself

    def content(self, who: Visitor, subject: Marking) -> dict[str, Any]:
        organs = {one.organ.code: one.organ for one in units_of(subject.inspection)}
        found = readings(list(organs))
        return {
            "inspection": subject.inspection,
            "readings": [(organs[code], told) for code, told in found.items()],
        }


sheet = SheetPage()


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every inspection that was announced, the indicators in force, what units filed."""
    rows = paged(inspections(public=True), ("-window_from", "-pk"), place(request.GET))
    filed = evidence_of().order_by("-held_on", "-pk")[:20]
    context = {
        "rows": rows.map(
            lambda one: {
                "inspection": one,
                "state": InspectionState(one.state),
                "kind": KINDS[InspectionState(one.state)],
            }
        ),
        "indicators": indicators_on(timezone.localdate()),
        "filed": [(one, EvidenceKind(one.kind)) for one in filed],
    }
    return render(request, "portal/inspections/list.html", context)


def _points(told: int | None) -> str:
    """A figure kept in hundredths, as it is written."""
    return "—" if told is None else f"{told / 100:.2f}".rstrip("0").rstrip(".")


def _thousandths(told: int | None) -> str:
    return "—" if told is None else f"{told / 1000:.2f}"


def _result(found: Inspection) -> dict[str, Any]:
    figures = found.figures
    lines = [
        {
            "organ": organ_named(code),
            "score": _points(one["score"]),
            "members": one["members"],
            "spread": _points(one["spread"]),
            "low": _points(one["low"]),
            "high": _points(one["high"]),
        }
        for code, one in figures["units"].items()
    ]
    people = {f"{one.place}": one for one in inspectors_of(found)}
    by_category: dict[Category, list[int]] = {}
    for place_of, value in figures["severity"].items():
        by_category.setdefault(Category(people[place_of].category), []).append(value)
    issues = [issue_numbered(one) for one in found.problems]
    return {
        "lines": lines,
        "agreement": {name: _thousandths(one) for name, one in figures["agreement"].items()},
        "severity": [
            (category, len(values), _points(round(sum(values) / len(values))))
            for category, values in by_category.items()
        ],
        "issues": [(one, IssueState(one.state)) for one in issues if one is not None],
    }


@require_safe
def inspection(request: HttpRequest, number: str) -> HttpResponse:
    """One inspection: plan, draw, visits; once it is published its result."""
    found = existing(inspection_numbered(number, public=True))
    state = InspectionState(found.state)
    context: dict[str, Any] = {
        "inspection": found,
        "state": state,
        "kind": KINDS[state],
        "draw_state": DrawState(found.draw.state) if found.draw else None,
        "units": units_of(found),
        "indicators": indicators_in(found.indicators),
        "published": state == InspectionState.PUBLISHED,
    }
    if state == InspectionState.PUBLISHED:
        context |= _result(found)
    return render(request, "portal/inspections/inspection.html", context)
