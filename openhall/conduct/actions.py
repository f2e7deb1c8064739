"""Findings, training; a month drawn up, objected to, ruled on, confirmed. A13."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Sum

from openhall.conduct.kinds import ASSESSMENT, FINDING, RULES, TRAINING
from openhall.conduct.models import Assessment, ConductRules, Deduction, Finding, Training
from openhall.conduct.permissions import may_assess, may_rule
from openhall.conduct.queries import (
    found_by,
    good_ratings_of,
    month_after,
    on_the_roster,
    pack_on,
    packs,
    seen_of,
    services_of,
    shifts_of,
)
from openhall.conduct.rules.counting import deductions, score
from openhall.conduct.rules.packs import COUNTED, NUMBERS, read_lines
from openhall.conduct.terms import (
    AssessAct,
    AssessmentState,
    DeductionState,
    FindingAct,
    TrainingAct,
)
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused, kept
from openhall.deeds.writer import deed, made_before, write
from openhall.glossary import Said
from openhall.hall.actions.numbers import held
from openhall.hall.models import Hall
from openhall.hall.permissions import may_sit
from openhall.organs.models import Account
from openhall.paging.typed import fault_of_text
from openhall.versions.documents import on_document
from openhall.workdays.queries import calendar

SHORTEST: Final = 4  # characters that say what was seen
NOT_YOURS: Final = Said(
    "只有本中心的管理人员可以考核，且不能考核自己（成办发〔2003〕75号 二（一））。",
    "Those who manage this centre assess, and nobody assesses themselves "
    "(成办发〔2003〕75号, part 2(1)).",
)
SETTLED: Final = Said(
    "这个月的考核已经确认，不能再改。", "The assessment of this month is confirmed and stays."
)


def _said(words: str, field: str) -> str:
    told = words.strip()
    if len(told) < SHORTEST:
        raise Refused(Said("请写清楚看到了什么、为什么。", "Say what was seen, and why."), field)
    if fault := fault_of_text(told):
        raise Refused(fault, field)
    return told


@acting()
def set_rules(
    base: Decimal,
    numbers: Mapping[str, int],
    points: Mapping[str, Decimal],
    seen: str,
    basis: str,
    since: date,
    doing: Doing,
) -> ConductRules:
    """What costs how many points, from the first day of a coming month on a named document.

    ``seen``: the rules of inspection, one a line (:func:`read_lines`).
    """
    rows, wrong = read_lines(seen)
    if faults := [Fault(one, "seen") for one in wrong]:
        raise Refused(faults[0].said, faults[0].field, faults)
    for name in COUNTED:
        if not 0 <= points.get(name, Decimal(0)) <= base:
            raise Refused(
                Said("分值应在0与基础分之间。", "Points lie between 0 and the base."), name
            )
    if numbers["objection_days"] < 1:
        raise Refused(
            Said("至少留一个工作日提出异议。", "At least one working day is left to object."),
            "objection_days",
        )
    if since.day != 1:
        raise Refused(
            Said(
                "考核按月进行，应当从某月1日起施行。",
                "Months are assessed whole: the first day is the first of a month.",
            ),
            "since",
        )

    def fill(version: Any) -> None:
        version.base, version.basis, version.seen = base, basis.strip(), rows
        version.points = {name: str(points.get(name, 0)) for name in COUNTED}
        for name in NUMBERS:
            setattr(version, name, numbers[name])

    made: ConductRules = on_document(RULES, basis, since, doing, fill)
    return made


@acting()
def find(hall: Hall, account: Account, rule: str, day: date, what: str, doing: Doing) -> Finding:
    """What an inspection saw; it costs points when the month is drawn up."""
    same = {"hall_id": hall.pk, "account_id": account.pk, "rule": rule, "day": day}
    before: Finding | None = made_before(FINDING, doing, FindingAct.FIND, **same)
    if before is not None:
        return before
    if not may_assess(doing.actor, hall, account, doing.day):
        raise Refused(NOT_YOURS)
    pack = pack_on(day)
    if rule not in pack.rules or not pack.rules[rule].seen:
        raise Refused(Said("请选择一条检查项目。", "Choose a rule of inspection."), "rule")
    if day > doing.day or not may_sit(account, hall, day):
        raise Refused(
            Said("这一天他（她）不是本大厅的窗口人员。", "They did not work here on that day."),
            "on",
        )
    held(hall)
    if Assessment.objects.filter(hall=hall, account=account, month=day.replace(day=1)).exists():
        raise Refused(
            Said("这个月的考核已经拟定，不能再加。", "This month is drawn up; nothing is added."),
            "on",
        )
    words = _said(what, "what")
    made = Finding.objects.create(
        hall=hall,
        account=account,
        day=day,
        rule=rule,
        pack=pack.code,
        what=words,
        found_by=doing.actor,
    )
    write(FINDING, made, FindingAct.FIND, doing, facts={"rule": rule}, detail={"what": words})
    return made


@deed(FINDING, FindingAct.WITHDRAW)
def withdraw_finding(finding: Finding, why: str, doing: Doing) -> Deed:
    """A finding was a mistake: before the month is drawn up it costs nothing."""
    if not may_assess(doing.actor, finding.hall, finding.account, doing.day):
        raise Refused(NOT_YOURS)
    if finding.withdrawn:
        raise Refused(Said("已经撤回。", "It was taken back."))
    month = finding.day.replace(day=1)
    where = {"hall": finding.hall, "account": finding.account, "month": month}
    if Assessment.objects.filter(**where).exists():
        raise Refused(
            Said(
                "考核已经拟定，请通过异议复核更正。",
                "The month is drawn up; it is corrected by an objection.",
            )
        )
    detail = {"why": _said(why, "why")}
    return write(
        FINDING, finding, FindingAct.WITHDRAW, doing, changes={"withdrawn": True}, detail=detail
    )


@acting()
def record_training(
    hall: Hall,
    account: Account,
    what: str,
    passed_on: date,
    doing: Doing,
    *,
    valid_until: date | None = None,
    certificate: str = "",
) -> Training:
    """A training that somebody passed, and until when it holds."""
    same = {"hall_id": hall.pk, "account_id": account.pk, "passed_on": passed_on}
    before: Training | None = made_before(TRAINING, doing, TrainingAct.RECORD, **same)
    if before is not None:
        return before
    if doing.actor is not None and not may_assess(doing.actor, hall, account, doing.day):
        raise Refused(NOT_YOURS)
    if passed_on > doing.day:
        raise Refused(Said("培训日期不能晚于今天。", "It cannot lie in the future."), "passed_on")
    if valid_until is not None and valid_until < passed_on:
        raise Refused(Said("有效期早于通过日期。", "It ends before it begins."), "valid_until")
    made = Training.objects.create(
        hall=hall,
        account=account,
        what=kept(_said(what, "what"), 120, "what"),
        passed_on=passed_on,
        valid_until=valid_until,
        certificate=kept(certificate, 60, "certificate"),
    )
    write(TRAINING, made, TrainingAct.RECORD, doing)
    return made


@acting()
def draw_up(hall: Hall, month: date, doing: Doing) -> list[Assessment]:
    """The month of everybody who was on the roster, each once; who was drawn up before stays.

    Raises :class:`Refused` before the month has ended.
    """
    first = month.replace(day=1)
    if doing.day < month_after(first):
        raise Refused(
            Said("这个月还没有结束。", "The month has not ended yet."),
            "month",
        )
    if not may_assess(doing.actor, hall, None, doing.day):
        raise Refused(NOT_YOURS)
    held(hall)  # a finding comes before the month is drawn up, or is refused; never between
    done = set(
        Assessment.objects.filter(hall=hall, month=first).values_list("account_id", flat=True)
    )
    return [
        _drawn(hall, account, first, doing)
        for account in on_the_roster(hall, first)
        if account.pk not in done
    ]


def _drawn(hall: Hall, account: Account, month: date, doing: Doing) -> Assessment:
    pack, shifts = pack_on(month), shifts_of(hall, account, month)
    found = deductions(shifts, seen_of(hall, account, month), pack)
    made = Assessment.objects.create(
        hall=hall,
        account=account,
        month=month,
        pack=pack.code,
        shifts=len(shifts),
        services=services_of(hall, account, month),
        good_ratings=good_ratings_of(account, month),
        score=score((one.points for one in found), pack),
        state=AssessmentState.DRAWN.value,
        drawn_at=doing.at,
        objections_until=calendar().add_workdays(doing.day, pack.objection_days).on,
    )
    event = doing.part(f"assess-{account.pk}")
    write(ASSESSMENT, made, AssessAct.DRAW, event, facts={"pack": pack.code})
    for one in found:
        Deduction.objects.create(
            assessment=made,
            rule=one.rule,
            points=one.points,
            day=one.day,
            source=one.source.value,
            reference=one.reference,
        )
    return made


def _row(assessment: Assessment, pk: int) -> Deduction:
    row = Deduction.objects.filter(assessment=assessment, pk=pk).first()
    if row is None:
        raise Refused(Said("没有这一项扣分。", "There is no such deduction."))
    row.assessment = assessment
    if assessment.state != AssessmentState.DRAWN:
        raise Refused(SETTLED)
    return row


@deed(ASSESSMENT, AssessAct.OBJECT)
def object_to(assessment: Assessment, deduction: int, why: str, doing: Doing) -> Deed:
    """The person objects to one deduction, in time; it waits for another manager."""
    row = _row(assessment, deduction)
    if doing.actor is None or doing.actor.pk != assessment.account_id:
        raise Refused(
            Said("只有本人可以对自己的扣分提出异议。", "Only the person it is about objects.")
        )
    if row.state != DeductionState.STANDS:
        raise Refused(Said("这一项已经提出过异议。", "This was objected to already."))
    if doing.day > assessment.objections_until:
        last = assessment.objections_until.isoformat()
        raise Refused(
            Said(f"异议截至{last}，已经过期。", f"Objections were possible until {last}.")
        )
    words = _said(why, "why")
    event = write(
        ASSESSMENT,
        assessment,
        AssessAct.OBJECT,
        doing,
        facts={"rule": row.rule},
        detail={"objection": words},
    )
    _change(row, state=DeductionState.OBJECTED.value, objected_by=doing.actor)
    return event


def _change(row: Deduction, **values: Any) -> None:
    Deduction.objects.filter(pk=row.pk).update(**values)


@deed(ASSESSMENT, AssessAct.UPHOLD, AssessAct.STRIKE)
def rule_on(assessment: Assessment, deduction: int, strikes: bool, why: str, doing: Doing) -> Deed:
    """Another manager than who found it upholds the deduction or strikes it out."""
    row = _row(assessment, deduction)
    if row.state != DeductionState.OBJECTED:
        raise Refused(Said("这一项没有待复核的异议。", "No objection waits here."))
    if not may_rule(doing.actor, row, found_by(row), doing.day):
        raise Refused(
            Said(
                "由本中心另一位管理人员复核，发现人和本人不能复核。",
                "Another manager of this centre rules: neither who found it nor the person.",
            )
        )
    words, act = _said(why, "why"), AssessAct.STRIKE if strikes else AssessAct.UPHOLD
    state = DeductionState.STRUCK if strikes else DeductionState.UPHELD
    left = Decimal(assessment.score) + (row.points if strikes else Decimal(0))
    event = write(
        ASSESSMENT,
        assessment,
        act,
        doing,
        facts={"rule": row.rule},
        detail={"ruling": words},
        changes={"score": left},
    )
    _change(row, state=state.value, ruled_by=doing.actor)
    return event


@deed(ASSESSMENT, AssessAct.CONFIRM)
def confirm(assessment: Assessment, doing: Doing) -> Deed:
    """It stands: once the time of objections is over and each was ruled on."""
    if not may_assess(doing.actor, assessment.hall, assessment.account, doing.day):
        raise Refused(NOT_YOURS)
    if assessment.state != AssessmentState.DRAWN:
        raise Refused(SETTLED)
    rows = Deduction.objects.filter(assessment=assessment)
    if rows.filter(state=DeductionState.OBJECTED.value).exists():
        raise Refused(Said("还有异议没有复核。", "An objection waits to be ruled on."))
    if doing.day <= assessment.objections_until:
        last = assessment.objections_until.isoformat()
        raise Refused(
            Said(f"异议期到{last}，之后才能确认。", f"Objections are possible until {last}.")
        )
    counted = rows.exclude(state=DeductionState.STRUCK.value).aggregate(all=Sum("points"))
    left = score([counted["all"] or Decimal(0)], packs()[assessment.pack])
    return write(
        ASSESSMENT,
        assessment,
        AssessAct.CONFIRM,
        doing,
        changes={
            "state": AssessmentState.CONFIRMED.value,
            "score": left,
            "confirmed_by": doing.actor,
            "confirmed_at": doing.at,
        },
    )
