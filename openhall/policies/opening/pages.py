"""A published web page: its labels and metas, and its text without the site around it."""

import re
from collections import defaultdict
from typing import Final

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

from openhall.paging.sheets import Unreadable, text_of_bytes
from openhall.policies.rules.pages import NotADocument, Opened, label_of

# 政府网站发展指引 (国办发〔2017〕47号) asks every page of a government site for these.
METAS: Final = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "issuer",
    "og:title": "title",
}
NEVER: Final = (
    *("script", "style", "noscript", "template", "iframe", "form", "select", "button", "input"),
    *("nav", "header", "footer", "svg"),
)
AROUND: Final = re.compile(
    r"nav|menu|foot|header|topbar|share|bread|crumb|copyright|search|sidebar|position|location|"
    r"dqwz|weizhi|related|xgwj|recommend|qrcode|ewm|tool|print|login|banner|langs?\b",
    re.IGNORECASE,
)
BODIES: Final = re.compile(
    r"^(ucap-content|zoom|trs_editor.*|view|article[-_]?(con|content|body|text)?|pages_content|"
    r"content[-_]?(text|body|main)?|news_?content|detail[-_]?(con|content)?|con_?text|zhengwen)$",
    re.IGNORECASE,
)
BLOCKS: Final = frozenset(
    (
        *("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol"),
        *("section", "article", "dd", "dt", "blockquote"),
    )
)
HAN: Final = re.compile(r"[\u3400-\u9fff]")
ENOUGH: Final = 30  # Han characters of a body
MARKDOWN_HEADING: Final = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
MARKDOWN: Final = re.compile(
    r"^[ \t]*#{1,6}[ \t]+|\*\*|^[ \t]*>[ \t]?|^[ \t]*\|[ \t]*", re.MULTILINE
)
CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
SITE_AFTER: Final = re.compile(r"\s*(?:[-_|—–]{1,2}|_{1,2})\s*[^-_|—–]*$")


def of_text(raw: bytes) -> Opened:
    """A page saved as plain text: in it labels stand where they stood."""
    try:
        text = text_of_bytes(raw, "文件")
    except Unreadable as fault:
        raise NotADocument(str(fault)) from fault
    heading = MARKDOWN_HEADING.search(text)
    facts = {"title": heading[1].strip("* ")} if heading else {}
    return Opened(MARKDOWN.sub("", text) if heading or "**" in text else text, facts)


def of_html(raw: bytes) -> Opened:
    """A page as the browser got it. Raises :class:`NotADocument` where it holds no text."""
    soup = BeautifulSoup(_decoded(raw), "lxml")
    facts = _facts(soup)
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in soup.find_all(NEVER):
        tag.decompose()
    body = _body(soup)
    if body is None:
        raise NotADocument("网页中没有找到正文：可能是列表页、登录页，或正文由脚本载入。")
    return Opened(_lines(body), facts, whole=_lines(soup.body or soup))


def _decoded(raw: bytes) -> str:
    """By the mark or the meta; then as :func:`text_of_bytes` tries. A wrong byte is told."""
    if found := CHARSET.search(raw[:4096]):
        name = found[1].decode().lower()
        coding = "gb18030" if name in ("gb2312", "gbk", "gb18030") else name
        try:
            return raw.decode("utf-8-sig" if coding in ("utf-8", "utf8") else coding)
        except (UnicodeError, LookupError):
            pass  # the meta is wrong: many pages were moved from GBK to UTF-8 and kept it
    return of_text(raw).text


def _facts(soup: BeautifulSoup) -> dict[str, str]:
    """What metas, label cells, the heading and the window's title say, the surest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or meta.get("property") or "").lower()
        if name in METAS and (said := str(meta.get("content") or "").strip()):
            found[METAS[name]].append(said)
    for cell in soup.find_all(["td", "th", "dt", "li", "span", "b", "strong", "p", "div"]):
        own = _plain(cell)
        if len(own) > 12 or not (label := label_of(own)):
            continue
        after = cell.find_next_sibling()
        if isinstance(after, Tag) and (said := _plain(after)) and not label_of(said):
            found[label].append(said)
        elif isinstance(beside := cell.next_sibling, NavigableString) and beside.strip():
            found[label].append(" ".join(beside.split()))
    for heading in soup.find_all("h1"):
        found["title"].append(_plain(heading))
    if soup.title:
        found["title"].append(SITE_AFTER.sub("", _plain(soup.title)))
    return {name: next((one for one in said if one), "") for name, said in found.items()}


def _plain(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _body(soup: BeautifulSoup) -> Tag | None:
    """The block that holds the paper: one that is named so, else where most of the text stands."""
    for tag in soup.find_all(lambda one: _is_around(one)):
        if not tag.decomposed and _weight(tag) < 3 * ENOUGH:
            tag.decompose()
    named = [tag for tag in soup.find_all(_is_body) if _weight(tag) >= ENOUGH]
    if named:
        return max(named, key=_weight)
    scores: dict[int, float] = defaultdict(float)
    tags: dict[int, Tag] = {}
    for paragraph in soup.find_all(["p", "div", "td", "span", "font"]):
        own = "".join(str(one) for one in paragraph.children if isinstance(one, NavigableString))
        weight = len(HAN.findall(own))
        parent = paragraph.parent
        for share, above in ((1.0, parent), (0.5, parent.parent if parent else None)):
            if above is not None and weight:
                scores[id(above)] += share * weight
                tags[id(above)] = above
    best = max(scores, key=lambda key: scores[key], default=None)
    if best is None or _weight(tags[best]) < ENOUGH:
        return None
    return tags[best]


def _is_around(tag: Tag) -> bool:
    return any(AROUND.search(word) for word in _names(tag))


def _is_body(tag: Tag) -> bool:
    return any(BODIES.match(word) for word in _names(tag))


def _names(tag: Tag) -> list[str]:
    words = [str(one) for one in (tag.get("class") or [])]  # a list in HTML
    return [word for word in (*words, str(tag.get("id") or "")) if word]


def _weight(tag: Tag) -> int:
    """Han characters of the text, those of links counted against it."""
    links = sum(len(HAN.findall(link.get_text())) for link in tag.find_all("a"))
    return len(HAN.findall(tag.get_text())) - 2 * links


def _lines(tag: Tag) -> str:
    """The text with a new line where a block begins or ends."""
    out: list[str] = []
    for one in tag.descendants:
        if isinstance(one, Tag):
            if one.name in BLOCKS:
                out.append("\n")
        elif isinstance(one, NavigableString):
            inside = one.parent
            out.append(re.sub(r"[\r\n\t ]+", " ", str(one)))
            if inside is not None and inside.name in BLOCKS and one.next_sibling is None:
                out.append("\n")
    lines = (line.strip(" ") for line in "".join(out).split("\n"))
    return "\n".join(line for line in lines if line.strip("\u3000\xa0 "))
