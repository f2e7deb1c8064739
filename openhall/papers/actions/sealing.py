"""Keeping an organ's seal, and taking a paper back. 国务院关于国家行政机关印章管理的规定; A5."""

import io
import json
import warnings
from datetime import date
from typing import Any, Final

from PIL import Image, UnidentifiedImageError

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, kept
from openhall.deeds.writer import deed, write
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.paging.typed import visible
from openhall.papers.kinds import PAPER, SEAL
from openhall.papers.models import Paper, SealImage
from openhall.papers.permissions import may_take_back
from openhall.papers.rules.seals import MOST_BYTES, fault_of_size, fault_of_svg
from openhall.papers.terms import PaperAct
from openhall.versions.actions import begin, drop, publish
from openhall.versions.queries import draft_of


def _media_type(picture: bytes) -> str:
    """PNG or SVG, looked at and not believed; refused for anything else."""
    if len(picture) > MOST_BYTES:
        raise Refused(
            Said(
                "印章图形文件过大，请不超过400 KB。",
                "The picture of the seal is too large. Keep it within 400 KB.",
            ),
            "picture",
        )
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
            raise Refused(
                Said("PNG文件损坏，无法读取。", "The PNG file is damaged and cannot be read."),
                "picture",
            ) from bad
        if fault:
            raise Refused(fault, "picture")
        return "image/png"
    try:
        text = picture.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise Refused(
            Said("印章图形应为PNG或SVG文件。", "Choose a PNG or SVG file for the seal."), "picture"
        ) from bad
    if fault := fault_of_svg(text):
        raise Refused(fault, "picture")
    return "image/svg+xml"


WHY_AT_LEAST = 5  # characters


@acting()
def bring_seal(organ: Organ, picture: bytes, doing: Doing) -> SealImage:
    """A picture that waits for the second person; one that waited before is given up."""
    media_type = _media_type(picture)

    def fill(seal: Any) -> None:
        seal.media_type, seal.picture = media_type, picture

    waiting = draft_of(SealImage, organ=organ)
    if waiting is not None and bytes(waiting.picture) != picture:
        drop(SEAL, waiting.pk, REPLACED.zh, doing.part("drop"))
    seal: SealImage = begin(SEAL, {"organ": organ}, doing, fill)
    return seal


REPLACED: Final = Said("换上另一个图形。", "Another picture takes its place.")


@acting()
def confirm_seal(pk: int, first_day: date, doing: Doing) -> SealImage:
    """In use from ``first_day``, by another person; papers given before keep the one they carry."""
    publish(SEAL, pk, first_day, doing)
    return SealImage.objects.get(pk=pk)


@acting()
def keep_seal(
    organ: Organ, picture: bytes, first_day: date, doing: Doing, confirming: Doing
) -> SealImage:
    """Both steps in one go, each by its own hand: for a city that is being furnished."""
    return confirm_seal(bring_seal(organ, picture, doing).pk, first_day, confirming)


@deed(PAPER, PaperAct.TAKE_BACK)
def take_back(paper: Paper, why: str, doing: Doing, *, instead: Paper | None = None) -> Deed:
    """收回: the check page says from now on that the paper no longer holds, and which one does."""
    if not may_take_back(doing.actor, paper, doing.day):
        raise Refused(
            Said(
                "只有出具单位的负责人可以收回文书。",
                "Only the head of the unit that gave a paper takes it back.",
            )
        )
    if paper.withdrawn_at is not None:
        raise Refused(Said("这份文书已经收回。", "This paper was taken back already."))
    if visible(why) < WHY_AT_LEAST:
        raise Refused(Said("请写明收回的原因。", "Say why the paper is taken back."), "why")
    if instead is not None and (instead.pk == paper.pk or instead.about != paper.about):
        raise Refused(
            Said(
                "替代文书应是同一办件的另一份文书。",
                "The paper in its place must be another one of the same case.",
            ),
            "instead",
        )
    return write(
        PAPER,
        paper,
        PaperAct.TAKE_BACK,
        doing,
        changes={
            "withdrawn_at": doing.at,
            "withdrawn_why": kept(why, 300, "why"),
            "superseded_by": instead,
        },
        facts={"instead": instead.number if instead else ""},
        detail={"why": why.strip()},
    )


def forget_papers(about: str, gone: str, doing: Doing) -> None:
    """What the papers about ``about`` say of a person goes; that they were given stays."""
    for paper in Paper.objects.select_related(*PAPER.related).filter(about=about):
        kept = json.loads(paper.content) | {"to": gone, "query": "", "words": [gone]}
        changes = {"content": json.dumps(kept, ensure_ascii=False), "salt": ""}
        if paper.withdrawn_why:
            changes["withdrawn_why"] = gone
        under = doing.part(f"forget-{paper.pk}")
        write(PAPER, paper, PaperAct.FORGET, under, changes=changes)
