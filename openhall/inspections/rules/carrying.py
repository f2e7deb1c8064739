"""Marks made away from the network: a set of edits that only grows. Clocks are kept, never asked.

An edit names the edits that were before whoever made it (``seen``); it replaces those and no other.
What stands in a field is every edit that nobody has replaced knowingly: one value is settled,
several are a conflict that a person decides. So neither the order of transfers nor their loss or
repetition matters, and no value is ever dropped in silence.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from openhall.glossary import Said
from openhall.inspections.rules.indicators import HUNDRED

REMARK: Final = "remark"
UNMARKED: Final = ""  # a mark that was taken away again
LONGEST_REMARK: Final = 2000
LONGEST: Final = 64  # a device, a clock
SEEN_MOST: Final = 400
MOST: Final = 5000  # edits in one transfer
LARGEST_COUNT: Final = 2**31 - 1
Value = int | str | None  # None: does not apply


@dataclass(frozen=True, slots=True)
class Edit:
    """One value that somebody wrote into one field of one sheet."""

    sheet: str
    field: str
    value: Value
    seen: tuple[str, ...]
    device: str
    count: int
    clock: str

    @property
    def id(self) -> str:
        """SHA-256 of the rest, as the browser reckons it."""
        body = [self.sheet, self.field, self.value, list(self.seen)]
        told = json.dumps(
            [*body, self.device, self.count, self.clock], ensure_ascii=False, separators=(",", ":")
        )
        return sha256(told.encode()).hexdigest()


class Unreadable(ValueError):
    """No edit; ``said`` says why."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(said.zh)


SHAPE: Final = Said(
    "离线打分记录的格式不对，没有收下任何一条。请更新页面后重新发送。",
    "These marks are not in the form they are sent in; none was taken. "
    "Reload the page and send again.",
)


def edits_in(told: Any) -> list[Edit]:
    """What a device sent, each with the id it claims checked. Raises :class:`Unreadable`."""
    if not isinstance(told, list) or len(told) > MOST:
        raise Unreadable(SHAPE)
    return [_edit_in(one) for one in told]


def _edit_in(told: Any) -> Edit:
    try:
        seen, texts = told["seen"], [told["sheet"], told["field"], told["device"], told["clock"]]
        count, value = told["count"], told["value"]
        sound = (
            all(isinstance(one, str) and len(one) <= LONGEST for one in texts)
            and isinstance(seen, list)
            and len(seen) <= SEEN_MOST
            and all(isinstance(one, str) and len(one) == LONGEST for one in seen)
            and type(count) is int
            and 0 <= count <= LARGEST_COUNT
            and (value is None or type(value) in (int, str))
        )
        if not sound:
            raise Unreadable(SHAPE)
        sheet, name, device, clock = texts
        made = Edit(sheet, name, value, tuple(sorted(seen)), device, count, clock)
        if made.id != told["id"]:
            raise Unreadable(SHAPE)
    except (KeyError, TypeError, UnicodeEncodeError) as wrong:
        raise Unreadable(SHAPE) from wrong
    return made


def fits(edit: Edit, marked: Iterable[str], may_not_apply: Iterable[str]) -> bool:
    """Whether its value may stand in its field; ``marked`` are the indicators of the sheet."""
    if edit.field == REMARK:
        return isinstance(edit.value, str) and len(edit.value) <= LONGEST_REMARK
    if edit.field not in marked:
        return False
    if edit.value is None:
        return edit.field in may_not_apply
    if isinstance(edit.value, str):
        return edit.value == UNMARKED
    return 0 <= edit.value <= HUNDRED


def heads(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    """What stands in each field of one sheet: the edits that no other of the field replaces."""
    by_field: dict[str, dict[str, Edit]] = {}
    for one in edits:
        by_field.setdefault(one.field, {})[one.id] = one
    found = {}
    for name, those in by_field.items():
        replaced = {before for one in those.values() for before in one.seen}
        found[name] = [one for key, one in sorted(those.items()) if key not in replaced]
    return found


def values_of(standing: Sequence[Edit]) -> list[Value]:
    """The different values that stand, each once."""
    told: dict[tuple[str, Value], Value] = {}
    for one in standing:
        told[(type(one.value).__name__, one.value)] = one.value
    return list(told.values())


def conflicts(standing: Mapping[str, Sequence[Edit]]) -> dict[str, list[Value]]:
    """The fields in which several values stand, with them."""
    told = {name: values_of(those) for name, those in standing.items()}
    return {name: values for name, values in told.items() if len(values) > 1}


def settled(standing: Mapping[str, Sequence[Edit]]) -> dict[str, Value]:
    """The fields in which one value stands, with it; a mark that was taken away is none."""
    told = {name: values_of(those) for name, those in standing.items()}
    return {
        name: values[0]
        for name, values in told.items()
        if len(values) == 1 and (name == REMARK or values[0] != UNMARKED)
    }


def forks(edits: Iterable[Edit]) -> list[tuple[str, int]]:
    """One device, one number, two edits: a restored backup or a copied phone. Both are kept."""
    at: dict[tuple[str, int], set[str]] = {}
    for one in edits:
        at.setdefault((one.device, one.count), set()).add(one.id)
    return sorted(place for place, those in at.items() if len(those) > 1)


def faults_of_standing(
    standing: Mapping[str, Sequence[Edit]], signed: Mapping[str, Value]
) -> Iterator[tuple[str, Said]]:
    """Why ``signed`` may not be signed: several values stand in a field, or another than its own.

    What nobody has seen is never written over: it is settled on the sheet first.
    """
    for name, those in sorted(standing.items()):
        values = values_of(those)
        told = "、".join(_told(one) for one in values)
        if len(values) > 1:
            yield (
                name,
                Said(
                    f"这一项在不同设备上写了不同的内容：{told}。请先在“带下去的打分表”上选定一个。",
                    f"Different devices say different things here: {told}. "
                    "Choose one on the sheets taken along first.",
                ),
            )
        elif values[0] != UNMARKED and signed.get(name) != values[0]:
            yield (
                name,
                Said(
                    f"带下去的打分表上这一项是{told}。请先在那里改，或者照那里填写。",
                    f"The sheets taken along say {told} here. Change it there, or write the same.",
                ),
            )


def _told(value: Value) -> str:
    return "—" if value is None or value == UNMARKED else f"{value}"
