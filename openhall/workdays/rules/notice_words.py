"""A notice of days off as it is published: in sentences, holiday by holiday.

    国庆节、中秋节：10月1日（周四）至8日（周四）放假调休，共8天。9月27日（周日）上班。

The days a sentence names are read and no others; what it says besides (a weekday, how many days)
must agree. A sentence that may be meant in two ways is refused with its words, never read in part;
what is only encouraged (除夕休息) or told of others is no day off. 全国年节及纪念日放假办法 2–7.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from openhall.glossary import Said
from openhall.paging.days import DASHES, DIGITS, number_of
from openhall.paging.typed import narrow

Row = tuple[Said, date | str, bool | str, str]

HOLIDAYS: Final = {
    "元旦": "元旦", "新年": "元旦", "春节": "春节", "清明": "清明节", "劳动节": "劳动节",
    "五一": "劳动节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节", "十一": "国庆节",
}  # fmt: skip
NAME: Final = r"[“\"]?(?:元旦|新年|春节|清明|国际劳动节|劳动节|五一|端午|中秋|国庆|十一)[”\"]?节?"
COUNTED: Final = (
    r"(?:\([一二三四五六七八九十0-9]{1,2}\)[、.]?|[一二三四五六七八九十]{1,2}[、.]"
    r"|[0-9]{1,2}[、.)](?![0-9]))"
)
HEADING: Final = re.compile(
    rf"(?:{COUNTED})?({NAME}(?:[、和与及暨]{NAME})*)"
    r"(?:假期|放假|休假|安排|时间)*(?:[:。,]|(?=[0-9一二三四五六七八九十]{1,4}[年月]))"
)
ANY_OPEN: Final = re.compile(r"\([^()]{0,24}$")
BEGINS: Final = re.compile(COUNTED)
MONTH: Final = r"[0-9]{1,2}|元|[一二三四五六七八九十]{1,2}"
DAY: Final = r"[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3}"
YEAR: Final = r"[0-9]{4}|[零〇○一二三四五六七八九]{4}"
TO: Final = r"起?(?:至|到|-+|~+)"
WEEKDAYS: Final = "一二三四五六日"
ENGLISH: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NOTED: Final = (
    r"(?:\((?P<noted>(?:(?![0-9]+[日号])[^()])*)\)|(?P<plain>(?:星期|周|礼拜)[一二三四五六日天]))?"
)
DATE: Final = (
    rf"(?:(?P<year>{YEAR})年)?(?:(?P<month>{MONTH})月)?(?P<day>{DAY})"
    rf"(?:[日号]|(?=(?:{TO}|、)(?:{DAY})[日号]|、(?:{DAY})、)){NOTED}"
)
COUNT: Final = rf"(?:共计?|总共|放假|连休|合计)(?P<count>{DAY})天"
# What says whether the days before it are worked. Longer words stand first.
SHIFT: Final = r"(?:[一两二三四]个)?(?:的?公休日?)?(?:分别)?(?:调整?|调休|移)(?:至|到)"
WORKED: Final = r"(?:照常|正常|补|调休)?上班|补班|不放假|不休息|(?:照常|正常)工作|为工作日"
OFF: Final = (
    r"放假调休|调休放假|放假公休|放假休息|放假补休|放假|补休|照常公休|公休(?!日)|照常休息|休息|休假"
    r"|为(?:法定)?(?:节假日|假日|假期|休息日)|为公休日|调休"
)
JOINED: Final = r"与?(?:周末|双休日|公休日)连休"
TOKEN: Final = re.compile(
    rf"(?P<date>{DATE})|(?P<many>{COUNT})|(?P<joined>{JOINED})|(?P<not>不调休)|(?P<shift>{SHIFT})"
    rf"|(?P<worked>{WORKED})|(?P<off>{OFF})|(?P<to>{TO})|(?P<list>[、和及与]|以及)|(?P<comma>,)"
)
# Words that may stand between days and what is said of them; any others may change the meaning.
BETWEEN: Final = re.compile(
    r"(?:全国|全省|全市|全体公民|各单位|各地区?|各部门|职工|均|都|一律|统一|期间|起|止|安排|实行|为|是|可"
    r"|这?[一二两三四五六七八]天|两日|分别|[::])*"
)
AHEAD: Final = re.compile(r"(?:时间|日期|日|的?安排)*(?:为|是|:)")  # 上班日期：1月4日
# Such sentences change what another notice said, or say it of others; nobody reads them by rule.
CHANGES: Final = re.compile(r"延长|取消|原定|原安排|改为|不再|推迟|提前|顺延|除外|另行")
OF_SOME: Final = re.compile(
    r"半天|[上下]午|学校|学生|院校|幼儿园|女职工|妇女|教师|银行|证券|交易|企业|医院|窗口|大厅|景区|收费"
)
NOT_ORDERED: Final = re.compile(r"鼓励|建议|倡导|提倡|可结合|可以结合")
OF_TITLE: Final = re.compile(
    rf"关于[^。;]{{0,12}}?({YEAR})年[^。;:]{{0,40}}?(?:节假日|假期|放假|休假|调休)"
)
OF_TEXT: Final = re.compile(rf"(?:现将|将|安排)({YEAR})年(?!(?:{MONTH})月)")
OF_HEAD: Final = re.compile(rf"({YEAR})年(?:部分)?(?:节假日|放假|{NAME})")
OF_DATES: Final = re.compile(rf"({YEAR})年(?:{MONTH})月(?:{DAY})[日号]")
ANY_DATE: Final = re.compile(rf"(?:{MONTH})月(?:{DAY})(?:[日号]|{TO})")
ONLY_A_DATE: Final = re.compile(rf"(?:{YEAR})年(?:{MONTH})月(?:{DAY})[日号]")
SAYS: Final = re.compile(rf"{WORKED}|{OFF}|{SHIFT}")
HEADED: Final = re.compile(r"[,;\t]")
MOST_MADE_UP: Final = 2  # days of work one after another, as one stretch
LONGEST: Final = 60  # of a sentence as it is told back


def plain(text: str) -> str:
    """Digits, brackets and dashes of every width as plain ones."""
    return DASHES.sub("-", narrow(text))


def in_words(text: str, heads: tuple[str, ...]) -> bool:
    """Whether ``text`` is a notice in sentences: days and what is said of them, and no table."""
    said = plain(text)
    for line in said.split("\n")[:8]:
        cells = HEADED.split(line)
        if len(cells) > 1 and any(cell.strip().lower() in heads for cell in cells):
            return False
    said = "".join(said.split())
    return bool(ANY_DATE.search(said) and SAYS.search(said))


def read_words(text: str) -> tuple[list[Row], list[Said]]:
    """What each sentence says of which days; and what cannot be read, each with its place."""
    paragraphs = list(_paragraphs(plain(text)))
    year, fault = _year_of(paragraphs)
    if fault is not None:
        return [], [fault]
    rows: list[Row] = []
    faults: list[Said] = []
    whole = "".join(paragraphs)
    alone = sorted({HOLIDAYS[key] for key in HOLIDAYS if key in whole.partition("通知")[0]})
    item = Item(year, alone[0] if len(alone) == 1 else "", heads=False)
    for paragraph in paragraphs:
        if found := HEADING.match(paragraph):
            item = Item(year, _name(found[1]), heads=True)
            paragraph = paragraph[found.end() :]
        elif BEGINS.match(paragraph):
            item = Item(year, item.name if not item.heads else "", heads=False)
        else:
            item.heads = item.heads and not item.told  # its heading may stand on a line of its own
        before = len(rows) + len(faults)
        for sentence in re.split("[。;!]", paragraph):
            found_rows, found_faults = item.read(sentence)
            rows += found_rows
            faults += found_faults
        item.told = item.told or before < len(rows) + len(faults)
        if item.heads and before == len(rows) + len(faults) and SAYS.search(paragraph):
            faults.append(_told(item.name + ":" + paragraph, *NO_DAY))
    return rows, faults


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs without blanks; lines broken at a margin are put together again."""
    held = ""
    for line in ("".join(one.split()) for one in text.split("\n")):
        line = re.sub(r"[*#>|`]", "", line)
        if not line:
            continue
        begins = HEADING.match(line) or BEGINS.match(line) or ONLY_A_DATE.fullmatch(line)
        if ANY_OPEN.search(held):
            begins = None  # （周 at a line's end, 五） at the next one's begin
        if held and (begins or held.endswith(("。", ";", ":"))):
            yield held
            held = ""
        held += line
    if held:
        yield held


