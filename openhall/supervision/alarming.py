"""Telling people that the public log is halted: by their inbox, by e-mail, by text message.

Those at the supervision and operators' desks, and the addresses of ``LEDGER_ALARM_TO``. One look
at the log tells each of them once, however many faults it found. A5, 二(三).
"""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils import timezone

from openhall.ledger.models import Alarm
from openhall.organs.models import Account, Post
from openhall.organs.queries import in_office
from openhall.organs.terms import Desk
from openhall.outbox.actions import send
from openhall.outbox.models import Preference
from openhall.outbox.rules.addresses import fault_of_address
from openhall.outbox.terms import Channel
from openhall.supervision.rules.alarm_words import alarm_words

TOLD_AT = (Desk.SUPERVISION.value, Desk.OPERATOR.value)


def tell(alarms: Sequence[Alarm]) -> None:
    """Queue one message for each person and address; the outbox carries and repeats them."""
    first = alarms[0]
    number = str(first.pk)
    for account, channel, to, language in _whom():
        place, sentence = first.place, first.sentence_en if language == "en" else first.sentence
        subject, words = alarm_words(language, len(alarms), place, sentence, settings.BASE_URL)
        send(
            channel,
            to,
            subject,
            words,
            about="ledger",
            key=f"alarm-{number}-{channel.value}-{account or to}"[:120],
            account_id=account,
            language=language,
        )


def _whom() -> Iterator[tuple[int | None, Channel, str, str]]:
    """Each account with its inbox and addresses, then the settings' addresses not named yet."""
    told: set[str] = set()
    for account in _officials():
        preference = Preference.objects.filter(account=account.pk).first()
        language = preference.language if preference else "zh"
        yield account.pk, Channel.ACCOUNT, "", language
        for channel, to in _addresses(account, preference):
            if to not in told:
                told.add(to)
                yield account.pk, channel, to, language
    for to in settings.LEDGER_ALARM_TO:
        if to not in told:
            yield None, Channel.EMAIL if "@" in to else Channel.SMS, to, "zh"


def _officials() -> Iterator[Account]:
    day = timezone.localdate()
    held = Post.objects.filter(in_office(day), desk__in=TOLD_AT)
    yield from Account.objects.filter(is_active=True, pk__in=held.values("account")).order_by("pk")


def _addresses(account: Account, preference: Preference | None) -> Iterator[tuple[Channel, str]]:
    """What the person chose; without a choice, the account's own addresses."""
    if preference is not None:
        yield from preference.addresses()
        return
    for channel, to in ((Channel.EMAIL, account.email), (Channel.SMS, account.phone)):
        if to and not fault_of_address(channel, to):
            yield channel, to
