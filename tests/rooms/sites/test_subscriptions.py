"""Being told of a guide, a document, a search: by a feed and by a message, with the change note."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.outbox.models import Message
from openhall.outbox.terms import Channel
from openhall.policies.actions import import_policies, linking, of_record
from openhall.policies.models import PolicyDocument
from openhall.policies.terms import LinkKind
from openhall.sites import actions
from openhall.sites.actions.subscribing import tell_new
from openhall.sites.models import Subscription
from openhall.sites.rules.topics import topic_of
from tests.factories import sites

pytestmark = pytest.mark.django_db


def asked(topic, address="a@example.org", language="zh"):
    """Confirmed an hour ago."""
    made = actions.subscribe(topic, Channel.EMAIL, address, language, sites.doing(None))
    earlier = timezone.now() - timedelta(hours=1)
    actions.confirm(made.pk, sites.doing(None, at=earlier))
    Message.objects.all().delete()
    return made


def take(pk="1", title="城市供水条例", text="第一条　保障供水。"):
    import_policies([of_record({"id": pk, "title": title, "text": text})], lambda _n: None)
    return PolicyDocument.objects.get(source_id=pk)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("site:cd-water", "site"), ("site:cd-water/notices", "site"),
        ("guide:510104-0115", "guide"),
        ("policy:12", "policy"), ("search:停水 通知", "search"), ("search:" + "长" * 100, "search"),
        ("search:", None), ("search: x", None), ("search:" + "长" * 101, None), ("policy:²", None),
        ("policy:1x", None), ("site:", None), ("else:1", None), ("", None),
    ],
)  # fmt: skip
def test_a_topic_is_one_of_four_kinds(said, kind):
    found = topic_of(said)
    assert (found.kind if found else None) == kind
    assert found is None or str(found) == said


def test_what_happens_to_a_document_is_told_once(settings):
    older, newer = take(), take("2", "城市供水条例（修订）")
    PolicyDocument.objects.update(changed_at=None)
    asked(f"policy:{older.pk}")
    asked(f"policy:{newer.pk}", "b@example.org", "en")
    from openhall.deeds.collecting import acting

    now = sites.doing(None, at=timezone.now())
    with acting():
        linking.recorded(newer, older, LinkKind.REPLACES, timezone.localdate(), now)
    assert tell_new() == 2
    tell_new()
    told = {one.to: one.words for one in Message.objects.all()}
    assert set(told) == {"a@example.org", "b@example.org"}
    assert "《城市供水条例（修订）》替代《城市供水条例》" in told["a@example.org"]
    assert f"{settings.BASE_URL}/en/policies/{older.pk}/" in told["b@example.org"]


def test_a_text_that_was_changed_is_told():
    paper = take()
    PolicyDocument.objects.update(changed_at=None)
    asked(f"policy:{paper.pk}")
    take(text="第一条　保障安全供水。")
    assert tell_new() == 1
    assert "文本有更新" in Message.objects.get().words


def test_what_a_search_newly_finds_is_told_and_nothing_else():
    asked("search:供水")
    asked("search:婚姻登记", "b@example.org")
    take()
    assert tell_new() == 1
    message = Message.objects.get()
    assert (message.to, "城市供水条例" in message.words) == ("a@example.org", True)


def test_words_somebody_looks_for_are_theirs_and_gone_afterwards():
    made = asked("search:张三的低保")
    from openhall.ledger.models import Entry

    assert not any("张三".encode() in bytes(one.body) for one in Entry.objects.all())
    actions.unsubscribe(made.pk, sites.doing(None))
    assert Subscription.objects.get().topic == "search"


@pytest.mark.parametrize("topic", ["guide:none", "policy:99", "site:none", "site:cd-water/guides"])
def test_there_is_nothing_to_be_told_of_what_is_not_there(topic):
    sites.furnished()
    with pytest.raises(Refused):
        asked(topic)


def test_each_has_its_feed_and_the_page_offers_both():
    paper = take()
    client = Client()
    page = client.get(f"/subscriptions/?topic=policy:{paper.pk}").content.decode()
    assert f'href="/policies/{paper.pk}/feed.atom"' in page
    assert "《城市供水条例》" in page
    assert "<entry>" in client.get(f"/policies/{paper.pk}/feed.atom").content.decode()
    assert f"topic=policy:{paper.pk}" in client.get(f"/policies/{paper.pk}/").content.decode()
    found = client.get("/search/feed.atom?q=供水").content.decode()
    assert "城市供水条例" in found
    assert client.get("/search/feed.atom").status_code == 404
    assert "topic=search:" in client.get("/search/?q=供水").content.decode()
    sent = client.post("/subscriptions/subscribe/", {
        "key": "k-1", "subscribe-topic": f"policy:{paper.pk}", "subscribe-channel": "email",
        "subscribe-address": "c@example.org",
    })  # fmt: skip
    assert sent.status_code in (303, 422)  # a visitor proves that a browser sends it
    assert "subscribe-topic" not in sent.content.decode() or "proof" in sent.content.decode()
