"""The append-only events of a case; triggers refuse UPDATE and DELETE on both databases. A5."""

import json
from typing import ClassVar

from django.db import models
from django.db.models import Q

from openhall.cases.models.case import Case
from openhall.cases.terms import Act, BesideAct
from openhall.deeds.models import Deed, DeedAbout


class CaseEvent(Deed):
    """One act done to a case, with the stage after it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    stage = models.CharField(max_length=20)  # after the act

    class Meta:
        ordering: ClassVar = ["case", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "seq"], name="case_event_has_its_place"),
            models.CheckConstraint(
                condition=Q(act__in=Act.codes()), name="case_event_act_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.act}"

    @property
    def detail(self) -> str:
        """The private JSON; empty when there is none or the personal data was erased."""
        said = self.detail_under(self.case.salt)
        return json.dumps(said, ensure_ascii=False) if said else ""


class BesideDeed(DeedAbout):
    """What was done beside the procedure: a look at personal data, a note, an attempt to serve."""

    class Meta(DeedAbout.Meta):
        constraints: ClassVar = [
            *DeedAbout.Meta.constraints,
            models.CheckConstraint(
                condition=Q(act__in=BesideAct.codes()), name="beside_act_is_known"
            ),
        ]
