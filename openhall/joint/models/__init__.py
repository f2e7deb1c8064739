"""Joint matters as dated versions; joint cases with each unit's task, meetings and events."""

from openhall.joint.models.draft import WholeDraft
from openhall.joint.models.handling import (
    DeemedConsent,
    DeemedConsentEvent,
    JointAttendance,
    JointCase,
    JointEvent,
    JointMeeting,
    JointTask,
)
from openhall.joint.models.matter import (
    JointMatter,
    JointMatterEvent,
    JointMatterVersion,
    JointPart,
)

__all__ = [
    "DeemedConsent",
    "DeemedConsentEvent",
    "JointAttendance",
    "JointCase",
    "JointEvent",
    "JointMatter",
    "JointMatterEvent",
    "JointMatterVersion",
    "JointMeeting",
    "JointPart",
    "JointTask",
    "WholeDraft",
]
