"""An application before it is one: started, saved at each step, resumed, attached to, sent."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Manager
from django.utils import timezone

from openhall.cases.actions.intake import Party, submit
from openhall.cases.actions.record import Doing
from openhall.cases.models import Case, Draft, Supplement, Upload
from openhall.cases.refusals import Refused
from openhall.cases.rules.codes import BODY_SIGNS, SIGNS, check_sign
from openhall.cases.rules.uploads import fault_of_upload, kind_of
from openhall.cases.terms import ApplicantKind, Channel, Stage
from openhall.catalogue.models import ItemVersion
from openhall.organs.models import Account
from openhall.organs.terms import IdentityKind
from openhall.vault.fields import blind

HEAD_BYTES = 32


@transaction.atomic
def start_draft(version: ItemVersion, account: Account | None, *, key: str = "") -> Draft:
    """A new draft with a resume code of its own; ``key`` becomes that of the submission."""
    body = "".join(secrets.choice(SIGNS) for _ in range(BODY_SIGNS))
    code = body + check_sign(body)
    return Draft.objects.create(
        item_version=version,
        account=account,
        name=version.name[:100],
        resume_code=code,
        resume_blind=blind("resume:" + code),
        key=key or f"draft-{uuid.uuid4()}",
    )


@transaction.atomic
def save_draft(draft: Draft, content: Mapping[str, Any], step: str) -> Draft:
    """Keep what was typed, right or wrong: checking comes at the review, losing never."""
    if draft.case_id is not None:
        raise Refused("这份申请已经提交,不能再修改。请用查询码查看进度。")
    draft.content = json.dumps(json.loads(draft.content) | dict(content), ensure_ascii=False)
    draft.step = step
    draft.save(update_fields=["content", "step", "saved_at"])
    return draft


@transaction.atomic
def attach(draft: Draft, material: str, file: File) -> Upload:
    """Take one file for one material; the same bytes twice are one upload."""
    if draft.case_id is not None:
        raise Refused("这份申请已经提交,不能再上传。", material)
    return _kept(Upload(draft=draft, material=material), draft.uploads, file)


@transaction.atomic
def attach_supplement(case: Case, material: str, file: File) -> Upload:
    """Take one file for a material that the supplement notice of ``case`` reopened; no other."""
    notice = Supplement.objects.filter(case=case).first()
    if case.stage != Stage.SUPPLEMENT_ASKED or notice is None:
        raise Refused("现在不能补交材料。请刷新页面查看办理状态。", material)
    if not notice.points.filter(material=material).exists():
        raise Refused("该材料不在补正告知书所列内容中,不能更换。", material)
    return _kept(Upload(case=case, material=material), case.uploads, file)


def _kept(upload: Upload, beside: Manager[Upload], file: File) -> Upload:
    """``upload`` with ``file`` checked and stored; the one there is, for the same bytes again."""
    material = upload.material
    name, size = (file.name or "").rsplit("/", 1)[-1], file.size or 0
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if fault := fault_of_upload(name, size, head, settings.UPLOAD_MAX_BYTES):
        raise Refused(fault, material)
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    kind = kind_of(head)
    assert kind is not None  # fault_of_upload has refused every other
    known = beside.filter(material=material, sha256=digest.hexdigest(), replaced=False)
    if same := known.first():
        return same
    file.seek(0)
    upload.name, upload.media_type, upload.size = name, kind.media_type, size
    upload.sha256, upload.at = digest.hexdigest(), timezone.now()
    upload.file.save(name, file, save=False)
    upload.save()
    return upload


@transaction.atomic
def detach(draft: Draft, upload_id: int) -> None:
    """Take an upload of an unsent draft back; the record stays, marked."""
    draft.uploads.filter(pk=upload_id).update(replaced=True)


def party_of(content: Mapping[str, Any]) -> Party:
    """The applicant as typed into a draft."""
    said = content.get("party", {})
    kind = ApplicantKind(said.get("kind") or ApplicantKind.PERSON)
    company = kind == ApplicantKind.COMPANY
    return Party(
        kind=kind,
        name=str(said.get("name", "")).strip(),
        identity=IdentityKind.CREDIT_CODE if company else IdentityKind.RESIDENT_ID,
        number=str(said.get("number", "")).strip().upper(),
        phone=str(said.get("phone", "")).strip(),
        address=str(said.get("address", "")).strip(),
        agent_name=str(said.get("agent_name", "")).strip() if company else "",
        agent_number=str(said.get("agent_number", "")).strip().upper() if company else "",
    )


@transaction.atomic
def send(draft: Draft, account: Account | None, missing: list[str]) -> Case:
    """Submit the draft once: a second click answers with the same case.

    ``missing`` are the required materials without upload; the first one refuses the sending.
    """
    if draft.case is not None:
        return draft.case
    if missing:
        raise Refused(f"还缺少必要材料“{missing[0]}”。请先上传。", "materials")
    content = json.loads(draft.content)
    case = submit(
        draft.item_version.item.code,
        party_of(content),
        content.get("answers", {}),
        Channel.ONLINE,
        Doing(account, timezone.now(), draft.key),
    )
    Upload.objects.filter(draft=draft, replaced=False).update(case=case)
    draft.case = case
    draft.save(update_fields=["case"])
    return case
