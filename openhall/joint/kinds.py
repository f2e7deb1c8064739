"""What deeds of this room are done to: joint cases, with each unit's task and the meetings."""

from openhall.deeds.kinds import Kind, Owned, register
from openhall.glossary import Said
from openhall.joint.models import (
    JointAttendance,
    JointCase,
    JointEvent,
    JointMeeting,
    JointTask,
)
from openhall.joint.terms import JointAct

JOINT = register(
    Kind(
        name="joint",
        model=JointCase,
        events=JointEvent,
        acts=JointAct,
        title=Said("联合申请", "Joint application"),
        fk="joint",
        tells=lambda joint: {"lead": joint.lead.code, "matter": joint.version.matter.code},
        columns=("organ",),
        related=("lead__parent", "version__matter"),
        loose={
            "query_blind": "An index of the query code, made from it; the code is committed to.",
        },
        owns=[
            Owned("task", JointTask, "joint"),
            Owned("meeting", JointMeeting, "joint"),
            Owned("attendance", JointAttendance, "meeting__joint"),
        ],
    )
)
