"""A limit lets a burst through and then a steady pace; it forgets, and says how long to wait."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.throttle.rules.networks import client_of, network_of
from openhall.throttle.rules.pace import Limit, after, wait
from openhall.throttle.waiting import how_long

FIVE = Limit("five", 5, 60.0)


def test_five_at_once_then_one_a_minute():
    whole_at = 0.0
    for _turn in range(5):
        assert wait(FIVE, whole_at, 1000.0) == 0
        whole_at = after(FIVE, whole_at, 1000.0)
    assert wait(FIVE, whole_at, 1000.0) == 60
    assert wait(FIVE, whole_at, 1059.0) == 1
    assert wait(FIVE, whole_at, 1060.0) == 0
    assert wait(FIVE, whole_at, 1300.0) == 0


@given(st.lists(st.floats(0, 120), max_size=200), st.integers(1, 20), st.floats(0.5, 60))
def test_never_more_than_the_burst_and_the_pace_in_any_stretch(gaps, burst, every):
    limit, whole_at, now, let = Limit("x", burst, every), 0.0, 1e9, []
    for gap in gaps:
        now += gap
        if wait(limit, whole_at, now) == 0:
            whole_at = after(limit, whole_at, now)
            let.append(now)
    for first, start in enumerate(let):
        for last in range(first, len(let)):
            assert last - first + 1 <= burst + (let[last] - start) / every + 1.001


@given(st.integers(1, 20), st.floats(0.5, 60), st.integers(0, 40))
def test_who_waits_as_long_as_said_is_let_through(burst, every, already):
    limit, whole_at, now = Limit("x", burst, every), 0.0, 1e9
    for _turn in range(min(already, burst)):
        whole_at = after(limit, whole_at, now)
    assert wait(limit, whole_at, now + wait(limit, whole_at, now)) == 0


def test_more_than_a_burst_at_once_is_let_through_once():
    assert wait(FIVE, 0.0, 1000.0, many=50) == 0
    assert wait(FIVE, 1060.0, 1000.0, many=50) > 0


@pytest.mark.parametrize(("burst", "every"), [(0, 1.0), (1, 0.0), (-1, 1.0)])
def test_a_limit_that_lets_nobody_through_is_refused(burst, every):
    with pytest.raises(ValueError, match="at least one"):
        Limit("none", burst, every)


PROXIES = [ip_network("127.0.0.0/8"), ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


@pytest.mark.parametrize(
    ("peer", "line", "most", "who"),
    [
        ("127.0.0.1", "203.0.113.9", 1, "203.0.113.9"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.9", 1, "203.0.113.9"),  # what the client wrote first
        ("127.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
        ("127.0.0.1", "6.6.6.6, 10.0.0.3, 10.0.0.2", 2, "10.0.0.3"),  # no more than declared
        ("127.0.0.1", "6.6.6.6, 203.0.113.9", 2, "203.0.113.9"),  # one hop was left out
        ("203.0.113.9", "6.6.6.6", 1, "203.0.113.9"),  # no proxy of ours
        ("127.0.0.1", "6.6.6.6", 0, "127.0.0.1"),  # none declared
        ("127.0.0.1", "", 1, "127.0.0.1"),
        ("127.0.0.1", "unknown", 1, "127.0.0.1"),
        ("127.0.0.1", "6.6.6.6, garbage", 1, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9:51234", 1, "203.0.113.9"),
        ("127.0.0.1", "[2001:db8::7]:443", 1, "2001:db8::7"),
        ("::ffff:127.0.0.1", "203.0.113.9", 1, "203.0.113.9"),
        ("fd00::1", "2001:db8::7", 1, "2001:db8::7"),
        ("", "203.0.113.9", 1, ""),
        ("127.0.0.1", "," * 5000, 1, "127.0.0.1"),
    ],
)
def test_only_what_a_declared_proxy_wrote_is_believed(peer, line, most, who):
    assert client_of(peer, line, PROXIES, most) == who


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("203.0.113.9", "203.0.113.10", False),
        ("203.0.113.9", "::ffff:203.0.113.9", True),
    ],
)
def test_a_household_is_one_network(one, other, same):
    assert (network_of(one) == network_of(other)) is same


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [(30, "30秒", "30 seconds"), (600, "10分钟", "10 minutes"), (7201, "3小时", "3 hours")],
)
def test_a_wait_is_said_as_people_say_it(seconds, zh, en):
    assert (how_long(seconds).zh, how_long(seconds).en) == (zh, en)
