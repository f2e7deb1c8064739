"""A month of the staff of a hall: counted, objected to, corrected, confirmed; it opens. A13."""

from datetime import date, time
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from openhall.conduct import actions
from openhall.conduct.kinds import ASSESSMENT, FINDING, TRAINING
from openhall.conduct.models import Assessment, Deduction
from openhall.conduct.queries import assessments_of, rules_broken, source_of
from openhall.conduct.terms import AssessmentState, DeductionState
from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.hall.actions import duty, turns
from openhall.hall.models import TicketEvent
from tests.factories.hall import doing, furnished
from tests.factories.hand_edits import unseen

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 1)


def at(moment):
    return time_machine.travel(f"{moment}+08:00", tick=False)


@pytest.fixture
def there(db):
    """Three shifts: 李窗 comes late and is away, 张铭 is absent, 何苗 does all right."""
    with at("2026-11-02 08:00"):
        hall = furnished(signed_in=False)
        today = timezone.localdate()
        shifts = [
            duty.plan(hall.windows[n], clerk, today, time(9), time(17), doing(hall.manager))
            for n, clerk in zip((1, 2, 3), hall.clerks, strict=True)
        ]
    late, _absent, right = shifts
    with at("2026-11-02 08:50"):
        duty.sign_in(right.pk, doing(hall.clerks[2]))
    with at("2026-11-02 09:25"):
        duty.sign_in(late.pk, doing(hall.clerks[0]))
        hall.taken()
        ticket = turns.call_next(hall.windows[1], doing(hall.clerks[0]))
        turns.serve(hall.windows[1], ticket, doing(hall.clerks[0]))
        turns.finish(hall.windows[1], ticket, doing(hall.clerks[0]))
        duty.leave_window(late.pk, doing(hall.clerks[0]))
    with at("2026-11-02 10:00"):
        duty.back_at_window(late.pk, doing(hall.clerks[0]))
    with at("2026-11-02 17:00"):
        duty.sign_out(late.pk, doing(hall.clerks[0]))
        duty.sign_out(right.pk, doing(hall.clerks[2]))
    with at("2026-11-10 10:00"):
        words = "巡查时在窗口看股票行情。"
        actions.find(
            hall.hall, hall.clerks[0], "idle", date(2026, 11, 10), words, doing(hall.manager)
        )
        wrong = actions.find(
            hall.hall, hall.clerks[2], "untidy", date(2026, 11, 10), "误记他人", doing(hall.manager)
        )
        actions.withdraw_finding(wrong.pk, "记错了人。", doing(hall.manager))
        actions.record_training(
            hall.hall, hall.clerks[2], "窗口服务规范", date(2026, 11, 9), doing(hall.manager)
        )
    return hall


def drawn(there):
    with at("2026-12-01 09:00"):
        actions.draw_up(there.hall, NOVEMBER, doing(there.manager))
    rows = assessments_of(there.hall, NOVEMBER)
    return {one.account.username: one for one in rows}


def test_a_month_is_counted_from_what_was_done_and_each_deduction_opens(there):
    with at("2026-11-30 18:00"), pytest.raises(Refused, match="还没有结束"):
        actions.draw_up(there.hall, NOVEMBER, doing(there.manager))
    months = drawn(there)
    assert {name: one.score for name, one in months.items()} == {
        "lichuang": Decimal(100 - 2 - 3 - 2),
        "zhangming": Decimal(95),
        "hemiao": Decimal(100),
    }
    served = TicketEvent.objects.filter(act="finish", day__range=(NOVEMBER, date(2026, 11, 30)))
    assert months["lichuang"].services == served.count()
    if connection.vendor == "sqlite":  # tickets go by PostgreSQL's own clock, which does not travel
        assert served.count() == 1
    rows = Deduction.objects.filter(assessment=months["lichuang"])
    assert [(one.rule, one.source) for one in rows] == [
        ("away", "duty"),
        ("later", "duty"),
        ("idle", "finding"),
    ]
    assert all(source_of(one) is not None for one in rows)
    assert source_of(rows[2]).what == "巡查时在窗口看股票行情。"
    assert dict(rules_broken(there.hall, NOVEMBER)) == {
        "absent": 1, "away": 1, "later": 1, "idle": 1
    }  # fmt: skip
    drawn(there)  # a second time nothing is added
    assert Assessment.objects.count() == 3


