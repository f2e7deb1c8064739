"""A notice of days off is read in the dress it is published in, and judged before it counts."""

import csv
import json
from datetime import date

import pytest

from openhall.workdays.rules.notices import NotANotice, judged, lacking, read_notice
from tests.shared_data import shared

TODAY = date(2026, 11, 29)
WHOLE = {
    date(2027, 1, 1): (False, "元旦"),
    date(2027, 1, 2): (False, "元旦"),
    date(2027, 1, 3): (False, "元旦"),
    date(2027, 2, 5): (False, "春节"),
    date(2027, 2, 6): (False, "春节"),
    date(2027, 2, 8): (False, "春节"),
    date(2027, 2, 20): (True, "春节"),
    date(2027, 4, 5): (False, "清明节"),
    date(2027, 5, 3): (False, "劳动节"),
    date(2027, 6, 9): (False, "端午节"),
    date(2027, 9, 15): (False, "中秋节"),
    date(2027, 10, 1): (False, "国庆节"),
    date(2027, 10, 4): (False, "国庆节"),
    date(2027, 10, 5): (False, "国庆节"),
}
STANDING = {
    date(2026, 10, 1): (False, "国庆节"),
    date(2026, 12, 26): (False, "试"),
    date(2025, 10, 1): (False, "国庆节"),
}
ANNOUNCED = frozenset((2025, 2026))


def as_csv(days, head="date,worked,name"):
    rows = [f"{day},{int(worked)},{name}" for day, (worked, name) in days.items()]
    return "\r\n".join([head, *rows]) + "\r\n"


def as_json(days):
    rows = [
        {"name": name, "date": str(day), "isOffDay": not worked}
        for day, (worked, name) in days.items()
    ]
    return json.dumps({"year": 2027, "papers": [], "days": rows}, ensure_ascii=False, indent=2)


def as_ics(days):
    events = "".join(
        "BEGIN:VEVENT\r\n"
        f"SUMMARY:{f'上班(补{name}假期)' if worked else f'{name}假期'}\r\n"
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\n"
        f"DTEND;VALUE=DATE:{date.fromordinal(day.toordinal() + 1):%Y%m%d}\r\nEND:VEVENT\r\n"
        for day, (worked, name) in days.items()
    )
    return f"BEGIN:VCALENDAR\r\nX-WR-CALNAME:中国法定节假日\r\n{events}END:VCALENDAR\r\n"


def worked_days(days):
    return {day: worked for day, (worked, _name) in days.items()}


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("dress", [as_csv, as_json, as_ics])
def test_a_notice_is_read_in_every_dress(dress, coding):
    assert worked_days(read_notice(dress(WHOLE).encode(coding))) == worked_days(WHOLE)


def test_names_are_kept():
    assert read_notice(as_csv(WHOLE).encode()) == WHOLE
    assert read_notice(as_json(WHOLE).encode()) == WHOLE
    assert {name for _worked, name in read_notice(as_ics(WHOLE).encode()).values()} >= {"春节"}


@pytest.mark.parametrize(
    "text",
    [
        "日期,是否上班,名称\n2027/2/5,否,春节\n2027年2月20日,是,春节\n",
        "日期;是否上班;名称\n2027.2.5;休;春节\n２０２７-2-20;班;春节\n",
        "name\tdate\tkind\n春节\t20270205\toff\n春节\t20270220\twork\n\n,,\n".replace(",,", ""),
        "date,isOffDay\n46423,TRUE\n46438,false\n",
    ],
)
def test_a_table_is_read_as_excel_and_people_write_it(text):
    found = worked_days(read_notice(text.encode()))
    assert found == {date(2027, 2, 5): False, date(2027, 2, 20): True}


def test_an_event_over_several_days_is_each_of_them_and_folded_lines_are_one():
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:春节\n （休）\nDTSTART;VALUE=DATE:20270205\n"
        "DTEND;VALUE=DATE:20270208\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    assert list(read_notice(text.encode())) == [date(2027, 2, day) for day in (5, 6, 7)]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"date,worked,name\n", "names no day"),
        (b'{"year": 2027, "papers": [], "days": []}', "names no day"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "names no day"),
        (b"2027-02-05,0\n", "want the columns"),
        (b"date,worked\n2027-13-05,0\n", "line 2: .2027-13-05. is not a date"),
        (b"date,worked\n2027-02-05,maybe\n", "line 2: .maybe. does not say"),
        (b"date,worked\n2027-02-05,0\n2027-02-05,1\n", "worked and a day off at once"),
        (b"{" * 100_000, "not readable JSON"),
        (b"[1, 2]", "day 1"),
        (b"\xff\xff\xff", "no text in UTF-8 or GB"),
        (b"x" * (1 << 21), "no notice is longer"),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:清明节\nDTSTART:20270405\nEND:VEVENT\n".encode(),
            "清明节. does not say whether 2027-04-05",
        ),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:春节假期\nDTSTART:20270405\n"
            "DTEND:20280405\nEND:VEVENT\n".encode(),
            "is not a date",
        ),
    ],
)
def test_what_is_no_notice_is_refused_with_the_place(raw, said):
    with pytest.raises(NotANotice, match=said):
        read_notice(raw)


