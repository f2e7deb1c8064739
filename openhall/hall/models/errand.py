"""帮办代办, 跨域通办: somebody helps, goes in a person's place, or hands papers on. A1."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from openhall.cases.models import Case
from openhall.deeds.models import DoneTo
from openhall.hall.models.place import Hall
from openhall.hall.terms import ErrandKind, ErrandState
from openhall.organs.models import Account, Organ
from openhall.vault.fields import EncryptedTextField


class Errand(DoneTo):
    """One matter taken over for a person, with a named helper and a limit.

    ``organ`` is the unit that is competent. What was said, by whom, and which papers were taken is
    theirs, encrypted. ``received_by`` is who of the competent unit took the papers in.
    """

    number = models.CharField(max_length=40, unique=True)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="errands")
    kind = models.CharField(max_length=8, choices=ErrandKind.choices())
    organ = models.ForeignKey(Organ, on_delete=models.PROTECT, related_name="+")
    helper = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="errands")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="errands"
    )
    authorized = models.BooleanField(default=False)  # in writing, to act in the person's place
    what = EncryptedTextField(blank=True, default="")
    name = EncryptedTextField(blank=True, default="")
    phone = EncryptedTextField(blank=True, default="")
    papers = EncryptedTextField(blank=True, default="")
    taken_at = models.DateTimeField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ErrandState.choices())
    handed_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField(null=True, blank=True)
    outcome = EncryptedTextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=ErrandState.codes()), name="errand_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=ErrandKind.ERRAND.value) | Q(authorized=True),
                name="who_goes_in_anothers_place_is_authorized",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(handed_at__isnull=False),
                name="what_is_received_was_handed_on",
            ),
        ]

    def __str__(self) -> str:
        return self.number
