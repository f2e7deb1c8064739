"""Seals drawn from the organs' names, a unit with words of its own, messages that failed."""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.demo.data import told
from openhall.organs.models import Account, Organ, Post
from openhall.organs.terms import Desk
from openhall.outbox.actions import prefer, send
from openhall.outbox.models import Attempt, Message
from openhall.outbox.terms import Channel, MessageState
from openhall.papers.actions import words as wordsmith
from openhall.papers.actions.sealing import keep_seal
from openhall.papers.rules.seals import round_seal
from openhall.papers.rules.templates import DEFAULTS
from openhall.papers.terms import PaperKind

SEALED_FROM: Final = date(2020, 1, 1)
SAID: Final = told("papers")


def furnish(now: datetime) -> None:
    """Everything of this stream that stands in the city before its first case."""
    _seals()
    _words(now)
    _messages(now)


def _seals() -> None:
    """Each brought in by the head of its unit on the first day, and confirmed by who decides."""
    posts = Post.objects.filter(desk=Desk.HEAD.value).select_related("organ", "account")
    heads = {post.organ: post for post in posts.order_by("-since")}  # the first of each unit
    deciding = Post.objects.filter(desk=Desk.DECIDER.value).select_related("account")
    deciders = {post.organ_id: post for post in deciding.order_by("-since", "-pk")}
    for organ, post in heads.items():
        second = deciders.get(organ.pk)
        if second is None:
            continue  # nobody there to confirm it: its papers go out without a seal
        day = max(post.since, second.since, SEALED_FROM)
        at = timezone.make_aware(datetime.combine(day, time(9)))
        key = system_key("demo-seal", organ.code)
        doing = Doing(post.account, at, key, Desk.HEAD.value, entered=at)
        confirming = Doing(second.account, at, f"{key}-2", Desk.DECIDER.value, entered=at)
        keep_seal(organ, round_seal(organ.name).encode(), day, doing, confirming)


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

        def doing(who: Account, step: str, kind: PaperKind = kind) -> Doing:
            return Doing(who, now, system_key("demo-words", kind.value, step))

        draft = wordsmith.draft_words(civil, kind, words, doing(clerk, "draft"))
        wordsmith.saw(draft.pk, clerk, now)
        wordsmith.propose_words(draft.pk, doing(clerk, "propose"))
        if approved:
            wordsmith.saw(draft.pk, legal, now)
            day = timezone.localtime(now).date()
            wordsmith.approve_words(draft.pk, day, doing(legal, "approve"))


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
