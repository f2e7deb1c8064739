"""Calendars with their dated rules, the slots and seats they offer, and appointments.

Slots, seats and holds bind nobody and are no deeds; what binds, the appointment, names its times
and its seats itself, in columns that the log commits to.
"""

from datetime import time
from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from openhall.deeds.models import DeedAbout, DoneTo, Kept
from openhall.hours.models import WeekSpan
from openhall.hours.rules.week import MOST_SEATS
from openhall.organs.models import Organ
from openhall.slots.rules.length import Purpose
from openhall.slots.rules.opening import LENGTHS, Change
from openhall.slots.rules.purposes import kept
from openhall.slots.terms import AppointmentState, CalendarFor, DayChange, MadeBy
from openhall.vault.fields import BlindField, EncryptedTextField
from openhall.versions.models import DatedVersion, version_constraints


class BookingCalendar(DoneTo):
    """A calendar of ``owner``; ``reference`` is what it belongs to there (a centre, a window).

    Calendars of one owner that offer one purpose are merged for who books: their free seats count
    together. One calendar may be shared by the purposes of several units.
    """

    code = models.CharField(max_length=40, unique=True)
    owner = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60, blank=True)
    kind = models.CharField(
        max_length=14, choices=CalendarFor.choices(), default=CalendarFor.WINDOW.value
    )
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120, blank=True)
    released_to = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=CalendarFor.codes()), name="booking_calendar_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        return self.title

    @property
    def name_en(self) -> str:
        return self.title_en


class CalendarRules(DatedVersion):
    """What a calendar offers from a day: openings, purposes, release, limits, no-shows."""

    calendar = models.ForeignKey(BookingCalendar, on_delete=models.PROTECT, related_name="rules")
    length = models.PositiveSmallIntegerField(default=15)  # minutes of one slot
    purposes = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)
    place = models.CharField(max_length=120, blank=True)
    place_en = models.CharField(max_length=160, blank=True)
    days_ahead = models.PositiveSmallIntegerField(default=14)
    release_at = models.TimeField(default=time(8))
    most_open = models.PositiveSmallIntegerField(default=3)  # appointments to come, a person
    change_hours = models.PositiveSmallIntegerField(default=2)
    remind_hours = models.PositiveSmallIntegerField(default=24)
    late_minutes = models.PositiveSmallIntegerField(default=15)
    missed_times = models.PositiveSmallIntegerField(default=3)  # 0: nobody is paused
    missed_days = models.PositiveSmallIntegerField(default=90)
    pause_days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        ordering: ClassVar = ["calendar", "number"]
        constraints: ClassVar = [
            *version_constraints("calendar_rules", ["calendar"]),
            models.CheckConstraint(
                condition=Q(length__in=LENGTHS), name="calendar_rules_slot_length_is_known"
            ),
            models.CheckConstraint(
                condition=Q(days_ahead__lte=180, late_minutes__lte=120),
                name="calendar_rules_are_within_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar}/{self.number}"

    @property
    def offered(self) -> list[Purpose]:
        """The purposes as values."""
        return kept(self.purposes)

    def purpose(self, code: str) -> Purpose | None:
        """The purpose of that code, if it is offered."""
        return next((one for one in self.offered if one.code == code), None)


class OpeningHours(WeekSpan):
    """When a calendar is open, and for how many at a time."""

    rules = models.ForeignKey(CalendarRules, on_delete=models.CASCADE, related_name="openings")
    seats = models.PositiveSmallIntegerField()

    class Meta(WeekSpan.Meta):
        constraints: ClassVar = [
            *WeekSpan.Meta.constraints,
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=MOST_SEATS), name="opening_has_seats"
            ),
        ]


