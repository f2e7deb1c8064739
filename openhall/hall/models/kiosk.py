"""Machines of a hall: kiosks that give tickets, rating pads at windows, and when they were heard.

A machine proves itself by a key of its own (Ed25519); the hall keeps only the public half. What a
heartbeat says is no deed: it is written over, and a day keeps how many minutes were heard. E1.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import DoneTo
from openhall.hall.models.place import Hall, Window
from openhall.hall.terms import KioskKind

IDLE_LEAST, IDLE_MOST = 15, 60  # seconds without a touch


class Kiosk(DoneTo):
    """One machine. ``code`` is its name in the journal; locked, it serves nobody."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="kiosks")
    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=KioskKind.choices())
    name = models.CharField(max_length=60)
    window = models.ForeignKey(
        Window, on_delete=models.PROTECT, null=True, blank=True, related_name="pads"
    )
    public_key = models.CharField(max_length=44)  # 32 bytes, base64
    idle_seconds = models.PositiveSmallIntegerField(default=45)
    locked = models.BooleanField(default=False)
    why_locked = models.CharField(max_length=200, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["hall", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=KioskKind.codes()), name="kiosk_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=KioskKind.PAD.value, window__isnull=False)
                | Q(kind=KioskKind.KIOSK.value, window__isnull=True),
                name="rating_pad_stands_at_a_window",
                violation_error_message=_("A rating pad stands at a window; a kiosk does not."),
            ),
            models.UniqueConstraint(
                fields=["window"],
                condition=Q(retired=False),
                name="one_rating_pad_stands_at_a_window",
                violation_error_message=_("This window has a rating pad."),
            ),
            models.UniqueConstraint(
                fields=["public_key"],
                name="kiosk_key_is_its_own",
                violation_error_message=_("Another machine has this key."),
            ),
            models.CheckConstraint(
                condition=Q(idle_seconds__gte=IDLE_LEAST, idle_seconds__lte=IDLE_MOST),
                name="kiosk_waits_between_15_and_60_seconds",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class KioskHeard(models.Model):
    """When a machine was last heard, and what it said of itself."""

    kiosk = models.OneToOneField(
        Kiosk, on_delete=models.PROTECT, primary_key=True, related_name="heard"
    )
    at = models.DateTimeField()
    said = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.kiosk_id} {self.at}"


class KioskDay(models.Model):
    """How many minutes of a day a machine was heard: the proof that it served. 指标 S12."""

    kiosk = models.ForeignKey(Kiosk, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    first = models.DateTimeField()
    last = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kiosk", "day"], name="kiosk_day_stands_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="kiosk_day_goes_on"),
        ]

    def __str__(self) -> str:
        return f"{self.kiosk_id} {self.day}"
