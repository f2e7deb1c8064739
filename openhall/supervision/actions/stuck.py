"""What the hall took as stuck (办不成事) is a finding of the one ledger. 国办发〔2022〕5号."""

from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.glossary import Said
from openhall.hall.models import StuckMatter
from openhall.supervision.actions.issues import open_issue
from openhall.supervision.terms import IssueSource, Severity


def put_right(matter: StuckMatter, days: int, basis: str, doing: Doing) -> None:
    """The unit at which it stuck says what it does about it, within the same days."""
    open_issue(
        IssueSource.STUCK,
        matter.number,
        matter.organ,
        Said(
            f"办不成事：群众跑了{matter.tries}次没有办成。",
            f"Stuck: somebody came {matter.tries} times in vain.",
        ),
        basis,
        Severity.MINOR,
        Doing(None, doing.at, system_key("stuck", matter.pk), entered=doing.entered),
        case=matter.case,
        due_workdays=days,
    )
