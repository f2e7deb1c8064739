"""Public draws: what is drawn from, who committed to what, and what came of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import DeedAbout, DoneTo, Kept
from openhall.lots.terms import Algorithm, DrawState
from openhall.organs.models import Organ
from openhall.vault.fields import BlindField, EncryptedTextField


class PublicDraw(DoneTo):
    """``strata``: code, names, size, ``take``, ``more`` (the reserve) and ``of``, in order.

    ``log_size`` is how long the public log was when the frame was made: who has access builds the
    frame again from what stood in it. ``drawn`` has the places of each stratum in their order.
    """

    number = models.CharField(max_length=30, unique=True)
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    algorithm = models.CharField(max_length=20, choices=Algorithm.choices())
    strata = models.JSONField()
    frame_hash = models.CharField(max_length=64)
    frame_rows = models.PositiveIntegerField()
    log_size = models.PositiveBigIntegerField()
    commit_until = models.DateTimeField()
    open_until = models.DateTimeField()
    public_source = models.CharField(max_length=200)  # which number, and how it is written
    public_on = models.DateField()
    public_numbers = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=12, choices=DrawState.choices())
    drawn = models.JSONField(default=dict, blank=True)
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    announced_at = models.DateTimeField()
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=DrawState.codes()) & Q(algorithm__in=Algorithm.codes()),
                name="public_draw_words_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="drawn") | Q(drawn_at__isnull=False),
                name="public_draw_is_drawn_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DrawFrame(models.Model):
    """The frame as one text. Its hash stands in the deed of the announcement."""

    draw = models.OneToOneField(PublicDraw, on_delete=models.PROTECT, related_name="frame")
    lines = models.TextField()

    def __str__(self) -> str:
        return f"{self.draw_id}"


class DrawParty(Kept):
    """One who commits and opens. ``code`` lets it act without an account, at its own desk."""

    draw = models.ForeignKey(PublicDraw, on_delete=models.PROTECT, related_name="parties")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    code = EncryptedTextField()
    code_blind = BlindField(of="code", before="draw-party:", unique=True)
    commitment = models.CharField(max_length=64, blank=True)
    a = models.BigIntegerField(null=True, blank=True)
    b = models.BigIntegerField(null=True, blank=True)
    opened_with = models.CharField(max_length=64, blank=True)  # the salt, once it is opened
    by_paper = models.BooleanField(default=False)  # opened from the sealed paper
    absent = models.BooleanField(default=False)  # neither committed nor, later, opened in time

    class Meta:
        ordering: ClassVar = ["draw", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "place"], name="draw_party_has_its_place"),
            models.UniqueConstraint(
                fields=["draw", "commitment"],
                condition=~Q(commitment=""),
                name="a_commitment_is_made_once",
                violation_error_message=_("Another party made this commitment already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """How the commitment names it."""
        return f"party-{self.place}"

    @property
    def is_open(self) -> bool:
        return self.a is not None


class PublicDrawDeed(DeedAbout):
    """What was done to a public draw; only grows."""

    class Meta(DeedAbout.Meta):
        pass