def test_the_person_objects_and_another_manager_than_who_found_it_rules(there):
    row = drawn(there)["lichuang"]
    idle = row.deductions.get(rule="idle")
    clerk = there.clerks[0]
    with at("2026-12-02 09:00"):
        for who in (there.manager, there.clerks[1]):
            with pytest.raises(Refused, match="只有本人"):
                actions.object_to(row.pk, idle.pk, "当时在核对缴费。", doing(who))
        actions.object_to(row.pk, idle.pk, "当时在核对缴费。", doing(clerk))
        for who in (there.manager, clerk):  # who found it, and the person
            with pytest.raises(Refused, match="另一位"):
                actions.rule_on(row.pk, idle.pk, True, "查看监控，情况属实。", doing(who))
        with pytest.raises(Refused, match="没有复核"):
            actions.confirm(row.pk, doing(there.manager))
        actions.rule_on(row.pk, idle.pk, True, "查看监控，情况属实。", doing(there.second))
        with pytest.raises(Refused, match="异议期"):
            actions.confirm(row.pk, doing(there.manager))
    with at("2026-12-10 09:00"):
        late = row.deductions.get(rule="later")
        with pytest.raises(Refused, match="过期"):
            actions.object_to(row.pk, late.pk, "堵车。当天有报备。", doing(clerk))
        with pytest.raises(Refused, match="不能考核自己"):
            actions.confirm(row.pk, doing(clerk))
        actions.confirm(row.pk, doing(there.second))
        row.refresh_from_db()
        assert (row.score, row.state) == (Decimal(95), AssessmentState.CONFIRMED)
        assert row.deductions.get(rule="idle").state == DeductionState.STRUCK
        with pytest.raises(Refused, match="已经确认"):
            actions.rule_on(row.pk, idle.pk, False, "再议。再议。", doing(there.second))
        kinds = (ASSESSMENT, FINDING, TRAINING)
        assert [one.sentence for kind in kinds for one in audit.of_kind(kind)] == []
        assert {kind.name: unseen(kind) for kind in kinds} == {kind.name: [] for kind in kinds}


def test_what_is_drawn_up_takes_no_more_findings_and_strangers_write_none(there):
    day = date(2026, 11, 12)
    with at("2026-11-12 10:00"):
        for who in (there.clerks[1], there.office):
            with pytest.raises(Refused, match="管理人员"):
                actions.find(there.hall, there.clerks[0], "idle", day, "看视频。", doing(who))
        with pytest.raises(Refused, match="检查项目"):
            actions.find(there.hall, there.clerks[0], "late", day, "迟到了。", doing(there.manager))
    drawn(there)
    with at("2026-12-01 10:00"), pytest.raises(Refused, match="已经拟定"):
        actions.find(there.hall, there.clerks[0], "idle", day, "看视频。", doing(there.manager))


def test_who_manages_reads_all_and_each_person_their_own(there, client):
    row = drawn(there)["lichuang"]
    with at("2026-12-02 09:00"):
        client.force_login(there.manager)
        at_hall = "/office/cd-zx/centre_manager/hall/conduct/"
        page = client.get(at_hall).content.decode()
        assert "2026-11" in page
        assert "lichuang" in page
        assert client.get(f"/office/cd-zx/centre_manager/conduct/{row.pk}/").status_code == 200
        client.force_login(there.clerks[1])
        assert client.get(f"/office/cd-spj/window/conduct/{row.pk}/").status_code == 403
        assert client.get(at_hall).status_code == 403
        client.force_login(there.clerks[0])
        assert "2026-11" in client.get("/office/cd-spj/window/conduct/").content.decode()
        mine = f"/office/cd-spj/window/conduct/{row.pk}/"
        assert "看股票行情" in client.get(mine).content.decode()
        act = f"object-{row.deductions.get(rule='idle').pk}"
        typed = {"key": "c-1", "seen": str(row.seq), f"{act}-why": "当时在核对缴费。"}
        assert client.post(f"{mine}{act}/", typed).status_code == 303
        assert row.deductions.get(rule="idle").state == DeductionState.OBJECTED
