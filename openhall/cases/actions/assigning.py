"""Whose hands: another handler, a stand-in, a step done or returned. A2, A4."""

import json
from datetime import date

from openhall.cases.actions import steps
from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing, record, stage_after
from openhall.cases.kinds import CASE, STAND_IN
from openhall.cases.models import Case, CaseEvent, HandOver, StandIn
from openhall.cases.permissions import (
    may_be_handed,
    may_handle,
    may_reassign,
    may_set_stand_in,
)
from openhall.cases.rules.steps import is_late
from openhall.cases.terms import Act, BesideAct, StepPhase
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, made_before, write
from openhall.glossary import Said
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import sits_at
from openhall.organs.terms import Desk
from openhall.paging.typed import visible
from openhall.papers.rules import words as papers
from openhall.papers.terms import PaperKind


@deed(CASE, Act.REASSIGN)
def reassign(case: Case, taker: Account, reason: str, doing: Doing) -> CaseEvent:
    """改派: the case goes to another handler, with the reason and a slip."""
    day = doing.day
    if doing.actor is None or not may_reassign(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本单位的批准人或负责人可以改派承办人。",
                "Only a decider or head of this unit may reassign a case.",
            )
        )
    stage = stage_after(case, Act.REASSIGN)
    if taker.pk == case.handler_id or not may_be_handed(taker, case, day):
        raise Refused(
            Said(
                "只能改派给本单位承办岗位上、未受理也未承办本件的人员"
                "（接办件分离，成办发〔2003〕75号）。请另选承办人。",
                "Choose another handler: one of this unit's handling desk who neither "
                "accepted nor handles this case (reception and handling are separate, "
                "成办发〔2003〕75号).",
            ),
            "taker",
        )
    if visible(reason) < 4:
        raise Refused(
            Said(
                "请写明改派的理由（不少于4个字）。",
                "Say why it is reassigned (at least 4 characters).",
            ),
            "reason",
        )
    last = HandOver.objects.filter(case=case).order_by("-pk").first()
    things = json.loads(last.things) if last is not None else []
    lie = last.papers_at if last is not None else ""
    assert case.handler is not None  # a case being handled has its handler
    HandOver.objects.create(
        case=case,
        giver=case.handler,
        taker=taker,
        organ=case.organ,
        things=json.dumps(things, ensure_ascii=False),
        papers_at=lie,
        at=doing.at,
    )
    giver = str(case.handler)
    event = record(
        case,
        Act.REASSIGN,
        doing,
        stage=stage,
        changes={"handler": taker},
        facts={"things": len(things)},
        detail={"taker": str(taker.pk), "reason": reason.strip()},
    )
    words = papers.hand_over(matter_of(case), things, giver, str(taker), lie)
    give(case, PaperKind.HAND_OVER, [*words, f"改派理由：{reason.strip()}"], doing)
    return event


@deed(CASE, Act.FINISH_STEP)
def finish_step(case: Case, doing: Doing) -> CaseEvent:
    """完成环节: the examination's running step is done and the next begins."""
    day = doing.day
    if doing.actor is None or not may_handle(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本件的承办人可以完成环节。", "Only the handler of this case may finish a step."
            )
        )
    stage = stage_after(case, Act.FINISH_STEP)
    review = case.steps.filter(phase=StepPhase.REVIEW.value).exclude(state="done")
    if review.count() < 2:
        raise Refused(
            Said(
                "审查环节只剩最后一步，请提出审查意见，环节随之完成（行政许可法 34）。",
                "This is the last step of examination. Give your opinion and the step "
                "ends with it (Administrative Licensing Law, art. 34).",
            )
        )
    ended = steps.step_on(case, day, doing.actor)
    assert ended is not None  # an examination step was running
    return record(
        case,
        Act.FINISH_STEP,
        doing,
        stage=stage,
        changes={},
        facts={"step": ended.name, "late": is_late(ended.due_on, day)},
    )


@deed(CASE, Act.RETURN_STEP)
def return_step(case: Case, reason: str, doing: Doing) -> CaseEvent:
    """退回上一环节, with the reason: that step runs again with its own clock."""
    day = doing.day
    if doing.actor is None or not may_handle(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本件的承办人可以退回环节。", "Only the handler of this case may return a step."
            )
        )
    stage = stage_after(case, Act.RETURN_STEP)
    if not reason.strip():
        raise Refused(Said("请写明退回的理由。", "Say why it is returned."), "reason")
    returned = steps.step_back(case, day, phase=StepPhase.REVIEW)
    if returned is None:
        raise Refused(
            Said(
                "前面没有可以退回的审查环节。",
                "There is no earlier step of examination to return to.",
            )
        )
    return record(
        case,
        Act.RETURN_STEP,
        doing,
        stage=stage,
        changes={},
        facts={"step": returned.name, "late": is_late(returned.due_on, day)},
        detail={"reason": reason.strip()},
    )


@acting()
def set_stand_in(
    absent: Account,
    present: Account,
    organ: Organ,
    desk: Desk,
    since: date,
    until: date,
    reason: str,
    doing: Doing,
) -> StandIn:
    """代办: while ``absent`` is away, ``present`` of the same desk acts; shown on each event."""
    same = {"absent_id": absent.pk, "present_id": present.pk, "since": since, "until": until}
    before: StandIn | None = made_before(STAND_IN, doing, BesideAct.STAND_IN, **same)
    if before is not None:
        return before
    if doing.actor is None or not may_set_stand_in(doing.actor, organ, doing.day):
        raise Refused(
            Said(
                "只有本单位的批准人或负责人可以指定代办人。",
                "Only a decider or head of this unit may name a stand-in.",
            )
        )
    if absent.pk == present.pk:
        raise Refused(
            Said("代办人须是另一个人。", "Choose another person: nobody stands in for themselves."),
            "present",
        )
    for one, field in ((absent, "absent"), (present, "present")):
        if not sits_at(one, desk, organ, since):
            raise Refused(
                Said(
                    f"{one}在{since:%Y-%m-%d}不在{desk.zh}岗位上。",
                    f"{one} is not at the desk “{desk.en}” on {since:%Y-%m-%d}.",
                ),
                field,
            )
    if until < since:
        raise Refused(
            Said("结束日期不能早于开始日期。", "The last day cannot be earlier than the first."),
            "until",
        )
    if not reason.strip():
        raise Refused(Said("请写明不在岗的原因。", "Say why they are away."), "reason")
    made = StandIn.objects.create(
        organ=organ,
        desk=desk.value,
        absent=absent,
        present=present,
        since=since,
        until=until,
        reason=reason.strip(),
        set_by=doing.actor,
        set_at=doing.at,
    )
    facts = {"since": since.isoformat(), "until": until.isoformat()}
    write(STAND_IN, made, BesideAct.STAND_IN, doing, facts=facts)
    return made
