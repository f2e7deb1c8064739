"""An application before it is one: started, saved at each step, resumed, renamed, laid away."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from openhall.applying.actions.erasing import forget_draft
from openhall.applying.actions.signing import void_if_changed
from openhall.applying.actions.uploading import detach, refuse_unless_open
from openhall.applying.models import Draft, SetAside
from openhall.applying.queries import asked_by, content_of, live_uploads, material_asked
from openhall.applying.rules.written import read
from openhall.applying.terms import DraftEnd
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import version_in_force
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Moved, Refused, kept
from openhall.deeds.writer import fresh_code
from openhall.files.actions import remove_bytes
from openhall.files.terms import ScanState
from openhall.glossary import Said
from openhall.organs.models import Account, Organ
from openhall.vault.fields import blind


@acting()
def start_draft(
    version: ItemVersion, account: Account | None, *, organ: Organ | None = None, key: str = ""
) -> Draft:
    """A new draft with a resume code of its own; ``organ``: the window that takes it in.

    A repeated ``key`` answers with the draft it made before.
    """
    if key and (before := Draft.objects.filter(key=key).first()):
        return before
    code = fresh_code()
    return Draft.objects.create(
        item_version=version,
        account=account,
        organ=organ,
        name=version.name[:100],
        resume_code=code,
        resume_blind=blind("resume:" + code),
        key=key or f"draft-{uuid.uuid4()}",
    )


@transaction.atomic
def start_filled(
    version: ItemVersion, account: Account, content: Mapping[str, Any], key: str
) -> Draft:
    """A draft with everything a programme sent, or none: a sender that is cut off and repeats its
    ``key`` must not find an empty one that can never be sent."""
    draft = start_draft(version, account, key=key)
    return save_draft(draft, content, "papers")


def save_draft(
    draft: Draft, content: Mapping[str, Any], step: str, *, seen: int | None = None
) -> Draft:
    """Keep what was typed, right or wrong: checking comes at the review, losing never.

    ``seen`` is the revision the page was read at. If the draft was saved elsewhere since, what was
    typed here is set aside, nothing is overwritten, and :class:`Moved` says so.
    """
    refuse_unless_open(draft)
    overtaken = False
    with transaction.atomic():
        rows = Draft.objects.filter(pk=draft.pk, case__isnull=True, ended="")
        now = rows.select_for_update().only("revision", "content").first()
        if now is None:
            raise Refused(
                Said(
                    "这份申请已经提交或者删除，不能再修改。",
                    "This application was sent or removed and cannot be changed.",
                )
            )
        stood = dict(read(now.content).said)
        merged = stood | dict(content)
        if seen is not None and now.revision != seen and merged != stood:
            overtaken = True
            typed = json.dumps(dict(content), ensure_ascii=False)
            SetAside.objects.create(draft=draft, step=step, content=typed, at=timezone.now())
        else:
            now.content, now.step = json.dumps(merged, ensure_ascii=False), step
            now.revision, now.saved_at = now.revision + 1, timezone.now()
            now.save(update_fields=["content", "step", "revision", "saved_at"])
    draft.refresh_from_db(fields=["content", "step", "revision", "saved_at"])
    if overtaken:
        raise Moved(
            Said(
                "这份申请刚在另一页面或设备上保存过。两处内容都已保留，请在下面选择用哪一份。",
                "This application was just saved on another page or device. Both are "
                "kept; choose below which one to use.",
            )
        )
    void_if_changed(draft)
    return draft


@acting()
def settle_aside(draft: Draft, aside_id: int, *, take: bool) -> None:
    """Take over what was set aside, or lay it away; either way it is not asked about again."""
    refuse_unless_open(draft)
    aside = draft.set_aside.filter(pk=aside_id, settled_at__isnull=True).first()
    if aside is None:
        return
    SetAside.objects.filter(pk=aside.pk).update(settled_at=timezone.now())
    if take:
        save_draft(draft, content_of(aside), aside.step)


@acting()
def rename(draft: Draft, name: str) -> Draft:
    """Give the draft a name of its owner's own, to tell two drafts of one item apart."""
    refuse_unless_open(draft)
    if not name.strip():
        raise Refused(
            Said(
                "请填写名称，便于区分同一事项的几份申请。",
                "Give it a name that tells it from your other applications for this item.",
            ),
            "name",
        )
    draft.name = kept(name, 100, "name")
    draft.save(update_fields=["name", "saved_at"])
    return draft


@acting()
def discard(draft: Draft) -> None:
    """The owner deletes an unsent draft: what was typed is removed, that it was is kept."""
    if draft.ended:
        return
    refuse_unless_open(draft)
    _end(draft, DraftEnd.DISCARDED)


@acting()
def expire(draft: Draft) -> None:
    """The term of an unsent draft has passed: it ends as if discarded. 个人信息保护法 47."""
    if draft.case_id is None and not draft.ended:
        _end(draft, DraftEnd.EXPIRED)


def _end(draft: Draft, why: DraftEnd) -> None:
    for part in Draft.objects.filter(parent=draft, case__isnull=True, ended=""):
        _end(part, why)
    now = timezone.now()
    gone = [one for one in draft.uploads.filter(repeats__isnull=True) if one.file]
    rows = draft.uploads
    rows.filter(scan=ScanState.PENDING.value).update(scan=ScanState.UNSCANNED.value)
    rows.update(replaced=True, name="", sha256="", file="", thumbnail="")
    draft.set_aside.update(content="{}", settled_at=now)
    Draft.objects.filter(pk=draft.pk).update(
        ended=why.value, ended_at=now, content="{}", revision=F("revision") + 1
    )
    forget_draft(draft)
    draft.refresh_from_db()
    remove_bytes(gone)


@acting()
def adopt(draft: Draft, account: Account) -> Draft:
    """Take a draft begun without account into ``account``; one that has an owner keeps it."""
    refuse_unless_open(draft)
    if draft.account_id == account.pk:
        return draft
    if draft.account_id is not None or draft.organ_id is not None:
        raise Refused(
            Said(
                "这份申请属于另一个账号，不能转入。请用续填码继续办理。",
                "This application belongs to another account and cannot be taken over. Go "
                "on with its resume code.",
            )
        )
    draft.account = account
    draft.save(update_fields=["account", "saved_at"])
    return draft


@acting()
def carry_over(draft: Draft) -> Draft:
    """Move the draft to the version in force today; answers and papers go along by their keys.

    What is not asked any more is left behind: nothing may be sent that no page shows.
    """
    refuse_unless_open(draft)
    version = version_in_force(draft.item_version.item.code, timezone.localdate())
    if version is None:
        raise Refused(
            Said(
                "该事项已不再办理，不能继续申请。请在办事指南中查找现行事项。",
                "This item is no longer handled; the application cannot go on. Look for "
                "the item in force in the service guides.",
            ),
            "item",
        )
    said = content_of(draft)
    begun = said.setdefault("begun_on", draft.item_version_id)
    asked = asked_by(version)
    answers = {key: one for key, one in said.get("answers", {}).items() if asked.field(key)}
    draft.item_version = version
    draft.save(update_fields=["item_version"])
    for upload in live_uploads(draft):
        if material_asked(draft, upload.material) is None:
            detach(draft, upload.pk)
    return save_draft(draft, {"answers": answers, "begun_on": begun}, draft.step)
