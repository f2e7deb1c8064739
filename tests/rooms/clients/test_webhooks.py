"""The log told on: in order, signed, until it has arrived; and to nobody inside the house."""

import base64
import hashlib
import hmac
import json
import threading
from ipaddress import ip_network

import pytest
from django.db import connection
from django.utils import timezone

from openhall.clients.actions import hooks, keys
from openhall.clients.actions.telling import advance, tell_webhooks
from openhall.clients.kinds import HOOK
from openhall.clients.models import ClientDeed, Hook
from openhall.clients.queries import log_end
from openhall.deeds.refusals import Refused
from openhall.ledger.actions import seal
from openhall.outbox.carriers import webhook
from openhall.outbox.models import Attempt, Message
from openhall.outbox.rules.retrying import MOST_ATTEMPTS
from tests.factories.clients import doing, own_key, receiving, unit_key
from tests.factories.hand_edits import unseen

LOOPBACK = [ip_network("127.0.0.0/8")]


@pytest.fixture
def inside(settings):
    """The receivers of these tests stand on this very machine."""
    settings.WEBHOOK_NETWORKS = LOOPBACK


@pytest.fixture
def case(walk):
    """A case of 王芳, two steps old, under a checkpoint."""
    made = walk.accepted(walk.submitted())
    seal()
    return made


def hook_on(key, url, *topics, place=0):
    return hooks.set_up(key, url, topics or ("cases",), place, doing(key.account))


def later():
    """The outbox's next attempt is due."""
    Message.objects.filter(channel="webhook", next_at__isnull=False).update(next_at=timezone.now())


def test_steps_of_ones_own_cases_are_told_signed_and_in_order(sound, cast, case, inside):
    key, _whole = own_key(cast.wang_fang, "cases", "hooks")
    with receiving() as receiver:
        hook = hook_on(key, receiver.url)
        assert tell_webhooks() == 1
        assert tell_webhooks() == 0
    [(headers, body)] = receiver.got
    said = json.loads(body)
    acts = [one["entry"]["act"] for one in said["data"]["entries"]]
    assert (said["type"], acts) == ("log.entries", ["submit", "accept"])
    assert {one["entry"]["case"] for one in said["data"]["entries"]} == {case.number}
    assert "王芳" not in body.decode()
    secret = base64.b64decode(hook.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    right = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{right}"
    hook.refresh_from_db()
    assert (hook.place, hook.message) == (log_end(), None)
    assert unseen(HOOK) == []


def test_nobodys_cases_are_told_to_another(cast, case, inside):
    stranger, _whole = own_key(cast.zhou_wai, "cases", "hooks")
    unit, _whole = unit_key(cast.organ, "cases", "hooks")
    with receiving() as theirs, receiving() as units:
        hook_on(stranger, theirs.url)
        hook_on(unit, units.url)
        tell_webhooks()
    assert theirs.got == []
    assert len(units.entries) == 2


def test_a_batch_that_failed_is_sent_again_under_the_same_id(cast, case, inside):
    key, _whole = own_key(cast.wang_fang, "cases", "hooks")
    with receiving(status=500) as receiver:
        hook = hook_on(key, receiver.url)
        assert tell_webhooks() == 0
        assert tell_webhooks() == 0  # it waits: nothing is queued behind it
        assert len(receiver.got) == 1
        receiver.status = 200
        later()
        assert tell_webhooks() == 1
    first, second = receiver.got
    assert first[0]["webhook-id"] == second[0]["webhook-id"]
    assert first[1] == second[1]
    hook.refresh_from_db()
    assert hook.place == log_end()


def test_a_receiver_that_is_gone_ends_it_and_its_owner_is_told(sound, cast, case, inside):
    key, _whole = own_key(cast.wang_fang, "cases", "hooks")
    with receiving() as receiver:
        url = receiver.url
    hook = hook_on(key, url)  # nobody listens there any more
    for _try in range(MOST_ATTEMPTS):
        tell_webhooks()
        later()
    hook.refresh_from_db()
    assert (hook.why_ended, hook.place) == ("failed", 0)
    assert Attempt.objects.filter(succeeded=False).count() == MOST_ATTEMPTS
    [told] = Message.objects.filter(channel="account", account=cast.wang_fang.pk, about=hook.name)
    assert "replay" in told.words
    assert tell_webhooks() == 0


def test_going_back_by_hand_tells_everything_again(sound, cast, case, inside):
    key, _whole = own_key(cast.wang_fang, "cases", "hooks")
    with receiving(status=410) as receiver:
        hook = hook_on(key, receiver.url)
        tell_webhooks()
        hook.refresh_from_db()
        assert hook.why_ended == "failed"  # 410: gone for good
        receiver.status, receiver.got = 200, []
        hooks.replay(hook.pk, key, 0, doing(cast.wang_fang))
        assert tell_webhooks() == 1
        first = list(receiver.entries)
        hooks.replay(hook.pk, key, first[1], doing(cast.wang_fang))
        assert tell_webhooks() == 1
    assert receiver.entries == [*first, first[1]]
    with pytest.raises(Refused):
        hooks.replay(hook.pk, key, log_end() + 1, doing(cast.wang_fang))
    assert list(ClientDeed.objects.filter(subject="webhook").values_list("act", flat=True)) == [
        "set_up", "end", "replay", "replay",
    ]  # fmt: skip


def test_one_that_failed_is_not_told_again_beyond_ten(cast, case, inside):
    key, _whole = own_key(cast.wang_fang, "cases", "hooks")
    with receiving(status=410) as receiver:
        failed = hook_on(key, receiver.url)
        tell_webhooks()
        for _one in range(10):
            hook_on(key, receiver.url)
    with pytest.raises(Refused, match="最多有10个推送"):
        hooks.replay(failed.pk, key, 0, doing(cast.wang_fang))


def test_a_redirect_is_followed_nowhere(cast, case, inside):
    key, _whole = own_key(cast.wang_fang, "cases", "hooks")
    with receiving() as other, receiving(status=302, location=other.url) as receiver:
        hook_on(key, receiver.url)
        assert tell_webhooks() == 0
    assert (len(receiver.got), other.got) == (1, [])
    assert "跳转" in Attempt.objects.get().answer


def test_a_slow_receiver_costs_its_time_and_no_more(inside):
    with (
        receiving(then=threading.Event()) as receiver,
        pytest.raises(webhook.NotCarried, match="TimeoutError"),
    ):
        webhook.post(receiver.url, {}, b"{}", patience=0.3)
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/", "https://localhost/in", "http://10.0.0.1/", "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/", "https://2130706433/", "https://0x7f.1/",
        "https://no-such-host.invalid/", "ftp://example.org/",
    ],
)  # fmt: skip
def test_no_address_inside_the_house_is_taken(cast, url):
    key, _whole = own_key(cast.wang_fang, "hooks")
    with pytest.raises(Refused) as refused:
        hook_on(key, url, "catalogue")
    assert refused.value.field == "url"
    assert not Hook.objects.exists()


