"""Using again what was given before, each time with consent; keeping what may be used again.

国办函〔2016〕108号: only levels A and B serve without the original. 个人信息保护法 14, 15: consent
is informed, recorded and can be taken back, here until the application is sent.
"""

import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.utils import timezone

from openhall.applying.actions.drafting import save_draft
from openhall.applying.actions.signing import void_if_changed
from openhall.applying.actions.uploading import detach, refuse_unless_open
from openhall.applying.holdings import owns, party_said
from openhall.applying.kinds import DOCUMENT
from openhall.applying.models import Consent, Draft, HeldDocument
from openhall.applying.queries import content_of, material_asked
from openhall.applying.terms import DocumentAct, ReuseOf
from openhall.cases.actions.record import Doing
from openhall.cases.materials import material_named
from openhall.cases.models import Case
from openhall.cases.permissions import is_applicant, may_receive
from openhall.cases.queries import answers_kept
from openhall.cases.terms import Act
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import write
from openhall.files.actions import folder_of
from openhall.files.models import Upload
from openhall.files.rules.trust import fault_of_reuse, level_seen
from openhall.files.terms import Given, ScanState, TrustLevel
from openhall.glossary import Said
from openhall.organs.models import Account
from openhall.papers.models import Paper
from openhall.papers.pdf import pdf_of
from openhall.papers.terms import PaperKind


def _consent(draft: Draft, account: Account, what: ReuseOf, words: str, **more: object) -> Consent:
    return Consent.objects.create(
        draft=draft, account=account, what=what.value, words=words, given_at=timezone.now(), **more
    )


@acting()
def use_document(draft: Draft, material: str, held: HeldDocument, account: Account) -> Upload:
    """Let an earlier A or B document serve as ``material`` here; the consent is recorded."""
    refuse_unless_open(draft, material)
    day = timezone.localdate()
    if not owns(account, held, day):
        raise Refused(
            Said(
                "只能使用本人或者本人所代表单位的材料。",
                "Use documents of your own, or of the body you represent.",
            ),
            material,
        )
    level = TrustLevel(held.trust)
    if fault := fault_of_reuse(level, held.until, held.withdrawn_at is not None, day):
        raise Refused(fault, material)
    listed = material_asked(draft, material)
    if listed is None:
        raise Refused(
            Said("该事项不需要这份材料。", "This item does not ask for this material."), material
        )
    if same := draft.uploads.filter(repeats=held.pk, material=material, replaced=False).first():
        return same
    words = (
        f"同意在“{draft.item_version.name}”申请中使用“{held.name}”"
        f"（{held.since:%Y-%m-%d}，{held.organ.name}），作为“{listed.name}”。"
    )
    _consent(draft, account, ReuseOf.DOCUMENT, words, held=held, keys=[material])
    copy = Upload(
        folder_id=folder_of(draft), material=material, repeats=held.pk, trust=held.trust,
        vouched_by=held.organ.name, vouched_until=held.until, at=timezone.now(),
        sha256=held.sha256,
    )  # fmt: skip
    if held.upload is not None:
        source = held.upload
        copy.name, copy.media_type, copy.size = source.name, source.media_type, source.size
        copy.file.name, copy.thumbnail.name = source.file.name, source.thumbnail.name
        copy.scan, copy.scanned_at = source.scan, source.scanned_at
    else:
        assert held.paper is not None  # by its constraint
        drawn = pdf_of(held.paper)
        copy.name, copy.media_type, copy.size = f"{held.name}.pdf", "application/pdf", len(drawn)
        copy.sha256 = hashlib.sha256(drawn).hexdigest()  # of these very bytes, as of any file
        copy.scan = ScanState.CLEAN.value  # drawn here, from words frozen here
        copy.file.save("paper", ContentFile(drawn), save=False)
    copy.save()
    void_if_changed(draft)
    return copy


@acting()
def use_answers(draft: Draft, source: Case, keys: Sequence[str], account: Account) -> Draft:
    """Fill this form with answers of an earlier case; what was typed is not overwritten."""
    refuse_unless_open(draft)
    if not is_applicant(account, source):
        raise Refused(
            Said(
                "只能使用本人以前申请中填写的内容。",
                "Use what you yourself entered in an earlier application.",
            )
        )
    before = answers_kept(source)
    wanted = {key: before[key] for key in keys if before.get(key) not in (None, "", [])}
    if not wanted:
        raise Refused(
            Said(
                "以前的申请中没有可以使用的内容。",
                "The earlier application holds nothing that can be used here.",
            )
        )
    said = content_of(draft).get("answers", {})
    words = (
        f"同意在“{draft.item_version.name}”申请中使用"
        f"{timezone.localtime(source.received_at):%Y-%m-%d}“{source.item_version.name}”申请中填写的内容。"
    )
    _again(draft, ReuseOf.ANSWERS)
    _consent(draft, account, ReuseOf.ANSWERS, words, source=source, keys=sorted(wanted))
    merged = wanted | {key: value for key, value in said.items() if value not in ("", [], None)}
    return save_draft(draft, {"answers": merged}, "questions")


