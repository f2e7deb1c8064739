"""延长期限: the handler asks, the right head approves, the applicant is told why. 行政许可法 42."""

from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing, record, stage_after
from openhall.cases.actions.steps import lengthen
from openhall.cases.days import due_changes, due_facts, recomputed
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent, Extension, ExtensionRequest
from openhall.cases.permissions import may_extend, may_handle
from openhall.cases.rules.extension import approver, longest, objection
from openhall.cases.rules.packs import pack_named
from openhall.cases.terms import Act
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed
from openhall.glossary import Said
from openhall.papers.rules import words as papers
from openhall.papers.terms import PaperKind


def _may_be_extended(case: Case, days: int, reason: str, doing: Doing) -> None:
    if Extension.objects.filter(case=case).exists():
        raise Refused(
            Said(
                "本件已延长过一次，不得再次延长（行政许可法 42）。请在延长后的期限内办结。",
                "The limit was extended once and is not extended again (Administrative "
                "Licensing Law, art. 42). Conclude the case within the extended limit.",
            )
        )
    ends = None if case.suspended_since else (case.statutory_due or case.promise_due)
    found = objection(
        pack_named(case.pack),
        days,
        reason,
        joint=case.joint,
        limit_ends=ends,
        today=doing.day,
    )
    if found:
        raise Refused(*found)


@deed(CASE, Act.ASK_EXTENSION)
def ask_extension(case: Case, days: int, reason: str, doing: Doing) -> CaseEvent:
    """报请延长: the handler lays it before the head, with the reason."""
    day = doing.day
    if doing.actor is None or not may_handle(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本件的承办人可以报请延长期限。",
                "Only the handler of this case may ask for an extension.",
            )
        )
    stage = stage_after(case, Act.ASK_EXTENSION)
    _may_be_extended(case, days, reason, doing)
    if ExtensionRequest.objects.filter(case=case, answered_at__isnull=True).exists():
        raise Refused(
            Said(
                "已报请延长，正在等待批准。",
                "An extension was asked for and waits for its approval.",
            )
        )
    asked_of = case.organ.parent_id if case.joint else case.organ_id
    if asked_of is None:
        raise Refused(
            Said(
                "联合办理的延长须报本级人民政府负责人批准（行政许可法 42），"
                "但本机关没有登记上级机关。请系统管理员先在机构中登记。",
                "The head of the government of this level extends a joint case "
                "(Administrative Licensing Law, art. 42), but no organ above this one is "
                "registered. Ask the administrator to register it.",
            )
        )
    ExtensionRequest.objects.create(
        case=case,
        asked_of_id=asked_of,
        days=days,
        reason=reason.strip(),
        asked_by=doing.actor,
        asked_at=doing.at,
    )
    return record(
        case,
        Act.ASK_EXTENSION,
        doing,
        stage=stage,
        changes={},
        facts={"days": days, "joint": case.joint},
        detail={"reason": reason.strip()},
    )


def _answered(case: Case, doing: Doing, *, approved: bool, answer: str) -> None:
    ExtensionRequest.objects.filter(case=case, answered_at__isnull=True).update(
        answered_at=doing.at, answered_by=doing.actor, approved=approved, answer=answer
    )


def _head(case: Case, doing: Doing) -> None:
    day = doing.day
    if doing.actor is None or not may_extend(doing.actor, case, day):
        raise Refused(
            Said(
                f"只有{approver(joint=case.joint).zh}可以批准延长期限（行政许可法 42）。"
                f"请报{approver(joint=case.joint).zh}。",
                f"Only {approver(joint=case.joint).en} may extend the limit "
                "(Administrative Licensing Law, art. 42). Ask "
                f"{approver(joint=case.joint).en}.",
            )
        )


@deed(CASE, Act.EXTEND)
def extend(case: Case, days: int, reason: str, doing: Doing) -> CaseEvent:
    """延长期限, once: approved by the right head, both due days move, the applicant is told."""
    stage = stage_after(case, Act.EXTEND)
    _head(case, doing)
    assert doing.actor is not None
    _may_be_extended(case, days, reason, doing)
    day = doing.day
    Extension.objects.create(
        case=case, days=days, reason=reason.strip(), approved_by=doing.actor, approved_at=doing.at
    )
    _answered(case, doing, approved=True, answer="")
    lengthen(case, days)
    due = recomputed(case, day, extended=days)
    event = record(
        case,
        Act.EXTEND,
        doing,
        stage=stage,
        changes=due_changes(due),
        facts={"days": days, "by": approver(joint=case.joint).zh, **due_facts(due)},
        detail={"reason": reason.strip()},
    )
    words = papers.extension(matter_of(case), days, reason.strip(), approver(joint=case.joint).zh)
    give(case, PaperKind.EXTENSION, words, doing)
    return event


@deed(CASE, Act.REFUSE_EXTENSION)
def refuse_extension(case: Case, reason: str, doing: Doing) -> CaseEvent:
    """不批准延长, with the reason; the limits stay as they are."""
    stage = stage_after(case, Act.REFUSE_EXTENSION)
    _head(case, doing)
    if not ExtensionRequest.objects.filter(case=case, answered_at__isnull=True).exists():
        raise Refused(Said("没有等待批准的延长申请。", "No extension waits for approval."))
    if not reason.strip():
        raise Refused(Said("请写明不批准延长的理由。", "Say why it is not extended."), "reason")
    _answered(case, doing, approved=False, answer=reason.strip())
    return record(
        case,
        Act.REFUSE_EXTENSION,
        doing,
        stage=stage,
        changes={},
        facts={"approved": False},
        detail={"reason": reason.strip()},
    )


def most_days(case: Case) -> int | None:
    """Working days by which ``case`` may be extended at most; None where it may not."""
    return longest(pack_named(case.pack), joint=case.joint)
