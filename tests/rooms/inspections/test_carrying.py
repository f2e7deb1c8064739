"""Sheets taken along and sheets on paper: taken in whole, signed once they agree, nothing lost."""

import json
from random import Random

import pytest

from openhall.deeds.refusals import Refused
from openhall.inspections import actions
from openhall.inspections.kinds import SHEET
from openhall.inspections.models import MarkSheet, SheetEdit
from openhall.inspections.queries import edits_of
from openhall.inspections.rules.carrying import Edit, conflicts, heads, settled
from tests.factories.hand_edits import unseen
from tests.factories.traces import no_trace
from tests.rooms.inspections.test_inspection import MARKS
from tests.rooms.supervision.conftest import seated

WHOLE = MARKS | {"screen": None}
DEVICES = {"phone": "2003-01-01T00:00:00Z", "tablet": "2031-12-31T23:59:59Z"}  # both wrong


@pytest.fixture
def sheets(visiting):
    return list(MarkSheet.objects.filter(unit__inspection=visiting).select_related("inspector"))


def edits(sheet, marks, device="phone", seen=None, start=1):
    return [
        Edit(
            sheet.number,
            field,
            value,
            tuple(sorted((seen or {}).get(field, ()))),
            device,
            count,
            DEVICES[device],
        )
        for count, (field, value) in enumerate(marks.items(), start=start)
    ]


@pytest.mark.usefixtures("sound")
def test_marks_made_on_two_devices_wait_for_a_person_and_are_then_signed(visiting, sheets, doing):
    sheet = sheets[0]
    code, unit = sheet.inspector.code, sheet.unit.organ.code
    phone = edits(sheet, WHOLE | {"remark": "排队较长"})
    tablet = edits(sheet, {"lead": 60}, "tablet")
    assert actions.carry_in(visiting, code, phone, doing(None, "2026-11-09 10:00")) == 8
    assert actions.carry_in(visiting, code, phone, doing(None, "2026-11-09 10:01")) == 0
    assert actions.carry_in(visiting, code, phone + tablet, doing(None, "2026-11-09 10:02")) == 1
    with no_trace(), pytest.raises(Refused, match="选定一个") as refused:
        actions.sign_carried(visiting, code, unit, doing(None, "2026-11-09 10:03"))
    assert [one.field for one in refused.value.faults] == ["mark_lead"]
    with no_trace(), pytest.raises(Refused, match="选定一个"):  # nor by the page for one sitting
        actions.sign_sheet(visiting, code, unit, WHOLE, "排队较长", doing(None, "2026-11-09 10:04"))
    both = {"lead": [one.id for one in heads(edits_of(sheet))["lead"]]}
    chosen = edits(sheet, {"lead": 75}, seen=both, start=20)
    actions.carry_in(visiting, code, chosen, doing(None, "2026-11-09 10:05"))
    with no_trace(), pytest.raises(Refused, match="是75"):
        actions.sign_sheet(visiting, code, unit, WHOLE, "排队较长", doing(None, "2026-11-09 10:06"))
    actions.sign_carried(visiting, code, unit, doing(None, "2026-11-09 10:07"))
    sheet.refresh_from_db()
    assert json.loads(sheet.marks) == WHOLE | {"lead": 75}
    assert (sheet.state, sheet.remark) == ("signed", "排队较长")
    # What comes after the signature is kept, and changes nothing.
    late = edits(sheet, {"lead": 10}, "tablet", start=9)
    assert actions.carry_in(visiting, code, late, doing(None, "2026-11-09 10:08")) == 1
    sheet.refresh_from_db()
    assert json.loads(sheet.marks)["lead"] == 75
    assert sorted(conflicts(heads(edits_of(sheet)))["lead"]) == [10, 75]
    assert unseen(SHEET) == []


def test_nobody_carries_in_anothers_sheet_or_what_is_no_mark(visiting, sheets, doing):
    mine = sheets[0]
    other = next(one for one in sheets if one.inspector_id != mine.inspector_id)
    at = doing(None, "2026-11-09 10:00")
    for told, said in (
        (edits(other, {"lead": 1}), "不属于您"),
        (edits(mine, {"lead": 80}) + edits(other, {"lead": 1}), "不属于您"),
        (edits(mine, {"lead": 101}), "0—100"),
        (edits(mine, {"nothing": 50}), "0—100"),
        (edits(mine, {"lead": None}), "0—100"),
    ):
        with no_trace(), pytest.raises(Refused, match=said):
            actions.carry_in(visiting, mine.inspector.code, told, at)
    with no_trace(), pytest.raises(Refused, match="没有持此代码"):
        actions.carry_in(visiting, "2222", edits(mine, {"lead": 80}), at)