def _name(heading: str) -> str:
    """The holidays a heading names, each by its full name."""
    found = re.findall("|".join(HOLIDAYS), heading)
    return "、".join(dict.fromkeys(HOLIDAYS[one] for one in found))


def _whole_year(said: str) -> int:
    return int("".join(str(DIGITS.get(sign, sign)) for sign in said))


def _year_of(paragraphs: list[str]) -> tuple[int | None, Said | None]:
    """The year of the notice, by its title, its opening words, or the days it writes out."""
    whole = "".join(paragraphs)
    read = [
        {_whole_year(found) for found in pattern.findall(whole)} for pattern in (OF_TITLE, OF_TEXT)
    ]
    said = read[0] | read[1]
    if not said:
        said = {_whole_year(found[1]) for one in paragraphs if (found := OF_HEAD.match(one))}
    if len(said) > 1:
        years = "、".join(str(one) for one in sorted(said))
        return None, Said(
            f"通知的标题和正文写了不同的年份（{years}），无法确定是哪一年的安排。",
            f"The title and the text name different years ({years}); which is meant, nobody can "
            "tell.",
        )
    if said:
        return said.pop(), None
    sentences = [one for one in re.split("[。;]", whole) if SAYS.search(one)]
    dated = {_whole_year(found) for one in sentences for found in OF_DATES.findall(one)}
    if len(dated) == 1:
        return dated.pop(), None
    return None, Said(
        "没有写明是哪一年的放假安排。请把标题（“关于2027年部分节假日安排的通知”）一起上传或粘贴。",
        "It does not say of which year it is. Send its title (关于2027年部分节假日安排的通知) too.",
    )


