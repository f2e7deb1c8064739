"""Handling behind the window: hand over, review, send back, suspend, resume. 行政许可法 34, 45."""

import json
from collections.abc import Mapping, Sequence

from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing, record, stage_after
from openhall.cases.actions.steps import lengthen
from openhall.cases.days import due_changes, due_facts, recomputed
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent, HandOver, Hearing, Suspension
from openhall.cases.permissions import may_be_handed, may_decide, may_hand_over, may_handle
from openhall.cases.terms import Act, Opinion, Stage, SuspensionGround
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed
from openhall.glossary import Said
from openhall.organs.models import Account
from openhall.paging.typed import visible
from openhall.papers.rules import words as papers
from openhall.papers.terms import PaperKind
from openhall.workdays.queries import calendar


@deed(CASE, Act.HAND_OVER)
def hand_over(
    case: Case, taker: Account, things: Sequence[str], doing: Doing, *, papers_at: str = ""
) -> CaseEvent:
    """移交: from the window to a named handler, leaving a slip (物料流转凭证). A4.

    ``papers_at`` is the box or shelf where the papers lie; the slip says it too.
    """
    day = doing.day
    stage = stage_after(case, Act.HAND_OVER)
    if doing.actor is None or not may_hand_over(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本单位窗口的在岗人员可以移交（接办件分离，成办发〔2003〕75号）。",
                "Only staff on duty at this unit's window may hand a case over (reception "
                "and handling are separate, 成办发〔2003〕75号).",
            )
        )
    if taker.pk == doing.actor.pk or not may_be_handed(taker, case, day):
        raise Refused(
            Said(
                "只能移交给本单位承办岗位上、且未受理本件的人员（接办件分离，成办发〔2003〕75号）。"
                "请另选承办人。",
                "Choose another handler: one of this unit's handling desk who did not "
                "accept this case (reception and handling are separate, 成办发〔2003〕75号).",
            ),
            "taker",
        )
    HandOver.objects.create(
        case=case,
        giver=doing.actor,
        taker=taker,
        organ=case.organ,
        things=json.dumps(list(things), ensure_ascii=False),
        papers_at=papers_at.strip(),
        at=doing.at,
    )
    event = record(
        case,
        Act.HAND_OVER,
        doing,
        stage=stage,
        changes={"handler": taker, "intake": case.intake or doing.actor},
        facts={"things": len(things)},
        detail={"taker": str(taker.pk), "papers_at": papers_at.strip()},
    )
    lie = papers_at.strip()
    words = papers.hand_over(matter_of(case), things, str(doing.actor), str(taker), lie)
    give(case, PaperKind.HAND_OVER, words, doing)
    return event


@deed(CASE, Act.REVIEW)
def review(case: Case, opinion: Opinion, note: str, doing: Doing) -> CaseEvent:
    """审查: the handler's opinion in writing; it goes to the decider. 行政许可法 34."""
    if doing.actor is None or not may_handle(doing.actor, case, doing.day):
        raise Refused(
            Said(
                "只有本件的承办人可以提出审查意见。",
                "Only the handler of this case may give the opinion.",
            )
        )
    if case.suspended_since is not None:
        raise Refused(
            Said(
                "本件正在中止计时，请先恢复计时再提出审查意见（行政许可法 45）。",
                "The clock is suspended. Resume it, then give the opinion (Administrative "
                "Licensing Law, art. 45).",
            )
        )
    if visible(note) < 2:
        raise Refused(
            Said(
                "请写明审查意见，不能只有签名（案卷评查标准）。",
                "Write the opinion; a signature alone is not enough (standards of file review).",
            ),
            "note",
        )
    return record(
        case,
        Act.REVIEW,
        doing,
        stage=stage_after(case, Act.REVIEW),
        changes={},
        facts={"opinion": opinion.value},
        detail={"note": note},
    )