class DayException(Kept):
    """One day on which a calendar differs from its rules, and why; everybody reads it.

    ``withdrawn``: why it was taken back; the row stays, and the day is again what the rules say.
    """

    calendar = models.ForeignKey(BookingCalendar, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=DayChange.choices())
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200)
    withdrawn = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["day", "start", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=DayChange.codes(), start__lt=F("end"), end__lte=1440),
                name="day_exception_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.day} {self.kind}"

    @property
    def value(self) -> Change:
        return Change(self.kind, self.start, self.end, self.seats)


class Slot(models.Model):
    """A time that a calendar offers; bookable from ``opens_at`` on, whoever ran what job when."""

    calendar = models.ForeignKey(BookingCalendar, on_delete=models.PROTECT, related_name="slots")
    day = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    opens_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["starts", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["calendar", "starts"], name="slot_is_offered_once"),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="slot_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["calendar", "day"], name="slot_by_day")]

    def __str__(self) -> str:
        return f"{self.calendar} {self.starts}"


class Appointment(DoneTo):
    """One visit: held, confirmed, and what became of it.

    Of its code only ``code_blind`` is kept. ``person`` is a blind index of the identity number, or
    of the telephone where none is asked; ``holder`` one of the session or account that holds.
    ``seats`` are its [slot, number] pairs in order.
    """

    number = models.CharField(max_length=20, unique=True)
    calendar = models.ForeignKey(BookingCalendar, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=160, blank=True)
    persons = models.PositiveSmallIntegerField(default=1)
    day = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    seats = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=AppointmentState.choices(), default=AppointmentState.HELD.value
    )
    held_until = models.DateTimeField(null=True, blank=True)
    holder = models.CharField(max_length=64, blank=True)
    person = BlindField(of="counted_by", blank=True, db_index=True)
    code_blind = models.CharField(max_length=64, null=True, blank=True, unique=True)
    name = EncryptedTextField(blank=True, default="")
    phone = EncryptedTextField(blank=True, default="")
    identity = EncryptedTextField(blank=True, default="")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.CharField(max_length=8, choices=MadeBy.choices(), default=MadeBy.ONLINE.value)
    reference = models.CharField(max_length=60, blank=True)  # a case, a hearing; or nothing
    language = models.CharField(max_length=8, default="zh")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["starts", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=AppointmentState.codes()), name="appointment_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts"), persons__gte=1),
                name="appointment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state=AppointmentState.CONFIRMED.value)
                | Q(confirmed_at__isnull=False, code_blind__isnull=False),
                name="confirmed_appointment_has_its_code",
            ),
            models.UniqueConstraint(
                fields=["person", "purpose", "day"],
                condition=Q(state=AppointmentState.CONFIRMED.value) & ~Q(person=""),
                name="person_has_one_appointment_of_a_purpose_a_day",
            ),
            models.UniqueConstraint(
                fields=["holder"],
                condition=Q(state=AppointmentState.HELD.value) & ~Q(holder=""),
                name="visitor_holds_one_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["calendar", "day", "state"], name="appointment_of_day"),
            models.Index(
                fields=["held_until"],
                condition=Q(state=AppointmentState.HELD.value),
                name="appointment_held",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def counted_by(self) -> str:
        """By what limits count this person; empty once it is erased."""
        if self.identity:
            return f"id:{self.identity}"
        return f"phone:{self.phone}" if self.phone else ""


class Seat(models.Model):
    """One seat of a slot: free (``until`` 0), held until a moment, or firm.

    ``until`` is in milliseconds since 1970, so that one comparison says it on both databases.
    """

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="seats")
    no = models.PositiveSmallIntegerField()
    hold = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="taken"
    )
    until = models.BigIntegerField(default=0)
    firm = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slot", "no"], name="seat_is_one_persons"),
            models.CheckConstraint(
                condition=Q(firm=False) | Q(hold__isnull=False), name="firm_seat_says_whose"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.no}"


class SlotDeed(DeedAbout):
    """What was done to a calendar, its rules or an appointment; only grows."""

    class Meta(DeedAbout.Meta):
        pass
