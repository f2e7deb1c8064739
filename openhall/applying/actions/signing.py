"""Asking others to sign, signing, declining; a signature on a content that changed is void."""

import secrets

from django.utils import timezone

from openhall.applying.models import Draft, Signatory, Signature
from openhall.applying.queries import digest_now
from openhall.applying.terms import SignatureState
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import fresh_code
from openhall.glossary import Said
from openhall.organs.models import Account
from openhall.organs.rules.identity import document_number, fault_of_person, kind_of_document
from openhall.organs.terms import IdentityKind
from openhall.paging.typed import fault_of_text, text_of, visible
from openhall.vault.fields import blind, blinds

MOST: int = 50  # signatories of one application
REASON_AT_LEAST = 4  # characters
NOT_THE_PERSON = Said(
    "姓名或者身份证号与申请人填写的不一致，只有被邀请的本人可以签署。",
    "Name and number are not those the applicant gave; only the person who was asked may sign.",
)


def _open(draft: Draft) -> None:
    if draft.case_id is not None or draft.ended:
        raise Refused(
            Said(
                "这份申请已经提交或者删除，不能再签署。",
                "This application was sent or removed and cannot be signed.",
            )
        )


def void_if_changed(draft: Draft) -> int:
    """Void every standing signature on another content than the present; how many.

    Called by each act that changes what is signed, in its transaction.
    """
    draft = draft.parent or draft  # a part of a joint application is signed with the whole
    standing = Signature.objects.filter(
        signatory__draft=draft, signatory__removed_at__isnull=True, voided_at__isnull=True
    )
    if not standing.exists():
        return 0
    changed = standing.exclude(digest=digest_now(draft))
    return changed.update(voided_at=timezone.now())


@acting()
def ask_to_sign(
    draft: Draft, name: str, number: str, identity: IdentityKind | None = None
) -> Signatory:
    """Name one more person who must sign; each gets a code of their own."""
    _open(draft)
    name, number = text_of(name), document_number(number)
    if not name:
        raise Refused(
            Said("请填写共同申请人姓名。", "Give the name of the joint applicant."), "name"
        )
    identity = identity or kind_of_document(number)
    if fault := fault_of_person(number, timezone.localdate(), identity):
        raise Refused(fault, "number")
    asked = draft.signatories.filter(removed_at__isnull=True)
    if asked.filter(number_blind__in=blinds(number)).exists():
        raise Refused(
            Said(
                "已经请这个人签署，不必重复添加。",
                "This person has been asked to sign; there is no need to add them again.",
            ),
            "number",
        )
    if asked.count() >= MOST:
        raise Refused(
            Said(
                f"一份申请最多{MOST}人共同签署。请到窗口办理。",
                f"An application is signed by {MOST} people at most. Come to the window.",
            ),
            "name",
        )
    code = fresh_code()
    return Signatory.objects.create(
        draft=draft,
        name=name,
        identity=identity.value,
        number=number,
        number_blind=blind(number),
        code=code,
        code_blind=blind("sign:" + code),
        asked_at=timezone.now(),
    )


@acting()
def no_longer_ask(draft: Draft, signatory_id: int) -> None:
    """Take a signatory off the list; the record and what was signed stay."""
    _open(draft)
    rows = draft.signatories.filter(pk=signatory_id, removed_at__isnull=True)
    rows.update(removed_at=timezone.now())


def _is(signatory: Signatory, account: Account) -> bool:
    return bool(account.id_number) and signatory.number_blind in blinds(account.id_number)


def may_sign(
    signatory: Signatory, account: Account | None, name: str = "", number: str = ""
) -> bool:
    """Whether this is the person asked: by account, or by name and whole number beside the code."""
    if account is not None and account.is_active and _is(signatory, account):
        return True
    same = signatory.number_blind in blinds(document_number(number))
    return same and secrets.compare_digest(name.strip().encode(), signatory.name.encode())


def _say(
    signatory: Signatory, state: SignatureState, digest: str, account: Account | None, reason: str
) -> Signature:
    draft = Draft.objects.select_for_update().get(pk=signatory.draft_id)
    _open(draft)
    if signatory.removed_at is not None:
        raise Refused(
            Said(
                "申请人已不再需要您签署这份申请。",
                "The applicant no longer asks you to sign this application.",
            )
        )
    if digest != digest_now(draft):
        raise Refused(
            Said(
                "申请内容刚刚被修改。请重新阅读后再签署。",
                "The application was changed just now. Read it again, then sign.",
            ),
            "digest",
        )
    standing = signatory.signatures.filter(voided_at__isnull=True).first()
    if standing is not None and standing.state == state.value:
        return standing  # the second click
    if standing is not None:
        raise Refused(
            Said(
                "您已经对这份内容表示过意见。如有变化，请与申请人联系。",
                "You have answered for this content. If something changed, speak to the applicant.",
            )
        )
    return Signature.objects.create(
        signatory=signatory,
        state=state.value,
        digest=digest,
        at=timezone.now(),
        account=account if account and _is(signatory, account) else None,
        reason=reason,
    )


@acting()
def sign(
    signatory: Signatory, digest: str, account: Account | None, name: str = "", number: str = ""
) -> Signature:
    """Sign the content with this digest. 电子签名法 13: the person, and this content alone."""
    if not may_sign(signatory, account, name, number):
        raise Refused(NOT_THE_PERSON, "number")
    return _say(signatory, SignatureState.SIGNED, digest, account, "")


@acting()
def decline_to_sign(
    signatory: Signatory,
    digest: str,
    reason: str,
    account: Account | None,
    name: str = "",
    number: str = "",
) -> Signature:
    """Decline, with the reason the applicant will read."""
    if not may_sign(signatory, account, name, number):
        raise Refused(NOT_THE_PERSON, "number")
    if visible(reason) < REASON_AT_LEAST:
        raise Refused(
            Said(
                "请写明不签署的原因（不少于4个字），申请人会看到。",
                "Say why you do not sign (at least 4 characters); the applicant sees it.",
            ),
            "reason",
        )
    if fault := fault_of_text(reason):
        raise Refused(fault, "reason")
    return _say(signatory, SignatureState.DECLINED, digest, account, text_of(reason))
