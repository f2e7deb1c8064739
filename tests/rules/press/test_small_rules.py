"""Kinds, accepting, packing: what the press decides without a database."""

import hashlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.press.rules.accepting import has_already, is_elder, takes_gzip
from openhall.press.rules.delta import PIECE, Damaged, is_new_key, pack, pieces, unpack
from openhall.press.rules.kinds import PAGES, Kind, by_route, tidy
from openhall.press.rules.tags import MOST, of_each


@pytest.mark.parametrize(
    ("header", "zipped"),
    [
        ("", False),
        ("gzip", True),
        ("GZIP", True),
        ("br;q=1, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("*", True),
        ("*;q=0", False),
        ("identity", False),
        ("identity;q=0.9, gzip;q=0.1", False),
        ("gzip;q=x", False),
        ("gzip;q=2", False),
        ("identity;q=0", False),  # no refusal: the plain bytes are sent
        ("," * 900, False),
    ],
)
def test_which_encoding_is_wanted(header, zipped):
    assert takes_gzip(header) is zipped


def test_what_the_browser_has_already():
    assert has_already('"a", W/"b"', '"b"')
    assert has_already(" * ", '"b"')
    assert not has_already('"ab"', '"b"')
    assert is_elder("a=1; elder=1")
    assert not is_elder("xelder=1; elder=12")


def test_only_known_words_of_an_address_count_and_always_in_one_order():
    kind = Kind("x", queries={**PAGES, "for": "companies"})
    sent = [("utm", "1"), ("for", "companies"), ("after", "7"), ("after", "x"), ("for", "other")]
    assert tidy("/s/", kind.known(sent)) == "/s/?after=7&for=companies"
    with pytest.raises(ValueError, match="one kind"):
        by_route([kind, kind])


def test_too_many_values_are_the_whole_table():
    assert of_each("t", "c", [1, None, 2]) == {"t.c=1", "t.c=2"}
    assert of_each("t", "c", range(MOST + 1)) == {"t"}
    assert of_each("t", "c", ["长" * 300]) == {"t"}


@given(st.binary(max_size=200), st.binary(max_size=200), st.integers(0, 3))
def test_what_is_packed_comes_back(head, known, times):
    line = hashlib.sha256(head).hexdigest().encode() + b"\n"
    body = head + line * (times * 500)
    assert unpack(pack(body, known), known) == body


def test_a_long_page_is_cut_at_its_lines_and_a_change_costs_little():
    known = b"".join(os.urandom(30).hex().encode() + b"\n" for _ in range(1500))
    body = known.replace(known[40_000:40_010], b"0123456789")
    assert b"".join(pieces(body)) == body
    assert all(len(one) <= PIECE and one.endswith(b"\n") for one in pieces(body))
    assert len(pack(body, known)) < len(pack(body)) / 20
    assert is_new_key(51, 100)
    assert not is_new_key(50, 100)


def test_any_flipped_bit_that_changes_a_sign_is_found():
    known = os.urandom(400).hex().encode()
    body = known[:500] + b"other" + known[500:]
    packed, name = pack(body, known), hashlib.sha256(body).digest()
    for place in range(len(packed) * 8):
        broken = bytearray(packed)
        broken[place // 8] ^= 1 << place % 8
        try:
            found = unpack(bytes(broken), known)
        except Damaged:
            continue
        # The last byte has bits that mean nothing: without them the page is the same.
        assert hashlib.sha256(found).digest() != name or found == body
    for cut in (0, 1, 3, len(packed) - 1):
        with pytest.raises(Damaged):
            unpack(packed[:cut], known)
