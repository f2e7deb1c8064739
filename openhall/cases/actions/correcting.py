"""当场更正: a mistake that can be mended at once is mended, not sent away. 行政许可法 32(3)."""

import json
from collections.abc import Mapping

from openhall.cases.actions.answering import supplemented
from openhall.cases.actions.record import Doing, record, stage_after
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent
from openhall.cases.permissions import may_receive
from openhall.cases.terms import Act
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed


@deed(CASE, Act.CORRECT)
def correct_on_spot(case: Case, answers: Mapping[str, object], doing: Doing) -> CaseEvent:
    """The applicant corrects at the window; what stood there and what stands now are both kept.

    Both values are committed to in the ledger, so that neither can be denied later.
    """
    if doing.actor is None or not may_receive(doing.actor, case, doing.day):
        raise Refused("只有本单位窗口的在岗人员可以记录当场更正（行政许可法 32（3））。")
    stage = stage_after(case, Act.CORRECT)
    stood = json.loads(case.answers)
    version = case.item_version
    asked = {one["key"] for one in version.form.fields} if hasattr(version, "form") else set(stood)
    if foreign := sorted(set(answers) - asked):
        raise Refused(f"申请表中没有“{foreign[0]}”。", foreign[0])
    changed = {key: value for key, value in answers.items() if stood.get(key) != value}
    if not changed:
        raise Refused("没有更正任何内容。请更改需要更正的一项。")
    day = doing.day
    merged = json.dumps(supplemented(case, changed, day), ensure_ascii=False)
    both = {f"{key}.before": str(stood.get(key, "")) for key in changed} | {
        f"{key}.after": str(value) for key, value in changed.items()
    }
    return record(
        case,
        Act.CORRECT,
        doing,
        stage=stage,
        changes={"answers": merged},
        facts={"fields": sorted(changed)},
        detail=both,
    )
