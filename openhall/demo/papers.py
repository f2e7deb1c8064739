"""Seals drawn from the organs' names, a unit with words of its own, messages that failed."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

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
OWN_WORDS: Final = (
    "您（单位）提交的“【事项名称】”申请，【受理情形】（【法律依据】）。受理日期：【受理日期】。\n"
    "本机关承诺在【承诺期限】（含当日）前办结{,法定期限至【法定期限】}。"
    "法定节假日不计算在内（《行政许可法》第八十二条）。\n"
    "办理中的每一步可凭查询码在市政府门户网站查看；如有疑问，请致电12345。"
)
TROUBLES: Final = (
    ("10000000001", MessageState.GIVEN_UP, ("网关没有接收（HTTP 400）",)),
    ("10000000002", MessageState.GIVEN_UP, ("网关已接收（HTTP 200）", "空号")),
    ("10000000003", MessageState.FAILED, ("网关没有应答:TimeoutError",)),
)


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
        (PaperKind.ACCEPTANCE, OWN_WORDS, True),
        (
            PaperKind.SUPPLEMENT,
            DEFAULTS[PaperKind.SUPPLEMENT] + "\n补正材料可在网上提交，也可交到任一窗口。",
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
        "您可以选择怎样收到消息",
        "办件的每一步都会在这里告诉您；也可以选择短信、电子邮件或微信，语言可选中文或英文。",
        key="demo-welcome-wangfang",
        account_id=wang.pk,
        at=now - timedelta(days=1),
    )
    for place, (to, state, answers) in enumerate(TROUBLES, start=1):
        at = now - timedelta(hours=6 * place)
        message = Message.objects.create(
            channel=Channel.SMS.value,
            to=to,
            subject="申请已受理",
            words="您的申请已受理。",
            about=f"{at:%Y%m%d}-DEMO000{place}",
            key=f"demo-trouble-{place}",
            state=state.value,
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