def test_a_whole_notice_announces_its_year_and_changes_a_day_of_the_year_before():
    plan = judged(WHOLE | {date(2026, 12, 26): (True, "元旦")}, STANDING, ANNOUNCED, TODAY)
    assert plan.announce == (2027,)
    assert set(plan.write) == {*WHOLE, date(2026, 12, 26)}
    assert date(2027, 1, 2) not in plan.turned  # a Saturday is free anyway
    assert {date(2026, 12, 26), date(2027, 2, 20), date(2027, 2, 5)} <= set(plan.turned)
    assert plan.past == ()


def test_a_day_named_as_it_stands_changes_nothing():
    plan = judged({date(2026, 10, 1): (False, "国庆节")}, STANDING, ANNOUNCED, TODAY)
    assert (plan.write, plan.announce, plan.turned) == ({}, (), {})


def test_one_day_changes_that_day_alone_and_is_undone_by_naming_it_again():
    day = date(2026, 12, 1)
    plan = judged({day: (False, "临时")}, STANDING, ANNOUNCED, TODAY)
    assert (dict(plan.write), plan.announce) == ({day: (False, "临时")}, ())
    back = judged({day: (True, "")}, STANDING | plan.write, ANNOUNCED, TODAY)
    assert dict(back.turned) == {day: (True, "")}


def test_days_that_are_over_are_told():
    plan = judged({date(2025, 10, 13): (False, "补")}, STANDING, ANNOUNCED, TODAY)
    assert plan.past == (date(2025, 10, 13),)


@pytest.mark.parametrize("name", ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"])
def test_a_year_is_announced_only_by_a_whole_notice(name):
    half = {day: said for day, said in WHOLE.items() if said[1] != name}
    with pytest.raises(NotANotice, match=f"not the whole of it.*{name}"):
        judged(half, STANDING, ANNOUNCED, TODAY)


def test_a_year_far_away_a_year_too_free_and_a_single_day_announce_nothing():
    far = {day.replace(year=2029): said for day, said in WHOLE.items()}
    with pytest.raises(NotANotice, match="2029 cannot be announced before 2027"):
        judged(far, STANDING, ANNOUNCED, TODAY)
    with pytest.raises(NotANotice, match="2072 is not announced yet"):
        judged({date(2072, 1, 1): (False, "元旦")}, STANDING, ANNOUNCED, TODAY)
    free = {date(2027, 7, day): (False, "") for day in range(1, 32)}
    free |= {date(2027, 8, day): (False, "") for day in range(1, 32)}
    with pytest.raises(NotANotice, match="no year has so many"):
        judged(WHOLE | free, STANDING, ANNOUNCED, TODAY)


def test_every_year_announced_so_far_is_whole_and_read_as_published():
    with shared("calendar/official_days.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    papers = {}
    for row in rows:
        papers.setdefault(row["paper"], []).append(row)
    read = read_years = 0
    for rows_of_paper in papers.values():
        text = "date,name,kind\n" + "".join(
            f"{row['date']},{row['name']},{row['kind']}\n" for row in rows_of_paper
        )
        days = read_notice(text.encode("gb18030"))
        assert len(days) == len({row["date"] for row in rows_of_paper})
        read += len(days)
        year = max(days).year
        if len(days) > 15:  # the others correct a year that is announced
            assert lacking(year, days) == []
            read_years += 1
    assert read >= 600
    assert read_years == 20


@pytest.mark.parametrize(
    "text", ['{"days": 5}', '{"days": "x"}', '{"days": null}', "[5]", "[" * 5000]
)
def test_json_of_another_shape_is_refused_in_words(text):
    with pytest.raises(NotANotice):
        read_notice(text.encode())


def event(*lines: str) -> bytes:
    body = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])
    return body.encode()


SPRING = [date(2027, 2, 5 + n) for n in range(7)]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["DTSTART;VALUE=DATE:20270205", "DURATION:P7D", "SUMMARY:春节 休"], SPRING),
        (["DTSTART;VALUE=DATE:20270205", "DURATION:P1W", "SUMMARY:春节假期"], SPRING),
        (["DTSTART:20270204T160000Z", "DTEND:20270211T160000Z", "SUMMARY:春节放假"], SPRING),
        (["DTSTART:20270205T000000", "DTEND:20270212T000000", "SUMMARY:春节放假"], SPRING),
        (["DTSTART:20270205", "DTEND:20270212", "SUMMARY:春节（2月12日上班）假期"], SPRING),
    ],
)  # fmt: skip
def test_an_event_says_all_its_days_and_no_others(lines, days):
    assert read_notice(event(*lines)) == dict.fromkeys(days, (False, "春节"))


