"""The one shape of an event, of a row deeds are done to, and of a row they leave behind. A5."""

import base64
import json
from typing import Any, ClassVar, Final, cast

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from openhall.deeds.collecting import marked, marked_removed
from openhall.vault.fields import EncryptedTextField
from openhall.vault.rules.shred import MARK, Shredded, lock, unlock

LOCKED_FOR: Final = "event"


class Deed(models.Model):
    """One act done to one row: abstract, every room's event table is one.

    ``event_time`` is when it happened, ``entry_time`` when it was entered; back-filling shows.
    ``facts`` is public (no personal data) and stands in the ledger; ``sealed`` holds as JSON what
    only the parties may read, of which the ledger has a salted commitment. It is locked with the
    salt of the row, so that deleting the salt deletes it from a row nobody may touch.
    """

    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=24)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    desk = models.CharField(max_length=20, blank=True)  # empty: the applicant or the system
    event_time = models.DateTimeField()
    entry_time = models.DateTimeField()
    facts = models.JSONField(default=dict)
    sealed = EncryptedTextField(blank=True, default="")
    key = models.CharField(max_length=100, unique=True)  # idempotency: one deed, one event
    entry = models.BigIntegerField(unique=True)  # id of its ledger entry

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.act} #{self.seq}"

    def detail_under(self, salt: str) -> dict[str, str]:
        """What was written, by field; empty when nothing was or the salt was deleted."""
        kept = self.sealed
        if kept.startswith(MARK):
            try:
                kept = unlock(base64.b64decode(salt), LOCKED_FOR, kept)
            except Shredded:
                return {}
        said: dict[str, str] = json.loads(kept) if kept else {}
        return said

    @staticmethod
    def locked(salt: str, detail: dict[str, str]) -> str:
        """``detail`` as it is kept in ``sealed``."""
        if not detail:
            return ""
        return lock(base64.b64decode(salt), LOCKED_FOR, json.dumps(detail, ensure_ascii=False))


class DeedAbout(Deed):
    """An event of a room with several kinds of rows: ``subject`` number ``about``. Abstract."""

    subject = models.CharField(max_length=24)
    about = models.BigIntegerField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["subject", "about", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "about", "seq"], name="%(class)s_has_its_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.about}#{self.seq} {self.act}"


class KeptQuerySet(models.QuerySet):
    """Inside an act, notes which rows a statement changed, so that its entry commits to them."""

    def update(self, **values: Any) -> int:
        if not marked.wanted():
            return super().update(**values)
        pks = list(self.order_by().values_list("pk", flat=True))
        if not pks:
            return 0
        done = super().update(**values)
        for pk in pks:
            marked(self.model, pk)
        return done

    def bulk_create(self, objs: Any, *args: Any, **more: Any) -> Any:
        made = super().bulk_create(objs, *args, **more)
        for row in made:
            marked(self.model, row.pk, row)
        return made

    def delete(self) -> Any:
        for row in list(self) if marked.wanted() else ():
            marked_removed(cast(models.Model, row))
        return super().delete()


class Kept(models.Model):
    """A row that deeds leave behind: what an act makes or changes of it, its entry commits to.

    Outside an act nothing is noted; the audit then finds the row to be other than its entry says.
    """

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **more: Any) -> None:
        adding = self._state.adding
        super().save(*args, **more)
        marked(type(self), self.pk, self if adding else None)

    def delete(self, *args: Any, **more: Any) -> Any:
        marked_removed(self)
        return super().delete(*args, **more)


class DoneTo(models.Model):
    """A row deeds are done to, with the ``seq`` of its last event and the salt of its commitments.

    For rows without personal data; a case or a complaint declares its own.
    """

    seq = models.PositiveIntegerField(default=0, editable=False)
    salt = EncryptedTextField(blank=True, default="", editable=False)

    class Meta:
        abstract = True


class FailedRow(models.Model):
    """A row at which a sweep of the law's own deeds failed: it was set aside, the rest went on."""

    sweep = models.CharField(max_length=60)
    row = models.CharField(max_length=80)
    why = models.CharField(max_length=500)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-last_at"]
        verbose_name_plural = _("failed rows")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sweep", "row"], name="row_fails_in_one_place")
        ]

    def __str__(self) -> str:
        return f"{self.sweep}: {self.row}"
