"""启封与公布: when every sheet is in; scores with their spread; problems as findings."""

from collections.abc import Sequence

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, worded
from openhall.deeds.writer import deed, write
from openhall.glossary import Said
from openhall.inspections.actions.planning import led_to
from openhall.inspections.actions.steps import ANNOUNCERS, PLANNERS, RULE, only
from openhall.inspections.kinds import INSPECTION
from openhall.inspections.models import InspectedUnit, Inspection
from openhall.inspections.permissions import may_announce, may_plan
from openhall.inspections.queries import figures_of, unsigned
from openhall.inspections.terms import InspectionAct
from openhall.supervision.actions.problems import Problem, open_problems
from openhall.supervision.terms import IssueSource

WORDS_AT_LEAST = 30


@deed(INSPECTION, InspectionAct.UNSEAL)
def unseal(inspection: Inspection, doing: Doing) -> Deed:
    """启封: only when every sheet is in; the figures are reckoned once, here."""
    what = Said("启封", "unseal the sheets")
    only(may_plan(doing.actor, inspection.organ, doing.day), PLANNERS, what)
    state = led_to(inspection, InspectionAct.UNSEAL)
    if left := unsigned(inspection):
        raise Refused(
            Said(
                f"还有{left}份打分表没有签名封存，全部收齐才能启封。",
                f"{left} sheets are not signed; they are unsealed when every one is in.",
            )
        )
    figures = figures_of(inspection)
    changes = {"state": state, "figures": figures}
    facts = {"figures": figures}
    return write(INSPECTION, inspection, InspectionAct.UNSEAL, doing, changes=changes, facts=facts)


@deed(INSPECTION, InspectionAct.PUBLISH)
def publish_inspection(
    inspection: Inspection, words: str, problems: Sequence[Problem], doing: Doing
) -> Deed:
    """公布: with the number of members and their spread; each problem is a finding."""
    what = Said("公布检查结果", "publish the result")
    only(may_announce(doing.actor, inspection, doing.day), ANNOUNCERS, what)
    state = led_to(inspection, InspectionAct.PUBLISH)
    written = worded(words, WORDS_AT_LEAST, Said("检查的情况和问题", "what was found"))
    rows = InspectedUnit.objects.filter(inspection=inspection).select_related("organ")
    units = {one.organ.code: one.organ for one in rows}
    opened = open_problems(IssueSource.INSPECTION, inspection.number, units, problems, RULE, doing)
    return write(
        INSPECTION,
        inspection,
        InspectionAct.PUBLISH,
        doing,
        changes={
            "state": state,
            "words": written,
            "problems": opened,
            "published_on": doing.day,
        },
        facts={"problems": opened},
    )
