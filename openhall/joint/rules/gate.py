"""What keeps a joint matter from publication: each fault beside its field. 行政许可法 26, 42."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from openhall.catalogue.rules.guide import is_hollow
from openhall.catalogue.terms import DayUnit
from openhall.joint.terms import PartNeed

MOST_DAYS: Final = 45  # working days, 行政许可法 42
FEWEST_UNITS: Final = 2
BASIS: Final = "行政许可法 42"


@dataclass(frozen=True, slots=True)
class PartFacts:
    """One part as the gate reads it. Days are working days; ``promised`` in ``promised_unit``."""

    item: str
    name: str
    organ: str
    limit_days: int
    offered: bool
    need: str = PartNeed.ALWAYS.value
    question: str = ""
    question_en: str = ""
    promised: int | None = None
    promised_unit: str = DayUnit.WORKING.value


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """A version of a joint matter as the gate reads it."""

    title: str
    title_en: str
    summary: str
    summary_en: str
    lead: str
    lead_is_centre: bool
    limit_days: int
    parts: tuple[PartFacts, ...]


@dataclass(frozen=True, slots=True)
class MatterFault:
    """What is wrong, beside which field; a fault of a part names its item. A warning only tells."""

    field: str
    sentence: str
    item: str = ""
    warns: bool = False


def faults_of_matter(matter: MatterFacts, phrases: Sequence[str] = ()) -> list[MatterFault]:
    """Everything to put right before the matter may be published; warnings too."""
    return [*_words(matter, phrases), *_whole(matter), *_parts(matter)]


def _words(matter: MatterFacts, phrases: Sequence[str]) -> Iterator[MatterFault]:
    for field, name in (("title", "名称"), ("summary", "一句话说明")):
        if is_hollow(getattr(matter, field), phrases):
            yield MatterFault(field, f"请写明{name}，不能空着，也不能只写套话。")
    for field, name in (("title_en", "英文名称"), ("summary_en", "英文说明")):
        if not getattr(matter, field).strip():
            yield MatterFault(field, f"还缺少{name}。请补上，英文页面才能完整。")


def _whole(matter: MatterFacts) -> Iterator[MatterFault]:
    if not 1 <= matter.limit_days <= MOST_DAYS:
        yield MatterFault(
            "limit_days",
            f"共同期限应为1至{MOST_DAYS}个工作日（{BASIS}），现为{matter.limit_days}。请改正。",
        )
    units = {part.organ for part in matter.parts}
    if len(units) < FEWEST_UNITS:
        yield MatterFault(
            "parts",
            f"联办至少由{FEWEST_UNITS}个单位参加，现有{len(units)}个"
            "（行政许可法 26）。请添加其他单位的事项。",
        )
    if not any(part.need == PartNeed.ALWAYS for part in matter.parts):
        yield MatterFault("parts", "至少要有一个必办事项，否则申请人可能什么也没有申请。请改正。")
    if not matter.lead_is_centre and matter.lead not in units:
        yield MatterFault(
            "lead",
            "主办单位应为参加联办的单位或者政务服务中心（行政许可法 26）。请另选主办单位，"
            "或者添加该单位的事项。",
        )


def _parts(matter: MatterFacts) -> Iterator[MatterFault]:
    for part in matter.parts:
        if not part.offered:
            yield MatterFault(
                "item",
                f"“{part.name}”今天不能申请：尚未公布、已暂停、已取消或者不在办理期内"
                "（成办发〔2003〕75号 二（一））。请移除它，或者等它恢复。",
                part.item,
            )
        if not 1 <= part.limit_days <= matter.limit_days:
            yield MatterFault(
                "limit_days",
                f"“{part.name}”的时限应为1至{matter.limit_days}个工作日（共同期限），"
                f"现为{part.limit_days}（{BASIS}）。请改正。",
                part.item,
            )
        elif _slower(part):
            yield MatterFault(
                "limit_days",
                f"“{part.name}”单独办理承诺{part.promised}个工作日，联办反而要{part.limit_days}个。"
                "请核对。",
                part.item,
                warns=True,
            )
        if part.need == PartNeed.IF_CHOSEN:
            if not part.question.strip():
                yield MatterFault(
                    "question", f"请写明怎样问申请人要不要办“{part.name}”。", part.item
                )
            if not part.question_en.strip():
                yield MatterFault("question_en", f"“{part.name}”的提问还缺少英文。", part.item)


def _slower(part: PartFacts) -> bool:
    return (
        part.promised is not None
        and part.promised_unit == DayUnit.WORKING
        and part.promised >= 1
        and part.limit_days > part.promised
    )