@pytest.mark.usefixtures("sound")
def test_200_transfers_of_conflicting_sheets_lose_nothing(visiting, sheets, doing):
    """Two devices an inspector, transfers in any order, twice, and only in part."""
    chance, sent = Random(2003), []
    for turn in range(200):
        sheet = chance.choice(sheets)
        device = chance.choice(list(DEVICES))
        marks = {field: chance.randrange(101) for field in chance.sample(sorted(MARKS), 3)}
        sent.append((sheet, edits(sheet, marks, device, start=turn * 10)))
    order = [*sent, *chance.sample(sent, 50)]
    chance.shuffle(order)
    for minute, (sheet, told) in enumerate(order):
        at = doing(
            None, f"2026-11-{9 + minute // 200:02d} {9 + minute % 200 // 60:02d}:{minute % 60:02d}"
        )
        part = told if (sheet, told) in sent[:150] else told[: chance.randrange(1, 4)]
        actions.carry_in(visiting, sheet.inspector.code, part, at)
    for sheet, told in sent:
        actions.carry_in(visiting, sheet.inspector.code, told, doing(None, "2026-11-12 09:00"))
    every = {one.id: one for _sheet, told in sent for one in told}
    assert set(SheetEdit.objects.values_list("edit", flat=True)) == set(every)
    for sheet in sheets:
        standing = heads(edits_of(sheet))
        written = {}
        for one in every.values():
            if one.sheet == sheet.number:
                written.setdefault(one.field, set()).add(one.value)
        # Nobody had seen another's value: each different one still stands and none is settled.
        assert {name: set(told) for name, told in conflicts(standing).items()} == {
            name: values for name, values in written.items() if len(values) > 1
        }
        assert set(settled(standing)) == {n for n, values in written.items() if len(values) == 1}


@pytest.mark.usefixtures("sound")
def test_a_paper_sheet_is_keyed_in_by_two_and_settled_by_a_third(visiting, sheets, bureau, doing):
    one, two, three = (seated(name, bureau, "supervision") for name in ("lu_yi", "lu_er", "lu_san"))
    same, differs = sheets[0].number, sheets[1].number
    actions.key_sheet(same, WHOLE, "", doing(one, "2026-11-09 09:00"))
    with no_trace(), pytest.raises(Refused, match="没有录入过"):
        actions.key_sheet(same, WHOLE, "", doing(one, "2026-11-09 09:01"))
    assert MarkSheet.objects.get(number=same).state == "open"
    actions.key_sheet(same, WHOLE, "", doing(two, "2026-11-09 09:02"))
    done = MarkSheet.objects.get(number=same)
    assert (done.state, json.loads(done.marks)) == ("signed", WHOLE)
    actions.key_sheet(differs, WHOLE, "排队", doing(one, "2026-11-09 09:03"))
    actions.key_sheet(differs, WHOLE | {"lead": 9}, "排队", doing(two, "2026-11-09 09:04"))
    assert MarkSheet.objects.get(number=differs).state == "open"
    actions.key_sheet(differs, WHOLE | {"lead": 19}, "排队", doing(three, "2026-11-09 09:05"))
    done = MarkSheet.objects.get(number=differs)
    assert (done.state, json.loads(done.marks)["lead"]) == ("signed", 19)
    four = doing(seated("lu_si", bureau, "supervision"), "2026-11-09 09:06")
    with no_trace(), pytest.raises(Refused, match="已经签名封存"):
        actions.key_sheet(differs, WHOLE, "", four)


def test_a_paper_does_not_write_over_the_inspectors_own_device(visiting, sheets, bureau, doing):
    one, two = (seated(name, bureau, "supervision") for name in ("lu_yi", "lu_er"))
    sheet = sheets[0]
    told = edits(sheet, {"lead": 40})
    actions.carry_in(visiting, sheet.inspector.code, told, doing(None, "2026-11-09 09:00"))
    for minute, who in enumerate((one, two), start=1):
        actions.key_sheet(sheet.number, WHOLE, "", doing(who, f"2026-11-09 09:0{minute}"))
    sheet.refresh_from_db()
    assert sheet.state == "open"
    assert sorted(conflicts(heads(edits_of(sheet)))["lead"]) == [40, WHOLE["lead"]]


def test_nobody_of_the_unit_keys_its_sheets_in(visiting, sheets, doing):
    own = seated("lu_ben", sheets[0].unit.organ, "centre_manager")
    with no_trace(), pytest.raises(Refused, match="无关的人员"):
        actions.key_sheet(sheets[0].number, WHOLE, "", doing(own, "2026-11-09 09:00"))
