"""Halls, how they are arranged, whether they serve and when they are open. A1, A9, A15."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models import Item
from openhall.deeds.models import Deed, DeedAbout, DoneTo, Kept
from openhall.hall.terms import CentreKind, CentreState
from openhall.hours.models import WeekSpan
from openhall.organs.models import Organ
from openhall.versions.models import DatedVersion, version_constraints
from openhall.versions.terms import VersionAct


class Hall(DoneTo):
    """A place where people are served, run by ``organ``; never deleted, only suspended or merged.

    ``slug`` is its name in addresses. What is called, and whether it serves, say its centre
    versions; zones, windows and lines are its own rows.
    """

    organ = models.OneToOneField(Organ, on_delete=models.PROTECT, related_name="hall")
    slug = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=CentreKind.choices())

    class Meta:
        ordering: ClassVar = ["organ__position", "slug"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=CentreKind.codes()), name="hall_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.slug


class Zone(Kept):
    """A part of a hall: a floor, a corner with its own sign."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="zones")
    code = models.SlugField(max_length=20)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    floor = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hall", "code"], name="zone_stands_once_in_a_hall")
        ]

    def __str__(self) -> str:
        return self.name


class Window(Kept):
    """One window. ``general``: 综合窗口, takes in for every resident unit."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="windows")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, related_name="windows")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    general = models.BooleanField(default=False)
    wheelchair = models.BooleanField(default=False)
    sign_language = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)  # taken down; its history stays

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hall", "number"], name="window_number_stands_once_in_a_hall"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}号窗口"


class Line(Kept):
    """People who wait for the same thing; their numbers begin with ``letter``."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="lines")
    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    most = models.PositiveIntegerField(default=999)  # tickets a day
    closed = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["letter"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hall", "letter"], name="line_letter_stands_once_in_a_hall"
            ),
            models.CheckConstraint(
                condition=Q(letter__gte="A", letter__lte="Z"), name="line_letter_is_a_letter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"


class LineItem(Kept):
    """An item people of a line come for."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="line_items")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "item"], name="item_stands_once_in_a_line")
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.item_id}"


class Serves(Kept):
    """A window serves a line; ``until`` a moment where it was moved for a while (潮汐窗口)."""

    window = models.ForeignKey(Window, on_delete=models.PROTECT, related_name="serves")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="served_by")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "serves"
        indexes: ClassVar = [models.Index(fields=["window", "since"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="serving_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.window_id} → {self.line_id}"


class Residency(Kept):
    """A unit that has moved into a hall. ``only_here``: what it accepts, it accepts at a window."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="residents")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="residencies")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    only_here = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "residencies"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["hall", "organ"],
                condition=Q(until__isnull=True),
                name="unit_stands_once_in_a_hall",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="residency_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} in {self.hall_id}"


class BringsIn(Kept):
    """An item that a resident unit must bring into the hall, on what basis and until when."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="brings_in")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    by = models.DateField()
    basis = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "bring ins"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["residency", "item"], name="item_is_brought_in_once_by_a_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.residency_id} {self.item_id}"


class HallDeed(DeedAbout):
    """What was done to a hall, a shift or a day of a hall; only grows."""

    class Meta(DeedAbout.Meta):
        pass


class Centre(DatedVersion):
    """What a hall is called, where it stands and whether it serves, from a day: its history."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="centres")
    standing = models.CharField(
        max_length=10, choices=CentreState.choices(), default=CentreState.OPEN.value
    )
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=200, blank=True)
    address_en = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    into = models.ForeignKey(
        Hall, on_delete=models.PROTECT, null=True, blank=True, related_name="took_in"
    )
    basis = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["hall", "-number"]
        constraints: ClassVar = [
            *version_constraints("centre", ["hall"]),
            models.CheckConstraint(
                condition=Q(standing__in=CentreState.codes()), name="centre_standing_is_known"
            ),
            models.CheckConstraint(
                condition=Q(standing=CentreState.MERGED.value, into__isnull=False)
                | ~Q(standing=CentreState.MERGED.value) & Q(into__isnull=True),
                name="merged_centre_names_the_other",
                violation_error_message=_("A merged centre names the one it went into."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> CentreState:
        """Whether it serves, as a word in either language."""
        return CentreState(self.standing)


class CentreEvent(Deed):
    """What was done to a version of a centre."""

    version = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["version", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "seq"], name="centre_event_has_its_place"),
            models.CheckConstraint(
                condition=Q(act__in=VersionAct.codes()), name="centre_event_act_is_known"
            ),
        ]


class Opening(DatedVersion):
    """Opening hours of a hall; or, with its first day in ``exception``, an exception from them.

    The database refuses two versions of one hall, or two exceptions, that hold on the same day.
    """

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="openings")
    exception = models.CharField(max_length=10, blank=True)  # its first day; empty: the rule
    last_day = models.DateField(null=True, blank=True)  # of an exception
    last_ticket = models.PositiveSmallIntegerField(default=30)  # minutes before closing
    reason = models.CharField(max_length=200, blank=True)
    reason_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["hall", "exception", "-number"]
        constraints: ClassVar = [
            *version_constraints("opening", ["hall", "exception"]),
            models.CheckConstraint(
                condition=Q(exception="", last_day__isnull=True)
                | ~Q(exception="") & Q(last_day__isnull=False),
                name="exception_has_a_last_day",
                violation_error_message=_("An exception from the hours has a last day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hall_id} {self.exception}"


class Span(WeekSpan):
    """From when to when a hall is open on a weekday."""

    version = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="spans")

    class Meta(WeekSpan.Meta):
        pass


class OpeningEvent(Deed):
    """What was done to a version of the hours."""

    version = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["version", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "seq"], name="opening_event_has_its_place"),
            models.CheckConstraint(
                condition=Q(act__in=VersionAct.codes()), name="opening_event_act_is_known"
            ),
        ]
