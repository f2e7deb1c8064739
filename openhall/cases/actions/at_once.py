"""即办件: decided and issued in one act by the person who did not accept it. 行政许可法 34(2)."""

from openhall.cases.actions.outcome import decide, issue_now
from openhall.cases.actions.record import Doing
from openhall.cases.models import Case, CaseEvent
from openhall.cases.terms import Outcome
from openhall.catalogue.terms import ProjectType
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.glossary import Said


@acting()
def decide_at_once(
    case_id: int,
    outcome: Outcome,
    reason: str,
    remedy: str,
    doing: Doing,
    *,
    seen: int | None = None,
    term: str = "",
) -> CaseEvent:
    """The decider decides and, where nothing is to be paid, issues: one transaction, two events."""
    case = Case.objects.select_related("item_version").get(pk=case_id)
    if case.item_version.project_type != ProjectType.INSTANT:
        raise Refused(
            Said(
                "该事项不是即办件，不能当场办结（行政许可法 34）。请按程序决定。",
                "This item is not concluded on the spot (Administrative Licensing Law, "
                "art. 34). Decide it by the usual procedure.",
            )
        )
    event = decide(case_id, outcome, reason, remedy, doing, seen=seen, term=term)
    if outcome == Outcome.GRANTED:
        issue_now(case_id, doing)
    return event
