"""The map of a guide as boxes and lines: what stands where, so that a page can draw it. B7."""

from dataclasses import dataclass
from typing import Final

from openhall.questions.rules.content import Content

WIDE: Final = 208
HIGH: Final = 64
ACROSS: Final = 32  # between boxes of a row
DOWN: Final = 56  # between rows
EDGE: Final = 16  # around the whole
SIGNS: Final = 26  # of the box's words; a Chinese sign counts two
A_LINE: Final = 2


@dataclass(frozen=True, slots=True)
class Box:
    """A node at its place; ``lines`` are its words, cut to fit."""

    key: str
    number: str
    lines: tuple[str, ...]
    x: int
    y: int
    ends: bool
    wrong: bool


@dataclass(frozen=True, slots=True)
class Line:
    """From one box to another; ``otherwise`` is dashed. ``path`` is SVG."""

    path: str
    otherwise: bool


@dataclass(frozen=True, slots=True)
class Map:
    """The drawing and its size."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    box_width: int = WIDE
    box_height: int = HIGH


def rows_of(content: Content) -> dict[str, int]:
    """How many questions at most come before each node. A loop is cut where it closes."""
    row: dict[str, int] = {}

    def go(key: str, depth: int, above: frozenset[str]) -> None:
        if key in above or row.get(key, -1) >= depth:
            return
        row[key] = depth
        question = content.question(key)
        if question is not None:
            for to in (*(rule.to for rule in question.rules), question.otherwise):
                go(to, depth + 1, above | {key})

    if content.questions:
        go(content.questions[0].key, 0, frozenset())
    last = max(row.values(), default=-1)
    for node in content.nodes():  # what nobody reaches stands at the foot
        row.setdefault(node.key, last + 1)
    return row


def cut(words: str) -> tuple[str, ...]:
    """At most two lines of the box's width."""
    lines, line, used = list[str](), "", 0
    for n, sign in enumerate(words):
        wide = 1 if sign.isascii() else 2
        if used + wide > SIGNS:
            if len(lines) == A_LINE - 1:
                return (*lines, line[:-1] + "…")
            lines, line, used = [*lines, line], "", 0
            if sign == " " and n:
                continue
        line, used = line + sign, used + wide
    return tuple(filter(None, (*lines, line)))


def drawn(content: Content, wrong: set[str], english: bool) -> Map:
    """Where each node stands and which lines lead from it. ``wrong``: nodes with a fault."""
    row = rows_of(content)
    numbers = {one.key: f"{n}" for n, one in enumerate(content.questions, start=1)}
    numbers |= {one.key: chr(64 + n % 27) for n, one in enumerate(content.results, start=1)}
    in_row: dict[int, list[str]] = {}
    for node in content.nodes():
        in_row.setdefault(row[node.key], []).append(node.key)
    most = max((len(keys) for keys in in_row.values()), default=1)
    width = 2 * EDGE + most * WIDE + (most - 1) * ACROSS
    boxes: dict[str, Box] = {}
    for depth, keys in in_row.items():
        wide = len(keys) * WIDE + (len(keys) - 1) * ACROSS
        for n, key in enumerate(keys):
            boxes[key] = Box(
                key,
                numbers[key],
                cut(_words(content, key, english)),
                (width - wide) // 2 + n * (WIDE + ACROSS),
                EDGE + depth * (HIGH + DOWN),
                content.question(key) is None,
                key in wrong,
            )
    lines = [
        Line(_curve(boxes[question.key], boxes[to]), otherwise)
        for question in content.questions
        for to, otherwise in _onward(question.otherwise, tuple(r.to for r in question.rules))
        if to in boxes
    ]
    height = 2 * EDGE + (max(in_row, default=0) + 1) * (HIGH + DOWN) - DOWN
    return Map(width, height, tuple(boxes.values()), tuple(lines))


def _onward(otherwise: str, rules: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Each place once; dashed is what is left when rules have taken theirs."""
    return [(to, False) for to in dict.fromkeys(rules)] + (
        [] if otherwise in rules else [(otherwise, bool(rules))]
    )


def _words(content: Content, key: str, english: bool) -> str:
    question, result = content.question(key), content.result(key)
    if question is not None:
        return (question.text_en if english else "") or question.text or key
    if result is not None:
        return (result.title_en if english else "") or result.title or key
    return key


def _curve(start: Box, end: Box) -> str:
    if end.y <= start.y:  # a way back: round the side
        x1, y1, x2, y2 = start.x + WIDE, start.y + HIGH // 2, end.x + WIDE, end.y + HIGH // 2
        bend = max(x1, x2) + ACROSS
        return f"M{x1} {y1} C{bend} {y1} {bend} {y2} {x2 + 6} {y2}"
    x1, y1 = start.x + WIDE // 2, start.y + HIGH
    x2, y2 = end.x + WIDE // 2, end.y
    bend = max((y2 - y1) // 2, DOWN // 2)
    return f"M{x1} {y1} C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2 - 6}"
