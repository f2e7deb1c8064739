"""A joint application before it is one, and its one sending: all parts, or none. 行政许可法 26, 29.

It goes by the same acts as any application: each part is a draft, sent as drafts are sent.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.db.models import F, Q
from django.utils import timezone

from openhall.applying.actions.drafting import discard, save_draft, start_draft
from openhall.applying.actions.reusing import revoke, use_document
from openhall.applying.actions.sending import refuse_signing_gaps, send_one
from openhall.applying.actions.signing import void_if_changed
from openhall.applying.actions.uploading import attach, detach, move_up, refuse_unless_open
from openhall.applying.models import Draft, HeldDocument
from openhall.applying.queries import content_of, digest_now, lacking, live_uploads, signers
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import within
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import fresh_code
from openhall.files.actions import received
from openhall.files.models import Upload
from openhall.glossary import Said
from openhall.joint.actions.receiving import Sent, begin_joint
from openhall.joint.applying import (
    Wanted,
    drafts_of_parts,
    file_questions,
    is_outdated,
    leading,
    typed_together,
    uploads_for,
    wanted,
)
from openhall.joint.matters import (
    NotOffered,
    PartInForce,
    codes_of,
    combined_form,
    matter_in_force,
    parts_in_force,
)
from openhall.joint.models import JointCase, JointMatterVersion, JointTask, WholeDraft
from openhall.joint.rules.combining import split_answers
from openhall.organs.models import Account


def _offered(version: JointMatterVersion, chosen: Sequence[str]) -> list[PartInForce]:
    try:
        return parts_in_force(version, timezone.localdate(), chosen)
    except NotOffered as gone:
        raise Refused(str(gone), "parts") from gone


@acting()
def start_joint(
    version: JointMatterVersion, account: Account | None, chosen: Sequence[str], *, key: str = ""
) -> Draft:
    """A new joint application with the parts chosen; a repeated key answers with the first."""
    wished = sorted(set(chosen) & codes_of(version))
    parts = _offered(version, wished)
    first = leading(parts, version.matter.lead_id)
    draft = start_draft(first.item_version, account, key=key)
    if draft.combined:
        return draft
    WholeDraft.objects.create(draft=draft, version=version)
    draft.combined = True
    draft.name = version.title[:100]
    draft.content = json.dumps({"chosen": wished}, ensure_ascii=False)
    draft.save(update_fields=["combined", "name", "content", "saved_at"])
    return draft


def choose_parts(draft: Draft, chosen: Sequence[str], *, seen: int | None = None) -> Draft:
    """Other parts than before; what was typed and uploaded for a part taken off stays unsent."""
    version = draft.whole.version
    wished = sorted(set(chosen) & codes_of(version))
    _offered(version, wished)
    return save_draft(draft, {"chosen": wished}, "parts", seen=seen)


def part_draft(draft: Draft, part: PartInForce) -> Draft:
    """The draft that keeps the papers of ``part``: the whole's own, or one beside it."""
    own = draft.item_version.item
    if part.item_version.item_id == own.pk:
        return draft
    key = f"{draft.key}-i{part.item_version.item_id}"[-80:]
    made = start_draft(part.item_version, None, key=key)
    if made.parent_id is None:
        Draft.objects.filter(pk=made.pk).update(parent=draft)
        made.parent = draft
    if made.item_version_id != part.item_version.pk:
        Draft.objects.filter(pk=made.pk).update(item_version=part.item_version)
        made.item_version = part.item_version
    return made


# ------------------------------------------------------------ papers, once for all
def attach_for_all(draft: Draft, needs: Sequence[tuple[PartInForce, str]], file: File) -> None:
    """Take one file once and keep it for every part that needs it."""
    refuse_unless_open(draft)
    with received(file) as kept, acting():
        for part, key in needs:
            attach(part_draft(draft, part), key, kept)


def _copies(draft: Draft, upload_id: int) -> list[Upload]:
    """The same file wherever it is kept in this application."""
    mine = Upload.objects.filter(Q(folder__draft=draft) | Q(folder__draft__parent=draft))
    shown = mine.filter(pk=upload_id, replaced=False).first()
    if shown is None:
        return []
    same = mine.filter(sha256=shown.sha256, replaced=False).select_related(
        "folder__draft__item_version__item"
    )
    return list(same.order_by("pk"))


@acting()
def detach_for_all(draft: Draft, upload_id: int, rows: Sequence[Wanted]) -> None:
    """Take one paper back for every part it was kept for; under another paper it stays."""
    refuse_unless_open(draft)
    copies = _copies(draft, upload_id)
    shown = next((one for one in copies if one.pk == upload_id), None)
    if shown is None:
        return
    code = shown.folder.draft.item_version.item.code
    needs = next(
        (
            row.needs
            for row in rows
            if any(part.code == code and key == shown.material for part, key in row.needs)
        ),
        (),
    )
    kept_for = {(part.code, key) for part, key in needs} or {(code, shown.material)}
    for one in copies:
        own = one.folder.draft
        if (own.item_version.item.code, one.material) in kept_for:
            detach(own, one.pk)


@acting()
def move_up_for_all(draft: Draft, upload_id: int) -> None:
    """Put one file before the one above it, in every part alike."""
    for one in _copies(draft, upload_id):
        move_up(one.folder.draft, one.pk)


