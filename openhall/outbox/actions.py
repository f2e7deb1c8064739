"""Sending, carrying, reporting, trying again, erasing. Nothing else writes a message."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.outbox.carriers import Parcel, carrier_name, carrier_of
from openhall.outbox.models import WAITING, Attempt, Message, Preference
from openhall.outbox.refusals import NotCarried
from openhall.outbox.rules.addresses import fault_of_address
from openhall.outbox.rules.retrying import wait_after
from openhall.outbox.rules.signature import Report
from openhall.outbox.terms import Channel, MessageState
from openhall.vault.rows import next_number

logger = logging.getLogger(__name__)
LEASE: Final = timedelta(minutes=2)  # a carrier that says nothing for so long is taken for dead
TOGETHER: Final = 200

COLUMNS: Final = (
    *("id", "channel", "to", "account", "subject", "words", "about", "language", "key", "state"),
    *("attempts", "queued_at", "next_at", "sent_at", "delivered_at"),
)
FIELDS: Final = [field for field in Message._meta.concrete_fields if field.name in COLUMNS]
QUOTED: Final = ", ".join(f'"{field.column}"' for field in FIELDS)
INSERT: Final = (
    f"INSERT INTO {Message._meta.db_table} ({QUOTED}) "  # noqa: S608
    f"VALUES ({', '.join(['%s'] * len(FIELDS))}) ON CONFLICT (key) DO NOTHING RETURNING id"
)


def send(
    channel: Channel,
    to: str,
    subject: str,
    words: str,
    *,
    about: str = "",
    key: str,
    account_id: int | None = None,
    language: str = "zh",
    at: datetime | None = None,
) -> Message:
    """Queue one message in the caller's transaction; one statement.

    Sending twice under one ``key`` gives the one message. A message in the account has arrived
    when it is written; the others are carried by the job ``deliver``, soon after the caller has
    committed. Raises :class:`Refused` for an address that cannot be one.
    """
    if channel == Channel.ACCOUNT and account_id is None:
        raise Refused(Said("账户消息须指明账户。", "Name the account of a message in an account."))
    if fault := fault_of_address(channel, to):
        raise Refused(fault)
    if not subject.strip() or not words.strip():
        raise Refused(Said("消息须有标题和正文。", "Give the message a subject and words."))
    now = at or timezone.now()
    inside = channel == Channel.ACCOUNT
    message = Message(
        pk=next_number(Message),
        channel=channel.value,
        to="" if inside else to,
        account=account_id,
        subject=subject.strip()[:160],
        words=words,
        about=about,
        language=language,
        key=key,
        state=(MessageState.DELIVERED if inside else MessageState.QUEUED).value,
        queued_at=now,
        next_at=None if inside else now,
        sent_at=now if inside else None,
        delivered_at=now if inside else None,
    )
    prepared = [
        field.get_db_prep_save(field.pre_save(message, True), connection) for field in FIELDS
    ]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, prepared)
        made = cursor.fetchone()
    if made is None:
        return Message.objects.get(key=key)
    message._state.adding = False
    return message


def deliver_due(most: int = TOGETHER, *, webhooks: bool = False) -> int:
    """Carry what is due, each under a lease of its own; how many were carried.

    Webhooks go by themselves: a slow programme must not keep a text message waiting.
    """
    done = 0
    for _turn in range(most):
        message = _taken(webhooks)
        if message is None:
            break
        done += _carried(message)
    return done


def _taken(webhooks: bool) -> Message | None:
    """The longest due message, leased and counted: another worker leaves it alone meanwhile."""
    now = timezone.now()
    rows = Message.objects.filter(state__in=WAITING, next_at__lte=now).order_by("next_at", "pk")
    of_webhooks = Q(channel=Channel.WEBHOOK.value)
    due = rows.filter(of_webhooks if webhooks else ~of_webhooks)
    for message in due[:20]:
        ours = Message.objects.filter(
            pk=message.pk, state__in=WAITING, attempts=message.attempts, next_at=message.next_at
        )
        if ours.update(attempts=message.attempts + 1, next_at=now + LEASE):
            message.attempts += 1
            return message
    return None


def _carried(message: Message) -> bool:
    channel = Channel(message.channel)
    parcel = Parcel(
        message.pk,
        channel,
        message.to,
        message.subject,
        message.words,
        message.about,
        message.language,
        again=message.attempts > 1,
    )
    try:
        answer = carrier_of(channel).carry(parcel)
    except NotCarried as refusal:
        _failed(message, str(refusal), for_good=refusal.for_good)
        return False
    except Exception as error:  # a broken carrier must not hold the other messages
        logger.exception("Message %s: its carrier broke", message.pk)
        _failed(message, type(error).__name__, for_good=False)
        return False
    now = timezone.now()
    with transaction.atomic():
        _noted(message, now, succeeded=True, answer=answer)
        _mine(message).update(state=MessageState.SENT.value, next_at=None, sent_at=now)
    return True


def _mine(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, attempts=message.attempts, state__in=WAITING)


def _noted(message: Message, at: datetime, *, succeeded: bool, answer: str) -> None:
    carrier = carrier_name(Channel(message.channel))
    Attempt.objects.create(
        message=message, at=at, carrier=carrier, succeeded=succeeded, answer=answer[:300]
    )


def _failed(message: Message, error: str, *, for_good: bool) -> None:
    now = timezone.now()
    wait = None if for_good else wait_after(message.attempts)
    with transaction.atomic():
        _noted(message, now, succeeded=False, answer=error)
        if wait is None:
            _mine(message).update(state=MessageState.GIVEN_UP.value, next_at=None)
        else:
            _mine(message).update(state=MessageState.FAILED.value, next_at=now + wait)


@transaction.atomic
def report(said: Report) -> Message | None:
    """Take the gateway's word on how a message ended; a repeated report changes nothing."""
    rows = Message.objects.exclude(channel=Channel.ACCOUNT.value)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    message = rows.filter(pk=said.message).first()
    if message is None or message.state != MessageState.SENT:
        return message
    now = timezone.now()
    answer = said.note or ("已送达" if said.delivered else "未送达")
    Attempt.objects.create(
        message=message, at=now, carrier="report", succeeded=said.delivered, answer=answer[:300]
    )
    if said.delivered:
        message.state, message.delivered_at = MessageState.DELIVERED.value, now
    else:
        message.state = MessageState.GIVEN_UP.value
    message.save(update_fields=["state", "delivered_at"])
    return message


