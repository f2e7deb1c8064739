"""检查方案: inspectors with their interests, announced together with the draw of the units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused, led, worded
from openhall.deeds.writer import deed, fresh_code, made_before, write
from openhall.glossary import Said
from openhall.inspections.actions.steps import ANNOUNCERS, NUMBER_OF_INSPECTIONS, PLANNERS, only
from openhall.inspections.kinds import INSPECTION
from openhall.inspections.models import Inspection, Inspector
from openhall.inspections.permissions import may_announce, may_plan
from openhall.inspections.queries import candidates, indicators_on
from openhall.inspections.rules.indicators import plain
from openhall.inspections.rules.lifecycle import INSPECTIONS, Named, faults_of_plan
from openhall.inspections.terms import InspectionAct, InspectionState
from openhall.lots.actions import Asked, announce
from openhall.lots.rules.protocol import Stratum
from openhall.organs.models import Organ
from openhall.supervision.actions.numbers import number
from openhall.vault.fields import blind

REASON_AT_LEAST = 5
STRATA = {
    "departments": Said("市级部门", "Municipal departments"),
    "districts": Said("区（市）县", "Districts"),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """An inspection as its plan says it."""

    title: str
    departments: int
    districts: int
    each: int
    window_from: date
    window_until: date
    people: Sequence[Named]
    title_en: str = ""


@acting()
def begin_inspection(organ: Organ, planned: Planned, doing: Doing) -> Inspection:
    """拟订: it goes to the Government Office; inspectors are named with their interests."""
    same = {"organ_id": organ.pk, "title": planned.title.strip()}
    before: Inspection | None = made_before(INSPECTION, doing, InspectionAct.BEGIN, **same)
    if before is not None:
        return before
    what = Said("拟订检查方案", "write the plan of an inspection")
    only(may_plan(doing.actor, organ, doing.day), PLANNERS, what)
    faults = [
        Fault(said, name)
        for name, said in faults_of_plan(
            planned.title,
            planned.people,
            planned.each,
            planned.departments + planned.districts,
            (planned.window_from, planned.window_until),
            doing.day,
        )
    ]
    if faults:
        raise Refused(faults[0].said, faults[0].field, faults)
    inspection = Inspection.objects.create(
        number=number(NUMBER_OF_INSPECTIONS, doing.day.year),
        organ=organ,
        title=planned.title.strip(),
        title_en=planned.title_en.strip(),
        departments=planned.departments,
        districts=planned.districts,
        each=planned.each,
        window_from=planned.window_from,
        window_until=planned.window_until,
        state=InspectionState.REVIEW.value,
        written_by=doing.actor,
    )
    for place, one in enumerate(planned.people, start=1):
        code = fresh_code()
        Inspector.objects.create(
            inspection=inspection,
            place=place,
            name=one.name,
            name_en=one.name_en,
            category=one.category,
            interests=list(one.interests),
            code=code,
            code_blind=blind(f"inspector:{code}"),
        )
    facts = {
        "departments": planned.departments,
        "districts": planned.districts,
        "each": planned.each,
        "inspectors": len(planned.people),
        "window": [planned.window_from.isoformat(), planned.window_until.isoformat()],
    }
    write(INSPECTION, inspection, InspectionAct.BEGIN, doing, facts=facts)
    return inspection


def led_to(inspection: Inspection, act: InspectionAct) -> str:
    """Where the act leads; refused outside the table."""
    return str(led(INSPECTIONS, InspectionState(inspection.state), act).value)


@deed(INSPECTION, InspectionAct.DROP)
def drop_inspection(inspection: Inspection, reason: str, doing: Doing) -> Deed:
    """Given up before it was announced."""
    what = Said("不再实施", "give it up")
    only(may_plan(doing.actor, inspection.organ, doing.day), PLANNERS, what)
    state = led_to(inspection, InspectionAct.DROP)
    written = worded(reason, REASON_AT_LEAST, Said("理由", "the reason"), "reason")
    changes, detail = {"state": state}, {"reason": written}
    return write(INSPECTION, inspection, InspectionAct.DROP, doing, changes=changes, detail=detail)


@deed(INSPECTION, InspectionAct.ANNOUNCE)
def announce_inspection(inspection: Inspection, asked: Asked, doing: Doing) -> Deed:
    """公布方案: the indicators are frozen; the draw decides the units and, by its seed, teams."""
    what = Said("公布检查方案", "announce the inspection")
    only(may_announce(doing.actor, inspection, doing.day), ANNOUNCERS, what)
    state = led_to(inspection, InspectionAct.ANNOUNCE)
    if asked.public_on > inspection.window_from:
        raise Refused(
            Said(
                f"公开号码的日期应不晚于检查开始之日（{inspection.window_from.isoformat()}）。",
                f"The public number is of the first day of the visits ({inspection.window_from}) "
                "or of a day before.",
            ),
            "public_on",
        )
    take = {"departments": inspection.departments, "districts": inspection.districts}
    strata = [
        Stratum(code, STRATA[code], tuple(one.code for one in organs), take[code])
        for code, organs in candidates().items()
        if take[code]
    ]
    announced = announce(inspection.organ, asked, strata, doing.part("draw"))
    indicators = indicators_on(doing.day)
    return write(
        INSPECTION,
        inspection,
        InspectionAct.ANNOUNCE,
        doing,
        changes={
            "state": state,
            "announced_by": doing.actor,
            "draw": announced.draw,
            "indicators": plain(indicators),
        },
        facts={
            "draw": announced.draw.number,
            "indicators": [[one.code, one.weight] for one in indicators],
        },
    )
