"""A district's variant of a city item inherits its guide and may only tighten it. Pure.

After 行政许可法 16(4): what implements a rule from above adds no permit and no condition. So the
promise may be shorter, papers, copies and visits fewer, the fee lower, more ways open; what the law
says (name, conditions, statutory limit, basis, prerequisites) is the city's, word for word.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from openhall.catalogue.rules.guide import Fault, Guide
from openhall.catalogue.terms import DayUnit, GuideElement, Necessity, OnlineDepth

E = GuideElement
INHERITED: Final = (  # never the variant's own
    "name",
    "name_en",
    "conditions",
    "conditions_en",
    "quantity_limit",
    "statutory_days",
    "statutory_unit",
    "statutory_basis",
    "statutory_note",
    "power_source",
    "special_procedure",
    "season",
    "season_en",
    "season_from",
    "season_until",
)
INHERITED_ROWS: Final = ("laws", "prerequisites")
TIGHTENED: Final = ("promised_days", "promised_unit", "visits", "has_fee", "materials")
HOURS: Final[Mapping[str, int]] = MappingProxyType({DayUnit.HOURS.value: 1, DayUnit.INSTANT: 0})
WEIGHT: Final[Mapping[str, int]] = MappingProxyType(
    {Necessity.OPTIONAL.value: 0, Necessity.CONDITIONAL.value: 1, Necessity.REQUIRED.value: 2}
)
DEPTHS: Final = tuple(OnlineDepth.codes())
BASIS: Final = "行政许可法 16"


def longer(days: int, unit: str, than: int, than_unit: str) -> bool | None:
    """Whether one limit is longer than the other; None when the units cannot be compared."""
    if unit == DayUnit.INSTANT:
        return False
    if than_unit == DayUnit.INSTANT:
        return days > 0
    if unit == than_unit:
        return days > than
    if DayUnit.HOURS in (unit, than_unit):  # a working day is never shorter than eight hours
        mine = days if unit == DayUnit.HOURS else days * 24
        theirs = than if than_unit == DayUnit.HOURS else than * 8
        return mine > theirs
    return None


def loosened(variant: Guide, city: Guide) -> list[Fault]:
    """Everything in which ``variant`` asks more than ``city``; empty when it may stand."""
    return [*_promise(variant, city), *_burden(variant, city), *_papers(variant, city)]


def _promise(variant: Guide, city: Guide) -> Iterator[Fault]:
    for field in ("conditions", "statutory_days", "statutory_unit", "quantity_limit"):
        if getattr(variant, field) != getattr(city, field):
            element = E.TIME_LIMIT if field.startswith("statutory") else E.CONDITIONS
            yield Fault(element, field, f"区县指南应当与市级指南一致，不得另行规定（{BASIS}）。")
    if variant.promised_days is not None and city.promised_days is not None:
        more = longer(
            variant.promised_days, variant.promised_unit, city.promised_days, city.promised_unit
        )
        limit = f"{city.promised_days}{DayUnit(city.promised_unit).zh}"
        if more is None:
            said = f"请用与市级相同的时限单位，市级承诺{limit}。"
            yield Fault(E.TIME_LIMIT, "promised_unit", said)
        elif more:
            said = f"区县承诺的时限不得长于市级的{limit}（{BASIS}）。"
            yield Fault(E.TIME_LIMIT, "promised_days", said)


def _burden(variant: Guide, city: Guide) -> Iterator[Fault]:
    if variant.visits is not None and city.visits is not None and variant.visits > city.visits:
        said = f"到现场次数不得多于市级的{city.visits}次（{BASIS}）。"
        yield Fault(E.PROCEDURE, "visits", said)
    if variant.has_fee and not city.has_fee:
        yield Fault(E.FEE, "has_fee", "市级不收费的，区县不得收费（行政许可法 58）。")
    prices = dict(city.prices)
    for code, amount in variant.prices:
        if amount > prices.get(code, 0):
            yield Fault(E.FEE, "tariffs", f"收费项目“{code}”高于市级标准（行政许可法 58）。")
    if city.accepts_post and not variant.accepts_post:
        yield Fault(E.PROCEDURE, "accepts_post", "市级接受邮寄申请的，区县也应当接受。")
    if DEPTHS.index(variant.online_depth) < DEPTHS.index(city.online_depth):
        said = f"网上办理深度不得低于市级的“{OnlineDepth(city.online_depth).zh}”。"
        yield Fault(E.PROCEDURE, "online_depth", said)
    if set(city.service_objects) - set(variant.service_objects):
        said = "市级服务的对象，区县不得排除。"
        yield Fault(E.CONDITIONS, "service_objects", said)
    if variant.prerequisites > city.prerequisites:
        yield Fault(E.PREREQUISITES, "prerequisites", f"不得增加前置手续（{BASIS}）。")


def _papers(variant: Guide, city: Guide) -> Iterator[Fault]:
    asked = {material.key: material for material in city.materials}
    for row, material in enumerate(variant.materials):
        place = f"第{row + 1}项“{material.name}”"
        above = asked.get(material.key)
        if above is None:
            said = f"{place}不在市级材料清单中，不得要求（{BASIS}）。"
            yield Fault(E.MATERIALS, "materials", said, row, "name")
            continue
        if WEIGHT[material.necessity] > WEIGHT[above.necessity]:
            said = f"{place}市级为“{Necessity(above.necessity).zh}”，不得要求更多。"
            yield Fault(E.MATERIALS, "materials", said, row, "necessity")
        for column, most in (("originals", above.originals), ("copies", above.copies)):
            if getattr(material, column) > most:
                said = f"{place}的份数不得多于市级的{most}份。"
                yield Fault(E.MATERIALS, "materials", said, row, column)
