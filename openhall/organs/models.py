"""Organs, accounts, posts, companies: effective-dated facts about who may act for whom."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import DeedAbout, DoneTo, Kept
from openhall.organs.terms import AgencyKind, Assurance, Desk, IdentityKind, OrganKind
from openhall.vault.fields import BlindField, EncryptedTextField


class Organ(models.Model):
    """A government, department, bureau, service centre or bank. Never deleted, only closed.

    Founded and changed by deeds, whose commitments hide nothing: what an organ is, is public.
    """

    seq = models.PositiveIntegerField(default=0, editable=False)

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=OrganKind.choices())
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40)
    short_name_en = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    division_code = models.CharField(max_length=12, blank=True)  # GB/T 2260
    credit_code = models.CharField(max_length=18, blank=True)
    duties = models.TextField(blank=True)
    duties_en = models.TextField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    address_en = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    hours_en = models.CharField(max_length=160, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    complaint_phone = models.CharField(max_length=40, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    # What its desks write again and again, by act: {"decline": ["…"]}.
    phrases = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=OrganKind.codes()), name="organ_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
                name="organ_closes_after_it_opens",
                violation_error_message=_("An organ cannot close before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Account(AbstractUser):
    """A person who signs in: a resident, an agent of a company, or an official.

    ``real_name``, ``id_number`` and ``phone`` are encrypted; ``id_blind`` lets an equal number be
    found without being read.
    """

    real_name = EncryptedTextField(blank=True, default="")
    id_kind = models.CharField(
        max_length=20, choices=IdentityKind.choices(), blank=True, default=""
    )
    id_number = EncryptedTextField(blank=True, default="")
    id_blind = BlindField(of="id_number", blank=True, default="", db_index=True)
    phone = EncryptedTextField(blank=True, default="")
    assurance = models.CharField(
        max_length=20, choices=Assurance.choices(), default=Assurance.SELF.value
    )
    is_official = models.BooleanField(default=False)
    # Saved views of this person's queues: [{"at": "cd-mzh/window", "name": …, "query": …}].
    views = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["id_blind"],
                condition=~Q(id_blind=""),
                name="one_account_for_one_identity",
                violation_error_message=_("An account with this identity number exists already."),
            ),
        ]

    def __str__(self) -> str:
        return self.real_name or self.username


class Post(DoneTo):
    """``account`` sits at ``desk`` of ``organ`` from ``since`` to ``until`` (both included)."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="posts")
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="posts")
    desk = models.CharField(max_length=20, choices=Desk.choices())
    title = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(desk__in=Desk.codes()), name="post_desk_is_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="post_ends_after_it_begins",
                violation_error_message=_("A post cannot end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["account", "organ", "desk", "since"], name="post_is_held_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.get_desk_display()}"


class OrganDeed(DeedAbout):
    """What was done to organs, posts and companies, one row a deed; only grows."""

    class Meta(DeedAbout.Meta):
        pass


class Company(DoneTo):
    """A body other than an organ: a company, an institution, a social organisation.

    Who may act for it is confirmed by a deed on it.
    """

    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Agency(Kept):
    """``account`` may act for ``company`` from ``since`` to ``until``. 行政许可法 29."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="agencies")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="agencies")
    kind = models.CharField(max_length=30, choices=AgencyKind.choices())
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "agencies"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "company", "kind", "since"], name="agency_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="agency_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} → {self.company}"
