"""What editors write, read into blocks: no HTML is typed, kept or passed on. Pure.

One block a paragraph. Lines that begin with a mark:

    ## heading    ### lower heading      - point      1. numbered point
    | cell | cell |   (the first row is the heading)    表：what the table shows
    ! what must not be overlooked        !! a warning
    @指南 code    @表格 code    @费用 code    @政策 12#第十二条
    @数据 2026-10    @图表 收件 (or 办结, 按时)
    @联系 site    @图片 file | words

Inside a line: **strong** and [words](address).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from openhall.glossary import Said

CARDS: Final = {
    "指南": "guide", "guide": "guide", "表格": "form", "form": "form",
    "数据": "figures", "figures": "figures", "政策": "policy", "policy": "policy",
    "图表": "chart", "chart": "chart", "费用": "fee", "fee": "fee",
    "联系": "contact", "contact": "contact", "图片": "picture", "picture": "picture",
}  # fmt: skip
CALLED: Final = {
    "guide": Said("办事指南", "service guide"),
    "form": Said("表格", "form"),
    "figures": Said("统计数据", "figures"),
    "policy": Said("政策文件", "policy paper"),
    "chart": Said("图表", "chart"),
    "fee": Said("收费标准", "fees"),
    "contact": Said("联系方式", "contacts"),
    "picture": Said("图片", "picture"),
}
INLINE: Final = re.compile(
    r"\*\*(?P<strong>[^*]+)\*\*|\[(?P<words>[^\[\]]+)\]\((?P<href>[^)\s]{1,1000})\)"
)
CARD: Final = re.compile(r"^@(?P<kind>[^\s：:]+)[\s：:]*(?P<key>.*)$")
NUMBERED: Final = re.compile(r"^\d{1,2}[.、]\s*(?P<words>.+)$")
SAYS_NOTHING: Final = frozenset(
    {"点击这里", "点这里", "这里", "点击", "链接", "here", "click here", "link", "more"}
)
CAPTION: Final = re.compile(r"^(?:表|Table)[：:]\s*(?P<words>.+)$")
SERIES: Final = {
    "收件": "received", "received": "received", "办结": "closed", "closed": "closed",
    "按时": "on_time", "on time": "on_time",
}  # fmt: skip
MONTH: Final = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words: plain, strong, or leading somewhere."""

    text: str
    href: str = ""
    strong: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """``kind``: paragraph, heading, points, numbers, table, callout, warning, or a card's kind.

    ``key`` is what a card shows (a code, a month, a file's name); ``lines`` are paragraphs, points
    or the words of a picture; ``rows`` the cells of a table, its heading first; ``at`` the line
    (from 1) on which it begins.
    """

    kind: str
    at: int
    lines: tuple[Line, ...] = ()
    level: int = 0
    key: str = ""
    rows: tuple[tuple[Line, ...], ...] = ()
    words: str = ""
    anchor: str = field(default="", compare=False)

    @property
    def is_card(self) -> bool:
        return self.kind in CARDS.values()

    @property
    def called(self) -> Said:
        """What its card shows, in words."""
        return CALLED[self.kind]


def runs(words: str) -> Line:
    """A line with what is strong and what leads somewhere apart."""
    found: list[Run] = []
    begins = 0
    for one in INLINE.finditer(words):
        if one.start() > begins:
            found.append(Run(words[begins : one.start()]))
        if one["strong"]:
            found.append(Run(one["strong"], strong=True))
        else:
            found.append(Run(one["words"], href=one["href"]))
        begins = one.end()
    if begins < len(words):
        found.append(Run(words[begins:]))
    return tuple(found)


def _cells(line: str) -> tuple[Line, ...]:
    return tuple(runs(cell.strip()) for cell in line.strip().strip("|").split("|"))