def test_a_name_that_later_stands_for_an_address_inside_is_not_called(cast, case, settings):
    settings.WEBHOOK_NETWORKS = LOOPBACK
    key, _whole = own_key(cast.wang_fang, "cases", "hooks")
    with receiving() as receiver:
        hook_on(key, receiver.url)
        settings.WEBHOOK_NETWORKS = []
        assert tell_webhooks() == 0
    assert receiver.got == []
    assert "内部网络" in Attempt.objects.get().answer


def test_an_ended_key_silences_its_webhooks(cast, case, inside):
    key, _whole = own_key(cast.wang_fang, "cases", "hooks")
    with receiving() as receiver:
        hook = hook_on(key, receiver.url)
        keys.end(key.pk, doing(cast.wang_fang))
        assert tell_webhooks() == 0
    hook.refresh_from_db()
    assert (receiver.got, hook.why_ended) == ([], "key")


def test_what_the_key_was_not_given_it_cannot_be_told(cast, inside):
    plain, _whole = own_key(cast.wang_fang, "cases")
    only, _whole = own_key(cast.wang_fang, "hooks")
    with receiving() as receiver:
        for key, topic in ((plain, "halls"), (only, "cases")):
            with pytest.raises(Refused) as refused:
                hook_on(key, receiver.url, topic)
            assert refused.value.code == "scope"


def test_who_looked_before_another_moved_it_on_changes_nothing(cast, case, inside):
    key, _whole = own_key(cast.wang_fang, "cases", "hooks")
    with receiving() as receiver:
        hook = hook_on(key, receiver.url)
        first, second = (Hook.objects.select_related("key").get(pk=hook.pk) for _n in range(2))
        advance(first)
        advance(second)  # as it read it: nothing under way yet
        assert Message.objects.filter(channel="webhook").count() == 1
        stale = Hook.objects.select_related("key").get(pk=hook.pk)
        assert tell_webhooks() == 1
        advance(stale)  # its batch arrived, and another settled it
    hook.refresh_from_db()
    assert (hook.place, hook.message, len(receiver.got)) == (log_end(), None, 1)


# Real commits leave deeds that SQLite's flush may not delete; and there one writer goes at a time.
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_workers_at_once_tell_it_once(cast, walk, settings):
    settings.WEBHOOK_NETWORKS = LOOPBACK
    walk.accepted(walk.submitted())
    seal()
    key, _whole = own_key(cast.wang_fang, "cases", "hooks")

    def work():
        try:
            tell_webhooks()
        finally:
            connection.close()

    with receiving() as receiver:
        hook_on(key, receiver.url)
        threads = [threading.Thread(target=work) for _n in range(3)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert len(receiver.entries) == 2
    assert Message.objects.filter(channel="webhook").count() == 1
