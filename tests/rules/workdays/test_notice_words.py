"""A notice of days off as it is published: its sentences name days, and those alone are read."""

# ruff: noqa: E501 - a sentence stands beside its days
from datetime import date, timedelta
from itertools import groupby

import pytest

from openhall.workdays.rules.notices import NotANotice, read_notice
from openhall.workdays.seeds import announced

WEEKDAYS = "一二三四五六日"
TITLE = "××办公厅关于{}年\n部分节假日安排的通知\n\n各单位：\n现将{}年各节日的放假安排通知如下。\n"
END = "\n各地要安排好值班，节日期间出了急事及时报告。\n××办公厅\n2025年11月4日\n（此件公开发布）\n"
PLACES = ("", "十", "二十", "三十")


def numeral(number):
    tens, ones = divmod(number, 10)
    return PLACES[tens] + (" 一二三四五六七八九"[ones].strip())


def whole(body, year=2026, title=TITLE):
    return title.format(year, year) + body + END


def read(body, **more):
    return {
        day: worked for day, (worked, _name) in read_notice(whole(body, **more).encode()).items()
    }


def off(first, last=None, year=2026):
    begins = date.fromisoformat(f"{year}-{first}")
    ends = date.fromisoformat(f"{year}-{last}") if last else begins
    return {begins + timedelta(days=n): False for n in range((ends - begins).days + 1)}


def work(*days, year=2026):
    return {date.fromisoformat(f"{year}-{day}"): True for day in days}


def by_notice():
    """The days of each notice since 2004: those of a December named 元旦 stand in the next one."""
    years = {}
    for of_year in announced().values():
        for day, (worked, name) in of_year.items():
            year = day.year + (name == "元旦" and day.month == 12)
            years.setdefault(year, {})[day] = (worked, name)
    return years


class Dress:
    """Sentences of a notice in one way of writing days."""

    def __init__(self, digits, bracket, to, verb, named_weekday=True, months=True):
        self.digits, self.bracket, self.to, self.verb = digits, bracket, to, verb
        self.named_weekday, self.months = named_weekday, months

    def day(self, day, year, *, month=True):
        said = (
            "" if day.year == year else f"{self.digits(day.year) if day.year < 99 else day.year}年"
        )
        if month or said or self.months:
            said += f"{self.digits(day.month)}月"
        said += f"{self.digits(day.day)}日"
        return said + (f"（{self.bracket}{WEEKDAYS[day.weekday()]}）" if self.named_weekday else "")

    def item(self, number, name, days, year):
        free = sorted(day for day, (worked, _) in days.items() if not worked)
        made_up = sorted(day for day, (worked, _) in days.items() if worked)
        said = []
        for _run, group in groupby(enumerate(free), lambda one: one[1].toordinal() - one[0]):
            run = [day for _n, day in group]
            first, last = run[0], run[-1]
            words = self.day(first, year)
            if first != last:
                words += self.to + self.day(last, year, month=first.month != last.month)
            count = len(run)
            said.append(f"{words}{self.verb}，共{self.digits(count)}天")
        if made_up:
            said.append("、".join(self.day(day, year) for day in made_up) + "上班")
        return f"{numeral(number)}、{name}：{'。'.join(said)}。\n"


