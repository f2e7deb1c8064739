"""What an application keeps until another case has ended, and erasing it. 个人信息保护法 13, 47."""

from datetime import date

from django.utils import timezone

from openhall.applying.kinds import DOCUMENT
from openhall.applying.models import Consent, Draft, HeldDocument, SetAside, Signatory, Signature
from openhall.applying.terms import DocumentAct
from openhall.cases.actions import Doing
from openhall.cases.actions.forgetting import GONE, say_no_more
from openhall.cases.models import Case
from openhall.deeds.collecting import marked_removed
from openhall.deeds.writer import write
from openhall.files.models import Upload
from openhall.files.terms import Given
from openhall.glossary import Said


def objection(case: Case, day: date) -> Said | None:
    """Why what the case gave must stay: an open case uses it; None where none does."""
    repeated = HeldDocument.objects.filter(case=case).values("pk")
    used = Upload.objects.filter(repeats__in=repeated, replaced=False).exclude(
        given=Given.ATTACHED.value
    )
    open_case = Case.objects.filter(folder__uploads__in=used, closed_at__isnull=True).first()
    if open_case is not None:
        return Said(
            f"本件的材料经本人同意正用于办件{open_case.number}，该件办结前不能删除"
            "（国办函〔2016〕108号，个人信息保护法 13（3））。",
            f"By consent, documents of this case are in use in case {open_case.number}; they stay "
            "until it is concluded (国办函〔2016〕108号; Personal Information Protection Law, "
            "art. 13(3)).",
        )
    return None


def forget(case: Case, doing: Doing) -> None:
    """What was typed before the case was one, and what of it was kept for use again."""
    for held in HeldDocument.objects.select_related(*DOCUMENT.related).filter(case=case):
        changes = {
            "owner_blind": f"erased-{held.pk}",
            "name": GONE,
            "sha256": "",
            "withdrawn_at": held.withdrawn_at or timezone.now(),
            "salt": "",
        }
        under = doing.part(f"forget-document-{held.pk}")
        write(DOCUMENT, held, DocumentAct.FORGET, under, changes=changes)
    for draft in Draft.objects.filter(case=case):
        forget_draft(draft)


def forget_draft(draft: Draft) -> None:
    """What was typed, who was asked to sign, what was consented to."""
    Draft.objects.filter(pk=draft.pk).update(
        name="",
        content="{}",
        resume_code="",
        resume_blind=f"erased-{draft.pk}",
        account=None,
    )
    SetAside.objects.filter(draft=draft).update(content="{}")
    for consent in Consent.objects.filter(draft=draft):
        if consent.case_id is not None:
            marked_removed(consent)
        consent.delete()
    for one in Signatory.objects.filter(draft=draft):
        Signatory.objects.filter(pk=one.pk).update(
            name="", number="", number_blind=f"erased-{one.pk}",
            code="", code_blind=f"erased-{one.pk}",
        )  # fmt: skip
    signed = Signature.objects.filter(signatory__draft=draft)
    signed.update(account=None, digest="erased")
    say_no_more(signed, "reason")
