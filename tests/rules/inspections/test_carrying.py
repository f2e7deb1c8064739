"""Marks made offline: nothing is lost, nothing is merged in silence, whatever the clocks say."""

import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from openhall.inspections.rules.carrying import (
    UNMARKED,
    Edit,
    Unreadable,
    conflicts,
    edits_in,
    faults_of_standing,
    fits,
    forks,
    heads,
    settled,
    values_of,
)

SHEETS, FIELDS = [f"JD-{n}" for n in range(200)], ("lead", "true", "screen")
BEGIN = datetime(2003, 6, 25, 9, tzinfo=UTC)


def edit(value, seen=(), device="a", count=1, field="lead", clock=""):
    return Edit("JD-1", field, value, tuple(sorted(seen)), device, count, clock)


def sent(one):
    return json.loads(json.dumps(asdict(one) | {"id": one.id}))


def test_the_id_is_that_of_the_browser():
    """JSON.stringify of the same list gives these bytes: asked of node once, kept here."""
    made = Edit("JD-1", "remark", "慢\u2028“排队”\n", (), "ab12", 3, "2003-06-25T09:00:00.000Z")
    assert made.id == "a3056a5a2bd0a1187dd44d786312391452e054fd964ea27dc0d0b66dc4dad3d3"
    assert edits_in([sent(made)]) == [made]


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "0" * 64},
        {"value": True},
        {"value": 1.5},
        {"count": -1},
        {"count": "1"},
        {"seen": ["x"]},
        {"seen": None},
        {"field": "f" * 65},
        {"clock": None},
        {"value": "\ud800"},
        {"value": 99},
    ],
)
def test_what_is_no_edit_or_was_altered_on_its_way_is_refused(changed):
    made = edit(80)
    with pytest.raises(Unreadable):
        edits_in([sent(made) | changed])
    with pytest.raises(Unreadable):
        edits_in({"not": "a list"})


def test_only_what_was_seen_is_replaced():
    first, other = edit(80, device="a"), edit(90, device="b")
    standing = heads([first, other])
    assert conflicts(standing) == {"lead": [80, 90]} or conflicts(standing) == {"lead": [90, 80]}
    assert settled(standing) == {}
    chosen = edit(85, (first.id, other.id), "a", 2)
    assert settled(heads([other, chosen, first])) == {"lead": 85}
    blind = edit(70, (first.id,), "c", 1)  # it had not seen the other: both stand
    assert len(heads([first, other, blind])["lead"]) == 2


def test_the_same_value_twice_is_settled_and_both_are_kept():
    standing = heads([edit(80, device="a"), edit(80, device="b")])
    assert (len(standing["lead"]), settled(standing)) == (2, {"lead": 80})


def test_does_not_apply_is_a_value_and_a_mark_taken_away_is_none():
    first = edit(None)
    assert settled(heads([first])) == {"lead": None}
    assert settled(heads([first, edit(UNMARKED, (first.id,), count=2)])) == {}


def test_a_copied_phone_shows():
    assert forks([edit(80), edit(81), edit(82, count=2)]) == [("a", 1)]


def test_only_marks_of_the_sheet_fit():
    marked, free = {"lead", "screen"}, {"screen"}
    told = {
        (100, "lead"): True,
        (101, "lead"): False,
        (-1, "lead"): False,
        (None, "lead"): False,
        (None, "screen"): True,
        ("", "lead"): True,
        ("80", "lead"): False,
        (80, "other"): False,
        ("慢", "remark"): True,
        (8, "remark"): False,
    }
    assert {(v, f): fits(edit(v, field=f), marked, free) for v, f in told} == told


def test_a_signature_never_writes_over_what_stands():
    first, other = edit(80), edit(90, device="b")
    assert [name for name, _said in faults_of_standing(heads([first, other]), {"lead": 80})]
    assert [name for name, _said in faults_of_standing(heads([first]), {"lead": 81})]
    assert list(faults_of_standing(heads([first]), {"lead": 80})) == []


def history(chance):
    """Four devices with wrong clocks; transfers are lost, repeated and come in any order."""
    everything, devices = set(), [set() for _device in range(4)]
    counts, wrong = [0] * 4, [timedelta(hours=chance.uniform(-72, 72)) for _device in range(4)]
    server = set()
    for step in range(chance.randrange(10, 60)):
        at = chance.randrange(4)
        here = devices[at]
        if chance.random() < 0.3:  # a transfer: some of it is lost, some came before
            server |= {one for one in here if chance.random() < 0.8}
            here |= {one for one in server if chance.random() < 0.8}
            continue
        sheet, field = chance.choice(SHEETS[:3]), chance.choice(FIELDS)
        mine = heads([one for one in here if one.sheet == sheet]).get(field, [])
        seen = [one.id for one in mine if chance.random() < 0.9]
        counts[at] += 1
        clock = (BEGIN + timedelta(hours=step) + wrong[at]).isoformat()
        value = chance.choice((60, 70, 80, None, UNMARKED))
        made = Edit(sheet, field, value, tuple(sorted(seen)), f"d{at}", counts[at], clock)
        here.add(made)
        everything.add(made)
    for here in devices:
        server |= here
    return everything, server


def test_200_histories_with_wrong_clocks_lose_nothing_and_merge_nothing_in_silence():
    kept = open_conflicts = 0
    for seed in range(200):
        everything, server = history(Random(seed))
        assert server == everything  # 0 lost
        kept += len(server)
        replaced_by = {}
        for one in server:
            for before in one.seen:
                replaced_by.setdefault(before, []).append(one)
        for sheet in SHEETS[:3]:
            standing = heads([one for one in server if one.sheet == sheet])
            for field, those in standing.items():
                mine = {one.id for one in those}
                for one in server:
                    if (one.sheet, one.field) == (sheet, field) and one.id not in mine:
                        assert replaced_by[one.id]  # only by who had it before them
                values = values_of(those)
                assert (field in settled(standing)) == (len(values) == 1 and values != [UNMARKED])
                open_conflicts += len(values) > 1
    assert kept > 4000
    assert open_conflicts > 300
