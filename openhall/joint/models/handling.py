"""One application to several units: the joint case, each unit's task, its meetings. norms 2.5.

What a unit decides stands in its own ``Case``; here stands what binds the cases together.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models import Case
from openhall.cases.terms import ConsultedOpinion
from openhall.deeds.models import Deed, Kept
from openhall.joint.models.matter import JointMatterVersion
from openhall.joint.terms import DeemedBasis, JointAct
from openhall.organs.models import Organ
from openhall.vault.fields import BlindField, EncryptedTextField
from openhall.versions.models import DatedVersion, version_constraints
from openhall.versions.terms import VersionAct


class JointCase(models.Model):
    """One application for a life event or project, with a lead unit and one query code.

    ``salt`` keys the commitments of its events, as in ``Case``. ``due_on`` is the common limit.
    """

    number = models.CharField(max_length=40, unique=True)
    query_code = EncryptedTextField()
    query_blind = BlindField(of="query_code", unique=True)
    salt = EncryptedTextField()
    version = models.ForeignKey(JointMatterVersion, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="led")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="joint_cases",
    )
    pack = models.CharField(max_length=40)
    received_at = models.DateTimeField()
    answer_due = models.DateField(null=True, blank=True)  # accept, ask or decline by this day
    accepted_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_is_provisional = models.BooleanField(default=False)
    extended_days = models.PositiveIntegerField(default=0)
    intake = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved = models.BooleanField(null=True)  # the conclusion: to approve as a whole or not
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    seq = models.PositiveIntegerField(default=0)  # of its last event

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(due_on__isnull=False),
                name="accepted_joint_case_has_a_common_limit",
                violation_error_message=_("The common limit starts when the lead accepts (42)."),
            ),
            models.CheckConstraint(
                condition=Q(extended_days__lte=15),
                name="joint_extension_is_within_the_law",
                violation_error_message=_("A common limit is extended by 15 days at most (42)."),
            ),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=True)
                | Q(accepted_at__isnull=False, approved__isnull=False),
                name="conclusion_says_which",
            ),
            models.CheckConstraint(
                condition=Q(concluded_by__isnull=True)
                | Q(intake__isnull=True)
                | ~Q(concluded_by=models.F("intake")),
                name="who_accepts_together_does_not_conclude",
                violation_error_message=_(
                    "Who accepted an application may not conclude on it "
                    "(接办件分离, 成办发〔2003〕75号)."
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["lead", "received_at", "id"],
                condition=Q(closed_at__isnull=True),
                name="joint_case_open_by_lead",
            ),
            models.Index(
                fields=["answer_due", "id"],
                condition=Q(accepted_at__isnull=True, closed_at__isnull=True),
                name="joint_case_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class JointTask(Kept):
    """What one unit does in a joint case: its receipt of the notice and its opinion.

    An opinion has one of three forms. Where consent is deemed the form stays empty and the ground
    is named: it is not what the unit said, and it is no decision on its case.
    """

    joint = models.ForeignKey(JointCase, on_delete=models.PROTECT, related_name="tasks")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="task")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="joint_tasks")
    position = models.PositiveIntegerField()
    limit_days = models.PositiveIntegerField()
    noticed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    opinion = models.CharField(max_length=20, choices=ConsultedOpinion.choices(), blank=True)
    reason = EncryptedTextField(blank=True, default="")
    opinion_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opinion_at = models.DateTimeField(null=True, blank=True)
    deemed = models.CharField(max_length=10, choices=DeemedBasis.choices(), blank=True)
    deemed_basis = models.CharField(max_length=300, blank=True)  # of the switch on that day
    forward_due = models.DateField(null=True, blank=True)
    tell_due = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # of the superior's reply
    reasons_due = models.DateField(null=True, blank=True)
    reasons = EncryptedTextField(blank=True, default="")
    reasons_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["joint", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["joint", "position"], name="joint_task_has_its_place"),
            models.CheckConstraint(
                condition=Q(opinion="") | Q(opinion__in=ConsultedOpinion.codes()),
                name="joint_opinion_has_a_prescribed_form",
                violation_error_message=_("An opinion has one of the three prescribed forms."),
            ),
            models.CheckConstraint(
                condition=~Q(opinion="disagree") | ~Q(reason=""),
                name="joint_objection_gives_its_reasons",
                violation_error_message=_("Who does not agree says why."),
            ),
            models.CheckConstraint(
                condition=Q(deemed="")
                | (Q(signed_at__isnull=False, opinion="") & ~Q(deemed_basis="")),
                name="deemed_consent_needs_a_signed_receipt",
                violation_error_message=_(
                    "Consent is deemed only after a signed receipt of the joint notice, and names "
                    "the basis of the switch."
                ),
            ),
            models.CheckConstraint(
                condition=Q(opinion="") | Q(opinion_at__isnull=False, opinion_by__isnull=False),
                name="joint_opinion_names_who_gave_it",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True)
                | Q(noticed_at__isnull=False, signed_by__isnull=False),
                name="joint_receipt_is_signed_for_a_notice",
                violation_error_message=_("A receipt is signed by somebody, for a joint notice."),
            ),
            models.CheckConstraint(
                condition=Q(opinion="") | Q(signed_at__isnull=False),
                name="joint_opinion_follows_a_signed_receipt",
                violation_error_message=_("The joint notice is signed for before an opinion."),
            ),
            models.CheckConstraint(
                condition=Q(reasons_at__isnull=True)
                | (Q(reasons_due__isnull=False) & ~Q(reasons="")),
                name="joint_reasons_are_given_where_owed",
                violation_error_message=_("Reasons are given to a unit that is owed them."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organ", "due_on", "id"],
                condition=Q(noticed_at__isnull=False, opinion="", deemed=""),
                name="joint_task_open_by_organ",
            ),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(noticed_at__isnull=False, opinion="", deemed=""),
                name="joint_task_open_by_due",
            ),
            models.Index(
                fields=["reasons_due", "id"],
                condition=Q(reasons_due__isnull=False, reasons_at__isnull=True),
                name="joint_reasons_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joint} {self.position}"


class JointMeeting(Kept):
    """联审会议: called for a day and a place; held, it leaves its minutes."""

    joint = models.ForeignKey(JointCase, on_delete=models.PROTECT, related_name="meetings")
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    called_at = models.DateTimeField()
    meets_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    survey = models.BooleanField(default=False)  # 联合踏勘: the units look at the site together
    held_at = models.DateTimeField(null=True, blank=True)
    minutes = EncryptedTextField(blank=True, default="")

    class Meta:
        ordering: ClassVar = ["joint", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["joint"],
                condition=Q(held_at__isnull=True),
                name="one_joint_meeting_at_a_time",
                violation_error_message=_("A meeting is called already."),
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | ~Q(minutes=""),
                name="held_joint_meeting_has_minutes",
                violation_error_message=_("A joint meeting leaves its minutes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joint} {self.meets_at:%Y-%m-%d}"


class JointAttendance(Kept):
    """One unit at a meeting: its representative by name, or that it was absent and why."""

    meeting = models.ForeignKey(JointMeeting, on_delete=models.PROTECT, related_name="attendances")
    task = models.ForeignKey(JointTask, on_delete=models.PROTECT, related_name="attendances")
    representative = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    excuse = EncryptedTextField(blank=True, default="")  # the reason an absent unit gave

    class Meta:
        ordering: ClassVar = ["meeting", "task"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "task"], name="a_unit_attends_a_meeting_once"
            ),
            models.CheckConstraint(
                condition=Q(representative__isnull=True) | Q(excuse=""),
                name="who_attends_needs_no_excuse",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.task_id}"


class JointEvent(Deed):
    """One act done to a joint case, by the lead or by one of its units. A5."""

    joint = models.ForeignKey(JointCase, on_delete=models.PROTECT, related_name="events")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")  # whose act it is

    class Meta:
        ordering: ClassVar = ["joint", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["joint", "seq"], name="joint_event_has_its_place"),
            models.CheckConstraint(
                condition=Q(act__in=JointAct.codes()), name="joint_event_act_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.joint_id}#{self.seq} {self.act}"

    @property
    def by_applicant(self) -> bool:
        """Whether the applicant did it, not the lead at whom it stands."""
        mine = (JointAct.APPLY, JointAct.SUPPLEMENT, JointAct.WITHDRAW)
        return self.act in mine and not self.desk

    @property
    def detail(self) -> dict[str, str]:
        """What was written in private, by field; empty once the personal data is erased."""
        return self.detail_under(self.joint.salt)


class DeemedConsent(DatedVersion):
    """The switch 超时默许、缺席默认, with the document it rests on. No row in force: off."""

    basis = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            *version_constraints("deemed_consent", [], apart=False),
            models.CheckConstraint(
                condition=~Q(basis=""),
                name="deemed_consent_has_a_basis",
                violation_error_message=_("The switch names the document it rests on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effective_from} {self.basis}"


class DeemedConsentEvent(Deed):
    """One step in the life of a row of the switch."""

    switch = models.ForeignKey(DeemedConsent, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["switch", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["switch", "seq"], name="deemed_consent_event_has_its_place"
            ),
            models.CheckConstraint(
                condition=Q(act__in=VersionAct.codes()), name="deemed_consent_event_act_is_known"
            ),
        ]
