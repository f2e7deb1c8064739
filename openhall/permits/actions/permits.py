"""A permit after it was issued: change, renew, revoke, cancel. 行政许可法 49, 50, 69, 70.

Each verb writes the permit, its event and its entry in the log in one transaction.
"""

import base64
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing
from openhall.cases.models import Case
from openhall.cases.permissions import is_applicant
from openhall.cases.rules.packs import pack_on
from openhall.cases.terms import Act
from openhall.catalogue.terms import ResultKind
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.glossary import Said, cited
from openhall.ledger.actions import append
from openhall.ledger.rules.commitment import commit
from openhall.papers.rules import procedure_words
from openhall.papers.rules.words import REMEDY
from openhall.papers.terms import PaperKind
from openhall.permits.models import Licence, LicenceEvent, LicenceRequest
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
    LicenceAct,
    LicenceState,
    RequestKind,
    RevocationGround,
)
from openhall.workdays.queries import calendar

REASON_AT_LEAST = 10  # characters


def _day(doing: Doing) -> date:
    return timezone.localtime(doing.at).date()


def _known(doing: Doing) -> Licence | None:
    event = LicenceEvent.objects.select_related("licence").filter(key=doing.key).first()
    return None if event is None else event.licence


def _held(licence_id: int) -> Licence:
    rows = Licence.objects.select_related(
        "organ", "item", "case__organ", "case__item", "case__item_version"
    )
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.get(pk=licence_id)


def _record(
    licence: Licence,
    act: LicenceAct,
    doing: Doing,
    changes: Mapping[str, Any],
    facts: Mapping[str, Any] | None = None,
    detail: Mapping[str, str] | None = None,
) -> Licence:
    """One act on a permit: state, event, entry."""
    now = timezone.now()
    if doing.at > now:
        raise Refused(
            Said(
                "事件时间不能晚于现在。请核对时间。",
                "The time cannot be later than now. Check the time.",
            ),
            "at",
        )
    if doing.entered is not None and settings.DEMO:
        now = doing.entered
    seq, salt = licence.seq + 1, base64.b64decode(licence.case.salt)
    private = dict(detail or {})
    entry = append(
        "licence",
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "licence": licence.number,
            "case": licence.case.number,
            "seq": seq,
            "act": act.value,
            "organ": licence.organ.code,
            "item": licence.item.code,
            "desk": doing.desk,
            "event_time": doing.at.isoformat(timespec="seconds"),
            "entry_time": now.isoformat(timespec="seconds"),
            "facts": dict(facts or {}),
            "commitments": {
                name: commit(salt, f"licence.{seq}.{name}", said) for name, said in private.items()
            },
        },
    )
    Licence.objects.filter(pk=licence.pk).update(seq=seq, **changes)
    LicenceEvent.objects.create(
        licence=licence,
        seq=seq,
        act=act.value,
        actor=doing.actor,
        desk=doing.desk,
        event_time=doing.at,
        entry_time=now,
        facts=dict(facts or {}),
        sealed=LicenceEvent.locked(
            salt, json.dumps(private, ensure_ascii=False) if private else ""
        ),
        key=doing.key,
        entry=entry,
    )
    licence.refresh_from_db()
    return licence


def begin_at_issue(case: Case, act: Act, doing: Doing) -> None:
    """What this room does after an act on a case (``settings.CASE_FOLLOWS``)."""
    if act == Act.ISSUE:
        begin_licence(case, doing)


def _renewed(licence: Licence, until: date) -> date | None:
    try:
        return renewed_until(until, licence.case.item_version.result_validity)
    except UnreadableTerm as unread:
        raise Refused(unread.said) from unread


def begin_licence(case: Case, doing: Doing) -> Licence | None:
    """The permit of a case at its issue, if its item gives one; its number is its paper's."""
    version = case.item_version
    if version.result_kind != ResultKind.LICENCE:
        return None
    day = _day(doing)
    try:
        until = valid_until(day, version.result_validity)
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
    licence = Licence.objects.select_related("organ", "item", "case").get(pk=licence.pk)
    under = Doing(doing.actor, doing.at, f"licence-{doing.key}"[:80], doing.desk, doing.entered)
    return _record(
        licence,
        LicenceAct.ISSUE,
        under,
        {},
        {"valid_until": until.isoformat() if until else None},
    )


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


@acting()
def ask(licence_id: int, kind: RequestKind, words: str, doing: Doing) -> Licence:
    """申请变更 or 申请延续, by the holder online or taken in at the window. 行政许可法 49, 50."""
    if known := _known(doing):
        return known
    licence = _held(licence_id)
    day = _day(doing)
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
        if len(words.strip()) < REASON_AT_LEAST:
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
    act = LicenceAct.ASK_RENEWAL if kind == RequestKind.RENEWAL else LicenceAct.ASK_CHANGE
    detail = {"words": words.strip()} if words.strip() else None
    return _record(licence, act, doing, {}, {"due_on": due.isoformat()}, detail)


