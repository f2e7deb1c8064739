"""A permit after it was issued, what was done to it, and who is barred. 行政许可法 49–79."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.cases.models import Case
from openhall.catalogue.models import Item
from openhall.deeds.models import DeedAbout, DoneTo, Kept
from openhall.organs.models import Organ
from openhall.permits.terms import BanAct, BanGround, LicenceAct, LicenceState, RequestKind
from openhall.vault.fields import BlindField, EncryptedTextField


class Licence(DoneTo):
    """One permit, begun at issue. ``valid_until`` is its last day; empty: without end."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="licence")
    number = models.CharField(max_length=80, unique=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="licences")
    holder = EncryptedTextField()
    terms = EncryptedTextField(blank=True, default="")  # what a change wrote, newest last
    state = models.CharField(max_length=10, choices=LicenceState.choices())
    issued_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["valid", "revoked", "cancelled"]),
                name="licence_state_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("issued_on")),
                name="licence_ends_after_it_begins",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "-id"], name="licence_by_organ"),
            models.Index(fields=["state", "valid_until", "id"], name="licence_by_end"),
        ]

    def __str__(self) -> str:
        return self.number


class RegisterLine(models.Model):
    """One line of the public register: a decision to grant that everybody may read. 行政许可法 40.

    ``holder`` is plain because it is public: a company's whole name, a person's masked one. Made of
    the case by ``actions.register``; what became of the licence since is read from the licence.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="register_line")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    holder = models.CharField(max_length=200, blank=True)
    named = models.CharField(max_length=10)  # Naming: full or masked
    decided_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(named__in=["full", "masked"]), name="register_line_is_named_so"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "-id"], name="register_by_organ")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.holder}"


class LicenceRequest(Kept):
    """A change or a renewal asked for; undecided at expiry a renewal is deemed given (50)."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=10, choices=RequestKind.choices())
    words = EncryptedTextField(blank=True, default="")
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # the window that took it in; empty: asked online
    due_on = models.DateField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted = models.BooleanField(null=True)
    deemed = models.BooleanField(default=False)
    reason = EncryptedTextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["licence"],
                condition=Q(decided_at__isnull=True),
                name="one_open_request_a_licence",
                violation_error_message=_("A request about this permit is open already."),
            ),
            models.CheckConstraint(
                condition=Q(taken_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(taken_by=F("decided_by")),
                name="who_takes_a_request_does_not_decide_it",
                violation_error_message=_("Who took a request in may not decide it."),
            ),
            models.CheckConstraint(
                condition=~Q(granted=False) | ~Q(reason=""),
                name="refused_request_says_why",
                violation_error_message=_("A refusal gives its reason (38)."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on", "id"],
                condition=Q(decided_at__isnull=True),
                name="licence_request_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licence} {self.kind}"


class PermitDeed(DeedAbout):
    """What was done to a permit or to a ban; only ever added to."""

    class Meta(DeedAbout.Meta):
        constraints: ClassVar = [
            *DeedAbout.Meta.constraints,
            models.CheckConstraint(
                condition=Q(subject="licence", act__in=LicenceAct.codes())
                | Q(subject="ban", act__in=BanAct.codes()),
                name="permit_act_is_known",
            ),
        ]


class Ban(DoneTo):
    """Who may not apply for a matter again until a day. 行政许可法 78, 79."""

    identity_blind = BlindField(of="case.identity_number")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=BanGround.choices())
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bans")
    reason = EncryptedTextField()
    since = models.DateField()
    until = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "ground"],
                name="a_decision_bars_once",
                violation_error_message=_("This decision bars the applicant already."),
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="ban_ends_later"),
        ]
        indexes: ClassVar = [models.Index(fields=["identity_blind", "item"], name="ban_lookup")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.until}"
