"""Of which joint matter an unsent application is the whole."""

from django.db import models

from openhall.applying.models import Draft
from openhall.joint.models.matter import JointMatterVersion


class WholeDraft(models.Model):
    """The draft of the leading part carries all that is typed; each further part has one beside it.

    The room of applications knows only that it is ``combined``; which matter it is stands here.
    """

    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="whole")
    version = models.ForeignKey(JointMatterVersion, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.draft_id} {self.version_id}"
