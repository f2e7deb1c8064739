"""Reading a policy document as a law site published it: chrome, head, text, sections. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

HEAD: Final = {
    "status": re.compile(r"状\s*态\s*[:\uff1a]\s*(\S+)"),
    "published": re.compile(r"发布日期\s*[:\uff1a]\s*(\d{4}-\d{1,2}-\d{1,2})"),
    "effective": re.compile(r"生效日期\s*[:\uff1a]\s*(\d{4}-\d{1,2}-\d{1,2})"),
    "issuer": re.compile(r"发布部门\s*[:\uff1a]\s*(.+?)\s*$", re.MULTILINE),
    "number": re.compile(r"发布文号\s*[:\uff1a]\s*(.+?)\s*$", re.MULTILINE),
}
NUMERALS: Final = "一二三四五六七八九十百零〇两"
MARK: Final = re.compile(
    rf"^[\s\u3000]*(第[{NUMERALS}\d]+[编章节条]|[{NUMERALS}]+、|[(\uff08][{NUMERALS}]+[)\uff09])"
)
HEADING_AT_MOST: Final = 40  # characters; a longer first sentence is text, not a heading
CHROME: Final = re.compile(
    r"^(上一篇|下一篇|相关法规|法律咨询|关于我们|网站地图|版权所有|免责声明|返回顶部|没找到|"
    r"温馨提示|广告服务|载入时间|Copyright)"
)


class NotADocument(ValueError):
    """No title or no head was found; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading or article: its mark (一、 (一) 第三十二条), its title if short, its text."""

    label: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A policy paper with the five facts of B3."""

    title: str
    status: str
    number: str
    issuer: str
    published: date | None
    effective: date | None
    text: str
    sections: tuple[Section, ...]


def _day(found: str | None) -> date | None:
    if found is None:
        return None
    year, month, day = (int(part) for part in found.split("-"))
    return date(year, month, day)


def read_page(page: str) -> Document:
    """The document in ``page``, whatever stands around it. Raises :class:`NotADocument`."""
    told = {name: pattern.search(page) for name, pattern in HEAD.items()}
    first = min((m.start() for m in told.values() if m), default=None)
    if first is None:
        raise NotADocument("没有找到“状态、发布日期、发布部门、发布文号”。")
    before = [line.strip() for line in page[:first].splitlines() if line.strip()]
    if not before:
        raise NotADocument("在“状态”之前没有找到标题。")
    last = max(m.end() for m in told.values() if m)
    lines = []
    for line in page[last:].splitlines():
        if CHROME.match(line.strip()):
            break
        lines.append(line.rstrip())
    text = "\n".join(lines).strip()

    def said(name: str) -> str:
        found = told[name]
        return found[1].strip() if found else ""

    return Document(
        title=before[-1],
        status=said("status"),
        number=said("number"),
        issuer=said("issuer"),
        published=_day(said("published") or None),
        effective=_day(said("effective") or None),
        text=text,
        sections=tuple(sections(text)),
    )


def sections(text: str) -> Iterator[Section]:
    """Every marked part of ``text`` in order; what stands before the first mark has no label."""
    label, words = "", list[str]()
    for line in text.splitlines():
        if found := MARK.match(line):
            if section := _section(label, words):
                yield section
            label, words = found[1], [line[found.end() :].strip()]
        else:
            words.append(line.strip())
    if section := _section(label, words):
        yield section


def _section(label: str, words: list[str]) -> Section | None:
    text = "\n".join(word for word in words if word)
    if not label and not text:
        return None
    first, _, below = text.partition("\n")
    head, _, after = first.partition("。")
    title = head if label and 0 < len(head) <= HEADING_AT_MOST and (below or after) else ""
    return Section(label, title, text)
