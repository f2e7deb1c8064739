"""Entering a paper application for somebody, at the window or from the post. 行政许可法 29.

The applicant's own act is the paper; the clerk only enters it. When it was received and when it was
entered both stand, who entered it stands, and the applicant is told by the printed receipt.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from openhall.applying.actions.applicant import party_of
from openhall.applying.actions.reusing import verify_original
from openhall.applying.actions.sending import authority_of, refuse_uploads, said_with
from openhall.applying.actions.uploading import hand_files_over
from openhall.applying.models import Draft
from openhall.applying.permissions import may_take_in
from openhall.applying.queries import asked_by, live_uploads, written
from openhall.applying.rules.posting import NO_ADDRESS, lacks_address
from openhall.cases.actions.intake import REASON_AT_LEAST, submit
from openhall.cases.actions.record import Doing
from openhall.cases.application.seal import Enclosed
from openhall.cases.kinds import CASE
from openhall.cases.materials import material_named, on_the_counter
from openhall.cases.models import Case, HandedPaper
from openhall.cases.rules.acting import fault_of_agent
from openhall.cases.terms import Act, Channel
from openhall.catalogue.terms import MaterialKind
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import made_before
from openhall.files.models import Upload
from openhall.glossary import Said
from openhall.organs.models import Account
from openhall.organs.terms import Assurance
from openhall.paging.typed import visible
from openhall.vault.fields import blinds

ENTERED_WITHIN: Final = timedelta(days=30)  # older paper is a matter for the head of the unit
KNOWN_FOR_SURE: Final = (Assurance.WINDOW.value, Assurance.PROVIDER.value)


@dataclass(frozen=True, slots=True)
class Handed:
    """One material as it lay on the counter."""

    material: str
    originals: int = 0
    copies: int = 0
    verified: bool = False


def account_of_person(number: str) -> Account | None:
    """The account of this person, if the identity behind it was verified; else nobody's."""
    rows = Account.objects.filter(id_blind__in=blinds(number), is_active=True)
    return rows.filter(assurance__in=KNOWN_FOR_SURE).first() if number else None