def blocks(text: str) -> list[Block]:
    """The blocks of ``text`` in order; what has no mark is a paragraph."""
    return list(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    lines = text.splitlines()
    place, heads, caption = 0, 0, ""
    while place < len(lines):
        line, at = lines[place].strip(), place + 1
        place += 1
        if not line:
            continue
        if found := CAPTION.match(line):
            following = next((one.strip() for one in lines[place:] if one.strip()), "")
            if following.startswith("|"):
                caption = found["words"].strip()
                continue
        if line.startswith("##"):
            level = 3 if line.startswith("###") else 2
            heads += 1
            words = line.lstrip("#").strip()
            yield Block("heading", at, (runs(words),), level=level, words=words, anchor=f"h{heads}")
        elif line.startswith("@") and (card := CARD.match(line)) and card["kind"] in CARDS:
            key, _bar, words = card["key"].partition("|")
            yield Block(CARDS[card["kind"]], at, key=key.strip(), words=words.strip())
        elif line.startswith("|"):
            rows, place = _together(lines, place - 1, lambda one: one.startswith("|"))
            yield Block("table", at, rows=tuple(map(_cells, rows)), words=caption)
            caption = ""
        elif line.startswith("- "):
            rows, place = _together(lines, place - 1, lambda one: one.startswith("- "))
            yield Block("points", at, tuple(runs(one[2:].strip()) for one in rows))
        elif NUMBERED.match(line):
            rows, place = _together(lines, place - 1, lambda one: bool(NUMBERED.match(one)))
            yield Block("numbers", at, tuple(runs(_numbered(one)) for one in rows))
        elif line.startswith(("!", "！")):
            warning = line.startswith(("!!", "！！"))
            kind = "warning" if warning else "callout"
            yield Block(kind, at, (runs(line.lstrip("!！").strip()),))
        else:
            yield Block("paragraph", at, (runs(line),))


def _numbered(line: str) -> str:
    found = NUMBERED.match(line)
    return found["words"] if found else line


def _together(lines: list[str], begins: int, belongs: object) -> tuple[list[str], int]:
    """The lines from ``begins`` that belong together, and the place after them."""
    place = begins
    rows: list[str] = []
    while place < len(lines) and callable(belongs) and belongs(lines[place].strip()):
        rows.append(lines[place].strip())
        place += 1
    return rows, place


def plain(text: str) -> str:
    """The words alone, for search and summaries."""
    found: list[str] = []
    for block in blocks(text):
        found += ["".join(run.text for run in line) for line in block.lines]
        found += ["".join(run.text for run in cell) for row in block.rows for cell in row]
    return "\n".join(found)


def cards(text: str) -> list[Block]:
    """What the text shows of other rooms, and its pictures."""
    return [one for one in blocks(text) if one.is_card]


def links(text: str) -> list[str]:
    """Every address the text leads to, once each, in order."""
    found = [
        run.href
        for block in blocks(text)
        for line in (*block.lines, *(cell for row in block.rows for cell in row))
        for run in line
        if run.href
    ]
    return list(dict.fromkeys(found))


def faults(text: str, pictures: frozenset[str] = frozenset()) -> Iterator[tuple[int, Said]]:
    """What keeps the text from being read by everybody: the line, and what to do. WCAG 2.2 AA.

    ``pictures`` are the names of the pictures that lie with the article.
    """
    above = 1
    for block in blocks(text):
        at = block.at
        if block.kind == "heading":
            if not block.words:
                yield at, Said("标题没有文字。", "This heading has no words.")
            if block.level > above + 1:
                yield (
                    at,
                    Said(
                        "小标题（###）之前应当先有标题（##），读屏软件靠它跳转。",
                        "A lower heading (###) needs a heading (##) above it for screen readers.",
                    ),
                )
            above = block.level
        elif block.kind == "table":
            yield from _table_faults(block)
        elif block.kind == "picture":
            yield from _picture_faults(block, pictures)
        elif block.is_card and block.kind != "contact" and not block.key:
            yield at, Said("请写明要显示哪一项。", "Say which one is to be shown.")
        elif block.kind == "figures" and not MONTH.match(block.key):
            yield at, Said("请写明月份，例如 2026-10。", "Give the month, such as 2026-10.")
        elif block.kind == "chart" and block.key not in SERIES:
            yield (
                at,
                Said(
                    "请写明画哪一项：收件、办结、按时。",
                    "Say what it draws: received, closed, on time.",
                ),
            )
        for line in (*block.lines, *(cell for row in block.rows for cell in row)):
            for run in line:
                if run.href:
                    yield from _link_faults(at, run)
    for at, written in enumerate(text.splitlines(), start=1):
        found = CARD.match(written.strip())
        if found and found["kind"] not in CARDS and len(found["kind"]) <= 8:
            yield (
                at,
                Said(
                    f"不认识“@{found['kind']}”。可以用：指南、表格、费用、政策、数据、图表、联系、图片。",
                    f"“@{found['kind']}” is not known. There are: guide, form, fee, policy, "
                    "figures, chart, contact, picture.",
                ),
            )


def _table_faults(block: Block) -> Iterator[tuple[int, Said]]:
    if len({len(row) for row in block.rows}) > 1:
        yield (
            block.at,
            Said(
                "表格各行的格数不一样。",
                "The rows of this table do not have the same number of cells.",
            ),
        )
    if len(block.rows) < 2:
        yield (
            block.at,
            Said("表格应有表头和至少一行。", "A table has a heading and at least one row."),
        )
    if not block.words:
        yield (
            block.at,
            Said(
                "请在表格上面写“表：这张表说明什么”，看不见的人先听到它。",
                "Write “Table: what it shows” above the table: who cannot see it hears that first.",
            ),
        )


def _picture_faults(block: Block, pictures: frozenset[str]) -> Iterator[tuple[int, Said]]:
    if block.key not in pictures:
        yield (
            block.at,
            Said(
                f"没有上传名为“{block.key}”的图片。", f"No picture named “{block.key}” lies here."
            ),
        )
    if len(block.words) < 4 or block.words == block.key:
        yield (
            block.at,
            Said(
                "请在图片名后写“| 图上有什么”，不少于4个字，看不见图的人靠它了解内容。",
                "Write “| what it shows” after the name, in at least four characters: who cannot "
                "see the picture goes by it.",
            ),
        )


def _link_faults(at: int, run: Run) -> Iterator[tuple[int, Said]]:
    if not run.href.startswith(("https://", "http://", "/")) or run.href.startswith("//"):
        yield (
            at,
            Said(
                f"链接“{run.href}”应当以 https:// 或者 / 开头。",
                f"The address “{run.href}” should begin with https:// or /.",
            ),
        )
    if run.text.strip().lower() in SAYS_NOTHING:
        yield (
            at,
            Said(
                f"链接文字“{run.text}”没有说明通向哪里，请写明。",
                f"“{run.text}” does not say where the link leads. Say it.",
            ),
        )
