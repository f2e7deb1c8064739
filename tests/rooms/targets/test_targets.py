"""Targets are signed by both sides, reported with counted figures, verified and published."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from openhall.deeds.refusals import Refused
from openhall.outbox.models import Message
from openhall.targets import actions, tasks
from openhall.targets.kinds import REPORT
from openhall.targets.models import TargetReport
from openhall.targets.queries import compared, overdue, sheet_on, standing, totals, year_told
from tests.factories.hand_edits import unseen
from tests.factories.traces import no_trace

WORDS = "按照目标要求逐项落实，有记录可查。"
SECTION = "一年来按照责任书逐项落实，建立台账，专人负责，每季度通报一次进展情况。"


def _said(sheet, score="5"):
    codes = [one["code"] for one in sheet.targets]
    return actions.Said(
        dict.fromkeys(codes, WORDS),
        dict.fromkeys(codes, Decimal(score)),
        dict.fromkeys(("work", "problems", "putting_right", "next_year"), SECTION),
    )


@pytest.mark.usefixtures("sound")
def test_from_the_sheet_to_the_published_self_check(
    issued, cast, walk, he_jie, feng_ban, xia_ban, doing
):
    assert set(TargetReport.objects.values_list("period", flat=True)) == {"q1", "q2", "q3", "year"}
    year = TargetReport.objects.get(period="year")
    with no_trace(), pytest.raises(Refused, match="自2026-11-15起"):
        actions.submit_report(year.pk, _said(issued), doing(he_jie, "2026-11-14 09:00"))
    with no_trace(), pytest.raises(Refused, match="只有责任单位的负责人"):
        actions.submit_report(year.pk, _said(issued), doing(cast.sun_pi, "2026-11-20 09:00"))
    with no_trace(), pytest.raises(Refused) as refused:
        actions.submit_report(year.pk, actions.Said({}), doing(he_jie, "2026-11-20 09:00"))
    assert "work" in [fault.field for fault in refused.value.faults]
    actions.submit_report(year.pk, _said(issued), doing(he_jie, "2026-11-20 09:00"))
    year.refresh_from_db()
    assert (year.state, year.submitted_on) == ("submitted", date(2026, 11, 20))
    actions.return_report(year.pk, "请补充佐证。", doing(feng_ban, "2026-11-21 09:00"))
    actions.submit_report(year.pk, _said(issued), doing(he_jie, "2026-11-22 09:00"))
    year.refresh_from_db()
    lines = {line["target"].code: line for line in compared(year)}
    assert lines["ontime"]["reading"].whole == 0  # the cases of this city are of 2024
    assert lines["ontime"]["computed"] is None
    assert lines["led"]["claimed"] == Decimal("5.00")
    verified = {"led": Decimal(9), "rules": Decimal(10), "true": Decimal(12)}
    wrong = verified | {"led": Decimal(11)}
    with no_trace(), pytest.raises(Refused, match="0—10"):
        actions.accept_report(year.pk, wrong, "", doing(feng_ban, "2026-11-23 09:00"))
    with no_trace(), pytest.raises(Refused, match="只有市政府办公厅"):
        actions.accept_report(year.pk, verified, "", doing(he_jie, "2026-11-23 09:00"))
    actions.accept_report(year.pk, verified, "", doing(feng_ban, "2026-11-23 10:00"))
    actions.publish_report(year.pk, doing(xia_ban, "2026-11-24 10:00"))
    year.refresh_from_db()
    assert totals(year)["verified"] == Decimal("88.57")  # 31 of the 35 points that apply
    line = year_told(2026, date(2026, 11, 25))[0]
    assert line["totals"]["verified"] == Decimal("88.57")
    assert [one.period for one in line["late"]] == ["q1", "q2", "q3"]
    assert unseen(REPORT) == []


def test_what_is_late_is_listed_and_its_head_is_reminded_once_a_week(issued, he_jie):
    assert overdue(date(2026, 11, 25)).count() == 3
    with time_machine.travel("2026-11-25 08:10+08:00", tick=False):
        assert tasks.remind.func() == 3
        assert tasks.remind.func() == 3
    assert Message.objects.filter(account=he_jie.pk).count() == 3


def test_a_live_reading_is_counted_from_the_cases(issued, cast, walk):
    walk.delivered(walk.issued())
    sheet = sheet_on(cast.organ, 2026, date(2026, 11, 1))
    found = {one.target.code: one for one in standing(sheet, date(2026, 11, 1))[0]}
    assert found["ontime"].reading.whole == 0
    assert found["led"].reading is None
