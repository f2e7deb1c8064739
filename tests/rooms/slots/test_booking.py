"""A time is held, confirmed, changed and given back; nobody else ever has it meanwhile."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from openhall.deeds.audit import of_kind
from openhall.deeds.refusals import Refused
from openhall.outbox.models import Message
from openhall.slots import actions
from openhall.slots.actions import booking
from openhall.slots.actions.booking import Who
from openhall.slots.kinds import APPOINTMENT, CALENDAR, RULES
from openhall.slots.models import Appointment, OpeningHours, Seat, Slot
from openhall.slots.queries import (
    appointment_by_code,
    crowded,
    doubled,
    exceptions_of,
    released_next,
    unlike,
)
from openhall.slots.terms import AppointmentState, DayChange
from tests.factories.hand_edits import unseen
from tests.factories.slots import DAY, at, centre

pytestmark = pytest.mark.django_db
S = AppointmentState
MORNING = "2024-03-01 09:00"
TEN_LATER = "2024-03-01 09:10:01"
ID = "11010519491231002X"


@pytest.fixture
def hall():
    return centre()


def refused(act) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return refusal.value.code


def test_a_day_offers_its_slots_once_it_is_released(hall):
    assert list(hall.times(MORNING))[:3] == ["09:00", "09:15", "09:30"]
    assert Slot.objects.filter(day=DAY).count() == 8
    assert hall.times(MORNING)["09:00"].seats == 2
    actions.release_due(at("2024-03-01 10:00"))
    assert Slot.objects.filter(day=DAY).count() == 8


def test_a_day_is_booked_from_its_own_hour_whenever_the_job_ran(hall):
    late = date(2024, 3, 18)  # released on the 4th at eight
    assert Slot.objects.filter(day=date(2024, 3, 15)).exists()
    actions.release_due(at("2024-03-03 12:00"))
    assert hall.times("2024-03-04 07:59", day=late) == {}
    assert len(hall.times("2024-03-04 08:00", day=late)) == 8
    assert released_next(hall.offer(), at("2024-03-04 07:59"))[1] == late


def test_a_saturday_has_its_own_hours_and_a_holiday_none(hall):
    assert list(hall.times(MORNING, day=date(2024, 3, 9))) == ["09:00", "09:15", "09:30", "09:45"]
    assert hall.times(MORNING, day=date(2024, 3, 10)) == {}


def test_two_have_the_two_seats_and_the_third_is_told_to_choose_another_time(hall):
    stale = hall.times(MORNING)["09:00"]
    hall.hold("09:00", MORNING, "v1")
    hall.hold("09:00", MORNING, "v2")
    assert "09:00" not in hall.times(MORNING)
    doing = hall.doing(None, MORNING)
    assert refused(lambda: actions.hold(hall.offer(), stale, 1, "v3", doing)) == "full"
    assert Appointment.objects.count() == 2


def test_a_hold_that_ran_out_is_taken_over_without_any_job(hall):
    held = hall.hold("09:00", MORNING, "v1")
    hall.hold("09:00", MORNING, "v2")
    taken = hall.hold("09:00", TEN_LATER, "v3")
    assert taken.seats == held.seats
    who = Who("王芳", "13800000001")
    late = hall.doing(None, TEN_LATER)
    assert refused(lambda: actions.confirm(held.pk, who, late)) == "run_out"
    held.refresh_from_db()
    assert (held.state, held.seq) == (S.HELD, 0)


def test_who_holds_another_time_gives_the_first_back(hall):
    first = hall.hold("09:00", MORNING, "v1")
    hall.hold("09:15", MORNING, "v1")
    first.refresh_from_db()
    assert first.state == S.EXPIRED
    assert hall.times(MORNING)["09:00"].seats == 2


def test_what_is_confirmed_stands_in_the_log_and_only_the_index_of_its_code_is_kept(hall, sound):
    one, code = hall.booked("09:00")
    assert (one.state, one.seq, len(code)) == (S.CONFIRMED, 1, 12)
    assert appointment_by_code(code.lower()) == one
    row = Appointment.objects.filter(pk=one.pk).values().get()
    assert code not in str(row)
    told = Message.objects.get(about=one.number)
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in told.words
    reminder = Message.objects.get(about=f"{one.number}/r1")
    assert reminder.next_at == at("2024-03-03 09:00")
    assert doubled() == unlike() == []


def test_the_same_click_again_makes_one_appointment_and_says_no_code(hall):
    held = hall.hold("09:00", MORNING)
    who, once = Who("王芳", "13800000001"), hall.doing(None, MORNING, key="s:once")
    first, code = actions.confirm(held.pk, who, once)
    again, nothing = actions.confirm(held.pk, who, once)
    assert (first, nothing) == (again, "")
    assert code


def test_a_visit_of_three_fills_three_slots_in_a_row(hall):
    one, _code = hall.booked("09:00", persons=3)
    assert len(one.seats) == 3
    assert hall.times(MORNING)["09:30"].seats == 1
    assert "10:30" not in hall.times(MORNING, persons=3)
    doing = hall.doing(None, MORNING)
    time = hall.times(MORNING)["10:00"]
    assert refused(lambda: actions.hold(hall.offer(), time, 9, "v9", doing)) == "refused"


def test_a_person_has_one_appointment_of_a_kind_a_day(hall):
    hall.booked("09:00")
    assert refused(lambda: hall.booked("10:00")) == "limit"
    hall.booked("10:00", day=date(2024, 3, 5))
    hall.booked("10:00", day=date(2024, 3, 6))
    assert refused(lambda: hall.booked("10:00", day=date(2024, 3, 7))) == "limit"


def test_by_the_identity_number_where_the_purpose_asks_for_it(hall):
    assert refused(lambda: hall.booked("09:00", purpose="passport")) == "refused"
    one, _code = hall.booked("09:00", purpose="passport", identity=ID)
    assert one.identity == ID
    again = {"phone": "13900000009", "purpose": "passport", "identity": ID}
    assert refused(lambda: hall.booked("10:00", **again)) == "limit"


def test_another_time_is_taken_before_the_first_is_free(hall, sound):
    one, code = hall.booked("09:00")
    time = hall.times(MORNING, day=date(2024, 3, 5))["10:00"]
    actions.change(one.pk, hall.offer(), time, hall.doing(None, MORNING))
    one.refresh_from_db()
    assert (one.day, one.seq) == (date(2024, 3, 5), 2)
    assert appointment_by_code(code) == one
    assert hall.times(MORNING)["09:00"].seats == 2
    assert doubled() == unlike() == []
    waiting = Message.objects.filter(about__startswith=f"{one.number}/r", state="queued")
    assert [one.next_at for one in waiting] == [at("2024-03-04 10:00")]


def test_a_longer_visit_moves_by_one_slot_and_keeps_the_seat_it_shares(hall, sound):
    one, _code = hall.booked("09:00", persons=2)
    hall.booked("09:15", phone="13800000002")
    time = hall.times(MORNING, persons=1)["09:30"]
    assert time.seats == 2
    begins = Slot.objects.get(starts=at("2024-03-04 09:15"))
    ends = Slot.objects.get(starts=at("2024-03-04 09:30"))
    later = type(time)(time.calendar, (begins.pk, ends.pk), begins.starts, ends.ends, 1)
    actions.change(one.pk, hall.offer(), later, hall.doing(None, MORNING))
    assert doubled() == unlike() == []


def test_a_change_to_a_time_that_is_full_leaves_everything_as_it_was(hall, sound):
    one, _code = hall.booked("09:00")
    stale = hall.times(MORNING)["10:00"]
    for phone in ("13800000002", "13800000003"):
        hall.booked("10:00", phone=phone)
    doing = hall.doing(None, MORNING)
    assert refused(lambda: actions.change(one.pk, hall.offer(), stale, doing)) == "full"
    one.refresh_from_db()
    assert (one.starts, one.seq) == (at("2024-03-04 09:00"), 1)
    assert unlike() == []


def test_what_is_given_back_can_be_booked_at_once(hall, sound):
    one, _code = hall.booked("09:00")
    actions.cancel(one.pk, hall.doing(None, MORNING))
    assert hall.times(MORNING)["09:00"].seats == 2
    hall.booked("09:00")
    doing = hall.doing(None, MORNING)
    assert refused(lambda: actions.cancel(one.pk, doing)) == "conflict"


def test_shortly_before_the_time_it_is_not_changed_online(hall):
    one, _code = hall.booked("09:00")
    doing = hall.doing(None, "2024-03-04 07:30")
    assert refused(lambda: actions.cancel(one.pk, doing)) == "late"


def test_who_came_is_noted_by_the_window_on_that_day(hall, sound):
    one, _code = hall.booked("09:00")
    stranger = hall.doing(centre(code="cd-other").window, "2024-03-04 08:55")
    assert refused(lambda: actions.arrive(one.pk, stranger)) == "forbidden"
    early = hall.doing(hall.window, "2024-03-03 09:00")
    assert refused(lambda: actions.arrive(one.pk, early)) == "day"
    actions.arrive(one.pk, hall.doing(hall.window, "2024-03-04 09:04"))
    one.refresh_from_db()
    assert one.state == S.ARRIVED


def test_who_missed_three_times_books_at_the_counter_for_a_month(hall, sound):
    for n, day in enumerate((4, 5, 6)):
        one, _code = hall.booked("09:00", day=date(2024, 3, day))
        early = hall.doing(hall.window, f"2024-03-0{day} 09:10")
        assert refused(lambda one=one, early=early: actions.miss(one.pk, early)) == "early"
        actions.miss(one.pk, hall.doing(hall.window, f"2024-03-0{day} 09:1{5 + n}"))
    later = "2024-03-07 08:00"
    assert refused(lambda: hall.booked("09:00", later, day=date(2024, 3, 8))) == "paused"
    held = hall.hold("09:00", later, day=date(2024, 3, 8))
    from openhall.slots.terms import MadeBy

    who = Who("王芳", "13800000001")
    actions.confirm(held.pk, who, hall.doing(hall.window, later), made_by=MadeBy.COUNTER)
    held.refresh_from_db()
    assert (held.state, held.made_by, held.account) == (S.CONFIRMED, MadeBy.COUNTER, None)


def test_by_night_whoever_did_not_come_is_noted(hall, sound):
    one, _code = hall.booked("09:00")
    assert actions.sweep_missed(at("2024-03-04 23:00")) == 0
    assert actions.sweep_missed(at("2024-03-05 00:15")) == 1
    one.refresh_from_db()
    assert one.state == S.MISSED


def test_staff_away_is_fewer_seats_and_who_has_one_keeps_it(hall, sound):
    hall.booked("09:00")
    hall.booked("09:00", phone="13800000002")
    doing = hall.doing(hall.manager, MORNING)
    actions.change_day(hall.calendar.pk, DAY, DayChange.FEWER, "一人休假", doing, seats=1)
    assert hall.times(MORNING)["09:15"].seats == 1
    assert Seat.objects.filter(slot__starts=at("2024-03-04 09:00")).count() == 2
    doing = hall.doing(hall.manager, MORNING)
    actions.change_day(hall.calendar.pk, DAY, DayChange.CLOSED, "设备检修", doing)
    assert hall.times(MORNING) == {}
    assert len(crowded(hall.calendar, DAY)) == 2
    for one in crowded(hall.calendar, DAY):
        actions.call_off(one.pk, "设备检修", hall.doing(hall.window, MORNING))
    assert crowded(hall.calendar, DAY) == []
    assert "设备检修" in Message.objects.filter(key__endswith="called-off").first().words


def test_more_hours_on_a_sunday(hall, sound):
    sunday = date(2024, 3, 10)
    doing = hall.doing(hall.manager, MORNING)
    kind = DayChange.EXTRA
    actions.change_day(
        hall.calendar.pk, sunday, kind, "节前加开", doing, start=540, end=600, seats=3
    )
    assert hall.times(MORNING, day=sunday)["09:45"].seats == 3


def withdrawn(hall, change, reason="改期"):
    doing = hall.doing(hall.manager, MORNING)
    return actions.withdraw_change(hall.calendar.pk, change.pk, reason, doing)


def test_a_day_that_was_closed_is_opened_again_with_all_its_seats(hall, sound):
    hall.booked("09:00")
    before = {start: one.seats for start, one in hall.times(MORNING).items()}
    doing = hall.doing(hall.manager, MORNING)
    actions.change_day(hall.calendar.pk, DAY, DayChange.CLOSED, "设备检修", doing)
    [change] = exceptions_of(hall.calendar, DAY)
    withdrawn(hall, change)
    assert {start: one.seats for start, one in hall.times(MORNING).items()} == before
    assert crowded(hall.calendar, DAY) == []
    assert [one.withdrawn for one in exceptions_of(hall.calendar, DAY)] == ["改期"]
    assert refused(lambda: withdrawn(hall, change)) == "gone"
    with pytest.raises(Refused):
        withdrawn(hall, change, " ")


def test_who_booked_hours_that_were_added_and_withdrawn_is_listed(hall, sound):
    sunday = date(2024, 3, 10)
    doing = hall.doing(hall.manager, MORNING)
    actions.change_day(
        hall.calendar.pk, sunday, DayChange.EXTRA, "节前加开", doing, start=540, end=600, seats=3
    )
    one, _code = hall.booked("09:00", day=sunday)
    withdrawn(hall, exceptions_of(hall.calendar, sunday)[0])
    assert hall.times(MORNING, day=sunday) == {}
    assert [each.pk for each in crowded(hall.calendar, DAY)] == [one.pk]


@pytest.mark.parametrize(
    ("who", "act"),
    [
        (None, "except"),
        ("window", "withdraw"),
        ("window", "except"),
        ("window", "close"),
        ("stranger", "open"),
        ("stranger", "call_off"),
        ("stranger", "miss"),
    ],
)
def test_who_may_not(hall, cast, who, act):
    one, _code = hall.booked("09:00")
    person = {"window": hall.window, "stranger": cast.li_chuang}.get(who)
    doing = hall.doing(person, "2024-03-04 10:00")
    from openhall.slots.terms import CalendarFor

    tries = {
        "except": lambda: actions.change_day(
            hall.calendar.pk, date(2024, 3, 8), DayChange.CLOSED, "因故", doing
        ),
        "withdraw": lambda: actions.withdraw_change(hall.calendar.pk, 0, "因故", doing),
        "close": lambda: actions.close_calendar(hall.calendar.pk, "因故", doing),
        "open": lambda: actions.open_calendar("x-1", hall.organ, CalendarFor.WINDOW, "名称", doing),
        "call_off": lambda: actions.call_off(one.pk, "因故", doing),
        "miss": lambda: actions.miss(one.pk, doing),
    }
    assert refused(tries[act]) == "forbidden"


def test_a_closed_calendar_offers_nothing_and_keeps_what_was_booked(hall, sound):
    one, _code = hall.booked("09:00")
    actions.close_calendar(hall.calendar.pk, "窗口合并", hall.doing(hall.manager, MORNING))
    left = Seat.objects.filter(slot__starts__gt=at(MORNING))
    assert [seat.hold for seat in left] == [one]
    assert hall.offer() is None
    assert unlike() == []
    assert one.state == S.CONFIRMED


def test_calendars_that_offer_the_same_are_merged(hall):
    from openhall.hours.rules.week import spans_of
    from openhall.slots.rules.purposes import plain, purposes_of
    from openhall.slots.terms import CalendarFor
    from openhall.versions import actions as versions

    early = "2024-02-01 09:00"
    second = actions.open_calendar(
        "cd-hall-2", hall.organ, CalendarFor.WINDOW, "三楼", hall.doing(hall.window, early)
    )
    draft = versions.begin(RULES, {"calendar": second}, hall.doing(hall.window, early))
    actions.save_rules(
        draft.pk,
        {"purposes": plain(purposes_of("social|社会团体登记|Social|15")), "place": "三楼"},
        spans_of("工作日 09:00-09:30 1"),
        hall.doing(hall.window, early),
    )
    versions.publish(RULES, draft.pk, date(2024, 2, 1), hall.doing(hall.manager, early))
    actions.release_due(at("2024-03-01 08:40"))
    for n in range(3):
        hall.booked("09:00", phone=f"1380000000{n}")
    assert "09:00" not in hall.times(MORNING)
    calendars = Appointment.objects.values_list("calendar__code", flat=True)
    assert sorted(calendars) == ["cd-hall-2", "cd-hall-main", "cd-hall-main"]


def test_the_database_refuses_two_openings_at_one_time_and_a_seat_twice(hall):
    first = OpeningHours.objects.filter(rules=hall.rules, weekday=0).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningHours.objects.create(
            rules=hall.rules, weekday=0, start=first.end - 5, end=first.end + 60, seats=1
        )
    OpeningHours.objects.create(
        rules=hall.rules, weekday=0, start=first.end, end=first.end + 60, seats=1
    )
    seat = Seat.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(slot=seat.slot, no=seat.no)


def test_tidying_frees_what_ran_out_and_erases_what_is_past(hall, sound):
    held = hall.hold("09:00", MORNING)
    one, _code = hall.booked("09:15")
    assert actions.sweep(at(TEN_LATER)) == 1
    held.refresh_from_db()
    assert (held.state, held.seats) == (S.EXPIRED, [])
    actions.sweep_missed(at("2024-03-05 00:15"))
    actions.sweep(at("2024-12-01 00:00"))
    one.refresh_from_db()
    assert (one.name, one.phone, one.person, one.salt) == ("", "", "", "")
    assert not Appointment.objects.filter(pk=held.pk).exists()
    assert not Slot.objects.filter(day=DAY).exists()


def test_every_edit_by_hand_is_found(hall):
    one, _code = hall.booked("09:00", purpose="passport", identity=ID)
    doing = hall.doing(hall.manager, MORNING)
    actions.change_day(hall.calendar.pk, date(2024, 3, 8), DayChange.FEWER, "休假", doing, seats=1)
    actions.arrive(one.pk, hall.doing(hall.window, "2024-03-04 09:00"))
    assert [*of_kind(CALENDAR), *of_kind(APPOINTMENT)] == []
    assert unseen(CALENDAR) == []
    assert unseen(APPOINTMENT) == []


@pytest.mark.parametrize("tab", ["holds another time", "lets the first one go"])
def test_what_another_tab_confirms_meanwhile_keeps_its_seat(hall, monkeypatch, tab):
    """One tab has read the hold when the other confirms it: the booking stands, or is refused."""
    first = hall.hold("09:00", MORNING, "one")
    free, told = booking.give_back, []

    def slowly(row, seats=None):
        if row.pk == first.pk and not told:
            told.append("reached")
            try:
                actions.confirm(first.pk, Who("王芳", "13800000001"), hall.doing(None, MORNING))
            except Refused as refusal:
                told.append(refusal.code)
        return free(row, seats)

    monkeypatch.setattr(booking, "give_back", slowly)
    if tab.startswith("holds"):
        hall.hold("09:15", MORNING, "one")
    else:
        actions.let_go(first.pk)
    first.refresh_from_db()
    assert (told, first.state, first.seats) == (["reached", "conflict"], S.EXPIRED, [])
