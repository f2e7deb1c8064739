"""Two at once, thirty-two at once: nobody has another's seat, and nobody waits for ever."""

import json
import os
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.slots import actions
from openhall.slots.actions import booking
from openhall.slots.actions.booking import Who
from openhall.slots.actions.seats import make_firm, take
from openhall.slots.models import Appointment, Seat, Slot
from openhall.slots.queries import doubled, unlike
from openhall.slots.terms import AppointmentState
from tests.factories.slots import DAY, at, centre

# Real commits leave deeds that SQLite's flush may not delete; and there one writer goes at a time.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]
S = AppointmentState
MORNING, LATER = "2024-03-01 09:00", "2024-03-01 09:10:30"
SECONDS = float(os.environ.get("SLOTS_SECONDS", "4"))
PROCESSES = 32


@contextmanager
def second_connection():
    """Another connection to the same database, in this thread."""
    other = connections["default"].copy()
    try:
        yield other
    finally:
        other.close()


def taken_over(other, hold, slot) -> bool:
    """What the next who books does, on a connection of its own."""
    with other.cursor() as cursor:
        cursor.execute("SET lock_timeout = '3s'")
        cursor.execute(
            "UPDATE slots_seat SET hold_id = %s, until = %s WHERE id = (SELECT id FROM slots_seat "
            "WHERE slot_id = %s AND NOT firm AND until < %s ORDER BY no LIMIT 1 "
            "FOR UPDATE SKIP LOCKED) RETURNING no",
            [hold, int(at(LATER).timestamp() * 1000) + 600_000, slot, _ms(LATER)],
        )
        return cursor.fetchone() is not None


def _ms(moment: str) -> int:
    return int(at(moment).timestamp() * 1000)


@pytest.fixture
def last_seat():
    """A slot of one seat, held by one whose ten minutes end while they confirm."""
    hall = centre(hours="工作日 09:00-09:15 1")
    held = hall.hold("09:00", MORNING, "slow")
    next_one = Appointment.objects.get(pk=held.pk)
    next_one.pk, next_one.number, next_one.holder = None, "Y-next", "next"
    next_one.save()
    return hall, held, next_one


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_seats_first_keeps_the_booking_of_who_confirms_slowly(last_seat):
    _hall, held, next_one = last_seat
    (slot, _no), = held.seats  # fmt: skip
    with second_connection() as other:
        with transaction.atomic():
            assert make_firm(held, at("2024-03-01 09:09:59")) == 1
            assert not taken_over(other, next_one.pk, slot)
            Appointment.objects.filter(pk=held.pk).update(
                state=S.CONFIRMED.value, confirmed_at=at(MORNING), code_blind="x"
            )
        assert not taken_over(other, next_one.pk, slot)
    assert Seat.objects.get(slot=slot).hold_id == held.pk


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_in_the_other_order_the_seat_is_lost_which_the_count_alone_tells(last_seat):
    _hall, held, next_one = last_seat
    (slot, _no), = held.seats  # fmt: skip
    with second_connection() as other, transaction.atomic():
        Appointment.objects.filter(pk=held.pk).update(
            state=S.CONFIRMED.value, confirmed_at=at(MORNING), code_blind="x"
        )
        assert taken_over(other, next_one.pk, slot)  # between the two halves
        assert make_firm(held, at("2024-03-01 09:09:59")) == 0
    assert unlike() == [held.number]


def test_who_confirms_after_a_take_over_is_told_and_left_as_held(last_seat):
    hall, held, next_one = last_seat
    (slot, _no), = held.seats  # fmt: skip
    with transaction.atomic():
        assert take(next_one, [slot], at(LATER), at(LATER) + timedelta(minutes=10))
    with pytest.raises(Refused) as refused:
        # A node whose clock stands still at the first minute believes that there is time left.
        actions.confirm(held.pk, Who("王芳", "13800000001"), hall.doing(None, MORNING))
    assert refused.value.code == "run_out"
    assert unlike() == doubled() == []


