"""The demo's plan: every step in order of time, with few of them held at once."""

from datetime import UTC, datetime, timedelta

from openhall.demo.rules.plan import Step, began, in_order

BEGIN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def life(case: int, day: int, *hours: int) -> list[Step]:
    """Steps so many hours after nine o'clock of a day."""
    at = BEGIN + timedelta(days=day)
    return [
        Step(at + timedelta(hours=hour), case, place, "act") for place, hour in enumerate(hours)
    ]


LIVES = [life(0, 0, 3, 30, 900), life(1, 0, 1, 26), life(2, 1, 0, 2, 50), life(3, 9, 4)]


def test_steps_of_all_lives_come_in_order_of_time():
    told = list(in_order(LIVES))
    every = [step for one in LIVES for step in one]
    assert told == sorted(every, key=lambda step: (step.at, step.case, step.place))


def test_at_one_moment_the_earlier_case_and_its_earlier_step_come_first():
    told = list(in_order([life(5, 0, 2, 2), life(4, 0, 2)]))
    assert [(step.case, step.place) for step in told] == [(4, 0), (5, 0), (5, 1)]


def test_a_step_goes_out_before_the_life_of_a_later_day_is_written():
    written = []

    def writing():
        for one in LIVES:
            written.append(one[0].case)
            yield one

    told = in_order(writing())
    next(told)
    assert written == [0, 1, 2]


def test_a_case_is_found_again_by_the_step_it_began_with():
    assert Step(BEGIN, 12, 0, "submit").key == began(12)
