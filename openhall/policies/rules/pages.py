"""What a published policy paper says of itself, and its text in sections. Pure.

The head stands where each site puts it: labels before values in one line or in two, in ``meta``s,
or nowhere at all but in the paper (its title, its number under it, its issuer and day at the end).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

from openhall.policies.rules.sections import Section, sections

LABELS: Final = {
    "title": "标题 名称 文件名称 文件标题 信息名称 公文名称",
    "status": "状态 有效性 时效性 时效 是否有效 效力 效力状态 文件状态 有效状态",
    "number": "发布文号 发文字号 文号 发文文号 公文文号 文件编号 文件号 制定文号",
    "issuer": "发布部门 发文机关 发布机关 发布机构 发文机构 发文单位 制定机关 制发机关 公布机关 "
    "发文部门 发布单位",
    "published": "发布日期 公开日期 发文日期 公布日期 发布时间 印发日期 公开时间",
    "written": "成文日期 成文时间 签发日期",
    "effective": "生效日期 实施日期 施行日期 生效时间 实施时间",
    "other": "索引号 主题分类 主题词 来源 浏览次数 字号 作者 分享到 字体 统一编号 信息索引 关键词 "
    "失效日期 分类",
}
NAMES: Final = {name: label for label, names in LABELS.items() for name in names.split()}
COLON: Final = "[:\uff1a]"
SPACED: Final = "|".join(r"[\s\u3000]*".join(one) for one in sorted(NAMES, key=len, reverse=True))
LABELLED: Final = re.compile(rf"(?:[\[【\u3014]\s*)?({SPACED})\s*[\]】\u3015]?\s*{COLON}")
STATUSES: Final = re.compile(
    r"^(现行有效|有效|失效|已失效|废止|已废止|部分失效|部分有效|尚未生效|尚未施行|已修改|已被修改|继续有效|宣布失效)"
)
DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
NUMERAL_DAY: Final = re.compile(
    r"([一二三四五六七八九〇○零0O０Ｏ\u25ef]{4})年([元一二三四五六七八九十]{1,3})月([一二三四五六七八九十廿卅]{1,3})日"
)
# Of every kind that a typesetter or a scanner puts there, and those of comparison.
OPENS, CLOSES = (
    "".join(
        re.escape(chr(at)) for at in range(0x28, 0xFFFF) if unicodedata.category(chr(at)) == kind
    )
    for kind in ("Ps", "Pe")
)
BRACKETS: Final = f"[{OPENS}<]", f"[{CLOSES}>]"
SPACED_OUT: Final = r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?:[ \u3000\xa0][\u3400-\u9fff]){1,20}"
NUMBER: Final = re.compile(
    rf"({SPACED_OUT}|[\u3400-\u9fff]{{1,14}}?)\s*{BRACKETS[0]}\s*(\d{{4}})\s*年?\s*{BRACKETS[1]}"
    r"\s*第?\s*(\d+)\s*[号號]"
)
ORDER: Final = re.compile(r"(第\s*\d+\s*号|令第\s*\d+\s*号|\d{4}年第\d+号)")
KINDS: Final = (
    "意见|通知|办法|规定|条例|细则|决定|公告|通告|方案|规划|计划|纲要|规则|规程|规范|标准|指南|批复|函|"
    "通报|命令|令|法|解释|制度|目录|清单|要点|报告|决议|章程|准则"
)
A_TITLE: Final = re.compile(rf"({KINDS})\s*(?:[(\uff08][^()\uff08\uff09]{{1,20}}[)\uff09])?$")
ISSUER: Final = re.compile(
    r"^[\u3400-\u9fff]{2,30}(人民政府|办公厅|办公室|委员会|局|厅|部|院|署|人大常委会|中心)$"
)
CHROME: Final = re.compile(
    r"^(上一篇|下一篇|相关法规|法律咨询|关于我们|网站地图|版权所有|免责声明|返回顶部|没找到|温馨提示|广告服务|"
    r"载入时间|Copyright|主办单位|承办单位|备案号|蜀ICP|京ICP|扫一扫|分享到|打印|关闭|【?字体|浏览次数|"
    r"用户名|加入收藏|网站首页|首页|您的位置|您现在的位置|当前位置|责任编辑|相关文档|相关链接|附件下载)",
    re.IGNORECASE,
)
INLINE_CHROME: Final = re.compile(r"【\s*字体\s*[:\uff1a].*?】|\[\s*字体.*?\]|打印本页|关闭窗口")
MARKUP: Final = re.compile(r"<[a-zA-Z/!][^>]*>?|&[a-z]+;|[{}]|function\s*\(")
HOLLOW: Final = frozenset(
    (
        "文件",
        "正文",
        "详情",
        "信息",
        "标题",
        "首页",
        "政策",
        "法规",
        "公开",
        "无标题",
        "文档",
        "内容",
    )
)
LEAST_TEXT: Final = 20  # Han characters of a paper
HAN: Final = re.compile(r"[\u3400-\u9fff]")
OTHER_BRACKETS: Final = str.maketrans({"［": "〔", "］": "〕"})


class NotADocument(ValueError):
    """No title or no text was found; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds: ``text`` in lines, ``facts`` that it says by label, and for a web page
    the ``whole`` of it, where the head may stand beside the text."""

    text: str
    facts: dict[str, str]
    whole: str = ""


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


def label_of(text: str) -> str:
    """The fact that ``text`` alone is the label of (标　题：is ``title``), or nothing."""
    plain = re.sub(r"[\s\u3000\xa0:\uff1a\[\]【】〔〕]", "", text)
    return NAMES.get(plain, "")


def tidy_number(found: str) -> str:
    """成办发[2003]75号 and 成办发（2003）75 号 as 成办发〔2003〕75号; others without blanks."""
    if match := NUMBER.search(found):
        organ = match[1].removeprefix("发文字号").removeprefix("文号")
        return f"{''.join(organ.split())}〔{int(match[2]):04}〕{int(match[3])}号"
    return " ".join(found.split()).translate(OTHER_BRACKETS)


def day_of(found: str) -> date | None:
    """The first day named in ``found``, in figures or in numerals (二○○三年五月二十六日)."""
    try:
        if match := DAY.search(found):
            return date(*(int(part) for part in match.groups()))
        if match := NUMERAL_DAY.search(found):
            year = "".join(str("〇一二三四五六七八九".find(_zero(sign))) for sign in match[1])
            return date(int(year), _small(match[2]), _small(match[3]))
    except ValueError:
        pass
    return None


def _zero(sign: str) -> str:
    return sign if sign in "一二三四五六七八九" else "〇"


def _small(numeral: str) -> int:
    """元, 五, 十二, 二十六."""
    if numeral == "元":
        return 1
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = numeral.rpartition("十")
    value = "零一二三四五六七八九".find
    return (value(tens) if tens else 1) * 10 + (value(ones) if ones else 0) if ten else value(ones)


def read_page(page: Opened) -> Document:
    """The paper in ``page``, whatever stands around it. Raises :class:`NotADocument`."""
    lines = [unicodedata.normalize("NFC", line) for line in page.text.splitlines()]
    told, first, last = _labelled(lines)
    if page.whole:
        beside, _first, _last = _labelled(page.whole.splitlines())
        told = beside | told
    facts = {name: said for name, said in page.facts.items() if said} | told
    title = _title(page.facts.get("title", ""), told.get("title", ""), lines, first)
    body = _text(lines, first, last, title, is_page=bool(page.whole))
    if len(HAN.findall(body)) < LEAST_TEXT:
        raise NotADocument("没有找到正文。")
    if MARKUP.search(title):
        raise NotADocument(f"标题“{title[:40]}”里是网页代码，不是标题。")
    head = lines[: max(first, 0)] + lines[max(last, 0) :][:30] + page.whole.splitlines()
    status = STATUSES.match(facts.get("status", "").strip())
    written = facts.get("published", "") or facts.get("written", "")
    return Document(
        title=title,
        status=status[1] if status else "",
        number=_number(facts.get("number", ""), head),
        issuer=_issuer(facts.get("issuer", ""), body),
        published=day_of(written) or _last_day(body),
        effective=day_of(facts.get("effective", "")),
        text=body,
        sections=tuple(sections(body)),
    )


def _labelled(lines: list[str]) -> tuple[dict[str, str], int, int]:
    """The facts that stand after their labels, and the first line of them and the one after."""
    told: dict[str, str] = {}
    first = last = -1
    for at, line in enumerate(lines):
        found = list(LABELLED.finditer(line))
        if not found or (found[0].start() > 2 and len(found) < 2 and len(line) > 60):
            continue
        for place, match in enumerate(found):
            end = found[place + 1].start() if place + 1 < len(found) else len(line)
            said = line[match.end() : end].strip(" \t\u3000\xa0|;；[]【】")
            below = lines[at + 1].strip() if at + 1 < len(lines) else ""
            name = NAMES[re.sub(r"[\s\u3000]", "", match[1])]
            if not said and place + 1 == len(found) and not LABELLED.search(below):
                said = below
            if name != "other" and said and name not in told:
                told[name] = said
        if first < 0:
            first = at
        if last < 0 or at - last < 12:  # a label far below stands in the text or under it
            last = at + 1
    return told, first, last


def _title(meta: str, label: str, lines: list[str], first: int) -> str:
    """What the site says, else the line before the head, else what looks like a title on top."""
    for said in (label, meta):
        plain = " ".join(said.split())
        if len(plain) >= 5 and plain not in HOLLOW and not MARKUP.search(plain):
            return plain
    above = [line.strip() for line in lines[: max(first, 0)] if line.strip()]
    if above and above[-1] not in HOLLOW:
        return above[-1]
    top: list[str] = []
    for line in (line.strip() for line in lines[:30]):
        if not line and not top:
            continue
        if NUMBER.search(line) and len(line) < 40:
            if top:
                break
            continue
        if not line or CHROME.match(line) or len(line) > 60:
            top = []
            continue
        top.append(line)
        joined = "".join(top)
        if A_TITLE.search(joined) and len(joined) > 5:
            starts = [at for at, one in enumerate(top) if "关于" in one]
            return "".join(top[max(starts[0] - 1, 0) :]) if starts else joined
        top = top[-3:]
    raise NotADocument(
        "没有找到标题：文件里既没有“标题、发布部门、发布文号”等说明，开头也没有标题。"
    )


def _text(lines: list[str], first: int, last: int, title: str, *, is_page: bool) -> str:
    """The paper without what stands above it and below it."""
    begins = last if first >= 0 and last - first < len(lines) / 2 else 0
    kept: list[str] = []
    for line in lines[begins:]:
        plain = INLINE_CHROME.sub("", line).rstrip().replace("\xa0", " ")
        bare = plain.strip(" \u3000")
        if CHROME.match(bare):
            if kept and not is_page:
                break
            continue
        if not kept and (not bare or bare == title):
            continue
        kept.append(plain)
    return "\n".join(kept).strip("\n ")


def _number(said: str, lines: list[str]) -> str:
    """By label, else the number that stands under the title, never one cited in the text."""
    if said and (NUMBER.search(said) or ORDER.search(said)):
        return tidy_number(said)
    for line in lines:
        plain = line.strip(" \u3000()\uff08\uff09")
        if (match := NUMBER.search(plain)) and len(plain) <= len(match[0]) + 6:
            return tidy_number(match[0])
    return ""


def _issuer(said: str, body: str) -> str:
    plain = said.strip()
    if plain and not MARKUP.search(plain) and len(plain) <= 60:
        return plain
    tail = [line.strip(" \u3000") for line in body.splitlines()[-40:]]
    return next((line for line in reversed(tail) if ISSUER.match(line)), "")


def _last_day(body: str) -> date | None:
    """The day under the signature: alone on its line."""
    for line in reversed(body.splitlines()[-60:]):
        plain = line.strip(" \u3000()\uff08\uff09")
        if len(plain) <= 14 and (found := day_of(plain)):
            return found
    return None