@acting()
def answer(licence_id: int, granted: bool, reason: str, doing: Doing) -> Licence:
    """Decide the open request of a permit: reasoned, in writing, by who did not take it in."""
    if known := _known(doing):
        return known
    licence = _held(licence_id)
    day = _day(doing)
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
    if not granted and len(reason.strip()) < REASON_AT_LEAST:
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
            remedy=REMEDY,
        )
        give(licence.case, PaperKind.RENEWAL, words, doing)
        act = LicenceAct.RENEW if granted else LicenceAct.REFUSE_RENEWAL
        facts = {"valid_until": until.isoformat() if until else None}
        return _record(licence, act, doing, {"valid_until": until}, facts, detail)
    words = procedure_words.change(
        matter,
        licence.number,
        request.words,
        granted=granted,
        reason=reason.strip(),
        remedy=REMEDY,
    )
    give(licence.case, PaperKind.CHANGE, words, doing)
    if not granted:
        return _record(licence, LicenceAct.REFUSE_CHANGE, doing, {}, {}, detail)
    written = "\n".join(filter(None, [licence.terms, request.words]))
    said = {"words": request.words} | (detail or {})
    return _record(licence, LicenceAct.CHANGE, doing, {"terms": written}, {}, said)


@acting()
def deem_renewed(licence_id: int, doing: Doing) -> Licence:
    """视为准予延续: asked for in time and not decided by the last day. 行政许可法 50."""
    if known := _known(doing):
        return known
    licence = _held(licence_id)
    request = LicenceRequest.objects.filter(
        licence=licence, kind=RequestKind.RENEWAL.value, decided_at__isnull=True
    ).first()
    if request is None or licence.state != LicenceState.VALID:
        raise Refused(Said("没有等待决定的延续申请。", "No renewal waits for a decision."))
    if licence.valid_until is None or not is_deemed_renewed(licence.valid_until, _day(doing)):
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
    return _record(
        licence,
        LicenceAct.DEEM_RENEWED,
        doing,
        {"valid_until": until},
        {"valid_until": until.isoformat() if until else None},
    )


def _ending(licence_id: int, reason: str, doing: Doing) -> Licence:
    licence = _held(licence_id)
    if doing.actor is None or not may_decide_on_licence(doing.actor, licence.case, _day(doing)):
        raise Refused(
            Said(
                "只有作出决定的机关的批准人可以撤销或者注销许可（行政许可法 69、70）。",
                "Only a decider of the deciding organ may revoke or cancel a permit "
                "(Administrative Licensing Law, art. 69 and 70).",
            )
        )
    if len(reason.strip()) < REASON_AT_LEAST:
        raise Refused(
            Said(
                "须写明事实和理由（不少于10个字）。",
                "State the facts and the reasons (at least 10 characters).",
            ),
            "reason",
        )
    return licence


def _close_requests(licence: Licence, doing: Doing, why: str) -> None:
    LicenceRequest.objects.filter(licence=licence, decided_at__isnull=True).update(
        decided_at=doing.at, granted=False, reason=why
    )


@acting()
def revoke(licence_id: int, ground: RevocationGround, reason: str, doing: Doing) -> Licence:
    """撤销, on a ground of article 69, reasoned, with the remedies."""
    if known := _known(doing):
        return known
    licence = _ending(licence_id, reason, doing)
    if licence.state != LicenceState.VALID:
        raise Refused(
            Said(
                f"该许可{LicenceState(licence.state).zh}，不能再撤销。",
                f"This permit stands as “{LicenceState(licence.state).en}” and cannot be revoked.",
            )
        )
    _close_requests(licence, doing, "许可已被撤销（行政许可法 69）。")
    kind, matter = PaperKind.REVOCATION, matter_of(licence.case)
    said = (licence.number, ground.zh, ground.basis, reason.strip(), REMEDY)
    give(licence.case, kind, procedure_words.ended(kind, matter, *said), doing)
    changes = {"state": LicenceState.REVOKED.value}
    facts = {"ground": ground.value}
    return _record(licence, LicenceAct.REVOKE, doing, changes, facts, {"reason": reason.strip()})


@acting()
def cancel(licence_id: int, ground: CancellationGround, reason: str, doing: Doing) -> Licence:
    """注销, in one of the six cases of article 70; a permit revoked is struck off too."""
    if known := _known(doing):
        return known
    licence = _ending(licence_id, reason, doing)
    if licence.state == LicenceState.CANCELLED:
        raise Refused(Said("该许可已注销。", "This permit was cancelled already."))
    now = state_on(LicenceState(licence.state), licence.valid_until, _day(doing))
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
    said = (licence.number, ground.zh, ground.basis, reason.strip(), REMEDY)
    give(licence.case, kind, procedure_words.ended(kind, matter, *said), doing)
    changes = {"state": LicenceState.CANCELLED.value}
    facts = {"ground": ground.value}
    return _record(licence, LicenceAct.CANCEL, doing, changes, facts, {"reason": reason.strip()})
