"""Surveys, the units drawn, codes that answer once, answers without who gave them, papers keyed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models import Case
from openhall.deeds.models import Deed, DeedAbout, DoneTo, Kept
from openhall.lots.models import PublicDraw
from openhall.organs.models import Organ
from openhall.surveys.terms import (
    CodeSource,
    Group,
    Instrument,
    Invalid,
    KeyingState,
    SurveyState,
    Way,
)
from openhall.vault.fields import BlindField, EncryptedTextField
from openhall.versions.models import DatedVersion, version_constraints


class SurveyInstrument(DatedVersion):
    """The questionnaire or the score sheet in force from a day on; before it, the shipped one."""

    instrument = models.CharField(max_length=10, choices=Instrument.choices())
    form = models.JSONField(default=dict)  # title, title_en, fields, as the form room stores them

    class Meta:
        ordering: ClassVar = ["instrument", "-number"]
        constraints: ClassVar = [*version_constraints("survey_instrument", ["instrument"])]

    def __str__(self) -> str:
        return f"{self.instrument} {self.number}"


class SurveyInstrumentEvent(Deed):
    """One step in the life of a version of an instrument."""

    version = models.ForeignKey(SurveyInstrument, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["version", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "seq"], name="survey_instrument_event_has_its_place"
            )
        ]


class Survey(DoneTo):
    """One survey. From its announcement on the two forms stand in it as they are asked.

    ``share`` is what the questionnaire counts in percent, the score sheet the rest; it is frozen
    with the plan. ``figures`` are the results as they were when it was closed.
    """

    number = models.CharField(max_length=30, unique=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    purpose = models.TextField()
    departments = models.PositiveSmallIntegerField()
    districts = models.PositiveSmallIntegerField()
    per_unit = models.PositiveSmallIntegerField()
    reserve = models.PositiveSmallIntegerField()
    served_from = models.DateField()
    served_until = models.DateField()
    field_from = models.DateField()
    field_until = models.DateField()
    share = models.PositiveSmallIntegerField()
    questions = models.JSONField(default=dict, blank=True)
    sheet = models.JSONField(default=dict, blank=True)
    draw = models.OneToOneField(
        PublicDraw, on_delete=models.PROTECT, null=True, blank=True, related_name="survey"
    )
    state = models.CharField(max_length=10, choices=SurveyState.choices())
    figures = models.JSONField(default=dict, blank=True)
    words = models.TextField(blank=True)  # what the report says
    problems = models.JSONField(default=list, blank=True)  # numbers of findings that it opened
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    announced_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=SurveyState.codes()), name="survey_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(departments__range=(3, 5), districts__range=(2, 3)),
                name="survey_is_of_so_many_units",
                violation_error_message=_("3 to 5 departments and 2 to 3 districts are surveyed."),
            ),
            models.CheckConstraint(
                condition=Q(announced_by__isnull=True) | ~Q(announced_by=F("written_by")),
                name="who_writes_a_survey_does_not_announce_it",
                violation_error_message=_("Who wrote the plan may not announce it."),
            ),
            models.CheckConstraint(
                condition=Q(share__lte=100) & Q(served_until__gte=F("served_from")),
                name="survey_shares_and_days_are_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SurveyUnit(Kept):
    """A unit that was drawn. ``frame``: cases it closed in the days asked about."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="units")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=12, choices=Group.choices())
    frame = models.PositiveIntegerField()
    issued = models.PositiveIntegerField(default=0)  # people drawn who were asked
    hall = models.PositiveIntegerField(default=0)  # codes handed out in the hall
    sheets = models.PositiveIntegerField(default=0)  # score sheets handed out

    class Meta:
        ordering: ClassVar = ["group", "organ__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "organ"], name="survey_has_a_unit_once"),
            models.CheckConstraint(
                condition=Q(group__in=Group.codes()), name="survey_group_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.organ}"


class SurveyCode(models.Model):
    """A code that answers once. It knows its case, if any; no answer knows its code.

    No time is kept of its use, so that nobody joins the two. How many were issued stands in the
    survey's deeds.
    """

    unit = models.ForeignKey(SurveyUnit, on_delete=models.PROTECT, related_name="codes")
    instrument = models.CharField(max_length=10, choices=Instrument.choices())
    source = models.CharField(max_length=6, choices=CodeSource.choices())
    place = models.PositiveIntegerField()  # in the order drawn or printed
    code = EncryptedTextField()
    code_blind = BlindField(of="code", before="survey:", unique=True)
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    used = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["unit", "instrument", "source", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "instrument", "source", "place"], name="survey_code_has_its_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.source}/{self.place}"


class SurveyAnswer(DoneTo):
    """One answer: of which unit, how it came, what was said; never of whom."""

    number = models.CharField(max_length=40, unique=True)
    unit = models.ForeignKey(SurveyUnit, on_delete=models.PROTECT, related_name="answers")
    instrument = models.CharField(max_length=10, choices=Instrument.choices())
    source = models.CharField(max_length=6, choices=CodeSource.choices())
    way = models.CharField(max_length=6, choices=Way.choices())
    answers = EncryptedTextField()  # as JSON
    received_on = models.DateField()
    level = models.CharField(max_length=1, blank=True)
    mark = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    why_not = models.CharField(max_length=12, choices=Invalid.choices(), blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(why_not="") | ~Q(level="") | Q(mark__isnull=False),
                name="an_answer_counts_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PaperKeying(DoneTo):
    """A paper keyed in by two people; only where both wrote the same it becomes an answer."""

    number = models.CharField(max_length=30, unique=True)
    unit = models.ForeignKey(SurveyUnit, on_delete=models.PROTECT, related_name="papers")
    code = models.OneToOneField(SurveyCode, on_delete=models.PROTECT, related_name="paper")
    state = models.CharField(max_length=8, choices=KeyingState.choices())
    first = EncryptedTextField()  # as JSON; emptied once the answer stands
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    second = EncryptedTextField(blank=True, default="")
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    came_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("first_by")),
                name="a_paper_is_keyed_by_two",
                violation_error_message=_("Another person keys it in the second time."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SurveyDeed(DeedAbout):
    """What was done to surveys, answers and papers; only grows."""

    class Meta(DeedAbout.Meta):
        pass
