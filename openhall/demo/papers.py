"""Seals drawn from the organs' names, a unit with words of its own, messages that failed."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from openhall.demo.data import told
from openhall.organs.models import Account, Organ
from openhall.organs.terms import OrganKind
from openhall.outbox.actions import prefer, send
from openhall.outbox.models import Attempt, Message
from openhall.outbox.terms import Channel, MessageState
from openhall.papers.actions import words as wordsmith
from openhall.papers.models import SealImage
from openhall.papers.rules.seals import round_seal
from openhall.papers.rules.templates import DEFAULTS
from openhall.papers.terms import PaperKind

SEALED_FROM: Final = date(2020, 1, 1)
SAID: Final = told("papers")


def furnish(now: datetime) -> None:
    """Everything of this stream that stands in the city before its first case."""
    _seals(now)
    _words(now)
    _messages(now)


def _seals(now: datetime) -> None:
    kinds = (OrganKind.DEPARTMENT, OrganKind.BUREAU, OrganKind.CITY, OrganKind.DISTRICT)
    organs = Organ.objects.filter(kind__in=[kind.value for kind in kinds])
    drawn = [(organ, round_seal(organ.name).encode()) for organ in organs]
    SealImage.objects.bulk_create(
        SealImage(
            organ=organ,
            media_type="image/svg+xml",
            picture=picture,
            digest=hashlib.sha256(picture).hexdigest(),
            effective_from=SEALED_FROM,
            uploaded_at=now,
        )
        for organ, picture in drawn
    )


def _words(now: datetime) -> None:
    """The civil affairs bureau's own notice of acceptance; a draft of another before review."""
    clerk, legal = (Account.objects.get(username=name) for name in ("gaotao", "zhengfa"))
    civil = Organ.objects.get(code="cd-mzh")
    for kind, words, approved in (
        (PaperKind.ACCEPTANCE, SAID["own_words"], True),
        (
            PaperKind.SUPPLEMENT,
            DEFAULTS[PaperKind.SUPPLEMENT] + SAID["proposed"],
            False,
        ),
    ):
        draft = wordsmith.draft_words(civil, kind, words, clerk, now)
        wordsmith.saw(draft.pk, clerk, now)
        wordsmith.propose_words(draft.pk, clerk, now)
        if approved:
            wordsmith.saw(draft.pk, legal, now)
            wordsmith.approve_words(draft.pk, timezone.localtime(now).date(), legal, now)


def _messages(now: datetime) -> None:
    wang = Account.objects.get(username="wangfang")
    prefer(wang.pk, email=wang.email)  # her number is of a range no message can be sent to
    send(
        Channel.ACCOUNT,
        "",
        *SAID["welcome"],
        key="demo-welcome-wangfang",
        account_id=wang.pk,
        at=now - timedelta(days=1),
    )
    for place, (to, state, answers) in enumerate(SAID["troubles"], start=1):
        at = now - timedelta(hours=6 * place)
        message = Message.objects.create(
            channel=Channel.SMS.value,
            to=to,
            **SAID["trouble"],
            about=f"{at:%Y%m%d}-DEMO000{place}",
            key=f"demo-trouble-{place}",
            state=state,
            attempts=len(answers),
            queued_at=at,
            next_at=now + timedelta(hours=2) if state == MessageState.FAILED else None,
        )
        for minute, answer in enumerate(answers):
            Attempt.objects.create(
                message=message,
                at=at + timedelta(minutes=minute),
                carrier="gateway" if minute == 0 else "report",
                succeeded="已接收" in answer,
                answer=answer,
            )