@deed(CASE, Act.SEND_BACK)
def send_back(case: Case, reason: str, doing: Doing) -> CaseEvent:
    """退回重审: the decider returns the case to its handler, with the reason.

    What was accepted at once has no handler yet: it returns to the window, to be handed over.
    """
    if doing.actor is None or not may_decide(doing.actor, case, doing.day):
        raise Refused(
            Said(
                "只有未受理、未承办本件的批准人可以退回重审。",
                "Only a decider who neither accepted nor handled this case may send it back.",
            )
        )
    if not reason.strip():
        raise Refused(Said("请写明退回的理由。", "Say why it is sent back."), "reason")
    to = Stage.HANDLING if case.handler_id is not None else Stage.ACCEPTED
    stage = stage_after(case, Act.SEND_BACK, to)
    return record(case, Act.SEND_BACK, doing, stage=stage, changes={}, detail={"reason": reason})


@deed(CASE, Act.SUSPEND)
def suspend(
    case: Case,
    ground: SuspensionGround,
    basis: str,
    planned_days: int,
    notice_number: str,
    doing: Doing,
    *,
    with_notice: bool = False,
) -> CaseEvent:
    """中止计时 on one of the eight grounds; it counts only with a written notice.

    ``with_notice`` gives the notice now, under the next number; else ``notice_number`` is that of
    one given on paper, and without either no day is excluded.
    """
    day = doing.day
    if doing.actor is None or not may_handle(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本件的承办人可以中止计时。",
                "Only the handler of this case may suspend the clock.",
            )
        )
    stage = stage_after(case, Act.SUSPEND)
    if case.suspended_since is not None:
        raise Refused(
            Said(
                "本件已在中止计时。请先恢复计时。",
                "The clock is suspended already. Resume it first.",
            )
        )
    if not basis.strip():
        raise Refused(
            Said(
                "请写明特别程序的依据（行政许可法 45）。",
                "Name the basis of the special procedure (Administrative Licensing Law, art. 45).",
            ),
            "basis",
        )
    if planned_days < 1:
        raise Refused(
            Said(
                "请填写所需时间（工作日），并书面告知申请人（行政许可法 45）。",
                "Give the time needed in working days; the applicant is told in writing "
                "(Administrative Licensing Law, art. 45).",
            ),
            "planned_days",
        )
    if with_notice:
        words = papers.suspension(matter_of(case), ground.zh, basis, planned_days)
        notice_number = give(case, PaperKind.SUSPENSION, words, doing).number
    Suspension.objects.create(
        case=case,
        ground=ground.value,
        basis=basis,
        planned_days=planned_days,
        notice_number=notice_number.strip(),
        since=day,
    )
    return record(
        case,
        Act.SUSPEND,
        doing,
        stage=stage,
        changes={"suspended_since": day},
        facts={
            "ground": ground.value,
            "basis": basis,
            "planned_days": planned_days,
            "noticed": bool(notice_number.strip()),
        },
    )


@deed(CASE, Act.RESUME)
def resume(case: Case, doing: Doing) -> CaseEvent:
    """恢复计时: both due days move by the working days that a notice excluded."""
    day = doing.day
    if doing.actor is None or not may_handle(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本件的承办人可以恢复计时。",
                "Only the handler of this case may resume the clock.",
            )
        )
    if case.suspended_since is None:
        raise Refused(Said("本件没有在中止计时。", "The clock is not suspended."))
    if Hearing.objects.filter(case=case, called_at__isnull=False, held_at__isnull=True).exists():
        raise Refused(
            Said(
                "听证尚未举行。举行并记录听证笔录后，计时自动恢复（行政许可法 48）。",
                "The hearing was not held. Hold it and record its minutes, and the clock "
                "resumes by itself (Administrative Licensing Law, art. 48).",
            )
        )
    return run_again(case, Act.RESUME, doing)


def run_again(
    case: Case,
    act: Act,
    doing: Doing,
    facts: Mapping[str, object] | None = None,
    detail: Mapping[str, str] | None = None,
) -> CaseEvent:
    """End the suspension of ``case`` by ``act``; its steps and both due days move with it."""
    day = doing.day
    paused = Suspension.objects.filter(case=case, until__isnull=True)
    for since, number in paused.values_list("since", "notice_number"):
        lengthen(case, calendar().workdays_between(since, day) if number else 0)
    paused.update(until=day)
    due = recomputed(case, day)
    return record(
        case,
        act,
        doing,
        stage=stage_after(case, act),
        changes={"suspended_since": None, **due_changes(due)},
        facts={**(facts or {}), **due_facts(due)},
        detail=detail,
    )
