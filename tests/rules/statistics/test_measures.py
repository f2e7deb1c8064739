"""Definitions are data that never changes under its version, and both programmes count alike."""

import json
from datetime import date

import pytest

from openhall.statistics.rules.bundle import counted, line_of, mark_of, packed, root_of
from openhall.statistics.rules.measures import DEFINITIONS, definition_on, definition_with
from openhall.statistics.standalone import check_figure
from openhall.statistics.terms import Measure

# What a version says is what months were signed under. A change is a new version, never this list.
DIGESTS = {
    ("received", 1): "c991a5e4256406398295db3c60f558ea94538cdd82bbafb0098a590c59013e93",
    ("accepted", 1): "055ac7fe453ea186971a9d2c60a68338c9dafd217488cf05149218e2fbc7e2ba",
    ("closed", 1): "f36280acbc8ef391e0da50012086a2c3d1efadb6397b49d5dc272bf9491a7ca0",
    ("on_time", 1): "1edf4f349763709a3a325204b0e2c13b2dd9447b4ec10b2129c27b8ab1b4a5c5",
    ("late", 1): "604c403ab0d382127930ea1c596dadc87239ff7a8ff29a5083c5d9bd450324b8",
    ("overdue", 1): "2595cbe8d8115ab08398d21d227aac45eca7101858bfccf38e9edfcefca6a23c",
    ("overdue", 2): "09e00427ef0967af9c3e708cf89722134d8e5dca6adf2de2d4897d30a57625f9",
    ("satisfied", 1): "6b154fbc71b24de5920db5e0c961a576069bc504634c1e43c4db1d6d08b30b6f",
    ("answered", 1): "42ca4bf61db1f4a45a7e66d575e184abd935b7ca2b348214f06c3b25913ca4f5",
    ("rectified", 1): "788c1ef22c074b0fb02bb040dbc524c3d7d9e9d75ee3a278b8826ab407947987",
}
EVERY = [one for versions in DEFINITIONS.values() for one in versions]


def test_no_version_changes_once_months_were_signed_under_it():
    assert {(one.measure.value, one.version): one.digest for one in EVERY} == DIGESTS


@pytest.mark.parametrize("one", EVERY, ids=lambda one: f"{one.measure}-{one.version}")
def test_a_definition_is_whole(one):
    names = {table.name: table for table in one.tables}
    for table, count in filter(None, (one.part, one.whole)):
        assert count in [each.name for each in names[table].counts]
    for table in one.tables:
        assert {table.key, *filter(None, (table.group, table.within, table.hides))} <= set(
            table.columns
        )
        for each in table.counts:
            assert {name for name, _how, _to in each.where} <= set(table.columns)
    assert one.words.zh
    assert one.words.en
    assert json.loads(one.text())["figure"] == one.measure
    assert definition_on(one.measure, date(2026, 1, 1)).measure == one.measure
    assert definition_with(one.measure, one.version) == one


def test_both_programmes_count_alike():
    (table,) = definition_on(Measure.OVERDUE, date(2024, 3, 1)).tables
    rows = [
        ("1", "a", "x", "2024-02-01", "2024-03-30", 0, 1),
        ("2", "a", "x", "2024-02-01", "2024-03-31", 0, 2),
        ("3", "a", "x", "2024-02-01", "2024-03-01", 1, 3),
        ("4", "b", "x", "2024-02-01", "", 0, None),
    ]
    ours = counted(table, rows, "2024-03-31")
    lines = [line_of(row) + b"\n" for row in rows]
    number, root, theirs = check_figure.count(lines, table.plain(), "2024-03", "2024-03-31")
    assert (number, root, theirs) == (4, root_of(packed(rows).splitlines()), ours)
    assert ours == {
        "": {"part": 1, "whole": 4},
        "a": {"part": 1, "whole": 3},
        "b": {"part": 0, "whole": 1},
    }


def test_a_row_stands_for_a_person_without_telling_who():
    mark = mark_of(b"s" * 32, "PJ-1 satisfied units")
    assert mark != mark_of(b"s" * 32, "PJ-1 satisfied city")  # two lists are not joined
    assert mark != mark_of(b"t" * 32, "PJ-1 satisfied units")
    assert len(mark) == 64


@pytest.mark.parametrize(
    ("public", "message", "signature"),
    [  # RFC 8032, 7.1: tests 1 and 2
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e"
            "39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f"
            "3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ],
)
def test_signatures_are_those_of_the_standard(public, message, signature):
    key, said, signed = map(bytes.fromhex, (public, message, signature))
    assert check_figure.signed(key, said, signed)
    assert not check_figure.signed(key, said + b"x", signed)
    for at in (0, 40):
        bad = bytearray(signed)
        bad[at] ^= 1
        assert not check_figure.signed(key, said, bytes(bad))
    order = 2**252 + 27742317777372353535851937790883648493
    again = int.from_bytes(signed[32:], "little") + order  # the same point by another number
    assert not check_figure.signed(key, said, signed[:32] + again.to_bytes(32, "little"))