@acting()
def take_in(
    draft: Draft,
    channel: Channel,
    received_at: datetime,
    handed: Sequence[Handed],
    doing: Doing,
    *,
    late_reason: str = "",
) -> Case:
    """Enter what came on paper: one case, received when it came and entered now."""
    before: Case | None = made_before(CASE, replace(doing, key=draft.key), Act.SUBMIT)
    if before is not None:
        return before
    now, actor = doing.at, doing.actor
    organ = draft.item_version.item.organ
    if actor is None or not may_take_in(actor, organ, timezone.localtime(now).date()):
        raise Refused(
            Said(
                "只有本单位窗口的在岗人员可以录入纸质申请（接办件分离，成办发〔2003〕75号）。",
                "Only staff on duty at this unit's window may enter a paper application "
                "(reception and handling are separate, 成办发〔2003〕75号).",
            )
        )
    if draft.ended:
        raise Refused(
            Said("这份录入已经删除。请重新录入。", "This entry was removed. Enter it again.")
        )
    if channel not in (Channel.WINDOW, Channel.POST):
        raise Refused(
            Said(
                "纸质申请的来源只有窗口和邮寄（行政许可法 29）。",
                "Choose where the paper came from: the window or the post (Administrative "
                "Licensing Law, art. 29).",
            ),
            "channel",
        )
    if received_at > now:
        raise Refused(
            Said(
                "收到时间不能晚于现在。请核对时间。",
                "The time of receipt cannot be later than now. Check the time.",
            ),
            "received_at",
        )
    if now - received_at > ENTERED_WITHIN:
        raise Refused(
            Said(
                "收到已超过30日，不能在窗口补录。请报本机关负责人处理。",
                "It was received more than 30 days ago and cannot be entered at the "
                "window. Ask the head of this organ.",
            ),
            "received_at",
        )
    same_day = timezone.localtime(received_at).date() == timezone.localtime(now).date()
    if not same_day and visible(late_reason) < REASON_AT_LEAST:
        raise Refused(
            Said(
                "收到当日没有录入的，须写明原因（不少于10个字，阳光作业）。",
                "Say why it was not entered on the day of receipt (at least 10 characters).",
            ),
            "late_reason",
        )
    for one in handed:
        listed = material_named(draft.item_version, one.material)
        if listed is None:
            raise Refused(
                Said("该事项不需要这份材料。", "This item does not ask for this material."),
                one.material,
            )
        if one.verified and not (one.originals or one.copies or _scanned(draft, one.material)):
            raise Refused(
                Said(
                    f"“{listed.name}”核验了原件，须留下复印件或者扫描件。",
                    f"Keep a copy or a scan: the original of “{listed.name}” was seen.",
                ),
                one.material,
            )
    draft.refresh_from_db(fields=["folder"])
    typed = written(draft)
    party = party_of(typed.said)
    agent = typed.agent("")
    if fault := fault_of_agent(agent, party.number, timezone.localtime(received_at).date()):
        raise Refused(fault[1], fault[0])
    if lacks_address(asked_by(draft.item_version), typed.answers, party.address):
        raise Refused(NO_ADDRESS, "address")
    uploads = live_uploads(draft)
    refuse_uploads(uploads)
    facts, detail = said_with(agent, uploads, [])
    if late_reason.strip():
        detail["late_reason"] = late_reason.strip()
    facts["papers"] = sum(one.originals + one.copies for one in handed)
    on_paper = _form_lies_here(draft, handed)
    if on_paper:
        facts["form_on_paper"] = True
    person = account_of_person(party.number)
    case = submit(
        draft.item_version.item.code,
        party,
        typed.answers,
        channel,
        Doing(actor, received_at, draft.key, doing.desk),
        facts=facts,
        detail=detail,
        acting=authority_of(agent),
        folder_id=draft.folder_id,
        form_on_paper=on_paper,
        on_behalf_of=person if person is not None and person.pk != actor.pk else None,
        enclosed=_enclosed(draft, handed, uploads),
    )
    hand_files_over(draft)
    HandedPaper.objects.bulk_create(
        HandedPaper(
            case=case,
            material=one.material,
            originals=one.originals,
            copies=one.copies,
            verified=one.verified,
            by=actor,
            at=now,
        )
        for one in handed
        if one.originals or one.copies or one.verified
    )
    Draft.objects.filter(pk=draft.pk).update(case=case)
    seen = {one.material for one in handed if one.verified}
    for upload in case.uploads.filter(material__in=seen).select_related("folder__case__organ"):
        verify_original(upload, Doing(actor, now, f"{draft.key}-seen-{upload.pk}", doing.desk))
    return case


def _enclosed(draft: Draft, handed: Sequence[Handed], uploads: Sequence[Upload]) -> Enclosed:
    """Each material as it was handed over, or scanned; what was compared need not be shown."""
    scans = Counter(one.material for one in uploads)
    had, to_show = [], []
    for one in handed:
        material = material_named(draft.item_version, one.material)
        told = [
            *([f"原件{one.originals}份"] if one.originals else []),
            *([f"复印件{one.copies}份"] if one.copies else []),
            *([f"扫描件{scans[one.material]}个"] if scans[one.material] else []),
            *(["已核对原件"] if one.verified else []),
        ]
        if told and material is not None:
            had.append(f"{material.name}（{'，'.join(told)}）")
            if not one.verified and not one.originals:
                to_show.append(material.name)
    return Enclosed(had, to_show)


def _form_lies_here(draft: Draft, handed: Sequence[Handed]) -> bool:
    """Whether the application form itself, filled in, was handed over or scanned."""
    listed = on_the_counter(draft.item_version)
    forms = [one.key for one in listed if one.kind == MaterialKind.FORM.value]
    given = {one.material for one in handed if one.originals or one.copies}
    return any(key in given or _scanned(draft, key) for key in forms)


def _scanned(draft: Draft, material: str) -> bool:
    return draft.uploads.filter(material=material, replaced=False).exists()
