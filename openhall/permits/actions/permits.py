"""A permit after it was issued: change, renew, revoke, cancel. 行政许可法 49, 50, 69, 70.

Each verb is a deed on the permit, which commits to what was asked about it as well.
"""

from datetime import date

from openhall.cases.actions.outcome import term_granted
from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing
from openhall.cases.models import Case
from openhall.cases.permissions import is_applicant
from openhall.cases.rules.packs import pack_on
from openhall.cases.terms import Act
from openhall.catalogue.terms import ResultKind
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, write
from openhall.glossary import Said, cited
from openhall.organs.remedies import remedy_of
from openhall.paging.typed import visible
from openhall.papers.rules import procedure_words
from openhall.papers.terms import PaperKind
from openhall.permits.kinds import LICENCE
from openhall.permits.models import Licence, LicenceRequest
from openhall.permits.permissions import may_decide_on_licence, may_take_request
from openhall.permits.rules.validity import (
    UnreadableTerm,
    is_deemed_renewed,
    objection_to_renewal,
    renewed_until,
    state_on,
    valid_until,
)
from openhall.permits.terms import (
    CancellationGround,
    LicenceState,
    RequestKind,
    RevocationGround,
)
from openhall.permits.terms import LicenceAct as A
from openhall.workdays.queries import calendar

REASON_AT_LEAST = 10  # characters


def begin_at_issue(case: Case, act: Act, doing: Doing) -> None:
    """What this room does after an act on a case (``settings.CASE_FOLLOWS``)."""
    if act == Act.ISSUE:
        begin_licence(case, doing)


def _renewed(licence: Licence, until: date) -> date | None:
    try:
        return renewed_until(until, term_granted(licence.case))
    except UnreadableTerm as unread:
        raise Refused(unread.said) from unread


def begin_licence(case: Case, doing: Doing) -> Licence | None:
    """The permit of a case at its issue, if its item gives one; its number is its paper's."""
    version = case.item_version
    if version.result_kind != ResultKind.LICENCE:
        return None
    day = doing.day
    try:
        until = valid_until(day, term_granted(case))
    except UnreadableTerm as unread:
        raise Refused(unread.said) from unread
    words = procedure_words.licence(matter_of(case), case.number, day, until)
    paper = give(case, PaperKind.LICENCE, words, doing)
    licence = Licence.objects.create(
        case=case,
        number=paper.number,
        item=case.item,
        organ=case.organ,
        holder=case.applicant_name,
        state=LicenceState.VALID.value,
        issued_on=day,
        valid_until=until,
    )
    facts = {"valid_until": until.isoformat() if until else None}
    write(LICENCE, licence, A.ISSUE, doing.part("licence"), facts=facts)
    return licence


def _in_force(licence: Licence, day: date) -> None:
    now = state_on(LicenceState(licence.state), licence.valid_until, day)
    if now != LicenceState.VALID:
        raise Refused(
            Said(
                f"该许可{now.zh}（{now.basis}），不能办理。",
                f"This permit stands as “{now.en}” ({cited(now.basis).en}); "
                "nothing can be done to it.",
            )
        )


@deed(LICENCE, A.ASK_CHANGE, A.ASK_RENEWAL)
def ask(licence: Licence, kind: RequestKind, words: str, doing: Doing) -> Deed:
    """申请变更 or 申请延续, by the holder online or taken in at the window. 行政许可法 49, 50."""
    day = doing.day
    by_window = doing.actor is not None and may_take_request(doing.actor, licence.organ, day)
    if not (is_applicant(doing.actor, licence.case) or by_window):
        raise Refused(
            Said(
                "只有被许可人本人，或窗口代为录入，可以申请。",
                "Only the holder may ask, or the window for the holder.",
            )
        )
    waiting = LicenceRequest.objects.filter(licence=licence, decided_at__isnull=True).exists()
    if kind == RequestKind.RENEWAL:
        fault = objection_to_renewal(
            LicenceState(licence.state), licence.valid_until, day, open_request=waiting
        )
        if fault:
            raise Refused(fault)
        assert licence.valid_until is not None
        due = licence.valid_until
    else:
        _in_force(licence, day)
        if waiting:
            raise Refused(
                Said(
                    "已有一份申请尚未决定，请等待决定。",
                    "A request waits for its decision. Wait for it.",
                )
            )
        if visible(words) < REASON_AT_LEAST:
            raise Refused(
                Said(
                    "请写明要变更的内容（不少于10个字，行政许可法 49）。",
                    "Say what is to be changed (at least 10 characters, Administrative "
                    "Licensing Law, art. 49).",
                ),
                "words",
            )
        due = calendar().add_workdays(day, pack_on(day).decision_days or 20).on
    LicenceRequest.objects.create(
        licence=licence,
        kind=kind.value,
        words=words.strip(),
        asked_at=doing.at,
        taken_by=doing.actor if by_window else None,
        due_on=due,
    )
    act = A.ASK_RENEWAL if kind == RequestKind.RENEWAL else A.ASK_CHANGE
    detail = {"words": words.strip()} if words.strip() else None
    return write(LICENCE, licence, act, doing, facts={"due_on": due.isoformat()}, detail=detail)


