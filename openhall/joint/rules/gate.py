"""What keeps a joint matter from publication: each fault beside its field. 行政许可法 26, 42."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from openhall.catalogue.rules.guide import is_hollow
from openhall.catalogue.terms import DayUnit
from openhall.glossary import Said, cited
from openhall.joint.terms import PartNeed

MOST_DAYS: Final = 45  # working days, 行政许可法 42
FEWEST_UNITS: Final = 2
BASIS: Final = cited("行政许可法 42")


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
class Twice:
    """What one application would be asked twice: the fact, if one is declared, and who asks how.

    ``askers``: the item's name, the words of its question, the kind of answer it takes.
    """

    fact: Said | None
    askers: tuple[tuple[str, str, Said], ...]


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
    twice: tuple[Twice, ...] = ()


@dataclass(frozen=True, slots=True)
class MatterFault:
    """What is wrong, beside which field; a fault of a part names its item. A warning only tells."""

    field: str
    said: Said
    item: str = ""
    warns: bool = False


def faults_of_matter(matter: MatterFacts, phrases: Sequence[str] = ()) -> list[MatterFault]:
    """Everything to put right before the matter may be published; warnings too."""
    return [*_words(matter, phrases), *_whole(matter), *_parts(matter), *_twice(matter)]


def _twice(matter: MatterFacts) -> Iterator[MatterFault]:
    for one in matter.twice:
        zh = "与".join(f"“{item}”的“{label}”（{kind.zh}）" for item, label, kind in one.askers)
        en = " and ".join(f"“{label}” ({kind.en}) of “{item}”" for item, label, kind in one.askers)
        if one.fact is None:
            said = Said(
                f"{zh}名称相同，联办时会问两次（行政许可法 26）。问的是同一件事的，请在两张表上"
                "选同一事实，并统一填法；不是同一件事的，请改名称。",
                f"{en} have one name, and a joint application asks both (Administrative Licensing "
                "Law, art. 26). If they mean the same, name the same fact on both forms and ask "
                "alike; if not, name them apart.",
            )
        else:
            said = Said(
                f"{zh}都是“{one.fact.zh}”，但填法不同，联办时会问两次（行政许可法 26）。"
                "请统一两张表的选项、格式和上下限。",
                f"{en} are both “{one.fact.en}” but are not asked alike, so a joint application "
                "asks both (Administrative Licensing Law, art. 26). Give both forms the same "
                "options, pattern and limits.",
            )
        yield MatterFault("parts", said, warns=True)


def _words(matter: MatterFacts, phrases: Sequence[str]) -> Iterator[MatterFault]:
    for field, name in (
        ("title", Said("名称", "the title")),
        ("summary", Said("一句话说明", "the one line")),
    ):
        if is_hollow(getattr(matter, field), phrases):
            yield MatterFault(
                field,
                Said(
                    f"请写明{name.zh}，不能空着，也不能只写套话。",
                    f"Write {name.en}: neither left empty nor a hollow phrase.",
                ),
            )
    for field, name in (
        ("title_en", Said("英文名称", "title")),
        ("summary_en", Said("英文说明", "one line")),
    ):
        if not getattr(matter, field).strip():
            yield MatterFault(
                field,
                Said(
                    f"还缺少{name.zh}。请补上，英文页面才能完整。",
                    f"The English {name.en} is missing. Add it, so that the English page is whole.",
                ),
            )


def _whole(matter: MatterFacts) -> Iterator[MatterFault]:
    if not 1 <= matter.limit_days <= MOST_DAYS:
        yield MatterFault(
            "limit_days",
            Said(
                f"共同期限应为1至{MOST_DAYS}个工作日（{BASIS.zh}），现为{matter.limit_days}。请改正。",
                f"The common limit is 1 to {MOST_DAYS} working days ({BASIS.en}), now "
                f"{matter.limit_days}. Correct it.",
            ),
        )
    units = {part.organ for part in matter.parts}
    if len(units) < FEWEST_UNITS:
        yield MatterFault(
            "parts",
            Said(
                f"联办至少由{FEWEST_UNITS}个单位参加，现有{len(units)}个"
                "（行政许可法 26）。请添加其他单位的事项。",
                f"At least {FEWEST_UNITS} units act in a joint matter, now {len(units)} "
                "(Administrative Licensing Law, art. 26). Add items of other units.",
            ),
        )
    if not any(part.need == PartNeed.ALWAYS for part in matter.parts):
        yield MatterFault(
            "parts",
            Said(
                "至少要有一个必办事项，否则申请人可能什么也没有申请。请改正。",
                "At least one item is always needed, or one could apply for nothing at all. "
                "Correct it.",
            ),
        )
    if not matter.lead_is_centre and matter.lead not in units:
        yield MatterFault(
            "lead",
            Said(
                "主办单位应为参加联办的单位或者政务服务中心（行政许可法 26）。请另选主办单位，"
                "或者添加该单位的事项。",
                "A unit that acts in the matter leads, or a service centre (Administrative "
                "Licensing Law, art. 26). Choose another leading unit or add an item of its own.",
            ),
        )


def _parts(matter: MatterFacts) -> Iterator[MatterFault]:
    for part in matter.parts:
        if not part.offered:
            yield MatterFault(
                "item",
                Said(
                    f"“{part.name}”今天不能申请：尚未公布、已暂停、已取消或者不在办理期内"
                    "（成办发〔2003〕75号 二（一））。请移除它，或者等它恢复。",
                    f"“{part.name}” cannot be applied for on that day: it is not published, "
                    "suspended, abolished or out of season (成办发〔2003〕75号, part 2(1)). Remove "
                    "it, or wait until it is back.",
                ),
                part.item,
            )
        if not 1 <= part.limit_days <= matter.limit_days:
            yield MatterFault(
                "limit_days",
                Said(
                    f"“{part.name}”的时限应为1至{matter.limit_days}个工作日（共同期限），"
                    f"现为{part.limit_days}（{BASIS.zh}）。请改正。",
                    f"The limit of “{part.name}” is 1 to {matter.limit_days} working days (the "
                    f"common limit), now {part.limit_days} ({BASIS.en}). Correct it.",
                ),
                part.item,
            )
        elif _slower(part):
            yield MatterFault(
                "limit_days",
                Said(
                    f"“{part.name}”单独办理承诺{part.promised}个工作日，联办反而要"
                    f"{part.limit_days}个。请核对。",
                    f"Alone, “{part.name}” is promised in {part.promised} working days; together "
                    f"it takes {part.limit_days}. Check this.",
                ),
                part.item,
                warns=True,
            )
        if part.need == PartNeed.IF_CHOSEN:
            if not part.question.strip():
                yield MatterFault(
                    "question",
                    Said(
                        f"请写明怎样问申请人要不要办“{part.name}”。",
                        f"Write how people are asked whether they need “{part.name}”.",
                    ),
                    part.item,
                )
            if not part.question_en.strip():
                yield MatterFault(
                    "question_en",
                    Said(
                        f"“{part.name}”的提问还缺少英文。请补上。",
                        f"The question about “{part.name}” has no English. Add it.",
                    ),
                    part.item,
                )


def _slower(part: PartFacts) -> bool:
    return (
        part.promised is not None
        and part.promised_unit == DayUnit.WORKING
        and part.promised >= 1
        and part.limit_days > part.promised
    )
