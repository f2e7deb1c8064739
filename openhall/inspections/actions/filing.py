"""报送佐证: what a unit did, filed once and read by every appraisal."""

from dataclasses import dataclass
from datetime import date

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, worded
from openhall.deeds.writer import deed, made_before, write
from openhall.glossary import Said
from openhall.inspections.actions.steps import NUMBER_OF_EVIDENCE, only
from openhall.inspections.kinds import EVIDENCE
from openhall.inspections.models import Evidence
from openhall.inspections.permissions import may_file
from openhall.inspections.terms import EvidenceAct, EvidenceKind
from openhall.organs.models import Organ
from openhall.supervision.actions.numbers import number

TITLE_AT_LEAST, REASON_AT_LEAST = 4, 5
FILERS = Said("本单位的负责人、信息编辑", "the head or the editor of the unit")


@dataclass(frozen=True, slots=True)
class Filed:
    """One piece of evidence. ``document``: its number, or where it is published."""

    kind: EvidenceKind
    title: str
    held_on: date
    document: str = ""
    words: str = ""


@acting()
def file_evidence(organ: Organ, filed: Filed, doing: Doing) -> Evidence:
    """报送, once; it stands for every indicator and target that asks for it."""
    same = {"organ_id": organ.pk, "kind": filed.kind.value, "title": filed.title.strip()}
    before: Evidence | None = made_before(EVIDENCE, doing, EvidenceAct.FILE, **same)
    if before is not None:
        return before
    only(may_file(doing.actor, organ, doing.day), FILERS, Said("报送佐证", "file evidence"))
    title = worded(filed.title, TITLE_AT_LEAST, Said("佐证的名称", "what it is called"), "name")
    if filed.held_on > doing.day:
        raise Refused(Said("日期不能晚于今天。", "The day cannot lie after today."), "held_on")
    row = Evidence.objects.create(
        number=number(NUMBER_OF_EVIDENCE, doing.day.year),
        organ=organ,
        kind=filed.kind.value,
        title=title,
        held_on=filed.held_on,
        document=filed.document.strip(),
        words=filed.words.strip(),
    )
    facts = {"kind": row.kind, "title": title, "held_on": filed.held_on.isoformat()}
    write(EVIDENCE, row, EvidenceAct.FILE, doing, facts=facts)
    return row


@deed(EVIDENCE, EvidenceAct.WITHDRAW)
def withdraw_evidence(row: Evidence, reason: str, doing: Doing) -> Deed:
    """撤回: it stays in the record and counts no more."""
    only(may_file(doing.actor, row.organ, doing.day), FILERS, Said("撤回佐证", "withdraw it"))
    if row.withdrawn:
        raise Refused(Said("已经撤回。", "It is withdrawn already."))
    written = worded(reason, REASON_AT_LEAST, Said("撤回的理由", "why it is withdrawn"), "reason")
    changes = {"withdrawn": True}
    facts = {"reason": written}
    return write(EVIDENCE, row, EvidenceAct.WITHDRAW, doing, changes=changes, facts=facts)
