"""One notice for a joint matter: all fees of all units, told once and asked once. 行政许可法 59."""

from collections.abc import Mapping

from openhall.cases.actions import bill_together
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.fees.models import PaymentNotice
from openhall.glossary import Said
from openhall.joint.models import JointCase
from openhall.joint.units import owing, tasks_of


def bill_joint(
    joint: JointCase, doing: Doing, *, lines: Mapping[str, Mapping[str, int]] | None = None
) -> PaymentNotice:
    """The one notice, once every unit that charges something has decided."""
    ready, undecided = owing(tasks_of(joint), doing.day)
    if undecided:
        raise Refused(
            Said(
                f"联合申请{joint.number}还有{undecided}个收费事项没有决定。全部决定后开具一张缴款书。",
                f"{undecided} parts of {joint.number} that charge a fee are not decided. One "
                "notice is issued once all are.",
            )
        )
    pks = [case.pk for case in ready]
    return bill_together(pks, joint.lead, joint.number, doing, lines=lines)