@acting()
def use_for_all(draft: Draft, row: Wanted, document: HeldDocument, account: Account) -> None:
    """Use an earlier document again, with consent, for every part that needs the paper."""
    for part, key in row.needs:
        use_document(part_draft(draft, part), key, document, account)


@acting()
def revoke_for_all(draft: Draft, consent_id: int, account: Account) -> None:
    """Take a consent back, of the whole or of the part it was given for."""
    for one in (draft, *Draft.objects.filter(parent=draft)):
        revoke(one, consent_id, account)


# ------------------------------------------------------------ answers, once for all
def save_together(draft: Draft, typed: Mapping[str, Any], *, seen: int | None = None) -> Draft:
    """Keep what was typed on the combined form, right or wrong."""
    return save_draft(draft, {"combined": dict(typed)}, "questions", seen=seen)


@acting()
def bring_up_to_date(draft: Draft) -> Draft:
    """Move to the matter and the guides in force today; what was typed goes along by its keys."""
    refuse_unless_open(draft)
    version = matter_in_force(draft.whole.version.matter.code, timezone.localdate())
    if version is None:
        raise Refused(
            Said(
                "该事项已不再联合办理，不能继续申请。请在办事指南中查找现行事项。",
                "This matter is no longer handled jointly; the application cannot go on. "
                "Look for the items in force in the service guides.",
            ),
            "parts",
        )
    WholeDraft.objects.filter(draft=draft).update(version=version)
    draft.whole.version = version
    for part in _offered(version, content_of(draft).get("chosen", [])):
        if part.item_version.item_id == draft.item_version.item_id:
            draft.item_version = part.item_version
        else:
            part_draft(draft, part)
    draft.save(update_fields=["item_version", "saved_at"])
    void_if_changed(draft)
    return draft


# ------------------------------------------------------------ sent
@acting()
def send_joint(draft: Draft, account: Account | None) -> JointCase:
    """Submit every part in one transaction: one receipt with one query code, or nothing at all.

    Order: sent before → still open → matter in force → papers → signatures → each part → bound
    together.
    """
    draft = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("item_version__item__organ", "case", "account", "whole__version__matter")
        .get(pk=draft.pk)
    )
    if draft.case_id is not None:
        return JointTask.objects.select_related("joint").get(case=draft.case_id).joint
    version, day = draft.whole.version, timezone.localdate()
    if draft.ended:
        raise Refused(
            Said(
                "这份申请已经删除，不能提交。请从办事指南重新申请。",
                "This application was removed and cannot be sent. Apply again from the "
                "service guide.",
            )
        )
    if matter_in_force(version.matter.code, day) is None:
        raise Refused(
            Said(
                "该事项已不再联合办理，不能提交。请在办事指南中查找现行事项。",
                "This matter is no longer handled jointly; the application cannot be "
                "sent. Look for the items in force in the service guides.",
            ),
            "parts",
        )
    parts = _offered(version, content_of(draft).get("chosen", []))
    if is_outdated(draft, day):
        raise Refused(
            Said(
                "办事指南已更新。请先核对更新后的内容，再提交。",
                "The guide has changed. Check what changed, then send.",
            ),
            "parts",
        )
    rows = wanted(draft, parts, account, day)
    uploads = uploads_for(rows, drafts_of_parts(draft, parts))
    for gap in lacking([row.material for row in rows], uploads):
        if not gap.on_paper:
            raise Refused(
                Said(
                    f"还缺少必要材料“{gap.material.name}”。请先上传。",
                    f"“{gap.material.name}” is missing and is required. Upload it first.",
                ),
                "materials",
            )
    people = signers(draft)
    refuse_signing_gaps(people, digest_now(draft))
    told = _told_apart(draft, parts)
    sent, code = [], fresh_code()
    for part in parts:
        one = part_draft(draft, part)
        content = {"party": content_of(draft).get("party", {}), "answers": told[part.code]}
        if one.pk == draft.pk:
            content = content_of(draft) | content
        _written(one, content)
        case = send_one(
            one, account, people=people, part_days=part.part.limit_days, followed_by=code
        )
        sent.append(Sent(case, part.part.limit_days))
    for left in Draft.objects.filter(parent=draft, case__isnull=True, ended=""):
        discard(left)  # of a part that was taken off again
    doing = Doing(account, timezone.now(), within(draft.key, "joint"))
    return begin_joint(version, code, sent, account, doing)


def _told_apart(draft: Draft, parts: Sequence[PartInForce]) -> dict[str, dict[str, Any]]:
    """For each part the answers its own form asks for, and its own copies of the files."""
    form = combined_form(parts)
    told = {part.code: dict[str, Any]() for part in parts}
    told |= split_answers(form, typed_together(draft))
    for _key, needs in file_questions(form, parts):
        for part, own in needs:
            there = live_uploads(part_draft(draft, part))
            told[part.code][own] = [one.pk for one in there if one.material == own]
    return told


def _written(draft: Draft, content: Mapping[str, Any]) -> None:
    draft.content = json.dumps(dict(content), ensure_ascii=False)
    Draft.objects.filter(pk=draft.pk).update(
        content=draft.content, revision=F("revision") + 1, saved_at=timezone.now()
    )
