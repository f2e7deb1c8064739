"""What deeds of this room are done to, and the digest of what a version says."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from openhall.catalogue.models import (
    CatalogueDeed,
    CatalogueEntry,
    CentralList,
    HollowPhrase,
    Item,
    ItemEvent,
    ListLine,
    ListVersion,
    Origin,
    Tariff,
    TariffEvent,
)
from openhall.catalogue.permissions import may_claim, may_publish
from openhall.catalogue.terms import ItemStep, ListAct, PhraseAct
from openhall.deeds.kinds import Founding, Kind, Owned, register
from openhall.deeds.refusals import Fault
from openhall.glossary import Said
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

SEEDS: Final = Path(__file__).parent / "seeds"
PHRASES_SINCE: Final = datetime(2026, 11, 25, tzinfo=UTC)
PHRASES_REASON: Final = "随系统预置（国办函〔2016〕108号）"


def tariff_says(tariff: Tariff) -> dict[str, Any]:
    """Everything of a fee that binds."""
    said = ("name", "name_en", "amount", "unit", "basis", "price_approval", "approval_page")
    formula = ("included", "more_amount", "most_amount", "reducible", "reduction_basis")
    return {
        "item": tariff.item.code,
        "code": tariff.code,
        "number": tariff.number,
        **{name: getattr(tariff, name) for name in (*said, *formula)},
    }


def faults_of_tariff(tariff: Tariff, _first_day: date) -> Iterator[Fault]:
    """What forbids charging it: no approval, no fee (行政许可法 58, 59; A11)."""
    wanted = (
        ("name", Said("请填写收费项目。", "Name the fee.")),
        ("amount", Said("请填写收费标准。", "Give the amount.")),
        ("unit", Said("请填写计费单位。", "Say what one is charged for.")),
        ("basis", Said("请填写收费依据文号。", "Give the number of the document it rests on.")),
        (
            "price_approval",
            Said("请填写物价部门的核定文号。", "Give the price authority's approval."),
        ),
    )
    for name, said in wanted:
        if not getattr(tariff, name):
            yield Fault(said, name)
    if tariff.included and not tariff.more_amount:
        yield Fault(
            Said(
                "填写了起计数量的，请填写超出部分的单价。",
                "Say what each one beyond the first few costs.",
            ),
            "more_amount",
        )
    if tariff.most_amount and tariff.most_amount < tariff.amount:
        yield Fault(
            Said("最高收费不能低于收费标准。", "The most cannot be less than the amount."),
            "most_amount",
        )
    if tariff.reducible and not tariff.reduction_basis.strip():
        yield Fault(
            Said("允许减免的，请填写减免依据。", "Give the basis of the reduction."),
            "reduction_basis",
        )


def _phrases() -> Iterator[Founding]:
    for phrase in json.loads((SEEDS / "hollow_phrases.json").read_text(encoding="utf-8")):
        yield Founding(HollowPhrase(phrase=phrase, added_at=PHRASES_SINCE, reason=PHRASES_REASON))


ITEM = register(
    Kind(
        name="item",
        model=Item,
        events=ItemEvent,
        acts=ItemStep,
        title=Said("事项", "Item"),
        fk="item",
        number=lambda item: item.code,
        tells=lambda item: {"organ": item.organ.code},
        related=("organ", "entry"),
    )
)
LIST = register(
    Kind(
        name="list",
        model=CentralList,
        events=CatalogueDeed,
        acts=ListAct,
        title=Said("行政审批事项目录", "The central list"),
        founding=lambda: [Founding(CentralList(pk=1))],  # a city begins with an empty list
        owns=[
            Owned("entry", CatalogueEntry, "central_list"),
            Owned("origin", Origin, "entry__central_list"),
            Owned("version", ListVersion, "central_list"),
            Owned("line", ListLine, "version__central_list"),
        ],
    )
)
PHRASE = register(
    Kind(
        name="phrase",
        model=HollowPhrase,
        events=CatalogueDeed,
        acts=PhraseAct,
        title=Said("占位用语", "Phrase that says nothing"),
        number=lambda phrase: phrase.phrase,
        founding=_phrases,
    )
)

TARIFF = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name="tariff",
                model=Tariff,
                events=TariffEvent,
                acts=VersionAct,
                title=Said("收费标准", "Fee"),
                fk="version",
                number=lambda tariff: f"{tariff.item.code}/{tariff.code}/{tariff.number}",
                tells=lambda tariff: {"organ": tariff.item.organ.code, "item": tariff.item.code},
                related=("item__organ",),
            )
        ),
        family=("item", "code"),
        route=Route(
            write=Step(
                "write",
                Said("起草", "Writing"),
                Said(
                    "收费标准由本单位的事项维护人员或者法制办起草。",
                    "The catalogue clerk of the unit or the Legal Affairs Office writes a fee.",
                ),
                lambda account, tariff, day: (
                    may_claim(account, tariff.item.organ, day) or may_publish(account, day)
                ),
            ),
            publish=Step(
                "legal",
                Said("法制办公布", "Publication by the Legal Affairs Office"),
                Said(
                    "只有法制办可以公布、终止收费标准（行政许可法 58、59）。",
                    "Only the Legal Affairs Office publishes or ends a fee (Administrative "
                    "Licensing Law, art. 58, 59).",
                ),
                lambda account, _tariff, day: may_publish(account, day),
            ),
        ),
        content=tariff_says,
        gate=faults_of_tariff,
        names={
            "item": Said("事项编码", "Code of the item"),
            "code": Said("收费项目代码", "Code of the fee"),
            "number": Said("版本号", "Number of the version"),
            "name": Said("收费项目", "What is charged"),
            "name_en": Said("收费项目英文名", "What is charged, in English"),
            "amount": Said("收费标准（分）", "Amount in fen"),
            "unit": Said("计费单位", "Charged for one"),
            "basis": Said("收费依据文号", "Number of the document it rests on"),
            "price_approval": Said("物价部门核定文号", "Price authority's approval"),
            "approval_page": Said("核定文件网址", "Page of the approval"),
            "included": Said("起计数量", "So many are included"),
            "more_amount": Said("超出部分单价（分）", "Each one more, in fen"),
            "most_amount": Said("最高收费（分）", "The most, in fen"),
            "reducible": Said("是否允许减免", "May be reduced"),
            "reduction_basis": Said("减免依据", "Basis of the reduction"),
        },
        called=lambda tariff: Said(tariff.name, tariff.name_en or tariff.name),
    )
)
