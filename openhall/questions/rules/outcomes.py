"""What a walk comes to: items, materials, fees, what goes into the form. Each path is a test. B7.

When an item changes, the paths kept at publication are walked again with its new facts; what
differs is said in a sentence, and the guide is looked at by its editor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openhall.questions.rules.content import Content, ItemLine
from openhall.questions.rules.faults import Facts, ItemFacts
from openhall.questions.rules.walking import (
    Answer,
    Answers,
    answered,
    items_for,
    line_for,
    paths,
    walk,
)


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """One item of a result: what to bring, and the sum of its fees in fen."""

    item: str
    version: int
    materials: tuple[str, ...]
    fee: int


def item_outcome(line: ItemLine, facts: ItemFacts, answers: Answers) -> ItemOutcome:
    """The materials of the item that these answers call for, and what it costs."""
    needed = []
    for key in facts.materials:
        said = line_for(line, key, answers)
        if said.needed if said is not None else key in facts.required:
            needed.append(key)
    fee = sum(amount for code, amount in facts.fees.items() if not line.fees or code in line.fees)
    return ItemOutcome(line.item, facts.version, tuple(needed), fee)


def outcome(content: Content, answers: Answers, facts: Facts) -> list[ItemOutcome]:
    """Every item in force that applies to who gives these answers."""
    found = walk(content, answers)
    lines = items_for(content, found.result, answered(content, answers))
    return [item_outcome(one, facts[one.item], answers) for one in lines if one.item in facts]


def prefilled(content: Content, answers: Answers, item: str) -> dict[str, str | list[str]]:
    """What the answers put into the form of ``item``: field → value."""
    said = answered(content, answers)
    filled: dict[str, str | list[str]] = {}
    for question in content.questions:
        answer = said.get(question.key)
        if answer is None:
            continue
        words = {one.key: one.value or one.label for one in question.choices()}
        for fill in question.fills:
            if fill.item != item:
                continue
            if isinstance(answer, frozenset):
                filled[fill.field] = [words[key] for key in words if key in answer]
            else:
                filled[fill.field] = str(answer) if isinstance(answer, int) else words[answer]
    return filled


# ---------------------------------------------------------------- each path is a test
def plain(answer: Answer) -> Any:
    """An answer as JSON."""
    return sorted(answer) if isinstance(answer, frozenset) else answer


def answer_of(said: Any) -> Answer:
    """An answer read back from JSON."""
    return frozenset(said) if isinstance(said, list) else said


def expectations(content: Content, facts: Facts) -> list[dict[str, Any]]:
    """Each path with where it leads and what it comes to, to be kept with the published guide."""
    return [
        {
            "answers": {key: plain(one) for key, one in path.answers().items()},
            "result": path.result,
            "items": [
                {"item": one.item, "materials": list(one.materials), "fee": one.fee}
                for one in outcome(content, path.answers(), facts)
            ],
        }
        for path in paths(content)
    ]


@dataclass(frozen=True, slots=True)
class Drift:
    """Path ``number`` no longer comes to what was kept; what differs, twice."""

    number: int
    item: str
    sentence: str
    sentence_en: str


def drifts(content: Content, kept: list[dict[str, Any]], facts: Facts) -> list[Drift]:
    """Where the paths kept at publication differ from what they come to with ``facts``."""
    found: list[Drift] = []
    for number, one in enumerate(kept, start=1):
        answers = {key: answer_of(said) for key, said in one["answers"].items()}
        now = {each.item: each for each in outcome(content, answers, facts)}
        for was in one["items"]:
            found += _differs(number, was, now.get(was["item"]), facts)
    return found


def _differs(
    number: int, was: Mapping[str, Any], now: ItemOutcome | None, facts: Facts
) -> list[Drift]:
    code = str(was["item"])
    if now is None:
        return [
            Drift(number, code, f"事项{code}已经停止施行。", f"Item {code} is no longer in force.")
        ]
    item, found = facts[code], []
    more = [item.materials.get(key, key) for key in now.materials if key not in was["materials"]]
    less = [key for key in was["materials"] if key not in now.materials]
    if more:
        said = "、".join(more)
        found.append(Drift(number, code, f"现在还要“{said}”。", f"Now also needs: {said}."))
    if less:
        said = "、".join(item.materials.get(key, key) for key in less)
        found.append(Drift(number, code, f"不再要“{said}”。", f"No longer needs: {said}."))
    if now.fee != was["fee"]:
        before, after = was["fee"] / 100, now.fee / 100
        found.append(
            Drift(
                number,
                code,
                f"收费由{before:.2f}元变为{after:.2f}元。",
                f"The fee was ¥{before:.2f} and is now ¥{after:.2f}.",
            )
        )
    return found
