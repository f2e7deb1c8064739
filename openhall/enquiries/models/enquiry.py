"""One question to a unit."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.models import Item
from openhall.deeds.models import DoneTo
from openhall.enquiries.models.call import Call
from openhall.enquiries.terms import (
    CameBy,
    EnquiryKind,
    EnquiryState,
    Stance,
    Taken,
    ToldBy,
    WhyClosed,
)
from openhall.organs.models import Organ
from openhall.vault.fields import BlindField, EncryptedTextField


class Enquiry(DoneTo):
    """``code`` opens it again without an account; ``public_*`` is what everybody may read.

    ``due`` is the last day of the answer; transfers leave it where it is. ``settled`` says that the
    centre named the unit, which then keeps the question. ``follows`` is the question this one
    follows up; each has one at most.
    """

    number = models.CharField(max_length=30, unique=True)
    code = EncryptedTextField()
    code_blind = BlindField(of="code", before="enquiry:", unique=True)
    kind = models.CharField(max_length=14, choices=EnquiryKind.choices())
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, null=True, blank=True, related_name="opinions"
    )
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    came_by = models.CharField(max_length=8, choices=CameBy.choices())
    title = EncryptedTextField()
    text = EncryptedTextField()
    added = EncryptedTextField(blank=True, default="")  # what the asker added when asked
    asked_back = EncryptedTextField(blank=True, default="")  # what the unit asked of the asker
    name = EncryptedTextField(blank=True, default="")
    told_by = models.CharField(max_length=6, choices=ToldBy.choices())
    address = EncryptedTextField(blank=True, default="")  # telephone or e-mail
    language = models.CharField(max_length=2, default="zh")
    may_publish = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=EnquiryState.choices())
    received_at = models.DateTimeField()
    due = models.DateField()
    clarify_due = models.DateField(null=True, blank=True)
    clarified = models.BooleanField(default=False)
    transfers = models.PositiveSmallIntegerField(default=0)
    settled = models.BooleanField(default=False)
    answer = EncryptedTextField(blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    on_time = models.BooleanField(null=True)  # of an answer
    why_closed = models.CharField(max_length=10, choices=WhyClosed.choices(), blank=True)
    helpful = models.BooleanField(null=True)
    stance = models.CharField(max_length=8, choices=Stance.choices(), blank=True)
    late = models.BooleanField(default=False)  # an opinion that came after the last day
    taken = models.CharField(max_length=8, choices=Taken.choices(), blank=True)
    public_title = models.CharField(max_length=200, blank=True)
    public_text = models.TextField(blank=True)
    public_answer = models.TextField(blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name_plural = "enquiries"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=EnquiryState.codes()) & Q(kind__in=EnquiryKind.codes()),
                name="enquiry_words_are_known",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(sent_by__isnull=True)
                | ~Q(answered_by=F("sent_by")),
                name="who_drafts_does_not_send",
                violation_error_message=_("Who wrote the answer may not send it."),
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(published_by__isnull=True)
                | ~Q(answered_by=F("published_by")),
                name="who_drafts_does_not_publish",
                violation_error_message=_("Who wrote the answer may not publish it."),
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(why_closed=""), name="closed_enquiry_says_why"
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | (Q(may_publish=True, state="answered") & ~Q(public_answer="")),
                name="enquiry_is_published_with_consent",
                violation_error_message=_("Only with the asker's consent is it published."),
            ),
            models.CheckConstraint(
                condition=Q(kind="opinion", call__isnull=False)
                | (~Q(kind="opinion") & Q(call__isnull=True)),
                name="an_opinion_belongs_to_a_call",
            ),
            models.CheckConstraint(
                condition=Q(told_by="none") | ~Q(address=""), name="told_by_an_address"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "state", "due", "id"], name="enquiry_by_unit"),
            models.Index(fields=["kind", "organ", "received_at"], name="enquiry_by_day"),
            models.Index(
                fields=["due", "id"],
                condition=Q(state__in=["to_assign", "with_unit", "drafted"]),
                name="enquiry_owed",
            ),
            models.Index(
                fields=["-published_on", "-id"],
                condition=Q(published_on__isnull=False),
                name="enquiry_published",
            ),
            models.Index(fields=["call", "id"], name="enquiry_of_a_call"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_public(self) -> bool:
        return self.published_on is not None

    @property
    def heading(self) -> str:
        """What it is called: an opinion by the call it is about."""
        return self.title or (self.call.title if self.call else "")

    @property
    def public_heading(self) -> str:
        """The same, as everybody reads it."""
        return self.public_title or (self.call.title if self.call else "")
