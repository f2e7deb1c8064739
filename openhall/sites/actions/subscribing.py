"""Subscribing by message: asked for, confirmed by a code, told, ended; nothing kept afterwards."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Final

from django.conf import settings
from django.utils import timezone

from openhall.catalogue.queries import version_to_show
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.sweeping import by_key, sweep
from openhall.deeds.writer import deed, fresh_code, made_before, write
from openhall.glossary import Said
from openhall.organs.rules.addresses import address_of
from openhall.outbox.actions import send
from openhall.outbox.rules.addresses import fault_of_address
from openhall.outbox.terms import Channel
from openhall.policies.queries import documents_by_pk
from openhall.search.queries import Wanted, search
from openhall.sites.kinds import SUBSCRIPTION
from openhall.sites.models import Subscription
from openhall.sites.news import News, news_on
from openhall.sites.queries import site_of
from openhall.sites.rules.columns import COLUMNS
from openhall.sites.rules.topics import SEARCH, Topic, topic_of
from openhall.sites.terms import SubscriptionAct
from openhall.vault.fields import blind

HITS: Final = 100  # results of a search in which what is new is looked for
CHANNELS: Final = (Channel.EMAIL, Channel.SMS)


def topic_named(said: str) -> Said:
    """What a topic is called; raises :class:`Refused` for one there is not."""
    topic = topic_of(said)
    name = _named(topic) if topic is not None else None
    if name is None:
        raise Refused(
            Said("没有这个订阅内容。", "There is no such thing to subscribe to."), "topic"
        )
    return name


def _named(topic: Topic) -> Said | None:
    if topic.kind == SEARCH:
        return Said(f"检索“{topic.about}”的新结果", f"new results of a search for “{topic.about}”")
    if topic.kind == "guide":
        shown = version_to_show(topic.about, timezone.localdate())
        words = shown.version if shown else None
        return Said(f"办事指南《{words.name}》", f"the guide “{words.name_en}”") if words else None
    if topic.kind == "policy":
        paper = documents_by_pk([int(topic.about)]).get(int(topic.about))
        return Said(f"《{paper.title}》", f"“{paper.title}”") if paper else None
    site, column = site_of(topic.about), COLUMNS.get(topic.column)
    if site is None or (topic.column and (column is None or not column.written)):
        return None
    if column is None:
        return Said(site.name, site.name_en)
    return Said(f"{site.name}·{column.kind.zh}", f"{site.name_en}: {column.kind.en}")


@acting()
def subscribe(
    topic: str, channel: Channel, address: str, language: str, doing: Doing
) -> Subscription:
    """申请订阅: a code goes to the address; nothing is told before it is confirmed."""
    address = address_of(channel, address)
    same = {"topic": topic, "channel": channel.value, "address": address}
    before: Subscription | None = made_before(SUBSCRIPTION, doing, SubscriptionAct.ASK, **same)
    if before is not None:
        return before
    name = topic_named(topic)
    if channel not in CHANNELS:
        raise Refused(Said("请选择方式。", "Choose how."), "channel")
    if fault := fault_of_address(channel, address):
        raise Refused(fault, "address")
    code = fresh_code()
    made = Subscription.objects.create(
        topic=topic,
        channel=channel.value,
        address=address,
        code=code,
        code_blind=blind("subscription:" + code),
        language="en" if language.startswith("en") else "zh",
        asked_at=doing.at,
    )
    write(SUBSCRIPTION, made, SubscriptionAct.ASK, doing)
    words = Said(
        f"有人用这个地址订阅“{name.zh}”。是您本人的，请在 {settings.BASE_URL}/subscriptions/ "
        f"输入确认码 {code}；不是您本人的，不必理会，不会再收到消息。",
        f"Somebody asked to tell this address what is new at “{name.en}”. If it was you, enter the "
        f"code {code} at {settings.BASE_URL}/en/subscriptions/. If not, do nothing: nothing more "
        "comes.",
    )
    send(
        channel,
        address,
        Said("请确认订阅", "Please confirm").said_in(made.language),
        words.said_in(made.language),
        key=doing.part("confirm").key,
        language=made.language,
        at=doing.at,
    )
    return made


@deed(SUBSCRIPTION, SubscriptionAct.CONFIRM)
def confirm(row: Subscription, doing: Doing) -> Deed:
    """确认订阅, by whoever has the code."""
    if row.ended_at is not None:
        raise Refused(Said("这个订阅已经退订。", "This subscription has ended."))
    if row.confirmed_at is not None:
        raise Refused(Said("已经确认。", "It is confirmed already."))
    return write(
        SUBSCRIPTION, row, SubscriptionAct.CONFIRM, doing, changes={"confirmed_at": doing.at}
    )


@deed(SUBSCRIPTION, SubscriptionAct.END)
def unsubscribe(row: Subscription, doing: Doing) -> Deed:
    """退订: address, code and words looked for are gone at once, with their salt."""
    if row.ended_at is not None:
        raise Refused(Said("已经退订。", "It has ended already."))
    topic = topic_of(row.topic)
    return write(
        SUBSCRIPTION,
        row,
        SubscriptionAct.END,
        doing,
        changes={
            "salt": "",
            "address": "",
            "code": "",
            "code_blind": f"ended-{row.pk}",
            "topic": topic.public if topic else row.topic,
            "ended_at": doing.at,
        },
    )


def tell_new(today: date | None = None) -> int:
    """Tell who asked what began today or yesterday; once each, whatever runs again."""
    rows = Subscription.objects.filter(confirmed_at__isnull=False, ended_at__isnull=True)
    asked = set(rows.order_by().values_list("topic", flat=True).distinct())
    if not asked:
        return 0
    fresh = news_on(today or timezone.localdate())
    told = sum(
        _tell_each(one, wanted) for one in fresh if (wanted := asked.intersection(one.topics))
    )
    return told + sum(_tell_found(said, fresh) for said in sorted(asked))


def _tell_each(news: News, topics: Iterable[str]) -> int:
    waiting = Subscription.objects.filter(
        topic__in=topics,
        confirmed_at__isnull=False,
        confirmed_at__lt=news.since,
        ended_at__isnull=True,
    )
    return sweep("news told", by_key(waiting), partial(_tell, news), lambda one: str(one.pk))


def _tell_found(said: str, fresh: Sequence[News]) -> int:
    """What is new and found by the words that somebody asked for: each search is made once."""
    topic = topic_of(said)
    if not fresh or topic is None or topic.kind != SEARCH:
        return 0
    found = search(topic.about, Wanted(most=HITS))
    roots = {one.record.root for one in (*found.cited, *found.services, *found.others)}
    return sum(_tell_each(one, [said]) for one in fresh if one.root in roots)


def _tell(news: News, one: Subscription) -> None:
    language = one.language
    title, note = news.title.said_in(language), news.note.said_in(language)
    changed = Said(f"。改动：{note}", f". Changed: {note}").said_in(language) if note else ""
    prefix, stop = ("/en", ".") if language == "en" else ("", "。")
    end = Said(
        f"退订：{settings.BASE_URL}/subscriptions/，代码 {one.code}",
        f"To end this: {settings.BASE_URL}/en/subscriptions/, code {one.code}",
    ).said_in(language)
    where = f"{settings.BASE_URL}{prefix}{news.path}"
    send(
        Channel(one.channel),
        one.address,
        title[:160],
        f"{title}{changed}{stop}\n{where}\n{end}",
        about=news.number,
        key=f"s:subscription-{one.pk}-{news.key}",
        language=language,
    )