@acting()
def use_party(draft: Draft, source: Case, account: Account) -> Draft:
    """Fill in the applicant as in an earlier case; nothing typed is overwritten."""
    refuse_unless_open(draft)
    if not is_applicant(account, source):
        raise Refused(
            Said(
                "只能使用本人以前申请中填写的内容。",
                "Use what you yourself entered in an earlier application.",
            )
        )
    words = (
        f"同意在“{draft.item_version.name}”申请中使用"
        f"{timezone.localtime(source.received_at):%Y-%m-%d}“{source.item_version.name}”申请中的申请人信息。"
    )
    before = party_said(source)
    _again(draft, ReuseOf.APPLICANT)
    _consent(draft, account, ReuseOf.APPLICANT, words, source=source, keys=sorted(before))
    said = content_of(draft).get("party", {})
    merged = before | {key: value for key, value in said.items() if value}
    return save_draft(draft, {"party": merged}, "applicant")


def _again(draft: Draft, what: ReuseOf) -> None:
    """A second consent to the same kind replaces the first."""
    rows = draft.consents.filter(what=what.value, revoked_at__isnull=True)
    rows.update(revoked_at=timezone.now())


@acting()
def revoke(draft: Draft, consent_id: int, account: Account) -> None:
    """Take a consent back before sending: the document goes, answers that were filled in go."""
    refuse_unless_open(draft)
    given = draft.consents.filter(pk=consent_id, revoked_at__isnull=True).first()
    if given is None:
        return
    if given.account_id != account.pk:
        raise Refused(
            Said(
                "只有作出同意的本人可以撤回（个人信息保护法 15）。",
                "Only who gave the consent may take it back (Personal Information "
                "Protection Law, art. 15).",
            )
        )
    Consent.objects.filter(pk=given.pk).update(revoked_at=timezone.now())
    if given.held_id is not None:
        for one in draft.uploads.filter(repeats=given.held_id, replaced=False):
            detach(draft, one.pk)
        return
    part = "answers" if given.what == ReuseOf.ANSWERS.value else "party"
    assert given.source is not None  # by its constraint
    source = answers_kept(given.source) if part == "answers" else party_said(given.source)
    said = content_of(draft).get(part, {})
    kept = {k: v for k, v in said.items() if k not in given.keys or v != source.get(k)}
    save_draft(draft, {part: kept}, draft.step)


# ------------------------------------------------------------ what may be used again
def keep_at_delivery(case: Case, act: Act, doing: Doing) -> None:
    """What this room does after an act on a case (``settings.CASE_FOLLOWS``)."""
    if act == Act.DELIVER:
        keep_result(case, doing)


def keep_result(case: Case, doing: Doing) -> HeldDocument | None:
    """The decision that granted the application becomes an A document of its owner."""
    paper = Paper.objects.filter(about=case.number, kind=PaperKind.GRANT.value).first()
    if paper is None or not case.identity_blind:
        return None
    held = HeldDocument.objects.create(
        owner_blind=case.identity_blind,
        name=case.item_version.result_name or f"{case.item_version.name}{PaperKind.GRANT.zh}",
        trust=TrustLevel.A.value,
        organ=case.organ,
        case=case,
        paper=paper,
        sha256=hashlib.sha256(paper.content.encode()).hexdigest(),
        since=paper.issued_on,
    )
    write(DOCUMENT, held, DocumentAct.KEEP, doing.part("document"))
    return held


@acting()
def verify_original(upload: Upload, doing: Doing) -> HeldDocument:
    """核验原件: the window compared the copy with its original; it becomes level B."""
    sent = upload.given != Given.ATTACHED.value
    case = Case.objects.filter(folder=upload.folder_id).select_related("organ").first()
    day = doing.day
    if case is None or not sent or doing.actor is None or not may_receive(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本单位窗口的在岗人员可以核验原件（国办函〔2016〕108号）。",
                "Only staff on duty at this unit's window may compare a copy with its "
                "original (国办函〔2016〕108号).",
            )
        )
    if upload.scan in (ScanState.PENDING.value, ScanState.INFECTED.value):
        raise Refused(
            Said(
                "该文件尚未通过查毒，不能核验。请稍后再试，或请申请人重新提交。",
                "This file has not passed the virus scan. Try later, or ask the applicant "
                "to send it again.",
            )
        )
    if upload.replaced:
        raise Refused(
            Said(
                "该文件已被替换。请核验申请人重新提交的文件。",
                "This file was replaced. Compare the one the applicant sent since.",
            )
        )
    if known := HeldDocument.objects.filter(upload=upload).first():
        return known
    upload.trust = level_seen(TrustLevel(upload.trust)).value
    if upload.trust != TrustLevel.B.value or upload.repeats is not None:
        raise Refused(
            Said(
                "这份材料由政府部门签发或者已经核验，无须再验原件。",
                "An organ issued this document or a window has compared it; its original "
                "need not be seen again.",
            )
        )
    upload.verified_by, upload.verified_at = doing.actor, doing.at
    upload.vouched_by = case.organ.name
    upload.save(update_fields=["trust", "verified_by", "verified_at", "vouched_by"])
    listed = material_named(case.item_version, upload.material)
    held = HeldDocument.objects.create(
        owner_blind=case.identity_blind,
        name=listed.name if listed is not None else upload.material,
        trust=TrustLevel.B.value,
        organ=case.organ,
        case=case,
        upload=upload,
        sha256=upload.sha256,
        since=day,
    )
    write(DOCUMENT, held, DocumentAct.KEEP, doing)
    return held
