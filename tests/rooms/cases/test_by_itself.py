"""What the law does by itself when a day has passed: silence accepts, a notice lapses."""

import pytest
import time_machine

from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.models import Case
from openhall.cases.tasks import accept_by_silence, lapse_unanswered
from openhall.cases.terms import Outcome, Stage
from openhall.deeds.refusals import Refused
from openhall.statistics.recount import differences
from tests.factories.cases import WANG, Walk

POINT = Point("名称与已登记社团相同，请更换。", field="name")


@pytest.fixture
def submitted(cast, doing) -> Case:
    return Walk(cast, doing, WANG).submitted()


def test_five_working_days_of_silence_accept_every_such_case(submitted):
    with time_machine.travel("2024-03-11T23:00:00+08:00", tick=False):
        assert accept_by_silence.func() == 0
    with time_machine.travel("2024-03-12T00:10:00+08:00", tick=False):
        assert accept_by_silence.func() == 1
        assert accept_by_silence.func() == 0
    case = Case.objects.get()
    assert (case.stage, case.deemed, case.accepted_at) == (
        Stage.ACCEPTED,
        True,
        submitted.received_at,
    )
    assert list(differences()) == []


def test_a_notice_not_answered_in_its_time_lets_the_case_lapse(cast, doing, submitted):
    actions.ask_for_supplement(submitted.pk, [POINT], doing(cast.li_chuang, "2024-03-05 09:00"))
    due = Case.objects.get().supplement.due_on
    with pytest.raises(Refused, match="尚未届满"):
        actions.lapse(submitted.pk, doing(None, f"{due} 23:00"))
    with time_machine.travel(f"{due}T23:59:00+08:00", tick=False):
        assert lapse_unanswered.func() == 0
    with time_machine.travel("2024-06-01T00:20:00+08:00", tick=False):
        assert lapse_unanswered.func() == 1
    case = Case.objects.get()
    assert (case.stage, case.outcome) == (Stage.LAPSED, Outcome.LAPSED)
    with pytest.raises(Refused):
        actions.supplement(
            case.pk, {"name": "锦官读书会"}, doing(cast.wang_fang, "2024-06-02 09:00")
        )
    assert list(differences()) == []
