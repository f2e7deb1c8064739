"""Addresses, waiting times and signatures of the outbox."""

import json
from datetime import timedelta

import pytest

from openhall.outbox.rules.addresses import fault_of_address, masked
from openhall.outbox.rules.retrying import MOST_ATTEMPTS, wait_after
from openhall.outbox.rules.signature import NotFromTheGateway, Report, check, signature
from openhall.outbox.terms import Channel

KEY, NOW = "a-key-shared-with-the-gateway", 1_700_000_000
BODY = b'{"id": 7, "state": "delivered"}'


@pytest.mark.parametrize(
    ("channel", "to", "right"),
    [
        (Channel.EMAIL, "wang@example.org", True),
        (Channel.EMAIL, "wang@example", False),
        (Channel.EMAIL, "a@b.cn, c@d.cn", False),
        (Channel.SMS, "13812345678", True),
        (Channel.SMS, "+8613812345678", True),
        (Channel.SMS, "02812345", False),
        (Channel.WECHAT, "oAbc_123-xyz", True),
        (Channel.WECHAT, "微信号", False),
        (Channel.ACCOUNT, "", True),
    ],
)
def test_an_address_belongs_to_its_channel(channel, to, right):
    assert (fault_of_address(channel, to) is None) is right


def test_no_list_shows_a_whole_address():
    assert masked(Channel.SMS, "13812345678") == "138****5678"
    assert masked(Channel.EMAIL, "wangfang@example.org") == "w***@example.org"
    assert masked(Channel.WECHAT, "oAbc_123-xyz") == "oA***yz"
    assert masked(Channel.SMS, "") == "—"


def test_each_wait_is_longer_and_after_the_last_attempt_nobody_tries():
    waits = [wait_after(n) for n in range(1, MOST_ATTEMPTS)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=1)
    assert wait_after(MOST_ATTEMPTS) is None


def test_a_signature_covers_time_and_bytes():
    signed = signature(KEY, NOW, BODY)
    check(KEY, str(NOW), BODY, signed, NOW + 10)
    for key, moment, body, now in (
        (KEY, NOW, BODY + b" ", NOW),
        ("another", NOW, BODY, NOW),
        (KEY, NOW + 1, BODY, NOW),
        (KEY, NOW, BODY, NOW + 3600),
        ("", NOW, BODY, NOW),
    ):
        with pytest.raises(NotFromTheGateway):
            check(key, str(moment), body, signed, now)
    with pytest.raises(NotFromTheGateway, match="时间"):
        check(KEY, "soon", BODY, signed, NOW)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (b"not json", "JSON"),
        (b"[]", "对象"),
        (b'{"id": "7", "state": "delivered"}', "id"),
        (b'{"id": 7, "state": "perhaps"}', "state"),
    ],
)
def test_an_unreadable_report_says_what_is_wrong(said, word):
    with pytest.raises(NotFromTheGateway, match=word):
        Report.read(said)


def test_a_report_is_read():
    body = json.dumps({"id": 7, "state": "failed", "note": "空号"}).encode()
    assert Report.read(body) == Report(7, "failed", "空号")
