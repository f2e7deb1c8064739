"""What goes on behind the window: steps, stand-ins, notes, other units consulted. A2, A3."""

import base64
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models.case import Case
from openhall.cases.terms import ConsultedOpinion, StepPhase, StepState
from openhall.deeds.models import DoneTo, Kept
from openhall.organs.models import Organ
from openhall.organs.terms import Desk
from openhall.vault.fields import EncryptedTextField
from openhall.vault.rules.shred import Shredded, unlock


class CaseStep(Kept):
    """One published step of the item on this case, with its own clock. Late is told apart (A3)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    phase = models.CharField(max_length=10, choices=StepPhase.choices())
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    days = models.PositiveIntegerField(null=True, blank=True)  # working days published
    state = models.CharField(max_length=10, choices=StepState.choices())
    begun_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    extra = models.PositiveIntegerField(default=0)  # working days excluded or extended while it ran
    returned = models.PositiveSmallIntegerField(default=0)  # how often it came back

    class Meta:
        ordering: ClassVar = ["case", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "position"], name="case_step_has_its_place"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state="current"),
                name="one_step_at_a_time",
                violation_error_message=_("A case stands at one step."),
            ),
            models.CheckConstraint(
                condition=Q(phase__in=StepPhase.codes()), name="case_step_phase_is_known"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on", "case"],
                condition=Q(state="current", due_on__isnull=False),
                name="case_step_running",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name}"


class StandIn(DoneTo):
    """While ``absent`` is away, ``present`` of the same desk acts for him. Shown on the event."""

    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    desk = models.CharField(max_length=20, choices=Desk.choices())
    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences"
    )
    present = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stands_in"
    )
    since = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-since"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(absent=F("present")),
                name="nobody_stands_in_for_himself",
                violation_error_message=_("Another officer of the same desk stands in."),
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="stand_in_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.present_id} for {self.absent_id}"


class CaseNote(DoneTo):
    """A note between officials: never shown to the applicant, encrypted, only ever added to.

    Locked with the salt of the case, as the private part of an event is.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    desk = models.CharField(max_length=20)
    sealed = EncryptedTextField(db_column="words")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"

    @property
    def words(self) -> str:
        """What was noted; empty once the personal data of the case was erased."""
        try:
            return unlock(base64.b64decode(self.case.salt), "note", self.sealed)
        except Shredded:
            return ""


class Consultation(Kept):
    """Another unit is asked inside a case; it sees the question and what was shared, no more."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultations")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="consulted")
    question = EncryptedTextField()
    shared = models.JSONField(default=dict)  # {"answers": [field keys], "uploads": [ids]}
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    opinion = models.CharField(max_length=20, choices=ConsultedOpinion.choices(), blank=True)
    reason = EncryptedTextField(blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "organ"],
                condition=Q(answered_at__isnull=True),
                name="a_unit_is_consulted_once_at_a_time",
                violation_error_message=_("This unit is being consulted already."),
            ),
            models.CheckConstraint(
                condition=~Q(opinion="disagree") | ~Q(reason=""),
                name="who_disagrees_says_why",
                violation_error_message=_("Who does not agree says why."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organ", "due_on", "id"],
                condition=Q(answered_at__isnull=True),
                name="consultation_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} → {self.organ_id}"