@deed(LICENCE, A.CHANGE, A.REFUSE_CHANGE, A.RENEW, A.REFUSE_RENEWAL)
def answer(licence: Licence, granted: bool, reason: str, doing: Doing) -> Deed:
    """Decide the open request of a permit: reasoned, in writing, by who did not take it in."""
    day = doing.day
    if doing.actor is None or not may_decide_on_licence(doing.actor, licence.case, day):
        raise Refused(
            Said(
                "只有本单位的批准人可以决定许可的变更和延续。",
                "Only a decider of this unit may decide changes and renewals of permits.",
            )
        )
    request = LicenceRequest.objects.filter(licence=licence, decided_at__isnull=True).first()
    if request is None:
        raise Refused(Said("没有等待决定的申请。", "No request waits for a decision."))
    if request.taken_by_id == doing.actor.pk:
        raise Refused(
            Said(
                "受理人不得决定同一申请（接办件分离，成办发〔2003〕75号）。请由另一位批准人决定。",
                "Who received a request cannot decide it (reception and handling are "
                "separate, 成办发〔2003〕75号). Let another decider decide.",
            )
        )
    if not granted and visible(reason) < REASON_AT_LEAST:
        raise Refused(
            Said(
                "不予准予须说明理由（不少于10个字，行政许可法 38）。",
                "Say why it is refused (at least 10 characters, Administrative Licensing "
                "Law, art. 38).",
            ),
            "reason",
        )
    LicenceRequest.objects.filter(pk=request.pk).update(
        decided_at=doing.at, decided_by=doing.actor, granted=granted, reason=reason.strip()
    )
    matter = matter_of(licence.case)
    detail = {"reason": reason.strip()} if reason.strip() else None
    if RequestKind(request.kind) == RequestKind.RENEWAL:
        assert licence.valid_until is not None  # only a permit with an end is renewed
        until: date | None = licence.valid_until
        if granted:
            until = _renewed(licence, licence.valid_until)
        words = procedure_words.renewal(
            matter,
            licence.number,
            until,
            granted=granted,
            reason=reason.strip(),
            remedy=remedy_of(licence.case.organ),
        )
        give(licence.case, PaperKind.RENEWAL, words, doing)
        return write(
            LICENCE,
            licence,
            A.RENEW if granted else A.REFUSE_RENEWAL,
            doing,
            changes={"valid_until": until},
            facts={"valid_until": until.isoformat() if until else None},
            detail=detail,
        )
    words = procedure_words.change(
        matter,
        licence.number,
        request.words,
        granted=granted,
        reason=reason.strip(),
        remedy=remedy_of(licence.case.organ),
    )
    give(licence.case, PaperKind.CHANGE, words, doing)
    if not granted:
        return write(LICENCE, licence, A.REFUSE_CHANGE, doing, detail=detail)
    written = "\n".join(filter(None, [licence.terms, request.words]))
    said = {"words": request.words} | (detail or {})
    return write(LICENCE, licence, A.CHANGE, doing, changes={"terms": written}, detail=said)


@deed(LICENCE, A.DEEM_RENEWED)
def deem_renewed(licence: Licence, doing: Doing) -> Deed:
    """视为准予延续: asked for in time and not decided by the last day. 行政许可法 50."""
    request = LicenceRequest.objects.filter(
        licence=licence, kind=RequestKind.RENEWAL.value, decided_at__isnull=True
    ).first()
    if request is None or licence.state != LicenceState.VALID:
        raise Refused(Said("没有等待决定的延续申请。", "No renewal waits for a decision."))
    if licence.valid_until is None or not is_deemed_renewed(licence.valid_until, doing.day):
        raise Refused(
            Said(
                "许可尚未届满，不能视为准予延续（行政许可法 50）。",
                "The permit has not expired; it does not count as renewed yet "
                "(Administrative Licensing Law, art. 50).",
            )
        )
    until = _renewed(licence, licence.valid_until)
    LicenceRequest.objects.filter(pk=request.pk).update(
        decided_at=doing.at, granted=True, deemed=True
    )
    words = procedure_words.renewal(
        matter_of(licence.case), licence.number, until, granted=True, deemed=True
    )
    give(licence.case, PaperKind.RENEWAL, words, doing)
    return write(
        LICENCE,
        licence,
        A.DEEM_RENEWED,
        doing,
        changes={"valid_until": until},
        facts={"valid_until": until.isoformat() if until else None},
    )


