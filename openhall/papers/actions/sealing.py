"""Keeping an organ's seal, and taking a paper back. 国务院关于国家行政机关印章管理的规定; A5."""

import hashlib
import io
import warnings
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from PIL import Image, UnidentifiedImageError

from openhall.deeds.refusals import Refused
from openhall.ledger.actions import append
from openhall.organs.models import Account, Organ
from openhall.papers.models import Paper, SealImage
from openhall.papers.permissions import may_seal, may_take_back
from openhall.papers.rules.seals import MOST_BYTES, fault_of_size, fault_of_svg


def _media_type(picture: bytes) -> str:
    """PNG or SVG, looked at and not believed; refused for anything else."""
    if len(picture) > MOST_BYTES:
        raise Refused("印章图形文件过大，请不超过400 KB。", "picture")
    if picture.startswith(b"\x89PNG\r\n\x1a\n"):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(picture), formats=["PNG"]) as image:
                    size = image.size
                    fault = fault_of_size(*size)
                    if not fault:
                        image.load()
        except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombWarning) as bad:
            raise Refused("PNG文件损坏，无法读取。", "picture") from bad
        if fault:
            raise Refused(fault, "picture")
        return "image/png"
    try:
        text = picture.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise Refused("印章图形应为PNG或SVG文件。", "picture") from bad
    if fault := fault_of_svg(text):
        raise Refused(fault, "picture")
    return "image/svg+xml"


@transaction.atomic
def keep_seal(
    organ: Organ, picture: bytes, begins: date, account: Account, at: datetime
) -> SealImage:
    """The seal of ``organ`` from ``begins`` on; papers given before keep the one they carry."""
    day = timezone.localtime(at).date()
    if not may_seal(account, organ, day):
        raise Refused("只有本单位负责人可以更换印章图形。")
    if begins < day:
        raise Refused("启用日期不能早于今天。", "begins")
    media_type = _media_type(picture)
    digest = hashlib.sha256(picture).hexdigest()
    seal = SealImage.objects.create(
        organ=organ,
        media_type=media_type,
        picture=picture,
        digest=digest,
        effective_from=begins,
        uploaded_by=account,
        uploaded_at=at,
    )
    append(
        "seal",
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "organ": organ.code,
            "begins": begins.isoformat(),
            "picture": f"sha256:{digest}",
        },
    )
    return seal


@transaction.atomic
def take_back(
    paper: Paper, why: str, account: Account, at: datetime, *, instead: Paper | None = None
) -> Paper:
    """收回: the check page says from now on that the paper no longer holds, and which one does."""
    if not may_take_back(account, paper, timezone.localtime(at).date()):
        raise Refused("只有出具单位的负责人可以收回文书。")
    held = Paper.objects.select_for_update().get(pk=paper.pk)
    if held.withdrawn_at is not None:
        raise Refused("这份文书已经收回。")
    if len(why.strip()) < 5:
        raise Refused("请写明收回的原因。", "why")
    if instead is not None and (instead.pk == held.pk or instead.about != held.about):
        raise Refused("替代文书应是同一办件的另一份文书。", "instead")
    held.withdrawn_at, held.withdrawn_why, held.superseded_by = at, why.strip()[:300], instead
    held.save(update_fields=["withdrawn_at", "withdrawn_why", "superseded_by"])
    append(
        "paper_taken_back",
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "organ": held.organ.code,
            "number": held.number,
            "instead": instead.number if instead else "",
            "day": timezone.localtime(at).date().isoformat(),
        },
    )
    return held
