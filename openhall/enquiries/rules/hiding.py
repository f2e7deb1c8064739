"""Personal data found by rule in what is to be published, and taken out. 个人信息保护法 25, 28.

A rule proposes and a person confirms: the rules would rather find a word too many. Nothing is ever
added: what is published is what was written, less what was hidden.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from openhall.enquiries.terms import Hidden

SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余"
    "潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
DOUBLED: Final = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "夏侯", "令狐")
PROVINCES: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SURNAME: Final = rf"(?:{'|'.join(DOUBLED)}|[{SURNAMES}])"
HAN: Final = "\u4e00-\u9fff"
GAP: Final = r"[ \-\u2010-\u2015]?"
NOT_A_NAME: Final = re.compile(
    r"^(?:高中|高级|高新|方便|方面|任何|万一|常年|常住|文件|文化|马上|金额|金牛|金堂|武侯|温江|江苏|江西|江油"
    r"|都江|彭州|邛崃|崇州|蒲江|新津|简阳|程序|段时|路过|白天|毛坯|孔雀)"
)

# Digits however they are dressed: full width, or in Chinese. Sign for sign, so places stay.
WIDE: Final = {
    **{ord("０") + n: str(n) for n in range(10)},
    **{ord("Ａ") + n: chr(ord("A") + n) for n in range(26)},
    **{ord("ａ") + n: chr(ord("a") + n) for n in range(26)},
    ord("＠"): "@",
    ord("．"): ".",
    ord("－"): "-",
    ord("　"): " ",
}
SPOKEN: Final = {
    **{ord(sign): str(n) for n, sign in enumerate("零一二三四五六七八九")},
    **{ord(sign): str(n) for n, sign in enumerate("零壹贰叁肆伍陆柒捌玖")},
    ord("〇"): "0",
    ord("幺"): "1",
    ord("两"): "2",
}

NUMBERS: Final = (
    (Hidden.IDENTITY, re.compile(rf"(?<![\dA-Za-z])\d(?:{GAP}\d){{16}}{GAP}[\dXx](?![\dA-Za-z])")),
    (Hidden.CARD, re.compile(rf"(?<!\d)\d(?:{GAP}\d){{14,18}}(?!\d)")),
    (Hidden.PHONE, re.compile(rf"(?<!\d)(?:\+?86{GAP})?1[3-9](?:{GAP}\d){{9}}(?!\d)")),
    (Hidden.PHONE, re.compile(rf"(?<!\d)\(?0\d{{2,3}}\)?{GAP}\d{{3,4}}{GAP}\d{{4}}(?!\d)")),
)
OTHERS: Final = (
    (Hidden.IDENTITY, re.compile(r"(?<![A-Za-z0-9])(?:[HMhm]\d{8,10}|[EGDPegdp]\d{8})(?!\d)")),
    (Hidden.PHONE, re.compile(r"(?:电话|手机|联系方式|号码)[^\d。，\n]{0,6}(\d{7,12})(?!\d)")),
    (
        Hidden.PLATE,
        re.compile(
            rf"[{PROVINCES}][A-Za-z][·.\- ]?(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{{4,6}}[挂学警港澳]?"
        ),
    ),
    (Hidden.MAIL, re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9.\-]{1,250}\.[A-Za-z]{2,20}")),
    (
        Hidden.MAIL,
        re.compile(r"(?:微信号?|QQ号?|qq号?|抖音号?)[^A-Za-z0-9。，\n]{0,4}([A-Za-z0-9_\-]{5,20})"),
    ),
    (
        Hidden.ADDRESS,
        re.compile(
            rf"[{HAN}]{{2,24}}?(?:大道|路|街|巷|村|小区|花园|苑|公寓|院|里|城|期|社区)[{HAN}\d]{{0,10}}?"
            r"\d+(?:号|栋|幢|座|单元|室|组)"
            r"(?:[附\d\-A-Za-z]{0,8}(?:号|栋|幢|座|单元|楼|层|室|组))*(?:\d{2,4}(?!\d))?"
        ),
    ),
    (
        Hidden.NAME,
        re.compile(
            rf"(?:我叫|我是|本人|姓名|联系人|申请人|户主|丈夫|妻子|儿子|女儿|父亲|母亲)[：:是叫为]?"
            rf"\s?({SURNAME}[{HAN}]{{1,2}})(?=[，。、,.；;（(\s]|$|的|于|在|想|要|身份|电话|今年)"
        ),
    ),
    (
        Hidden.NAME,
        re.compile(
            rf"({SURNAME}[{HAN}]{{0,2}}?)"
            r"(?=先生|女士|小姐|老师|师傅|阿姨|同志|某某|科长|处长|局长|主任|经理)"
        ),
    ),
)
LIVES_AT: Final = re.compile(r"^.*?(?:住址|地址|住在|住于|位于|家在|住|在)[是为：:]?")


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the text that a rule or a person wants hidden."""

    kind: Hidden
    start: int
    end: int
    words: str

    @property
    def place(self) -> str:
        """How a form calls it."""
        return f"{self.start}-{self.end}"


def found_in(text: str, names: Iterable[str] = ()) -> list[Found]:
    """What the rules propose to hide in ``text``; ``names`` are known ones, such as the asker's."""
    wide = text.translate(WIDE)
    spoken = wide.translate(SPOKEN)
    raw: list[tuple[Hidden, int, int]] = []
    for kind, pattern in NUMBERS:
        for folded in (wide, spoken):
            raw += [(kind, hit.start(), hit.end()) for hit in pattern.finditer(folded)]
    for kind, pattern in OTHERS:
        for hit in pattern.finditer(wide):
            start, end = hit.span(1) if pattern.groups else hit.span()
            if kind == Hidden.ADDRESS and (lead := LIVES_AT.match(wide[start:end])):
                start += lead.end()
            if kind == Hidden.NAME and NOT_A_NAME.match(wide[start:end]):
                continue
            raw.append((kind, start, end))
    for name in names:
        if len(name.strip()) > 1:
            raw += [(Hidden.NAME, at, at + len(name)) for at in _places(text, name.strip())]
    return _apart(text, raw)


def also(text: str, words: Iterable[str]) -> list[Found]:
    """Every place of each of ``words``, as a person named them."""
    raw = [
        (Hidden.OTHER, at, at + len(one))
        for one in {word.strip() for word in words}
        if one
        for at in _places(text, one)
    ]
    return _apart(text, raw)


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _apart(text: str, raw: Iterable[tuple[Hidden, int, int]]) -> list[Found]:
    """In order and without overlaps: the longest of those that meet stays."""
    kept: list[Found] = []
    for kind, start, end in sorted(raw, key=lambda one: (one[1] - one[2], one[1])):
        if end > start and all(end <= one.start or start >= one.end for one in kept):
            kept.append(Found(kind, start, end, text[start:end]))
    return sorted(kept, key=lambda one: one.start)


def hide(text: str, found: Iterable[Found]) -> str:
    """``text`` with a mark in place of each stretch: 〔电话〕."""
    told, at = "", 0
    for one in _apart(text, [(one.kind, one.start, one.end) for one in found]):
        told += text[at : one.start] + f"〔{one.kind.zh}〕"
        at = one.end
    return told + text[at:]
