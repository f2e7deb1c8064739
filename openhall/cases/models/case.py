"""The case: what its events say of it now. Rebuilt exactly by ``rules.replay``."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models.ends import EndOfNumber
from openhall.cases.terms import ApplicantKind, Channel, Outcome, Stage
from openhall.catalogue.models import Item, ItemVersion
from openhall.fees.models import PaymentNotice
from openhall.files.models import Folder, Upload
from openhall.files.terms import Given
from openhall.organs.models import Organ
from openhall.organs.terms import IdentityKind
from openhall.papers.models import Paper
from openhall.vault.fields import BlindField, EncryptedTextField

if TYPE_CHECKING:
    from openhall.cases.models.procedure import Supplement


class Case(models.Model):
    """One application on its way. Dates named ``*_on`` are event dates in the city's time zone.

    ``salt`` keys the commitments that stand in the public ledger for personal data; deleting it
    makes them unreadable for ever and leaves every proof intact.
    """

    number = models.CharField(max_length=40, unique=True)
    query_code = EncryptedTextField()
    query_blind = BlindField(of="query_code", unique=True)
    # the code under which its applicant follows it, where that is another: of a joint application
    followed_by = EncryptedTextField(blank=True, default="")
    salt = EncryptedTextField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="cases")
    folder = models.OneToOneField(
        Folder, on_delete=models.PROTECT, null=True, blank=True, related_name="case"
    )  # of its files; opened with the first
    item_version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="cases")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="cases")
    channel = models.CharField(max_length=10, choices=Channel.choices())

    stage = models.CharField(max_length=20, choices=Stage.choices())
    outcome = models.CharField(max_length=20, choices=Outcome.choices(), blank=True)
    deemed = models.BooleanField(default=False)
    joint = models.BooleanField(default=False)  # 统一、联合、集中办理: 45 + 15 days (行政许可法 42)
    # its unit's own limit in a joint application, in working days; None for a case by itself
    part_days = models.PositiveIntegerField(null=True, blank=True)
    pack = models.CharField(max_length=40)  # the rule pack in force when it was received

    received_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    answer_due = models.DateField(null=True, blank=True)  # accept, ask or decline by this day
    promise_due = models.DateField(null=True, blank=True)
    statutory_due = models.DateField(null=True, blank=True)
    delivery_due = models.DateField(null=True, blank=True)
    due_is_provisional = models.BooleanField(default=False)
    suspended_since = models.DateField(null=True, blank=True)
    days_used = models.PositiveIntegerField(null=True, blank=True)  # working days, when closed
    on_time = models.BooleanField(null=True)  # within the promise, when closed

    intake = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decider = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
    )
    applicant_kind = models.CharField(max_length=10, choices=ApplicantKind.choices())
    applicant_name = EncryptedTextField()
    identity_kind = models.CharField(max_length=20, choices=IdentityKind.choices())
    identity_number = EncryptedTextField()
    identity_blind = BlindField(of="identity_number")
    # by which a desk finds a case unread: of the name and the telephone as people spell them
    name_blind = BlindField(
        of="applicant_name", said="openhall.cases.desks.blinds.name_said", blank=True, default=""
    )
    phone_blind = BlindField(
        of="phone", said="openhall.cases.desks.blinds.phone_said", blank=True, default=""
    )
    phone = EncryptedTextField(blank=True, default="")
    address = EncryptedTextField(blank=True, default="")
    agent_name = EncryptedTextField(blank=True, default="")
    agent_identity = models.CharField(
        max_length=20, choices=IdentityKind.choices(), blank=True, default=""
    )
    agent_number = EncryptedTextField(blank=True, default="")
    answers = EncryptedTextField(blank=True, default="{}")  # JSON by form field key

    payment = models.ForeignKey(  # the parts of a joint matter have one notice
        PaymentNotice, on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    seq = models.PositiveIntegerField(default=0)  # of its last event

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.codes()), name="case_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(intake__isnull=True)
                | Q(handler__isnull=True)
                | ~Q(intake=F("handler")),
                name="intake_is_not_handler",
                violation_error_message=_(
                    "Who accepted a case may not handle it (接办件分离, 成办发〔2003〕75号)."
                ),
            ),
            models.CheckConstraint(
                condition=Q(intake__isnull=True)
                | Q(decider__isnull=True)
                | ~Q(intake=F("decider")),
                name="intake_is_not_decider",
                violation_error_message=_(
                    "Who accepted a case may not decide it (接办件分离, 成办发〔2003〕75号)."
                ),
            ),
            models.CheckConstraint(
                condition=Q(handler__isnull=True)
                | Q(decider__isnull=True)
                | ~Q(handler=F("decider")),
                name="handler_is_not_decider",
                violation_error_message=_("Who handled a case may not decide it."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(accepted_at__gte=F("received_at")),
                name="case_is_accepted_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True)
                | (Q(accepted_at__isnull=False) & Q(decided_at__gte=F("accepted_at"))),
                name="case_is_decided_after_acceptance",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(decided_at__isnull=False),
                name="case_is_delivered_after_decision",
            ),
            models.CheckConstraint(
                condition=(Q(closed_at__isnull=True) & Q(outcome=""))
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="closed_case_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(promise_due__isnull=False),
                name="accepted_case_has_a_due_date",
                violation_error_message=_("An accepted case needs its due date (A3)."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organ", "stage", "promise_due", "id"],
                condition=Q(closed_at__isnull=True),
                name="case_open_by_desk",
            ),
            models.Index(
                fields=["promise_due", "id"],
                condition=Q(closed_at__isnull=True, accepted_at__isnull=False),
                name="case_open_by_due",
            ),
            models.Index(
                fields=["answer_due", "id"],
                condition=Q(stage__in=["submitted"]),
                name="case_unanswered",
            ),
            models.Index(
                fields=["handler", "promise_due", "id"],
                condition=Q(closed_at__isnull=True),
                name="case_open_by_handler",
            ),
            models.Index(fields=["organ", "-received_at", "-id"], name="case_by_organ"),
            models.Index(fields=["organ", "closed_at", "id"], name="case_closed_by_organ"),
            models.Index(fields=["organ", "accepted_at", "id"], name="case_accepted_by_organ"),
            models.Index(fields=["stage", "delivery_due", "id"], name="case_to_deliver"),
            models.Index(
                fields=["organ", "stage", "answer_due", "id"],
                condition=Q(closed_at__isnull=True),
                name="case_to_answer_by_organ",
            ),
            models.Index(
                fields=["organ", "stage", "delivery_due", "id"],
                condition=Q(delivered_at__isnull=True),
                name="case_to_finish_by_organ",
            ),
            models.Index(fields=["identity_blind", "organ", "-id"], name="case_by_identity"),
            models.Index(fields=["name_blind", "organ", "-id"], name="case_by_name"),
            models.Index(fields=["phone_blind", "organ", "-id"], name="case_by_phone"),
            # People read out the end of a number, not its date.
            models.Index(EndOfNumber("number"), "organ", "number", name="case_by_end_of_number"),
        ]

    # Read whole for a page, with what else hangs on it; an act reads anew.
    page_read: bool = False
    told: Any = ()  # its story then

    def __str__(self) -> str:
        return self.number

    @property
    def supplement(self) -> "Supplement":
        """The newest supplement notice. Raises ``Supplement.DoesNotExist`` where none was given."""
        return self.supplements.latest("number")

    @property
    def papers(self) -> models.QuerySet[Paper]:
        """Every paper given in the case, in order."""
        return Paper.objects.filter(about=self.number)

    @property
    def uploads(self) -> models.QuerySet[Upload]:
        """The files of the case, also those replaced since it was sent."""
        return Upload.objects.filter(folder__case=self).exclude(given=Given.ATTACHED.value)