@transaction.atomic
def retry(message: Message, by: str) -> bool:
    """Let a message that failed be tried again from the beginning; who asked is kept.

    False, and nothing changed, if it has not failed or was erased meanwhile.
    """
    now = timezone.now()
    failed = Q(state__in=[MessageState.FAILED.value, MessageState.GIVEN_UP.value])
    rows = Message.objects.filter(failed, pk=message.pk, erased_at__isnull=True)
    if not rows.update(state=MessageState.QUEUED.value, attempts=0, next_at=now):
        return False
    Attempt.objects.create(message=message, at=now, carrier="retry", succeeded=True, answer=by)
    return True


@transaction.atomic
def mark_read(account_id: int, numbers: Iterable[int]) -> int:
    """The account opened these of its messages; the first time counts."""
    rows = Message.objects.filter(
        pk__in=list(numbers), account=account_id, channel=Channel.ACCOUNT.value
    )
    return rows.filter(read_at__isnull=True).update(read_at=timezone.now())


@transaction.atomic
def prefer(
    account_id: int, *, email: str = "", phone: str = "", wechat: str = "", language: str = "zh"
) -> Preference:
    """How the account wishes to be told from now on; an empty address turns its channel off.

    Raises :class:`Refused` for an address that cannot be one.
    """
    chosen = {Channel.EMAIL: email, Channel.SMS: phone, Channel.WECHAT: wechat}
    for channel, to in chosen.items():
        if to and (fault := fault_of_address(channel, to)):
            raise Refused(fault, channel.value)
    said = {"email": email, "phone": phone, "wechat": wechat, "language": language}
    return Preference.objects.update_or_create(account=account_id, defaults=said)[0]


@transaction.atomic
def forget_about(reference: str) -> int:
    """Erase address and words of every message about one matter; what still waited is given up.

    个人信息保护法 47. The row, its states and its times stay; how many were erased.
    """
    rows = Message.objects.filter(about=reference, erased_at__isnull=True)
    rows.filter(state__in=WAITING).update(state=MessageState.GIVEN_UP.value, next_at=None)
    return rows.update(to="", words="", erased_at=timezone.now())


def erase_old() -> int:
    """Erase address and words of what is older than ``OUTBOX_KEEP_DAYS``. 个人信息保护法 19, 47.

    The row, its states and its times stay, so what was told when can still be shown.
    """
    before = timezone.now() - timedelta(days=settings.OUTBOX_KEEP_DAYS)
    done = 0
    while True:
        old = Message.objects.filter(erased_at__isnull=True, queued_at__lt=before)
        numbers = list(old.exclude(state__in=WAITING).values_list("pk", flat=True)[:1000])
        if not numbers:
            return done
        rows = Message.objects.filter(pk__in=numbers)
        done += rows.update(to="", words="", erased_at=timezone.now())
