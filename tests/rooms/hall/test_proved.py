"""What is done to halls, shifts and closed days is held against the log, column by column. A5."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openhall.deeds import audit
from openhall.hall.actions import arranging, days, duty, kiosks, stuck
from openhall.hall.kinds import ALARM, DUTY, HALL, HALL_DAY, KIOSK, STUCK
from openhall.hall.terms import KioskKind, StuckOutcome
from tests.factories.hall import doing, furnished
from tests.factories.hand_edits import unseen

pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(cast, walk):
    """A hall in which everything was done that leaves a row."""
    item, case = cast.item, walk.submitted()
    there = furnished(item)
    today = timezone.localdate()
    arranging.admit(
        there.hall.pk,
        item.organ,
        today,
        doing(there.manager),
        items=[item],
        by=today,
        basis="某府办发〔2026〕3号",
    )
    until = timezone.now() + timedelta(hours=1)
    arranging.move_window(
        there.hall.pk, there.windows[2], [there.lines["A"]], until, doing(there.manager)
    )
    there.taken()
    alarm = stuck.raise_alarm(there.windows[1], doing(there.clerks[0]))
    stuck.answer_alarm(alarm.pk, doing(there.manager))
    taken = stuck.take(
        there.hall,
        there.unit,
        there.clerks[0],
        "社保转移跑了三次没有办成",
        doing(there.manager),
        case=case,
    )
    words = "已经与社保经办机构核对，当日办结。"
    stuck.answer(taken.pk, StuckOutcome.SOLVED, words, doing(there.clerks[0]))
    key, by = "A" * 43 + "=", doing(there.manager)
    pad = kiosks.register(
        there.hall, KioskKind.PAD, "1号窗口", key, by, window=there.windows[1], idle_seconds=30
    )
    kiosks.lock(pad.pk, "检修", doing(there.manager))
    for clerk in there.clerks:
        duty.sign_out(clerk.duties.get().pk, doing(clerk))
    days.close_day(there.hall, today, doing(there.manager))
    return there


def test_every_edit_by_hand_of_what_the_hall_left_is_found(everything):
    kinds = (HALL, DUTY, HALL_DAY, STUCK, ALARM, KIOSK)
    assert [one.place for kind in kinds for one in audit.of_kind(kind)] == []
    assert {kind.name: unseen(kind) for kind in kinds} == {kind.name: [] for kind in kinds}
