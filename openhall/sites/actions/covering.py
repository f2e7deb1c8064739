"""Interactive coverage: units are designated and guided; each night the site itself answers. B9.

A unit is interactive when a form of it downloads, an item can be applied for online, its guides are
found by looking them up and by search. Nothing is declared: each is an answer with its address.
"""

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.utils import timezone

from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import versions_in_force
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, only, worded
from openhall.deeds.sweeping import sweep
from openhall.deeds.writer import deed, made_before, write
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind
from openhall.search.queries import has_read_all
from openhall.sites.kinds import DESIGNATION
from openhall.sites.live import ONLINE
from openhall.sites.models import CoverageLook, Designation
from openhall.sites.permissions import may_designate
from openhall.sites.probing import Answer, ask
from openhall.sites.terms import Capability, DesignationAct

GUIDANCE_AT_LEAST: Final = 10
INDEX_WAIT: Final = 60.0  # seconds
TRIED: Final = 5  # items of a unit, until one answers
OFFICE: Final = Said("信息化办", "the Informatization Office")
C = Capability


@acting()
def designate(organ: Organ, guidance: str, doing: Doing) -> Designation:
    """确定为互动窗口单位, with what it is to do first."""
    before: Designation | None = made_before(
        DESIGNATION, doing, DesignationAct.DESIGNATE, organ_id=organ.pk
    )
    if before is not None:
        return before
    only(
        may_designate(doing.actor, doing.day), OFFICE, Said("确定互动窗口单位", "designate a unit")
    )
    if organ.kind not in (OrganKind.DEPARTMENT.value, OrganKind.BUREAU.value):
        raise Refused(Said("请选择窗口单位。", "Choose a unit that has a window."), "organ")
    if Designation.objects.filter(organ=organ, until__isnull=True).exists():
        raise Refused(Said("这个单位已经确定。", "This unit is designated already."), "organ")
    words = _guidance(guidance)
    made = Designation.objects.create(organ=organ, since=doing.day, guidance=words, by=doing.actor)
    write(DESIGNATION, made, DesignationAct.DESIGNATE, doing, facts={"guidance": words})
    return made


def _guidance(words: str) -> str:
    what = Said("指导意见", "the guidance")
    return worded(words, GUIDANCE_AT_LEAST, what, "guidance")


@deed(DESIGNATION, DesignationAct.ADVISE)
def advise(designation: Designation, guidance: str, doing: Doing) -> Deed:
    """给予指导: the newest stands on the board, the older ones in the log."""
    only(may_designate(doing.actor, doing.day), OFFICE, Said("给予指导", "give guidance"))
    words = _guidance(guidance)
    return write(
        DESIGNATION,
        designation,
        DesignationAct.ADVISE,
        doing,
        changes={"guidance": words},
        facts={"guidance": words},
    )


@deed(DESIGNATION, DesignationAct.RELEASE)
def release(designation: Designation, reason: str, doing: Doing) -> Deed:
    """解除: it counts no more from tomorrow on."""
    only(may_designate(doing.actor, doing.day), OFFICE, Said("解除", "release a unit"))
    if designation.until is not None:
        raise Refused(Said("已经解除。", "It is released already."))
    reason = worded(reason, 5, Said("解除的理由", "why"), "reason")
    return write(
        DESIGNATION,
        designation,
        DesignationAct.RELEASE,
        doing,
        changes={"until": doing.day},
        facts={"reason": reason},
    )


# ------------------------------------------------------------ what the site answers
def prove_all(day: date | None = None) -> int:
    """Ask for every designated unit, once search has read what is public; how many were asked."""
    day = day or timezone.localdate()
    has_read_all(INDEX_WAIT)
    rows = Designation.objects.filter(until__isnull=True).select_related("organ")
    return sweep("coverage", list(rows), lambda one: prove(one.organ, day), str)


def prove(organ: Organ, day: date) -> CoverageLook:
    """The four capabilities of one unit tonight, each by the answer of a page."""
    rows = versions_in_force(day).filter(item__organ=organ).select_related("item__inherits")
    items = list(rows.order_by("item__code")[:TRIED])
    found: dict[str, Any] = {
        C.FORM.value: _first(items, _form),
        C.APPLY.value: _first([one for one in items if one.online_depth in ONLINE], _apply),
        C.LOOKUP.value: _lookup(organ, items),
        C.SEARCH.value: _first(items, _search),
    }
    kept, _made = CoverageLook.objects.update_or_create(
        organ=organ,
        day=day,
        defaults={"answers": found, "holds": all(one["holds"] for one in found.values())},
    )
    return kept


def _first(items: list[ItemVersion], tries: Any) -> dict[str, Any]:
    """The first answer that holds, else the last one that did not."""
    last: dict[str, Any] = {"holds": False, "at": "", "status": 0, "ms": 0, "bytes": 0}
    for one in items:
        answer, holds = tries(one)
        last = answer.plain(holds)
        if holds:
            break
    return last


def _form(version: ItemVersion) -> tuple[Answer, bool]:
    answer = ask(f"/services/{version.item.code}/form.pdf")
    return answer, answer.is_open and answer.body.startswith(b"%PDF")


def _apply(version: ItemVersion) -> tuple[Answer, bool]:
    answer = ask(f"/services/{version.item.code}/")
    return answer, answer.is_open and _names(answer, f"/services/{version.item.code}/apply/")


def _search(version: ItemVersion) -> tuple[Answer, bool]:
    """One entry a matter is found: a district's own, or the city's, which names the district's."""
    answer = ask(f"/search/?{urlencode({'q': version.name})}")
    root = version.item.inherits
    codes = [version.item.code, *([root.code] if root else [])]
    return answer, answer.is_open and any(_names(answer, f"/services/{one}/") for one in codes)


def _lookup(organ: Organ, items: list[ItemVersion]) -> dict[str, Any]:
    """The guides of its site lead to its items; a bureau's stand on its district's site."""
    owner = organ.parent if organ.kind == OrganKind.BUREAU.value and organ.parent else organ
    answer = ask(f"/sites/{owner.code.lower()}/guides/")
    named = [one for one in items if _names(answer, f"/services/{one.item.code}/")]
    return answer.plain(answer.is_open and bool(items) and len(named) == len(items))


def _names(answer: Answer, address: str) -> bool:
    return f'{address}"'.encode() in answer.body