def _ending(licence: Licence, reason: str, doing: Doing) -> None:
    if doing.actor is None or not may_decide_on_licence(doing.actor, licence.case, doing.day):
        raise Refused(
            Said(
                "只有作出决定的机关的批准人可以撤销或者注销许可（行政许可法 69、70）。",
                "Only a decider of the deciding organ may revoke or cancel a permit "
                "(Administrative Licensing Law, art. 69 and 70).",
            )
        )
    if visible(reason) < REASON_AT_LEAST:
        raise Refused(
            Said(
                "须写明事实和理由（不少于10个字）。",
                "State the facts and the reasons (at least 10 characters).",
            ),
            "reason",
        )


def _close_requests(licence: Licence, doing: Doing, why: str) -> None:
    LicenceRequest.objects.filter(licence=licence, decided_at__isnull=True).update(
        decided_at=doing.at, granted=False, reason=why
    )


@deed(LICENCE, A.REVOKE)
def revoke(licence: Licence, ground: RevocationGround, reason: str, doing: Doing) -> Deed:
    """撤销, on a ground of article 69, reasoned, with the remedies."""
    _ending(licence, reason, doing)
    if licence.state != LicenceState.VALID:
        raise Refused(
            Said(
                f"该许可{LicenceState(licence.state).zh}，不能再撤销。",
                f"This permit stands as “{LicenceState(licence.state).en}” and cannot be revoked.",
            )
        )
    _close_requests(licence, doing, "许可已被撤销（行政许可法 69）。")
    kind, matter = PaperKind.REVOCATION, matter_of(licence.case)
    said = (licence.number, ground.zh, ground.basis, reason.strip(), remedy_of(licence.case.organ))
    give(licence.case, kind, procedure_words.ended(kind, matter, *said), doing)
    return write(
        LICENCE,
        licence,
        A.REVOKE,
        doing,
        changes={"state": LicenceState.REVOKED.value},
        facts={"ground": ground.value},
        detail={"reason": reason.strip()},
    )


@deed(LICENCE, A.CANCEL)
def cancel(licence: Licence, ground: CancellationGround, reason: str, doing: Doing) -> Deed:
    """注销, in one of the six cases of article 70; a permit revoked is struck off too."""
    _ending(licence, reason, doing)
    if licence.state == LicenceState.CANCELLED:
        raise Refused(Said("该许可已注销。", "This permit was cancelled already."))
    now = state_on(LicenceState(licence.state), licence.valid_until, doing.day)
    if ground == CancellationGround.EXPIRED and now != LicenceState.EXPIRED:
        raise Refused(
            Said(
                "该许可的有效期尚未届满，不能以届满注销（行政许可法 70（一））。",
                "The permit has not expired; it cannot be cancelled as expired "
                "(Administrative Licensing Law, art. 70(1)).",
            ),
            "ground",
        )
    if ground == CancellationGround.REVOKED and now != LicenceState.REVOKED:
        raise Refused(
            Said(
                "该许可没有被撤销、撤回或者吊销（行政许可法 70（四））。",
                "The permit was not revoked, withdrawn or forfeited (Administrative "
                "Licensing Law, art. 70(4)).",
            ),
            "ground",
        )
    _close_requests(licence, doing, "许可已被注销（行政许可法 70）。")
    kind, matter = PaperKind.CANCELLATION, matter_of(licence.case)
    said = (licence.number, ground.zh, ground.basis, reason.strip(), remedy_of(licence.case.organ))
    give(licence.case, kind, procedure_words.ended(kind, matter, *said), doing)
    return write(
        LICENCE,
        licence,
        A.CANCEL,
        doing,
        changes={"state": LicenceState.CANCELLED.value},
        facts={"ground": ground.value},
        detail={"reason": reason.strip()},
    )
