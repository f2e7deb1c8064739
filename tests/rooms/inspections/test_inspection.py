"""An inspection from its plan to its findings: teams by lot, sheets sealed, spread published."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.inspections import actions
from openhall.inspections.kinds import EVIDENCE, INSPECTION, SHEET
from openhall.inspections.models import MarkSheet
from openhall.inspections.queries import evidence_of, teams_of
from openhall.inspections.rules.carrying import Edit
from openhall.inspections.terms import EvidenceKind
from openhall.ledger.models import Entry
from openhall.ledger.queries import body_of
from openhall.supervision.models import Issue
from openhall.workdays.queries import calendar
from tests.factories.hand_edits import unseen
from tests.factories.traces import no_trace
from tests.rooms.supervision.conftest import seated

MARKS = {"lead": 90, "meet": 85, "judge": 80, "target": 88, "rules": 84, "true": 82}
VISIT = actions.Visit(
    date(2026, 11, 9),
    "分管负责人、窗口人员和群众代表12人",
    "听取了单位一年来政务公开情况的汇报。",
    "查看了公开栏、触摸屏，抽查了十件办件。",
    "与群众代表座谈，反映排队时间较长。",
)


def test_a_plan_with_too_few_people_or_categories_is_refused(planned, bureau, song_jian, doing):
    for wrong, field in (
        ({"each": 2}, "each"),
        ({"people": planned.people[:2]}, "people"),
        ({"departments": 1, "districts": 0}, "units"),
        ({"window_until": date(2026, 11, 6)}, "window_until"),
    ):
        by, told = doing(song_jian, "2026-11-01 09:00"), replace(planned, **wrong)
        with no_trace(), pytest.raises(Refused) as refused:
            actions.begin_inspection(bureau, told, by)
        assert field in [fault.field for fault in refused.value.faults]


@pytest.mark.usefixtures("sound")
def test_from_the_teams_to_the_findings(visiting, song_jian, feng_ban, doing):
    number = visiting.pk
    teams = teams_of(visiting)
    assert len(teams) == 5
    loads = Counter(one.place for line in teams for one in line["team"])
    assert max(loads.values()) - min(loads.values()) <= 1
    assert all(
        "cd-d1" not in one.interests
        for line in teams
        for one in line["team"]
        if line["unit"].organ.code == "cd-d1"
    )
    line = teams[0]
    code, unit = line["team"][0].code, line["unit"].organ.code
    stranger = next(
        one for one in visiting.inspectors.all() if one.pk not in {p.pk for p in line["team"]}
    )
    with no_trace(), pytest.raises(Refused, match="没有分到"):
        actions.sign_sheet(
            visiting, stranger.code, unit, MARKS, "", doing(None, "2026-11-09 09:00")
        )
    with no_trace(), pytest.raises(Refused, match="没有持此代码"):
        actions.sign_sheet(visiting, "2222", unit, MARKS, "", doing(None, "2026-11-09 09:00"))
    few = {"lead": 90}
    with no_trace(), pytest.raises(Refused) as refused:
        actions.sign_sheet(visiting, code, unit, few, "", doing(None, "2026-11-09 09:00"))
    assert "mark_true" in [fault.field for fault in refused.value.faults]
    for place, sheet in enumerate(MarkSheet.objects.filter(unit__inspection=visiting)):
        marks = MARKS | {"true": 70 + place, "screen": None if place % 2 else 75}
        by = doing(None, f"2026-11-09 10:{place:02d}")
        if place == 0:  # begun on a phone: its marks stand when it is signed
            carried = [Edit(sheet.number, "lead", MARKS["lead"], (), "phone", 1, "")]
            at = doing(None, "2026-11-09 09:50")
            actions.carry_in(visiting, sheet.inspector.code, carried, at)
        if place == 14:
            with no_trace(), pytest.raises(Refused, match="还有1份"):
                actions.unseal(number, doing(song_jian, "2026-11-10 09:00"))
        actions.sign_sheet(visiting, sheet.inspector.code, sheet.unit.organ.code, marks, "", by)
    with no_trace(), pytest.raises(Refused, match="更正的理由"):
        actions.sign_sheet(visiting, code, unit, MARKS, "", doing(None, "2026-11-10 09:00"))
    fixed = (visiting, code, unit, MARKS, "现场复核")
    actions.sign_sheet(*fixed, doing(None, "2026-11-10 10:00"), why="误填一项，已核对")
    assert MarkSheet.objects.get(unit=line["unit"], inspector=line["team"][0]).edition == 2
    actions.note_visit(number, unit, VISIT, doing(song_jian, "2026-11-10 11:00"))
    actions.unseal(number, doing(song_jian, "2026-11-11 09:00"))
    visiting.refresh_from_db()
    assert {one["members"] for one in visiting.figures["units"].values()} == {3}
    with no_trace(), pytest.raises(Refused, match="已经启封"):
        actions.sign_sheet(*fixed, doing(None, "2026-11-11 10:00"), why="又想起一项问题")
    problem = actions.Problem(unit, Said("群众反映排队时间较长", "People wait long"))
    words = "检查组听取汇报、实地查看、座谈，总体较好，存在排队时间较长等问题，已转整改。"
    with no_trace(), pytest.raises(Refused, match="只有市政府办公厅"):
        actions.publish_inspection(number, words, [problem], doing(song_jian, "2026-11-12 09:00"))
    actions.publish_inspection(number, words, [problem], doing(feng_ban, "2026-11-12 09:00"))
    assert Issue.objects.get(source="inspection").reference == visiting.number
    for kind in (INSPECTION, SHEET):
        assert unseen(kind) == [], kind.name


@pytest.mark.usefixtures("sound")
def test_every_unit_has_its_half_day_and_no_inspector_two_at_once(visiting):
    units = list(visiting.units.prefetch_related("sheets"))
    days = {unit.planned_on for unit in units}
    assert all(visiting.window_from <= day <= visiting.window_until for day in days)
    assert all(calendar().is_workday(day) for day in days)
    out: dict[tuple, list] = {}
    for unit in units:
        team = out.setdefault((unit.planned_on, unit.planned_half), [])
        team += [sheet.inspector_id for sheet in unit.sheets.all()]
    assert all(len(team) == len(set(team)) for team in out.values())
    said = [body_of(entry) for entry in Entry.objects.filter(kind="inspection")]
    (told,) = [one["facts"]["visits"] for one in said if one["act"] == "assign"]
    assert told == {one.organ.code: f"{one.planned_on} {one.planned_half}" for one in units}


@pytest.mark.usefixtures("sound")
def test_evidence_is_filed_once_by_the_unit_and_may_be_withdrawn(cast, doing):
    head = seated("he_jie", cast.organ, "head")
    filed = actions.Filed(EvidenceKind.MEETING, "党组专题会议纪要", date(2026, 3, 2), "〔2026〕4号")
    with no_trace(), pytest.raises(Refused, match="只有本单位"):
        actions.file_evidence(cast.organ, filed, doing(cast.zhou_wai, "2026-03-03 09:00"))
    row = actions.file_evidence(cast.organ, filed, doing(head, "2026-03-03 09:00"))
    assert unseen(EVIDENCE) == []
    assert list(evidence_of(cast.organ)) == [row]
    actions.withdraw_evidence(row.pk, "文号有误，另行报送。", doing(head, "2026-03-04 09:00"))
    assert list(evidence_of(cast.organ)) == []


def test_a_sheet_sent_twice_is_signed_once_and_none_after_unsealing(visiting, song_jian, doing):
    sheets = list(MarkSheet.objects.filter(unit__inspection=visiting))
    for place, sheet in enumerate(sheets):
        by = doing(None, f"2026-11-09 10:{place:02d}")
        told = (visiting, sheet.inspector.code, sheet.unit.organ.code, MARKS, "")
        actions.sign_sheet(*told, by)
        actions.sign_sheet(*told, by)  # the same click again
    click = doing(None, "2026-11-09 12:00")
    for _turn in range(2):  # a correction too
        actions.sign_sheet(*told, click, why="误填一项，已核对")
    assert {one.edition for one in MarkSheet.objects.exclude(pk=sheet.pk)} == {1}
    sheet.refresh_from_db()
    assert sheet.edition == 2
    actions.unseal(visiting.pk, doing(song_jian, "2026-11-11 09:00"))
    # ``visiting`` still says what the page said before the sheets were unsealed.
    with no_trace(), pytest.raises(Refused, match="已经启封"):
        actions.sign_sheet(*told, doing(None, "2026-11-11 09:01"), why="又想起一项问题")


def test_evidence_sent_under_the_key_of_other_evidence_is_refused(cast, doing):
    """A key answers for what it filed and nothing else."""
    organ = cast.organ
    click = doing(seated("he_jie", organ, "head"), "2026-11-09 09:00")
    first = actions.Filed(EvidenceKind.MEETING, "十月政务公开例会", date(2026, 10, 9))
    other = replace(first, title="十一月政务公开例会")
    row = actions.file_evidence(organ, first, click)
    assert actions.file_evidence(organ, first, click) == row
    with no_trace(), pytest.raises(Refused, match="已用于"):
        actions.file_evidence(organ, other, click)
