"""带下去的打分表、纸质打分表: edits are taken in whole and signed once they agree."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused
from openhall.deeds.writer import done_before, held, locked, write
from openhall.glossary import Said
from openhall.inspections.actions.steps import KEYERS, only
from openhall.inspections.actions.visiting import seal_sheet
from openhall.inspections.kinds import INSPECTION, SHEET
from openhall.inspections.models import Inspection, MarkSheet, SheetEdit
from openhall.inspections.permissions import may_key_sheet
from openhall.inspections.queries import NO_CODE, edits_of, inspector_with, sheet_numbered, sheet_of
from openhall.inspections.rules.carrying import REMARK, Edit, fits, heads, settled
from openhall.inspections.rules.indicators import Marks, faults_of_marks, indicators_in
from openhall.inspections.terms import InspectionState, SheetAct, SheetState

NOT_YOURS = Said(
    "其中有不属于您的打分表，没有收下任何一条。请核对检查人员代码。",
    "Some of these sheets are not yours; nothing was taken in. Compare the code of the inspector.",
)
NOT_A_MARK = Said(
    "打分表上没有这一项，或者分数不是0—100的整数；没有收下任何一条。",
    "The sheet has no such line, or the mark is not a whole number from 0 to 100; none was taken.",
)


def _write(
    sheet: MarkSheet, edits: Sequence[Edit], act: SheetAct, doing: Doing, **facts: Any
) -> Deed:
    """The edits that are not here yet, and the deed that commits to them."""
    SheetEdit.objects.bulk_create(
        SheetEdit(
            sheet=sheet,
            edit=one.id,
            field=one.field,
            value=json.dumps(one.value, ensure_ascii=False),
            seen=list(one.seen),
            device=one.device,
            count=one.count,
            clock=one.clock,
            by=doing.actor,
            received_at=doing.at,
        )
        for one in edits
    )
    return write(SHEET, sheet, act, doing, facts={"edits": len(edits), **facts})


@acting()
def carry_in(inspection: Inspection, code: str, edits: Iterable[Edit], doing: Doing) -> int:
    """收到离线打分: what this inspector's device has and we have not, whatever its clock says.

    All of it or nothing. What is here already is not taken twice, so a device may send everything
    again until it is told that it is here; also when the sheet was signed meanwhile: then it stands
    beside the signed marks and changes none. Answers how many were new.
    """
    inspector = inspector_with(inspection, code)
    if inspector is None:
        raise Refused(NO_CODE, "inspector_code")
    sheets = {one.number: one for one in inspector.sheets.all()}
    indicators = indicators_in(inspection.indicators)
    marked = {one.code for one in indicators}
    free = {one.code for one in indicators if one.applies}
    by_sheet: dict[str, dict[str, Edit]] = {}
    for one in edits:
        if one.sheet not in sheets:
            raise Refused(NOT_YOURS, "edits")
        if not fits(one, marked, free):
            raise Refused(NOT_A_MARK, "edits")
        by_sheet.setdefault(one.sheet, {})[one.id] = one
    new = 0
    for number, told in sorted(by_sheet.items()):
        sheet = locked(SHEET, sheets[number].pk)
        here = set(SheetEdit.objects.filter(edit__in=told).values_list("edit", flat=True))
        fresh = [one for key, one in told.items() if key not in here]
        if fresh:
            _write(sheet, fresh, SheetAct.CARRY_IN, doing.part(number))
            new += len(fresh)
    return new


def sign_carried(
    inspection: Inspection, code: str, organ: str, doing: Doing, *, why: str = ""
) -> MarkSheet:
    """签名封存 of what was carried in, once every line has one value."""
    return _sign_carried(inspection, code, organ, doing, why)


@acting()
def _sign_carried(
    inspection: Inspection, code: str, organ: str, doing: Doing, why: str
) -> MarkSheet:
    inspector = inspector_with(inspection, code)
    if inspector is None:
        raise Refused(NO_CODE, "inspector_code")
    sheet = sheet_of(inspector, organ)
    if sheet is None:
        raise Refused(NOT_YOURS, "organ")
    marks, remark = _agreed(inspection, settled(heads(edits_of(sheet))))
    return seal_sheet(inspection, sheet, marks, remark, doing, why=why)


def _agreed(inspection: Inspection, values: Mapping[str, Any]) -> tuple[Marks, str]:
    """Marks and remark of a sheet; one that lies in conflict is as good as none."""
    marks = {
        one.code: values.get(one.code)
        for one in indicators_in(inspection.indicators)
        if one.code in values
    }
    return marks, str(values.get(REMARK, ""))


# ------------------------------------------------------------------------------------ papers
@acting()
def key_sheet(number: str, marks: Marks, remark: str, doing: Doing) -> MarkSheet:
    """录入纸质打分表: by two who do not see each other; the same twice is signed as it stands.

    Where the two differ a third reads the paper; that replaces what the two wrote, and nothing that
    came from the inspector's own device.
    """
    found = sheet_numbered(number)
    if found is None:
        raise Refused(Said("没有这份打分表。", "There is no such sheet."), "number")
    if done_before(SHEET, doing, (SheetAct.KEY,), found.pk) is not None:
        return found
    inspection = locked(INSPECTION, found.unit.inspection_id)
    sheet: MarkSheet = held(SHEET, found.pk, doing)
    who = KEYERS + Said("，且没有录入过这份打分表", "who has not keyed this sheet in yet,")
    only(may_key_sheet(doing.actor, sheet, doing.day), who, Said("录入打分表", "key it in"))
    if inspection.state != InspectionState.VISITING or sheet.state == SheetState.SIGNED:
        raise Refused(
            Said("这份打分表已经签名封存，不再录入。", "This sheet is sealed; nothing is keyed in.")
        )
    indicators = indicators_in(inspection.indicators)
    faults = [Fault(said, f"mark_{name}") for name, said in faults_of_marks(indicators, marks)]
    if faults:
        raise Refused(faults[0].said, faults[0].field, faults)
    rows = list(SheetEdit.objects.filter(sheet=sheet, by__isnull=False))
    before = len({one.by_id for one in rows})
    keyed = {one.edit for one in rows}
    standing = heads(edits_of(sheet)) if before > 1 else {}
    told = {**{one.code: marks.get(one.code) for one in indicators}, REMARK: remark.strip()}
    edits = [
        Edit(
            sheet.number,
            name,
            value,
            tuple(one.id for one in standing.get(name, ()) if one.id in keyed),
            f"keyed-{before + 1}",
            at,
            "",
        )
        for at, (name, value) in enumerate(told.items())
    ]
    _write(sheet, edits, SheetAct.KEY, doing, turn=before + 1)
    values = settled(heads(edits_of(sheet)))
    if before and all(name in values for name in told):
        agreed, said = _agreed(inspection, values)
        seal_sheet(inspection, sheet, agreed, said, doing.part("sign"))
    return sheet
