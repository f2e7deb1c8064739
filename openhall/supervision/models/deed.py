"""What was done in supervision, one row a deed; triggers refuse UPDATE and DELETE. A5."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import DeedAbout
from openhall.supervision.terms import Subject


class SupervisionDeed(DeedAbout):
    """One act done to ``subject`` number ``about``, and the state it led to.

    What was written is locked with the salt of the row the deed was done to, so that deleting that
    salt deletes it from a row nobody may touch.
    """

    state = models.CharField(max_length=20)

    class Meta(DeedAbout.Meta):
        constraints: ClassVar = [
            *DeedAbout.Meta.constraints,
            models.CheckConstraint(
                condition=Q(subject__in=Subject.codes()), name="deed_subject_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(sealed="")
                | ~Q(act__in=["explain", "object", "uphold", "withdraw", "reject", "return"]),
                name="deed_gives_its_reasons",
                violation_error_message=_("Who explains, objects, rules or rejects says why."),
            ),
        ]