DRESSES = {
    "as today": Dress(str, "周", "至", "放假调休", months=False),
    "as in 2010": Dress(str, "星期", "至", "放假公休"),
    "numerals": Dress(numeral, "星期", "至", "放假", months=False),
    "full width": Dress(
        lambda n: str(n).translate({48 + n: 0xFF10 + n for n in range(10)}), "周", "—", "放假"
    ),
    "bare": Dress(str, "", "－", "放假，调休", named_weekday=False, months=False),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_every_notice_since_2004_is_read_from_its_sentences(dress):
    assert len(by_notice()) == 23
    for year, days in by_notice().items():
        named = sorted({name for _worked, name in days.values()})
        body = "".join(
            DRESSES[dress].item(
                number,
                name,
                {day: one for day, one in days.items() if one[1] == name},
                year,
            )
            for number, name in enumerate(named, start=1)
        )
        assert read(body, year=year) == {day: worked for day, (worked, _n) in days.items()}, body


SAID = [
    ("国庆节、中秋节：10月1日（周四）至8日（周四）放假调休，共8天。9月27日（周日）、10月10日（周六）上班。",
     off("10-01", "10-08") | work("09-27", "10-10")),
    ("国庆节：十月一日至八日放假，共八天。", off("10-01", "10-08")),
    ("国庆节：10月1—7日放假调休,共7天;10月10日(星期六)上班", off("10-01", "10-07") | work("10-10")),
    ("七、国庆节\n10月1日至7日\n放假调休，共7天。10月10日\n（周六）上班。", off("10-01", "10-07") | work("10-10")),
    ("七、国庆节：10月1日（农历八月廿一、周\n四）至7日（周三）放假调休。9月20日、10月10日（周日、周\n六）上班。\n八、劳动节：5月1日（周\n五）放假。",
     off("10-01", "10-07") | work("09-20", "10-10") | off("05-01")),
    ("国庆节：１０月１日（周四）起至７日（周三）止放假。", off("10-01", "10-07")),
    ("端午节：6月19日放假，与周末连休。", off("06-19")),
    ("端午节：6月19日（周五）放假，与周末连休，共3天。", off("06-19")),
    ("元旦：1月1日（周四）放假1天，不调休。", off("01-01")),
    ("清明节：4月5日放假，4月6日（星期一）补休。", off("04-05", "04-06")),
    ("元旦：12月30日至1月1日放假调休，共3天。12月28日（周日）上班。",
     off("12-30", "12-31", 2025) | off("01-01") | work("12-28", year=2025)),
    ("元旦：2025年12月30日—2026年1月1日放假。12月28日（星期日）上班。",
     off("12-30", "12-31", 2025) | off("01-01") | work("12-28", year=2025)),
    ("元旦：1月1日至3日放假，共3天。其中，1月1日（星期四、新年）为法定节假日，1月3日（星期六）为公休日。"
     "1月4日（星期日）公休日调至1月2日（星期五）。1月4日（星期日）上班。", off("01-01", "01-03") | work("01-04")),
    ("春节：2月17日－23日（农历正月初一至初七）放假，共7天。其中，17日、18日、19日为法定节假日，"
     "2月21日（星期六）、22日（星期日）照常公休，2月15日、28日两个公休日分别调至2月20日（星期五）、23日（星期一）。"
     "2月15日（星期日）、28日（星期六）上班。", off("02-17", "02-23") | work("02-15", "02-28")),
    ("春节：2月15日至23日放假调休，共9天。鼓励各单位安排职工在2月14日、2月24日休息。", off("02-15", "02-23")),
    ("劳动节：5月1日至5日放假调休。5月9日、10日（周六、周日）上班。", off("05-01", "05-05") | work("05-09", "05-10")),
    ("国庆节：放假时间：10月1日至7日；调休上班日期：10月10日（周六）。", off("10-01", "10-07") | work("10-10")),
]  # fmt: skip


@pytest.mark.parametrize(("body", "days"), SAID)
def test_a_sentence_names_its_days_and_no_others(body, days):
    assert read(body) == days


def test_the_year_may_stand_in_the_days_alone_and_the_holiday_in_the_title():
    alone = (
        "关于调整2026年劳动节假期安排的通知\n各单位：\n5月1日至4日放假调休，共4天。"
        "4月26日（星期日）、5月9日（星期六）上班。\n"
    )
    found = read_notice(alone.encode())
    assert {name for _worked, name in found.values()} == {"劳动节"}
    assert {day: worked for day, (worked, _) in found.items()} == off("05-01", "05-04") | work(
        "04-26", "05-09"
    )
    once = "2026年9月3日（星期四）全国放假1天。9月3日至5日调休放假，共3天，9月6日（星期日）上班。\n"
    assert {day: worked for day, (worked, _) in read_notice(once.encode()).items()} == off(
        "09-03", "09-05"
    ) | work("09-06")


@pytest.mark.parametrize("coding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_notice_in_words_is_read_in_every_encoding(coding):
    text = whole(SAID[0][0]).replace("\n", "\r\n")
    found = read_notice(text.encode(coding))
    assert {day: worked for day, (worked, _) in found.items()} == SAID[0][1]
    assert {name for _worked, name in found.values()} == {"国庆节、中秋节"}


REFUSED = [
    ("国庆节：10月1日（周五）至7日（周三）放假。", "2026-10-01 is a Thursday"),
    ("国庆节：10月1日（周四）至7日（周四）放假。", "2026-10-07 is a Wednesday"),
    ("国庆节：10月1日至7日放假，共8天。", "says 8 days and names 7"),
    ("端午节：6月19日（周五）放假，与周末连休，共4天。", "says 4 days"),
    ("国庆节：10月1日至7日高速公路免费，10月10日上班。", "does not say whether"),
    ("国庆节：10月1日至7日，10月10日上班。", "does not say whether"),
    ("国庆节：10月1日至7日。", "does not say whether"),
    ("国庆节：10.1至10.7放假。", "names no day"),
    ("清明节：2月30日放假。", "there is no .2月30日. in 2026"),
    ("国庆节：10月7日至1日放假。", "is no holiday"),
    ("春节：延长2026年春节假期至2月25日，2月26日起正常上班。", "延长.*changes"),
    ("国庆节：原定10月10日上班改为10月11日上班。", "changes what was said"),
    ("春节：2月14日、28日两个公休日调至2月20日。2月15日放假。", "2 weekend days are moved to 1"),
    ("国庆节：10月1日放假。10月10日（周六）上班。10月10日放假。", "at once"),
    ("国庆节：10月1日（五）放假。", "is a Thursday"),
    ("国庆节：10月1日（Fri）放假。", "is a Thursday"),
    ("国庆节：2027年10月1日放假。", "does not lie in 2026"),
    ("国庆节：2025年10月1日放假。", "does not lie in 2026"),
    ("劳动节：5月4日放假半天。", "whole days and everybody"),
    ("国庆节：10月1日放假。学校10月10日上班。", "whole days and everybody"),
    ("国庆节：10月1日女士放假。", "does not say whether"),
    ("国庆节：10月1日放假。节日期间由张三10月2日值班、休息。", "does not say whether"),
]


@pytest.mark.parametrize(("body", "said"), REFUSED)
def test_what_may_be_meant_in_two_ways_is_refused_with_its_words(body, said):
    with pytest.raises(NotANotice, match=said) as refused:
        read_notice(whole("五、劳动节：5月1日（周五）放假。\n" + body).encode())
    assert all(body[:2] in one.zh or "10" in one.zh for one in refused.value.faults)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("放假安排如下：\n", "of which year"),
        ("关于2026年部分节假日安排的通知\n现将2027年放假安排通知如下：\n", "different years"),
    ],
)
def test_a_notice_without_its_year_or_with_two_is_refused(title, said):
    with pytest.raises(NotANotice, match=said):
        read("国庆节：10月1日放假。", title=title)
