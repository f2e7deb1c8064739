"""What was done to questions and calls, one row a deed; triggers refuse UPDATE and DELETE. A5."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from openhall.deeds.models import DeedAbout
from openhall.enquiries.terms import Subject


class EnquiryDeed(DeedAbout):
    """One act done to ``subject`` number ``about``, and the state it led to."""

    state = models.CharField(max_length=20)

    class Meta(DeedAbout.Meta):
        constraints: ClassVar = [
            *DeedAbout.Meta.constraints,
            models.CheckConstraint(
                condition=Q(subject__in=Subject.codes()), name="enquiry_deed_subject_is_known"
            ),
        ]
