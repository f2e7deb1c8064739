"""Who came and who did not, and the tidying that nothing depends on. A13."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.sweeping import sweep as set_aside_but
from openhall.deeds.writer import deed, write
from openhall.glossary import Said
from openhall.slots.actions.booking import MOVED_ON, NOT_YOURS, forget_person
from openhall.slots.actions.seats import tidy
from openhall.slots.kinds import APPOINTMENT
from openhall.slots.models import Appointment, Slot
from openhall.slots.permissions import may_receive
from openhall.slots.queries import rules_on
from openhall.slots.terms import AppointmentAct, AppointmentState

A, S = AppointmentAct, AppointmentState
EARLY: Final = timedelta(hours=1)
TIDIED_TOGETHER: Final = 200
KEEP_EXPIRED: Final = timedelta(days=1)
KEEP_SLOTS: Final = timedelta(days=90)
KEEP_PERSON: Final = timedelta(days=180)  # 个人信息保护法 19: as long as misses may count


@deed(APPOINTMENT, A.ARRIVE)
def arrive(row: Appointment, doing: Doing) -> Deed:
    """The person is here. Rooms above hear of it in the same transaction: the hall makes a ticket.

    By an official of the unit, or by the person who showed the code at a kiosk (no actor).
    """
    if doing.actor is not None and not may_receive(doing.actor, row.calendar.owner, doing.day):
        raise Refused(NOT_YOURS, code="forbidden")
    if row.state not in (S.CONFIRMED, S.MISSED):
        raise Refused(MOVED_ON, code="conflict")
    if row.day != doing.day:
        raise Refused(
            Said(
                f"这项预约是{row.day}的，不是今天。可以改期，或者取号等候。",
                f"This appointment is for {row.day}, not for today. Change it, or take a ticket.",
            ),
            "code",
            code="day",
        )
    done = write(
        APPOINTMENT,
        row,
        A.ARRIVE,
        doing,
        changes={"state": S.ARRIVED.value, "ended_at": doing.at},
        facts={"late_minutes": max(0, int((doing.at - row.starts).total_seconds() // 60))},
    )
    for path in settings.APPOINTMENT_ARRIVALS:
        import_string(path)(row, doing)
    return done


@deed(APPOINTMENT, A.MISS)
def miss(row: Appointment, doing: Doing) -> Deed:
    """Nobody came within the minutes that the rules allow."""
    if doing.actor is not None and not may_receive(doing.actor, row.calendar.owner, doing.day):
        raise Refused(NOT_YOURS, code="forbidden")
    if row.state != S.CONFIRMED:
        raise Refused(MOVED_ON, code="conflict")
    rules = rules_on(row.calendar, row.day)
    late = timedelta(minutes=rules.late_minutes if rules else 0)
    if doing.at < row.starts + late:
        raise Refused(
            Said(
                f"还没有过预约时间{int(late.total_seconds() // 60)}分钟，不能登记未到。",
                f"It is not yet {int(late.total_seconds() // 60)} minutes past the time.",
            ),
            code="early",
        )
    return write(
        APPOINTMENT,
        row,
        A.MISS,
        doing,
        changes={"state": S.MISSED.value, "ended_at": doing.at},
        facts={"day": row.day.isoformat()},
    )


def sweep_missed(now: datetime | None = None) -> int:
    """At the end of a day: whoever is still expected did not come."""
    at = now or timezone.now()
    day = timezone.localtime(at).date()
    rows = Appointment.objects.filter(state=S.CONFIRMED.value, day__lt=day).order_by("pk")
    return set_aside_but(
        "appointments missed",
        list(rows.values_list("pk", flat=True)[:5000]),
        lambda pk: miss(pk, Doing(None, at, system_key("slots-miss", pk))),
    )


def sweep(now: datetime | None = None) -> int:
    """Free seats whose hold ran out, end those holds, remove what is past; only tidiness."""
    at = now or timezone.now()
    done = tidy(at, TIDIED_TOGETHER)
    with transaction.atomic():
        rows = Appointment.objects.filter(state=S.HELD.value, held_until__lt=at)
        rows.filter(taken__isnull=True).update(state=S.EXPIRED.value, seats=[])
        Appointment.objects.filter(
            state=S.EXPIRED.value, held_until__lt=at - KEEP_EXPIRED, taken__isnull=True
        ).delete()
        Slot.objects.filter(ends__lt=at - KEEP_SLOTS).delete()
    old = Appointment.objects.filter(starts__lt=at - KEEP_PERSON).exclude(phone="")
    set_aside_but(
        "appointments forgotten",
        list(old.exclude(state=S.CONFIRMED.value).values_list("pk", flat=True)[:200]),
        lambda pk: forget_person(pk, Doing(None, at, system_key("slots-forget", pk))),
    )
    return done
