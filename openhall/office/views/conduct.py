"""Conduct of staff: for who manages a hall, and for each person their own months. A13.

Names stand in the order of the alphabet and never of points; with few services nothing is
compared; every deduction opens to what it rests on.
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.conduct.permissions import may_read
from openhall.conduct.queries import (
    Assessment,
    Deduction,
    assessment_by_pk,
    assessments_of,
    deeds_told,
    findings_of,
    month_after,
    months_drawn,
    own_assessments,
    pack_on,
    packs,
    rule_versions,
    rules_broken,
    source_of,
    trainings_of,
)
from openhall.conduct.rules.counting import comparable
from openhall.conduct.rules.packs import ConductPack
from openhall.conduct.terms import (
    AssessAct,
    AssessmentState,
    DeductionState,
    SourceKind,
)
from openhall.desk.pages import existing
from openhall.hall.permissions import may_decide_centres, may_manage
from openhall.hall.queries import hall_of, staff_of
from openhall.office.acts.conduct import (
    ASSESSMENT_OFFERS,
    CONDUCT_OFFERS,
    Assessed,
    SetRules,
    Staffed,
)
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.organs.terms import Desk
from openhall.paging.whole import month as month_named

TONES = {
    DeductionState.STANDS: "warning",
    DeductionState.OBJECTED: "waiting",
    DeductionState.UPHELD: "overdue",
    DeductionState.STRUCK: "closed",
}


def _month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _rules(pack: ConductPack) -> list[Any]:
    return list(pack.rules.values())


class Conduct(DeskPage):
    """A month of the hall: who was assessed, what was found, who was trained."""

    offers = CONDUCT_OFFERS
    template, at = "office/hall/conduct.html", "hall_conduct"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Staffed]:
        seat = seat_at(request, where["organ"], where["desk"])
        hall = hall_of(seat.organ.pk)
        if hall is None or not may_manage(seat.account, hall, seat.day):
            raise PermissionDenied(_("Those who manage a centre with a hall open this."))
        asked = request.GET.get("month", "")
        month = month_named(asked) if asked else _month_before(seat.day)
        if month is None:
            raise Http404
        found = list(findings_of(hall, month))
        return seat, Staffed(hall, month, seat.day, staff_of(hall, seat.day), found)

    def seq(self, subject: Any) -> None:
        return None

    def act_at(self, who: Any, subject: Any, name: str) -> str:
        return f"{self.home(who, subject)}{name}/?month={subject.month:%Y-%m}"

    def content(self, who: Seat, subject: Staffed) -> dict[str, Any]:
        pack, rows = pack_on(subject.month), assessments_of(subject.hall, subject.month)
        trained, every = trainings_of(subject.staff), packs()
        months = {subject.month, _month_before(who.day), *months_drawn(subject.hall)}
        return {
            "seat": who,
            "staffed": subject,
            "pack": pack,
            "rows": [(one, AssessmentState(one.state), one.services < pack.few) for one in rows],
            "says": comparable([one.services for one in rows], pack),
            "months": sorted(months, reverse=True),
            "findings": [(one, every[one.pack].rules[one.rule]) for one in subject.findings],
            "broken": [
                (pack.rules[rule], many)
                for rule, many in rules_broken(subject.hall, subject.month)
                if rule in pack.rules
            ],
            "people": [(one, trained.get(one.pk, [])) for one in subject.staff],
            "rules": _rules(pack),
            "ended": month_after(subject.month) <= who.day,
        }


conduct = official(Conduct())


def _row(one: Deduction, pack: ConductPack, manages: bool, seat: Seat) -> dict[str, Any]:
    source, opens = source_of(one), ""
    at = [seat.organ.code, seat.desk.value]
    if one.source == SourceKind.DUTY.value and source is not None and manages:
        opens = reverse("office:hall_roster", args=at) + f"?day={source.day.isoformat()}"
    elif one.source == SourceKind.CASE.value and not manages:
        opens = reverse("office:matter", args=[*at, one.reference])
    return {
        "it": one,
        "rule": pack.rules.get(one.rule),
        "kind": SourceKind(one.source),
        "source": source,
        "opens": opens,
        "state": DeductionState(one.state),
        "tone": TONES[DeductionState(one.state)],
    }


class AssessmentPage(DeskPage):
    """One month of one person: for them, and for who manages the hall."""

    offers = ASSESSMENT_OFFERS
    kind = "assessment"
    template = "office/hall/assessment.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Assessed]:
        seat = seat_at(request, where["organ"], where["desk"])
        found: Assessment = existing(assessment_by_pk(where["pk"]))
        if not may_read(seat.account, found, seat.day):
            raise PermissionDenied(_("An assessment is read by its person and the management."))
        return seat, Assessed(found, list(found.deductions.all()))

    def home(self, who: Seat, subject: Assessed) -> str:
        at = [who.organ.code, who.desk.value, subject.assessment.pk]
        return reverse("office:assessment", args=at)

    def content(self, who: Seat, subject: Assessed) -> dict[str, Any]:
        row = subject.assessment
        pack, manages = packs()[row.pack], may_manage(who.account, row.hall, who.day)
        return {
            "seat": who,
            "assessment": row,
            "pack": pack,
            "state": AssessmentState(row.state),
            "few": row.services < pack.few,
            "rows": [_row(one, pack, manages, who) for one in subject.rows],
            "story": [(deed, AssessAct(deed.act), words) for deed, words in deeds_told(row)],
            "manages": manages,
            "trainings": trainings_of([row.account]).get(row.account_id, []),
        }


assessment = official(AssessmentPage())


@official
@require_safe
def own(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """My own months, and the rules."""
    seat = seat_at(request, organ, desk)
    rows, every = own_assessments(seat.account), packs()
    context = {
        "seat": seat,
        "rows": [
            (one, AssessmentState(one.state), one.services < every[one.pack].few) for one in rows
        ],
        "pack": pack_on(seat.day),
        "rules": _rules(pack_on(seat.day)),
        "trainings": trainings_of([seat.account]).get(seat.account.pk, []),
        "language": get_language(),
    }
    return render(request, "office/hall/own_assessments.html", context)


class RulesPage(DeskPage):
    """The rules in force, those before, and the next."""

    offers = (SetRules,)
    template, at, by_desk = "office/hall/rules.html", "conduct_rules", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        seat = seat_at(request, where["organ"], Desk.GOVERNMENT_OFFICE.value)
        if not may_decide_centres(seat.account, seat.day):
            raise PermissionDenied(_("The office of the government sets this."))
        return seat, None

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        pack = pack_on(who.day)
        return {
            "seat": who,
            "pack": pack,
            "rules": _rules(pack),
            "versions": list(rule_versions()),
        }


rules = official(RulesPage())
