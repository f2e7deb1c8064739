"""Telling people that the public log is halted, or that the machine needs them.

By their inbox, by e-mail, by text message: those at the desks concerned (for the log supervision
and the operators), and the addresses of ``LEDGER_ALARM_TO``. One look at the log tells each of them
once, however many faults it found. A5, 二(三).
"""

from collections.abc import Callable, Iterator, Sequence

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

    def words(language: str) -> tuple[str, str]:
        sentence = first.sentence_en if language == "en" else first.sentence
        return alarm_words(language, len(alarms), first.place, sentence, settings.BASE_URL)

    call(f"alarm-{first.pk}", TOLD_AT, words)


def call(key: str, desks: Sequence[str], words: Callable[[str], tuple[str, str]]) -> None:
    """Call everybody at these ``desks`` and the settings' addresses, once under one ``key``.

    ``words`` gives subject and words in a language ("zh", "en").
    """
    for account, channel, to, language in _whom(desks):
        subject, said = words(language)
        send(
            channel,
            to,
            subject,
            said,
            about="ledger",
            key=f"{key}-{channel.value}-{account or to}"[:120],
            account_id=account,
            language=language,
        )


def _whom(desks: Sequence[str]) -> Iterator[tuple[int | None, Channel, str, str]]:
    """Each account with its inbox and addresses, then the settings' addresses not named yet."""
    told: set[str] = set()
    for account in _officials(desks):
        for channel, to, language in ways_to(account):
            if not to:
                yield account.pk, channel, to, language
            elif to not in told:
                told.add(to)
                yield account.pk, channel, to, language
    for to in settings.LEDGER_ALARM_TO:
        if to not in told:
            yield None, Channel.EMAIL if "@" in to else Channel.SMS, to, "zh"


def ways_to(account: Account) -> Iterator[tuple[Channel, str, str]]:
    """How to tell an official, and in which language: the inbox first, which has no address."""
    preference = Preference.objects.filter(account=account.pk).first()
    language = preference.language if preference else "zh"
    yield Channel.ACCOUNT, "", language
    for channel, to in _addresses(account, preference):
        yield channel, to, language


def _officials(desks: Sequence[str]) -> Iterator[Account]:
    day = timezone.localdate()
    held = Post.objects.filter(in_office(day), desk__in=desks)
    yield from Account.objects.filter(is_active=True, pk__in=held.values("account")).order_by("pk")


def _addresses(account: Account, preference: Preference | None) -> Iterator[tuple[Channel, str]]:
    """What the person chose; without a choice, the account's own addresses."""
    if preference is not None:
        yield from preference.addresses()
        return
    for channel, to in ((Channel.EMAIL, account.email), (Channel.SMS, account.phone)):
        if to and not fault_of_address(channel, to):
            yield channel, to
