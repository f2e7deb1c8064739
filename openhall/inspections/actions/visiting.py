"""编组、检查、打分: teams by the seed of the draw, visits noted, sheets sealed one by one."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused, worded
from openhall.deeds.writer import deed, done_before, held, locked, write
from openhall.glossary import Said
from openhall.inspections.actions.planning import led_to
from openhall.inspections.actions.steps import PLANNERS, only
from openhall.inspections.kinds import INSPECTION, SHEET
from openhall.inspections.models import InspectedUnit, Inspection, MarkSheet
from openhall.inspections.permissions import may_plan
from openhall.inspections.queries import (
    NO_CODE,
    edits_of,
    inspector_with,
    inspectors_of,
    sheet_of,
)
from openhall.inspections.rules.assigning import Impossible, assign
from openhall.inspections.rules.carrying import REMARK, faults_of_standing, heads
from openhall.inspections.rules.indicators import Marks, faults_of_marks, indicators_in
from openhall.inspections.rules.visits import TooShort, scheduled
from openhall.inspections.terms import InspectionAct, InspectionState, SheetAct, SheetState
from openhall.lots.queries import drawn_rows, parties_of, sources_of
from openhall.lots.rules.rfc3797 import key_of
from openhall.lots.terms import DrawState
from openhall.organs.models import Organ
from openhall.workdays.queries import calendar

REASON_AT_LEAST, NOTE_AT_LEAST = 5, 10


@dataclass(frozen=True, slots=True)
class Visit:
    """What is noted of a visit, by each of the three methods; who attended."""

    day: date
    attended: str
    report: str
    site: str
    symposium: str


@deed(INSPECTION, InspectionAct.ASSIGN)
def assign_teams(inspection: Inspection, doing: Doing) -> Deed:
    """编组、排日程: nobody chooses. The seed is the draw's; conflicts are kept; loads are even.

    Each unit has its half-day, and nobody is in two places at once.
    """
    what = Said("编组", "form the teams")
    only(may_plan(doing.actor, inspection.organ, doing.day), PLANNERS, what)
    state = led_to(inspection, InspectionAct.ASSIGN)
    draw = inspection.draw
    if draw is None or draw.state != DrawState.DRAWN:
        raise Refused(
            Said(
                "公开抽取还没有完成。请先完成抽取。",
                "The public draw is not over. Finish it first.",
            )
        )
    codes = [code for rows in drawn_rows(draw).values() for _at, code in rows]
    people = inspectors_of(inspection)
    seed = sha256(key_of(sources_of(draw, parties_of(draw)))).hexdigest()
    forbidden = {(f"{one.place}", unit) for one in people for unit in one.interests}
    categories = {f"{one.place}": one.category for one in people}
    organs = Organ.objects.filter(code__in=codes).order_by("position", "pk")
    try:
        teams = assign(codes, categories, forbidden, seed, inspection.each)
        plan = scheduled(
            {one.code: teams[one.code] for one in organs}, _days_left(inspection, doing)
        )
    except (Impossible, TooShort) as refusal:
        raise Refused(refusal.said) from refusal
    by_place = {f"{one.place}": one for one in people}
    for organ in organs:
        day, half = plan[organ.code]
        unit = InspectedUnit.objects.create(
            inspection=inspection, organ=organ, planned_on=day, planned_half=half.value
        )
        for place in sorted(teams[organ.code], key=int):
            name = f"{inspection.number}-{organ.code}-{place}"
            sheet = MarkSheet.objects.create(
                number=name,
                unit=unit,
                inspector=by_place[place],
                state=SheetState.OPEN.value,
            )
            write(SHEET, sheet, SheetAct.HAND_OUT, doing.part(f"sheet-{sheet.pk}"))
    facts = {
        "seed": seed,
        "teams": {code: sorted(team, key=int) for code, team in teams.items()},
        "visits": {code: f"{day.isoformat()} {half.value}" for code, (day, half) in plan.items()},
    }
    return write(
        INSPECTION, inspection, InspectionAct.ASSIGN, doing, changes={"state": state}, facts=facts
    )


def _days_left(inspection: Inspection, doing: Doing) -> list[date]:
    """The working days of the visits from today on."""
    first = max(inspection.window_from, doing.day)
    span = (inspection.window_until - first).days + 1
    every = (first + timedelta(days=after) for after in range(span))
    days = calendar()
    return [one for one in every if days.is_workday(one)]


@deed(INSPECTION, InspectionAct.NOTE_VISIT)
def note_visit(inspection: Inspection, code: str, visit: Visit, doing: Doing) -> Deed:
    """记录检查: heard, looked at, discussed; within the window."""
    what = Said("记录检查", "note a visit")
    only(may_plan(doing.actor, inspection.organ, doing.day), PLANNERS, what)
    state = led_to(inspection, InspectionAct.NOTE_VISIT)
    unit = InspectedUnit.objects.filter(inspection=inspection, organ__code=code).first()
    if unit is None:
        raise Refused(Said("没有抽中这个单位。", "This unit was not drawn."), "unit")
    if not inspection.window_from <= visit.day <= min(inspection.window_until, doing.day):
        raise Refused(
            Said(
                "检查日期应在检查期间之内，且不晚于今天。",
                "The day lies within the days of the visits and not after today.",
            ),
            "day",
        )
    for name, words, said in (
        ("report", visit.report, Said("听汇报的情况", "what was reported")),
        ("site", visit.site, Said("实地查看的情况", "what was seen on site")),
        ("symposium", visit.symposium, Said("座谈的情况", "what was said in the discussion")),
    ):
        setattr(unit, name, worded(words, NOTE_AT_LEAST, said, name))
    unit.visited_on, unit.attended = visit.day, visit.attended.strip()
    unit.save()
    facts = {"unit": code, "day": visit.day.isoformat()}
    return write(
        INSPECTION,
        inspection,
        InspectionAct.NOTE_VISIT,
        doing,
        changes={"state": state},
        facts=facts,
    )


@acting()
def sign_sheet(
    inspection: Inspection,
    code: str,
    organ: str,
    marks: Marks,
    remark: str,
    doing: Doing,
    *,
    why: str = "",
) -> MarkSheet:
    """签名封存 by whoever holds the inspector's code; a signed sheet is corrected with a reason.

    The marks before stay in the deed, sealed. Nobody reads any before all are in.
    """
    inspector = inspector_with(inspection, code)
    if inspector is None:
        raise Refused(NO_CODE, "inspector_code")
    found = sheet_of(inspector, organ)
    if found is None:
        raise Refused(
            Said(
                "您没有分到检查这个单位：已经申报利害关系，或者由其他人检查。",
                "This unit is not yours to inspect: you declared an interest, or others do.",
            ),
            "organ",
        )
    return seal_sheet(inspection, found, marks, remark, doing, why=why)


def seal_sheet(
    inspection: Inspection,
    found: MarkSheet,
    marks: Marks,
    remark: str,
    doing: Doing,
    *,
    why: str = "",
) -> MarkSheet:
    """The sheet signed, in the caller's act: never over a value that stands and was not seen."""
    if done_before(SHEET, doing, (SheetAct.SIGN, SheetAct.CORRECT), found.pk) is not None:
        return found
    # The inspection first, as unsealing locks it: no sheet is signed while figures are reckoned.
    inspection = locked(INSPECTION, inspection.pk)
    sheet: MarkSheet = held(SHEET, found.pk, doing)
    if inspection.state != InspectionState.VISITING:
        raise Refused(
            Said("打分表已经启封或者检查还没有开始。", "The sheets are unsealed, or not open yet.")
        )
    if doing.day < inspection.window_from:
        raise Refused(Said("检查还没有开始。", "The visits have not begun."))
    indicators = indicators_in(inspection.indicators)
    standing = heads(edits_of(sheet))
    told = dict(faults_of_marks(indicators, marks))
    told |= dict(faults_of_standing(standing, {**marks, REMARK: remark.strip()}))
    faults = [
        Fault(said, name if name == REMARK else f"mark_{name}") for name, said in told.items()
    ]
    if faults:
        raise Refused(faults[0].said, faults[0].field, faults)
    again = sheet.state == SheetState.SIGNED
    detail = {}
    if again:
        reason = worded(why, REASON_AT_LEAST, Said("更正的理由", "why it is corrected"), "why")
        detail = {"reason": reason, "before": sheet.marks}
    write(
        SHEET,
        sheet,
        SheetAct.CORRECT if again else SheetAct.SIGN,
        doing,
        changes={
            "state": SheetState.SIGNED.value,
            "marks": json.dumps(dict(marks), sort_keys=True),
            "remark": remark.strip(),
            "edition": sheet.edition + 1,
        },
        facts={"edition": sheet.edition + 1},
        detail=detail,
    )
    return sheet
