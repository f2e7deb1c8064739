"""The last number given of each kind and year."""

from typing import ClassVar

from django.db import models


class EnquirySerial(models.Model):
    """Its row is locked in the act's transaction, so no number is skipped or given twice."""

    kind = models.CharField(max_length=10)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "year"], name="one_enquiry_serial_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