NO_DAY: Final = ("没有写明是哪一天", "it names no day")


def _told(sentence: str, zh: str, en: str) -> Said:
    words = sentence if len(sentence) <= LONGEST else sentence[: LONGEST - 1] + "…"
    return Said(f"“{words}”：{zh}。", f"“{words}”: {en}.")


class Unclear(ValueError):
    """A sentence that says a day wrongly or in two ways; ``zh`` and ``en`` say what."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(slots=True)
class Group:
    """A day, or the days from ``first`` to ``last``."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


@dataclass(slots=True)
class Item:
    """What the notice says of one holiday, and where its reading stands."""

    year: int | None
    name: str
    heads: bool  # under a holiday's heading each day must be told of
    at: date | None = None  # the day named last: “8日” after it lies in its month
    pending: list[Group] = field(default_factory=list)
    told: bool = False

    def read(self, sentence: str) -> tuple[list[Row], list[Said]]:
        """The rows of one sentence, or why there are none."""
        dated = ANY_DATE.search(sentence) or (self.at is not None and TOKEN.search(sentence))
        if not dated or NOT_ORDERED.search(sentence):
            return [], []
        if not SAYS.search(sentence):
            if self.heads and ANY_DATE.search(sentence):
                return [], [_told(f"{self.name}:{sentence}", *NEITHER)]
            return [], []  # the day it was signed, the day it was published
        self.pending = []
        where = _told(f"{self.name}:{sentence}" if self.name else sentence, "", "")
        place = Said(where.zh.removesuffix("：。"), where.en.removesuffix(": ."))
        try:
            if found := CHANGES.search(sentence):
                raise Unclear(
                    f"“{found[0]}”改变了原来的安排，不能自动读出；请改为逐日列表（日期、是否上班、名称）",
                    f"“{found[0]}” changes what was said before and is not read; give the days as "
                    "a list (日期、是否上班、名称)",
                )
            if found := OF_SOME.search(sentence):
                raise Unclear(
                    f"“{found[0]}”说的不是全体单位的整天，不能自动读出；请删去这一句，或改为逐日列表",
                    f"“{found[0]}” is not said of whole days and everybody; leave it out, or give "
                    "the days as a list",
                )
            named = list(self._said(sentence))
        except Unclear as fault:
            return [], [Said(f"{place.zh}：{fault.zh}。", f"{place.en}: {fault.en}.")]
        return [(place, day, worked, self.name) for day, worked in named], []

    def _said(self, sentence: str) -> Iterator[tuple[date, bool]]:
        groups: list[Group] = []  # off, of the verb before: what “共8天” counts
        moved: list[Group] | None = None  # weekends that are worked: where to is said next
        ahead: bool | None = None  # 上班日期：… says it before its days
        joined = "连休" in sentence
        end = 0
        to = False
        for token in TOKEN.finditer(sentence):
            between, end = sentence[end : token.start()], token.end()
            kind = str(token.lastgroup if token.lastgroup in KINDS else _kind(token))
            if self.pending and not BETWEEN.fullmatch(between):
                if ahead is not None or moved is not None:
                    yield from self._closed(ahead, moved)
                    ahead = moved = None
                else:
                    raise Unclear(*NEITHER)
            if kind == "date":
                self._date(token, to=to)
                to = False
                continue
            if kind == "to":
                to = bool(self.pending)
                continue
            if kind == "list":
                continue
            if kind == "comma":
                if moved is not None and self.pending:
                    yield from self._closed(None, moved)
                    moved = None
                continue
            if kind == "many":
                self._counted(token, self.pending or groups, joined=joined)
                if not self.pending or "放假" not in token[0]:
                    continue
                kind = "off"
            if kind in ("joined", "not"):
                if self.pending:
                    raise Unclear(*NEITHER)
                continue
            if kind == "shift":
                if not self.pending:
                    raise Unclear(*NEITHER)
                moved, self.pending = self.pending, []
                continue
            worked = kind == "worked"
            if self.pending and moved is None:
                groups = [] if worked else self.pending
                yield from self._closed(worked, None)
                ahead = None
            elif self.pending:
                yield from self._closed(None, moved)
                moved = None
            elif AHEAD.match(sentence, end):
                ahead = worked
        if moved is not None and not self.pending:
            raise Unclear(*NEITHER)
        if self.pending:
            if ahead is None and moved is None:
                raise Unclear(*NEITHER)
            yield from self._closed(ahead, moved)

    def _closed(
        self, worked: bool | None, moved: list[Group] | None
    ) -> Iterator[tuple[date, bool]]:
        """The days that stand there, with what is said of them."""
        days = [day for group in self.pending for day in group.days]
        if worked and any(len(group.days) > MOST_MADE_UP for group in self.pending):
            raise Unclear(*NEITHER)  # 10月1日至8日，10月10日上班: a word was left out
        self.pending = []
        if moved is not None:
            sources = [day for group in moved for day in group.days]
            if len(sources) != len(days):
                raise Unclear(
                    f"{len(sources)}个公休日调到了{len(days)}天",
                    f"{len(sources)} weekend days are moved to {len(days)} days",
                )
            yield from ((day, True) for day in sources)
            worked = False
        yield from ((day, bool(worked)) for day in days)

    def _counted(self, token: re.Match[str], groups: list[Group], *, joined: bool) -> None:
        """Refuse a number of days that is not the number of days named."""
        days = {day for group in groups for day in group.days}
        told = number_of(token["count"])
        if not days or told == len(days):
            return
        if joined:  # with the weekend before or after it
            for step in (1, -1):
                day = (max if step == 1 else min)(days) + timedelta(days=step)
                while day.weekday() >= 5:
                    days.add(day)
                    day += timedelta(days=step)
            if told == len(days):
                return
        raise Unclear(
            f"写的是{token['count']}天，列出的日期是{len(days)}天",
            f"it says {token['count']} days and names {len(days)}",
        )

    def _date(self, token: re.Match[str], *, to: bool) -> None:
        day = self._day(token, after=self.pending[-1].last if to else None)
        if to:
            group = self.pending[-1]
            if not timedelta() < day - group.first <= timedelta(days=30):
                raise Unclear(
                    f"{group.first}至{day}不是一段假期", f"{group.first} to {day} is no holiday"
                )
            group.last = day
        else:
            self.pending.append(Group(day, day))
        self.at = day
        self._weekday(token["noted"] or token["plain"] or "", to=to)

    def _day(self, token: re.Match[str], after: date | None) -> date:
        number, month, at = number_of(token["day"]), 0, self.at
        if token["month"]:
            month = 1 if token["month"] == "元" else number_of(token["month"]) or 0
        elif at is not None:
            month = at.month
        if token["year"]:
            year = _whole_year(token["year"])
        elif not token["month"] and at is not None:
            year = at.year
        elif after is not None:
            year = after.year + (1 if (month, number or 0) < (after.month, after.day) else 0)
        elif self.pending and at is not None and month >= at.month:
            year = at.year  # 2018年12月29日、12月30日
        elif self.year is None:
            raise Unclear(f"“{token[0]}”没有写明年份", f"“{token[0]}” has no year")
        else:  # the days before New Year's Day lie in the year before it
            year = self.year - 1 if month == 12 and "元旦" in self.name else self.year
        if self.year is not None and (year, month) != (self.year - 1, 12) and year != self.year:
            raise Unclear(
                f"“{token[0]}”不在{self.year}年", f"“{token[0]}” does not lie in {self.year}"
            )
        try:
            return date(year, month, number or 0)
        except ValueError:
            raise Unclear(
                f"{year}年没有“{token[0]}”这一天", f"there is no “{token[0]}” in {year}"
            ) from None

    def _weekday(self, noted: str, *, to: bool) -> None:
        """Refuse a weekday that the day is not."""
        told = re.findall("(?:星期|周|礼拜)([一二三四五六日天])", noted)
        if english := re.fullmatch(f"(?i)({'|'.join(ENGLISH)})[a-z]*", noted):
            told = [WEEKDAYS[ENGLISH.index(english[1].lower())]]
        elif len(noted) == 1 and noted in WEEKDAYS:
            told = [noted]
        if not told:
            return
        group = self.pending[-1]
        if len(told) == 1:
            days = [group.last]
        elif to:
            days = group.days if len(told) > 2 else [group.first, group.last]
        else:
            days = [one.last for one in self.pending[-len(told) :]]
        if len(days) != len(told):
            raise Unclear(
                f"“{noted}”与日期的个数不同", f"“{noted}” are other days in number than the dates"
            )
        for day, word in zip(days, told, strict=True):
            right = WEEKDAYS[day.weekday()]
            if word.replace("天", "日") != right:
                raise Unclear(
                    f"{day}是星期{right}，不是星期{word}",
                    f"{day} is a {day:%A}, not what is written (星期{word})",
                )


NEITHER: Final = (
    "没有说清这些日子是上班还是放假",
    "it does not say whether these days are worked or days off",
)
KINDS: Final = ("date", "many", "joined", "not", "shift", "worked", "off", "to", "list", "comma")


def _kind(token: re.Match[str]) -> str:
    return next(kind for kind in KINDS if token[kind] is not None)
