"""报送与核验: words by people, figures by the system; the Government Office returns or verifies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused, led, worded
from openhall.deeds.writer import deed, write
from openhall.glossary import Said as Sentence
from openhall.targets.kinds import REPORT
from openhall.targets.models import TargetReport
from openhall.targets.permissions import may_issue, may_sign, may_verify
from openhall.targets.queries import counted_until, sheet_on
from openhall.targets.rules.reports import REPORTS, faults_of_report, opens_on
from openhall.targets.rules.sheet import PLACES, plain, score_of, targets_in, total_of
from openhall.targets.terms import Period, ReportAct, ReportState

REASON_AT_LEAST = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit says: of each target, its own scores, and the sections of the year's report."""

    words: Mapping[str, str]
    claimed: Mapping[str, Decimal | None] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)


def _led(report: TargetReport, act: ReportAct) -> str:
    return str(led(REPORTS, ReportState(report.state), act).value)


@deed(REPORT, ReportAct.SUBMIT)
def submit_report(report: TargetReport, said: Said, doing: Doing) -> Deed:
    """报送: the figures are counted at this moment and kept beside what is claimed."""
    if not may_sign(doing.actor, report.organ, doing.day):
        raise Refused(
            Sentence(
                "只有责任单位的负责人可以报送（成办发〔2003〕75号 二（四））。",
                "Only the head of the unit submits it (成办发〔2003〕75号 二（四）).",
            )
        )
    state = _led(report, ReportAct.SUBMIT)
    period = Period(report.period)
    first = opens_on(report.year, period)
    if doing.day < first:
        raise Refused(
            Sentence(
                f"自{first.isoformat()}起可以报送。",
                f"It can be submitted from {first.isoformat()} on.",
            )
        )
    sheet = sheet_on(report.organ, report.year, doing.day)
    if sheet is None:
        raise Refused(
            Sentence("本年度没有生效的工作目标。", "No targets are in force for this year.")
        )
    targets = targets_in(sheet.targets)
    faults = [
        Fault(one, name)
        for name, one in faults_of_report(period, targets, said.words, said.claimed, said.sections)
    ]
    if faults:
        raise Refused(faults[0].said, faults[0].field, faults)
    readings = counted_until(report.organ, report.year, targets, doing.day)
    scores = {one.code: score_of(one, readings.get(one.code)) for one in targets}
    computed = {code: None if one is None else str(one) for code, one in scores.items()}
    claimed = {
        one.code: str(score.quantize(PLACES))
        for one in targets
        if (score := said.claimed.get(one.code)) is not None
    }
    counted = {code: [one.part, one.whole] for code, one in readings.items()}
    return write(
        REPORT,
        report,
        ReportAct.SUBMIT,
        doing,
        changes={
            "state": state,
            "targets": plain(targets),
            "words": {one.code: said.words[one.code].strip() for one in targets},
            "sections": {name: text.strip() for name, text in said.sections.items()},
            "readings": counted,
            "computed": computed,
            "claimed": claimed,
            "verified": {},
            "submitted_by": doing.actor,
            "submitted_on": doing.day,
            "first_submitted_on": report.first_submitted_on or doing.day,
            "verified_by": None,
        },
        facts={
            "sheet": sheet.digest,
            "readings": counted,
            "claimed": claimed,
            "computed": computed,
            "in_time": (report.first_submitted_on or doing.day) <= report.due,
        },
    )


def _office(report: TargetReport, doing: Doing, what: Sentence) -> None:
    if not may_verify(doing.actor, report, doing.day):
        raise Refused(
            Sentence(
                f"只有市政府办公厅中没有报送本报告的人可以{what.zh}（成办发〔2003〕75号）。",
                f"Only the City Government Office, and never who submitted it, may {what.en} "
                "(成办发〔2003〕75号 二（四）).",
            )
        )


@deed(REPORT, ReportAct.RETURN)
def return_report(report: TargetReport, reason: str, doing: Doing) -> Deed:
    """退回, with what is missing."""
    _office(report, doing, Sentence("退回", "return it"))
    state = _led(report, ReportAct.RETURN)
    what = Sentence("退回的理由", "why it is returned")
    written = worded(reason, REASON_AT_LEAST, what, "reason")
    return write(
        REPORT,
        report,
        ReportAct.RETURN,
        doing,
        changes={"state": state, "remark": written},
        detail={"reason": written},
    )


@deed(REPORT, ReportAct.ACCEPT)
def accept_report(
    report: TargetReport, verified: Mapping[str, Decimal | None], remark: str, doing: Doing
) -> Deed:
    """核验: a score for each target of the year; where it differs from what was counted, why."""
    _office(report, doing, Sentence("核验", "verify it"))
    state = _led(report, ReportAct.ACCEPT)
    targets = targets_in(report.targets)
    changes: dict[str, Any] = {"state": state, "verified_by": doing.actor}
    if report.period == Period.YEAR:
        faults = []
        differs = False
        for one in targets:
            score, counted = verified.get(one.code), report.computed.get(one.code)
            if score is None and one.is_counted and counted is None:
                continue  # there was nothing to count: it drops out
            if score is None or not 0 <= score <= one.weight:
                said = Sentence(
                    f"核验分为0—{one.weight}分。", f"The score is 0 to {one.weight} points."
                )
                faults.append(Fault(said, f"score_{one.code}"))
            elif counted is not None and score != Decimal(counted):
                differs = True
        if faults:
            raise Refused(faults[0].said, faults[0].field, faults)
        if differs:
            why = Sentence("核验分与系统计数不同的理由", "why it differs from what was counted")
            worded(remark, REASON_AT_LEAST, why, "remark")
        changes["verified"] = {
            code: str(score.quantize(PLACES))
            for code, score in verified.items()
            if score is not None
        }
    changes["remark"] = remark.strip()
    scores = {code: Decimal(one) for code, one in changes.get("verified", {}).items()}
    total = total_of(targets, scores)
    return write(
        REPORT,
        report,
        ReportAct.ACCEPT,
        doing,
        changes=changes,
        facts={
            "verified": changes.get("verified", {}),
            "total": None if total is None else str(total),
            "remark": remark.strip(),
        },
    )


@deed(REPORT, ReportAct.PUBLISH)
def publish_report(report: TargetReport, doing: Doing) -> Deed:
    """公布: claimed, counted and verified side by side."""
    if not may_issue(doing.actor, doing.day):
        raise Refused(
            Sentence(
                "只有市政府办公厅可以公布（成办发〔2003〕75号 二（四））。",
                "Only the City Government Office publishes it (成办发〔2003〕75号 二（四）).",
            )
        )
    state = _led(report, ReportAct.PUBLISH)
    changes = {"state": state, "published_on": doing.day}
    return write(REPORT, report, ReportAct.PUBLISH, doing, changes=changes)