def _visitor(number: int, slots: list[int], calendar, until: float, log: Path) -> None:
    """One process: holds, confirms (some late), cancels; writes down what it was told."""
    random, said = Random(number), Counter()
    booking.HOLD = timedelta(seconds=0.4)
    kept: list[Appointment] = []
    with log.open("w") as file:

        def tell(what: str, pk: int, seats: list) -> None:
            file.write(json.dumps([time.monotonic(), what, pk, seats]) + "\n")
            file.flush()

        while time.monotonic() < until:
            first = min(int(random.expovariate(0.4)), len(slots) - 3)
            many = random.choice((1, 1, 1, 2, 3))
            chosen = slots[first : first + many]
            now = timezone.now()
            row = Appointment(
                number=f"T{number}-{time.monotonic_ns()}",
                calendar=calendar,
                purpose="social",
                title="登记",
                day=DAY,
                starts=at("2024-03-04 09:00"),
                ends=at("2024-03-04 09:15"),
                held_until=now + booking.HOLD,
            )
            try:
                with transaction.atomic():
                    row.save()
                    row.seats = take(row, chosen, now, now + booking.HOLD) or []
                    if not row.seats:
                        raise Refused(booking.FULL)
                    row.save(update_fields=["seats"])
            except Refused:
                said["full"] += 1
            except OperationalError as trouble:
                said["deadlock" if "deadlock" in str(trouble) else "trouble"] += 1
            else:
                said["held"] += 1
                if random.random() < 0.1:
                    time.sleep(0.4)  # confirms at the edge of its time
                if random.random() < 0.7:
                    _confirmed(row, tell, said, kept)
                if kept and random.random() < 0.5:
                    _given_back(kept.pop(0), tell, said)
        tell("end", 0, [sorted(said.items())])


def _confirmed(row, tell, said, kept) -> None:
    try:
        with transaction.atomic():
            if make_firm(row, timezone.now()) != len(row.seats):
                raise Refused(booking.RUN_OUT)
            Appointment.objects.filter(pk=row.pk).update(
                state=S.CONFIRMED.value, confirmed_at=timezone.now(), code_blind=row.number
            )
    except Refused:
        said["late"] += 1
        return
    said["confirmed"] += 1
    tell("has", row.pk, row.seats)
    kept.append(row)


def _given_back(row, tell, said) -> None:
    tell("gives", row.pk, row.seats)
    with transaction.atomic():
        Seat.objects.filter(hold=row).update(hold=None, until=0, firm=False)
        Appointment.objects.filter(pk=row.pk).update(state=S.CANCELLED.value, seats=[])
    said["cancelled"] += 1


def most_at_once(logs: list[Path]) -> tuple[dict[tuple[int, int], int], Counter]:
    """From what every client was told: how many had one seat at one moment, and the sums."""
    events, sums = [], Counter()
    for log in logs:
        for line in log.read_text().splitlines():
            moment, what, _pk, seats = json.loads(line)
            if what == "end":
                sums.update(dict(seats[0]))
                continue
            for slot, no in seats:
                events.append((moment, 1 if what == "has" else -1, (slot, no)))
    now, most = Counter(), Counter()
    for _moment, change, seat in sorted(events, key=lambda one: (one[0], one[1])):
        now[seat] += change
        most[seat] = max(most[seat], now[seat])
    return dict(most), sums


def test_thirty_two_processes_never_share_a_seat(tmp_path):
    hall = centre(hours="工作日 09:00-17:00 4")
    slots = list(Slot.objects.filter(day=DAY).order_by("starts").values_list("pk", flat=True))[:20]
    calendar, children = hall.calendar, []
    connections.close_all()
    until = time.monotonic() + SECONDS
    logs = [tmp_path / f"{n}.log" for n in range(PROCESSES)]
    for n, log in enumerate(logs):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                _visitor(n, slots, calendar, until, log)
                code = 0
            finally:
                connections.close_all()
                os._exit(code)
        children.append(child)
    ended = [os.waitpid(child, 0)[1] for child in children]
    assert ended == [0] * PROCESSES
    most, sums = most_at_once(logs)
    assert sums["confirmed"] > 0
    assert [seat for seat, many in most.items() if many > 1] == []
    assert (sums["deadlock"], sums["trouble"]) == (0, 0)
    assert doubled() == unlike() == []


def test_the_checker_finds_a_planted_double(tmp_path):
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_text(json.dumps([1.0, "has", 1, [[7, 1]]]) + "\n")
    other.write_text(json.dumps([2.0, "has", 2, [[7, 1]]]) + "\n")
    most, _sums = most_at_once([one, other])
    assert most == {(7, 1): 2}
