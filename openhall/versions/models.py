"""The one shape of what is in force from a day. A6, A10."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import DoneTo
from openhall.versions.terms import OPEN, PUBLIC, VersionState


class DatedVersion(DoneTo):
    """Words or figures in force from ``effective_from`` to ``effective_until``, both included.

    Abstract. Once published the content never changes: who wants to mend it begins the next one.
    ``digest`` is the SHA-256 of the canonical content as it was published; it stands in the log.
    ``writers`` are the accounts that wrote on the draft; ``step`` says with whom a version under
    review lies.
    """

    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=12, choices=VersionState.choices(), default=VersionState.DRAFT.value
    )
    step = models.CharField(max_length=20, blank=True)
    revision = models.PositiveIntegerField(default=0)  # counts the saves of a draft
    writers = models.JSONField(default=list, blank=True)
    remark = models.CharField(max_length=300, blank=True)  # why it was sent back
    change_note = models.CharField(max_length=500, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    effective_from = models.DateField(null=True, blank=True)
    effective_until = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC

    def in_force_on(self, day: date) -> bool:
        """Whether it binds on ``day``."""
        begun = self.effective_from is not None and self.effective_from <= day
        return self.is_public and begun and (self.effective_until or day) >= day


def version_constraints(
    name: str,
    family: Sequence[str],
    *,
    apart: bool = True,
    present: Q | None = None,
    same_day: bool = False,
) -> list[Any]:
    """What the database refuses of versions of ``family`` (the columns that name what they are of).

    ``apart``: who last wrote on it does not publish it. ``same_day``: a newer one may begin on the
    same day. ``present``: for a family column that may
    be empty, the condition under which these hold (declare the others in a second call).
    """
    here = present if present is not None else Q()
    public, unfinished = Q(state__in=PUBLIC), Q(state__in=OPEN)
    columns = list(family)
    rules: list[Any] = [
        models.UniqueConstraint(
            fields=[*columns, "number"], condition=here or None, name=f"{name}_is_numbered_once"
        ),
        models.UniqueConstraint(
            fields=[*columns, "effective_from"],
            condition=public & here,
            name=f"{name}_begins_on_a_day_of_its_own",
            violation_error_message=_("Another version begins on that day."),
        ),
    ]
    if same_day:
        rules.pop()
    if columns:
        rules.append(
            models.UniqueConstraint(
                fields=columns,
                condition=unfinished & here,
                name=f"{name}_has_one_draft",
                violation_error_message=_("There is a draft already. Go on with it."),
            )
        )
    if present is not None:
        return rules
    rules += [
        models.CheckConstraint(
            condition=Q(state__in=VersionState.codes()), name=f"{name}_state_is_known"
        ),
        models.CheckConstraint(
            condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
            name=f"{name}_ends_after_it_begins",
        ),
        models.CheckConstraint(
            condition=~public | Q(effective_from__isnull=False, published_at__isnull=False),
            name=f"{name}_published_has_its_first_day",
        ),
    ]
    if apart:
        rules.append(
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | Q(saved_by__isnull=True)
                | ~Q(published_by=F("saved_by")),
                name=f"{name}_writer_does_not_publish",
                violation_error_message=_("Who wrote a version may not publish it."),
            )
        )
    return rules
