"""Where a webhook may go, and how it is signed."""

import base64
import hashlib
import hmac
from ipaddress import ip_network

import pytest

from openhall.outbox.rules.reach import (
    BAD,
    INSIDE,
    PLAIN,
    fault_of_addresses,
    fault_of_url,
    host_of,
    is_public,
)
from openhall.outbox.rules.webhook_signature import headers, secret_of


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1",
        "2001:db8::1",
    ],
)  # fmt: skip
def test_no_address_inside_is_public(address):
    assert not is_public(address)
    assert fault_of_addresses("https", [address]) == INSIDE


@pytest.mark.parametrize("address", ["1.1.1.1", "203.119.1.1", "2606:4700::1111"])
def test_an_address_of_the_world_is(address):
    assert fault_of_addresses("https", [address]) is None
    assert fault_of_addresses("http", [address]) == PLAIN


def test_one_address_inside_among_others_is_enough():
    assert fault_of_addresses("https", ["1.1.1.1", "10.0.0.1"]) == INSIDE
    assert fault_of_addresses("https", []) == INSIDE


def test_the_city_names_its_own_network():
    allowed = [ip_network("10.1.0.0/16")]
    assert fault_of_addresses("http", ["10.1.2.3"], allowed) is None
    assert fault_of_addresses("http", ["10.2.2.3"], allowed) == INSIDE
    assert fault_of_addresses("http", ["10.1.2.3", "1.1.1.1"], allowed) == PLAIN


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "ftp://example.org/", "https://", "https://user:pw@example.org/",
        "https://example.org/#part", "https://例子.cn/", "https://example.org/a b",
        "https://example.org:99999/", "https://example.org:0/", "https://exa\tmple.org/",
        "https://example.org/\r\nX: y", "https://example.org\\@10.0.0.1/", "javascript:alert(1)",
        "https://[::1/", "https://example.org/" + "x" * 300,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_receiver(url):
    assert fault_of_url(url) == BAD


def test_lists_show_the_host_alone():
    assert fault_of_url("https://example.org:8443/in?token=secret") is None
    assert host_of("https://example.org:8443/in?token=secret") == "https://example.org/…"


def test_the_signature_is_that_of_standard_webhooks():
    secret = secret_of(bytes(range(32)))
    said = headers(secret, 7, 1_674_087_231, b'{"a": 1}')
    right = hmac.new(bytes(range(32)), b'msg_7.1674087231.{"a": 1}', hashlib.sha256).digest()
    assert said == {
        "webhook-id": "msg_7",
        "webhook-timestamp": "1674087231",
        "webhook-signature": f"v1,{base64.b64encode(right).decode()}",
    }