@pytest.mark.parametrize("words", ["春节 补班", "上班(补春节假期)", "调休上班", "春节假期补班"])
def test_a_day_made_up_for_is_worked(words):
    found = read_notice(event("DTSTART;VALUE=DATE:20270220", f"SUMMARY:{words}"))
    assert [worked for worked, _name in found.values()] == [True]


@pytest.mark.parametrize(
    "more",
    ["RRULE:FREQ=YEARLY", "RDATE:20280205", "STATUS:CANCELLED", "DURATION:PT8H", "DURATION:-P1D"],
)
def test_an_event_that_says_more_than_days_is_refused_and_never_read_in_part(more):
    with pytest.raises(NotANotice):
        read_notice(event("DTSTART;VALUE=DATE:20270205", "SUMMARY:春节 休", more))


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:20270205T093000Z", "SUMMARY:春节 休"],
        ["DTSTART:20270205T080000", "SUMMARY:春节 休"],
        ["DTSTART;VALUE=DATE:20270205", "SUMMARY:春节放假，2月12日上班"],
    ],
)
def test_what_may_mean_another_day_is_refused(lines):
    with pytest.raises(NotANotice):
        read_notice(event(*lines))


@pytest.mark.parametrize("dash", "\u2010\u2011\u2013\u2014\u2212－")
def test_any_dash_stands_in_a_day(dash):
    days = read_notice(f"date,worked\n2027{dash}02{dash}05,0\n".encode())
    assert list(days) == [date(2027, 2, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "date,worked,name\r2027-02-05,0,春节\r2027-02-20,1,春节\r",  # an old Mac's line ends
        "2027年部分节假日安排,,\n日期,是否上班,名称\n二〇二七年二月五日,否,春节\n2027年二月二十日,是,春节\n",
        "日期,是否上班\n2027-02-05 星期五,0.0\n2027-02-20（周六）,1.0\n",
        "date,worked,isOffDay\n2027-02-05,N,T\n2027-02-20,Y,F\n",
        "日期,是否放假\n2027-02-05,补休\n2027-02-20,不放假\n",
    ],
)
def test_other_dresses_of_a_table_say_the_same(text):
    wanted = {date(2027, 2, 5): False, date(2027, 2, 20): True}
    assert worked_days(read_notice(text.encode())) == wanted
    assert worked_days(read_notice(text.encode("utf-16-le"))) == wanted


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"date,worked,isOffDay\n2027-02-05,1,true\n", "does not say whether"),
        (b'[{"date":"2027-02-05","date":"2027-02-06","isOffDay":true}]', "not readable JSON"),
        (b'[{"date":"2027-02-05","isOffDay":true,"worked":true}]', "does not say whether"),
        (b'[{"date":"2027-02-05","isOffDay":true,"name":"\\ud800"}]', "U.D800"),
        (b'[{"date":"2027-02-05","isOffDay":true,"name":"\\u0000"}]', "U.0000"),
        ("date,worked,name\n2027-02-05,0,\ue000\n".encode(), "private sign"),
        (b"date,worked,name\n2027-02-05,0,\x00\n", "a NUL"),
        (b"PK\x03\x04" + b"x" * 40, "a workbook"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 40, "an old workbook"),
    ],
)
def test_a_contradiction_and_what_cannot_be_kept_are_refused(raw, said):
    with pytest.raises(NotANotice, match=said):
        read_notice(raw)


def test_a_name_that_is_null_is_no_name():
    found = read_notice(b'[{"date":"2027-02-05","isOffDay":true,"name":null}]')
    assert found == {date(2027, 2, 5): (False, "")}


def test_the_words_of_an_alarm_are_not_those_of_its_event():
    alarm = ["BEGIN:VALARM", "TRIGGER:-P1D", "SUMMARY:上班提醒", "DTSTART:20270301", "END:VALARM"]
    found = read_notice(event("DTSTART;VALUE=DATE:20270205", "SUMMARY:春节假期", *alarm))
    assert found == {date(2027, 2, 5): (False, "春节")}


def test_a_day_of_another_time_zone_is_not_taken_for_one_here():
    for zone in ("America/New_York", "Europe/London", "Asia/Tokyo"):
        with pytest.raises(NotANotice):
            read_notice(event(f"DTSTART;TZID={zone}:20270205T000000", "SUMMARY:春节假期"))
    for zone in ("Asia/Shanghai", "China Standard Time"):
        found = read_notice(event(f"DTSTART;TZID={zone}:20270205T000000", "SUMMARY:春节假期"))
        assert list(found) == [date(2027, 2, 5)]


@pytest.mark.parametrize(
    ("words", "worked"),
    [("New Year's Day (Day off)", False), ("Work day", True), ("Holiday", False)],
)
def test_events_in_english_are_read(words, worked):
    found = read_notice(event("DTSTART;VALUE=DATE:20270205", f"SUMMARY:{words}"))
    assert [one for one, _name in found.values()] == [worked]
