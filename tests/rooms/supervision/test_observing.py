"""Events are read by cursor, days by due date; what is found is found once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from openhall.cases import actions as cases
from openhall.cases.models import Case
from openhall.cases.terms import Channel, SuspensionGround
from openhall.supervision import actions
from openhall.supervision.models import Card, Cursor, LagMonth, LateEntry, PreWarning
from openhall.supervision.terms import CardState
from tests.rooms.supervision.conftest import party


def cards():
    return [(card.code, card.signal, card.values) for card in Card.objects.order_by("id")]


def swept(day):
    return actions.sweep(date.fromisoformat(day), timezone.now())


def test_a_case_closed_after_its_promise_has_a_red_card_with_its_arithmetic(decided):
    case = decided("2024-03-20")
    assert actions.observe() == 5
    late = {"due": "2024-03-15", "on": "2024-03-20", "over": 3}
    entered = Card.objects.filter(code="entered-late")
    assert [one for one in cards() if one[0] == "over-promise"] == [("over-promise", "red", late)]
    card = Card.objects.get(code="over-promise")
    assert (card.case, card.organ, card.state) == (case, case.organ, CardState.RAISED)
    assert card.evidence == [4, 5]
    assert card.month == date(2024, 3, 1)
    assert entered.count() == 4  # two years later on today's clock: every desk entry is late


def test_reading_again_from_the_first_event_raises_nothing_twice(decided):
    decided("2024-03-20")
    actions.observe()
    before = Card.objects.count()
    Cursor.objects.filter(name="signals").update(last_event_id=0)
    assert actions.observe() == 5
    assert Card.objects.count() == before
    assert actions.observe() == 0


def test_one_occasion_is_one_card_also_in_the_database(decided):
    decided("2024-03-20")
    actions.observe()
    card = Card.objects.get(code="over-promise")
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.create(
            number="JC-X",
            rule=card.rule,
            code=card.code,
            signal=card.signal,
            organ=card.organ,
            reference=card.reference,
            occasion=card.occasion,
            state="raised",
            raised_at=card.raised_at,
            month=card.month,
        )


def test_a_case_closed_in_time_has_no_card_for_its_time(decided):
    decided("2024-03-12")
    actions.observe()
    assert not Card.objects.exclude(code="entered-late").exists()


def test_a_signature_is_no_opinion(decided):
    decided("2024-03-12", note="同意。")
    actions.observe()
    card = Card.objects.get(code="opinion")
    assert (card.signal, card.values) == ("yellow", {"signs": 3, "least": 5})


def test_silence_for_five_days_tells_the_supervisor(cast, doing):
    case = cases.submit(
        "MZ-XK-0001", party(), {}, Channel.ONLINE, doing(cast.wang_fang, "2024-03-04 09:00")
    )
    cases.deem_accepted(case.pk, doing(None, "2024-03-12 00:10"))
    actions.observe()
    card = Card.objects.get(code="silence")
    assert (card.signal, card.values) == ("red", {"due": "2024-03-11"})


def test_the_handler_is_reminded_a_working_day_before_and_yellow_comes_on_the_day(accepted):
    case = accepted()
    assert case.promise_due == date(2024, 3, 15)
    assert swept("2024-03-13")["reminded"] == 0
    assert swept("2024-03-14")["reminded"] == 1
    assert swept("2024-03-14")["reminded"] == 0
    assert PreWarning.objects.get().left == 1
    assert not Card.objects.exists()
    swept("2024-03-15")
    yellow = Card.objects.get()
    assert (yellow.code, yellow.signal, yellow.answer_due) == ("due-today", "yellow", None)
    found = swept("2024-03-18")
    assert found["raised"] == 1
    assert Card.objects.get(code="over-promise").values["over"] == 1
    assert swept("2024-03-18")["raised"] == 0


def test_past_the_promise_and_past_the_statute_are_two_cards(accepted):
    accepted()
    assert swept("2024-04-01")["raised"] == 1  # statutory limit 2 April
    assert swept("2024-04-03")["raised"] == 1
    assert [code for code, _signal, _values in cards()] == ["over-promise", "over-statute"]


def test_time_excluded_with_its_notice_raises_nothing(cast, doing, accepted):
    cast_case = accepted()
    cases.hand_over(cast_case.pk, cast.zhao_cheng, [], doing(cast.li_chuang, "2024-03-05 11:00"))
    cases.suspend(
        cast_case.pk,
        SuspensionGround.HEARING,
        "行政许可法 47",
        5,
        "特1号",
        doing(cast.zhao_cheng, "2024-03-06 09:00"),
    )
    assert swept("2024-03-18")["raised"] == 0


def test_a_reminder_whose_case_was_closed_ends_by_itself(accepted):
    case = accepted()
    swept("2024-03-15")
    now = timezone.now()
    Case.objects.filter(pk=case.pk).update(closed_at=now, outcome="granted")
    assert swept("2024-03-15")["closed"] == 1
    assert Card.objects.get().state == CardState.CLOSED


def test_what_was_entered_late_is_counted_once_with_the_cases_behind(decided, cast):
    case = decided("2024-03-12")
    actions.measure()
    actions.measure()
    row = LagMonth.objects.get(organ=cast.organ, month=date(2024, 3, 1))
    assert (row.events, row.late, row.incomplete) == (4, 4, 0)
    assert LateEntry.objects.filter(case=case).count() == 4


def test_a_month_with_few_cases_has_no_score(decided, cast, doing, song_jian):
    decided("2024-03-20")
    row = actions.count_month(cast.organ, date(2024, 3, 1), doing(song_jian, "2024-04-02 09:00"))
    assert (row.total, row.closed) == (None, 1)
