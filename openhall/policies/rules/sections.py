"""A text in its sections: headings and articles, also where one stands inside a line. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from openhall.policies.rules.law_names import number_of_numeral

NUMERALS: Final = "一二三四五六七八九十百零〇两"
LABEL: Final = rf"(第[{NUMERALS}\d]+[编章节条]|[{NUMERALS}]+、|[(\uff08][{NUMERALS}]+[)\uff09])"
MARK: Final = re.compile(rf"^[\s\u3000]*{LABEL}")
# Inside a line a mark begins a section after a sentence that has ended, or after a wide gap.
INSIDE: Final = re.compile(
    rf"(?:(?<=[。；！？])[\s\u3000]*|(?<![\s\u3000])[\s\u3000]{{2,}}){LABEL}(?![^\s\u3000]{{0,6}}规定)"
)
HEADING_AT_MOST: Final = 40  # characters; a longer first sentence is text, not a heading


@dataclass(frozen=True, slots=True)
class Section:
    """A heading or article: its mark (一、 (一) 第三十二条), its title if short, its text."""

    label: str
    title: str
    text: str


def sections(text: str) -> Iterator[Section]:
    """Every marked part of ``text`` in order; what stands before the first mark has no label."""
    label, words = "", list[str]()
    for line in _broken(text.splitlines()):
        if found := MARK.match(line):
            if section := _section(label, words):
                yield section
            label, words = found[1], [line[found.end() :].strip()]
        else:
            words.append(line.strip())
    if section := _section(label, words):
        yield section


def _broken(lines: list[str]) -> Iterator[str]:
    """Lines broken before each mark inside them that goes on counting: 一、 or the next one.

    第三条 quoted in the middle of a text is no article, because the article before it is not the
    second.
    """
    counted: dict[str, int] = {}
    for line in lines:
        if found := MARK.match(line):
            _count(counted, found[1])
        begins = 0
        for inside in INSIDE.finditer(line):
            kind, number = _kind(inside[1])
            if inside.start() > 0 and number in (1, counted.get(kind, 0) + 1):
                _count(counted, inside[1])
                yield line[begins : inside.start()]
                begins = inside.start(1)
        yield line[begins:]


def _kind(label: str) -> tuple[str, int]:
    bare = label.strip("第、()\uff08\uff09")
    kind = bare[-1] if label.startswith("第") else label[0] if label[0] in "(\uff08" else "、"
    try:
        return kind, number_of_numeral(bare.rstrip("编章节条"))
    except ValueError:
        return kind, 0


def _count(counted: dict[str, int], label: str) -> None:
    """A new 一、 begins (一) anew; a chapter does not begin the articles anew."""
    kind, number = _kind(label)
    counted[kind] = number
    if kind == "、":
        counted.pop("(", None)
        counted.pop("\uff08", None)


def _section(label: str, words: list[str]) -> Section | None:
    text = "\n".join(word for word in words if word)
    if not label and not text:
        return None
    first, _, below = text.partition("\n")
    head, _, after = first.partition("。")
    alone = not first.endswith(("。", "；", "：", ";", ":"))  # a heading over other headings
    title = head if label and 0 < len(head) <= HEADING_AT_MOST and (below or after or alone) else ""
    return Section(label, title, text)
