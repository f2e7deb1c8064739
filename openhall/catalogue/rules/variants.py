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
from openhall.glossary import Said, cited

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
    "statutory_note_en",
    "power_source",
    "special_procedure",
    "season",
    "season_en",
    "season_from",
    "season_until",
)
INHERITED_ROWS: Final = ("laws", "prerequisites")
HOURS: Final[Mapping[str, int]] = MappingProxyType({DayUnit.HOURS.value: 1, DayUnit.INSTANT: 0})
WEIGHT: Final[Mapping[str, int]] = MappingProxyType(
    {Necessity.OPTIONAL.value: 0, Necessity.CONDITIONAL.value: 1, Necessity.REQUIRED.value: 2}
)
DEPTHS: Final = tuple(OnlineDepth.codes())
BASIS: Final = "行政许可法 16"
IN_ENGLISH: Final = cited(BASIS).en


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
            yield Fault(
                element,
                field,
                Said(
                    f"区县指南应当与市级指南一致，不得另行规定（{BASIS}）。",
                    "A district's guide says what the city's says and rules nothing of its own "
                    f"({IN_ENGLISH}).",
                ),
            )
    if variant.promised_days is not None and city.promised_days is not None:
        more = longer(
            variant.promised_days, variant.promised_unit, city.promised_days, city.promised_unit
        )
        unit = DayUnit(city.promised_unit)
        limit, limit_en = (
            f"{city.promised_days}{unit.zh}",
            f"{city.promised_days} {unit.en.lower()}",
        )
        if more is None:
            said = Said(
                f"请用与市级相同的时限单位，市级承诺{limit}。",
                f"Give the limit in the city's unit; the city promises {limit_en}.",
            )
            yield Fault(E.TIME_LIMIT, "promised_unit", said)
        elif more:
            said = Said(
                f"区县承诺的时限不得长于市级的{limit}（{BASIS}）。",
                f"A district promises no longer limit than the city's {limit_en} ({IN_ENGLISH}).",
            )
            yield Fault(E.TIME_LIMIT, "promised_days", said)


def _burden(variant: Guide, city: Guide) -> Iterator[Fault]:
    if variant.visits is not None and city.visits is not None and variant.visits > city.visits:
        said = Said(
            f"到现场次数不得多于市级的{city.visits}次（{BASIS}）。",
            f"No more visits than the city's {city.visits} may be asked for ({IN_ENGLISH}).",
        )
        yield Fault(E.PROCEDURE, "visits", said)
    if variant.has_fee and not city.has_fee:
        yield Fault(
            E.FEE,
            "has_fee",
            Said(
                "市级不收费的，区县不得收费（行政许可法 58）。",
                "Where the city charges nothing, a district charges nothing (Administrative "
                "Licensing Law, art. 58).",
            ),
        )
    prices = dict(city.prices)
    for code, amount in variant.prices:
        if amount > prices.get(code, 0):
            yield Fault(
                E.FEE,
                "tariffs",
                Said(
                    f"收费项目“{code}”高于市级标准（行政许可法 58）。",
                    f"The fee “{code}” is higher than the city's (Administrative Licensing Law, "
                    "art. 58).",
                ),
            )
    if city.accepts_post and not variant.accepts_post:
        yield Fault(
            E.PROCEDURE,
            "accepts_post",
            Said(
                "市级接受邮寄申请的，区县也应当接受。",
                "Where the city takes applications by post, a district does too.",
            ),
        )
    if DEPTHS.index(variant.online_depth) < DEPTHS.index(city.online_depth):
        said = Said(
            f"网上办理深度不得低于市级的“{OnlineDepth(city.online_depth).zh}”。",
            "It is handled online no less than at the city: "
            f"“{OnlineDepth(city.online_depth).en}”.",
        )
        yield Fault(E.PROCEDURE, "online_depth", said)
    if set(city.service_objects) - set(variant.service_objects):
        said = Said(
            "市级服务的对象，区县不得排除。", "Whom the city serves a district does not shut out."
        )
        yield Fault(E.CONDITIONS, "service_objects", said)
    if variant.prerequisites > city.prerequisites:
        yield Fault(
            E.PREREQUISITES,
            "prerequisites",
            Said(f"不得增加前置手续（{BASIS}）。", f"No prerequisite may be added ({IN_ENGLISH})."),
        )


def _papers(variant: Guide, city: Guide) -> Iterator[Fault]:
    asked = {material.key: material for material in city.materials}
    for row, material in enumerate(variant.materials):
        place, place_en = f"第{row + 1}项“{material.name}”", f"Item {row + 1} “{material.name}”"
        above = asked.get(material.key)
        if above is None:
            said = Said(
                f"{place}不在市级材料清单中，不得要求（{BASIS}）。",
                f"{place_en} is not on the city's list and may not be asked for ({IN_ENGLISH}).",
            )
            yield Fault(E.MATERIALS, "materials", said, row, "name")
            continue
        if WEIGHT[material.necessity] > WEIGHT[above.necessity]:
            said = Said(
                f"{place}市级为“{Necessity(above.necessity).zh}”，不得要求更多。",
                f"{place_en} is “{Necessity(above.necessity).en}” at the city; no more may be "
                "asked for.",
            )
            yield Fault(E.MATERIALS, "materials", said, row, "necessity")
        for column, most in (("originals", above.originals), ("copies", above.copies)):
            if getattr(material, column) > most:
                said = Said(
                    f"{place}的份数不得多于市级的{most}份。",
                    f"{place_en}: no more copies than the city's {most}.",
                )
                yield Fault(E.MATERIALS, "materials", said, row, column)
