"""The government's office takes in a notice of days off: tried, confirmed, undone by another."""

import io
import re
from datetime import date
from html import unescape

import docx
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.actions import Party
from openhall.cases.models import Case
from openhall.cases.tasks import recompute_after_a_new_calendar
from openhall.cases.terms import ApplicantKind, Channel
from openhall.jobs.models import Job
from openhall.office.views import calendar_notice
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk, IdentityKind
from openhall.workdays.models import CalendarDeed
from openhall.workdays.queries import announced_years, calendar, standing_days
from tests.rules.workdays.test_notices import WHOLE

WANG = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")
BASIS = "国办发明电〔2026〕7号"


@pytest.fixture
def case(cast, doing):
    """Accepted ten days before the last announced year ends; the clock stands there."""
    year = calendar().announced_through.year
    with time_machine.travel(f"{year}-12-21T18:00:00+08:00", tick=False):
        found = actions.submit(
            "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, f"{year}-12-21 09:00")
        )
        actions.accept(found.pk, doing(cast.li_chuang, f"{year}-12-21 10:00"))
        yield Case.objects.get(pk=found.pk)


@pytest.fixture
def office(cast, client, case):
    player = Account.objects.create_user(username="fu_ban")
    appoint(player, cast.organ, Desk.GOVERNMENT_OFFICE, date(2003, 1, 1))
    client.force_login(player)
    return reverse("office:calendar_notice", args=[cast.organ.code])


def notice(year, coding="gb18030", more=""):
    said = "".join(
        f"{day.replace(year=year)},{int(worked)},{name}\n" for day, (worked, name) in WHOLE.items()
    )
    return SimpleUploadedFile("通知.csv", ("日期,是否上班,名称\n" + said + more).encode(coding))


def hidden(page):
    return {
        name: unescape(value)
        for name, value in re.findall(
            r'<input type="hidden" name="(days|basis|seen|key)" value="([^"]*)"', page
        )
    }


def tried(client, office, file):
    return client.post(office, {"file": file, "basis": BASIS})


def test_a_trial_that_did_not_look_at_every_case_says_so(client, office, case, monkeypatch):
    year = case.accepted_at.year
    assert "其余在办件" not in tried(client, office, notice(year + 1)).text
    monkeypatch.setattr(calendar_notice, "COUNTED", 1)
    assert "其余在办件" in tried(client, office, notice(year + 1)).text


def test_a_trial_tells_and_changes_nothing_then_it_is_confirmed_and_undone(
    client, office, case, settings
):
    year = case.accepted_at.year
    before, years = standing_days(), announced_years()
    saturday = next(
        day
        for day in (date(year, 12, n) for n in range(22, 32))
        if day.weekday() == 5 and day not in before
    )
    page = tried(client, office, notice(year + 1, more=f"{saturday},1,元旦\n")).text
    assert f"公布{year + 1}年" in page
    assert "期限改变的在办件" in page
    assert (standing_days(), announced_years()) == (before, years)
    assert not CalendarDeed.objects.exists()

    answer = client.post(office, hidden(page))
    assert answer.status_code == 302
    assert announced_years() == years | {year + 1}
    job = Job.objects.get(task__endswith="recompute_after_a_new_calendar")
    assert job.arguments["kwargs"] == {"cause": BASIS}
    recompute_after_a_new_calendar.func(**job.arguments["kwargs"])
    moved = Case.objects.get(pk=case.pk)
    assert moved.promise_due < case.promise_due
    client.post(office, hidden(page))  # sent twice: the same notice, once
    assert CalendarDeed.objects.count() == 2  # one for each year

    listed = client.get(office).text
    assert BASIS in listed
    for deed in CalendarDeed.objects.order_by("-pk"):
        undoing = client.post(office, {"undo": str(deed.pk)}).text
        assert f"撤回：{BASIS}" in undoing
        assert client.post(office, hidden(undoing)).status_code == 302
    recompute_after_a_new_calendar.func()
    back = standing_days()
    assert {day: back[day] for day in before} == before
    more = {day: worked for day, (worked, _name) in back.items() if day not in before}
    assert len(more) > 10
    assert more == {day: day.weekday() < 5 for day in more}
    assert Case.objects.get(pk=case.pk).promise_due == case.promise_due


def test_a_day_that_is_over_asks_for_a_word_of_its_own(client, office, case):
    year = case.accepted_at.year
    over = next(day for day, (worked, _) in standing_days().items() if day.year == year)
    file = SimpleUploadedFile("n.csv", f"date,worked,name\n{over},1,\n".encode())
    page = tried(client, office, file).text
    assert "已过去" in page
    refused = client.post(office, hidden(page))
    assert refused.status_code == 422
    assert "已有办件按这些日子计算过" in refused.text
    assert not CalendarDeed.objects.exists()
    assert client.post(office, hidden(page) | {"past": "on"}).status_code == 302
    assert standing_days()[over][0]


def test_a_trial_that_has_grown_old_is_shown_anew(client, office, case):
    year = case.accepted_at.year
    page = tried(client, office, notice(year + 1)).text
    other = SimpleUploadedFile("n.csv", f"date,worked,name\n{year}-12-30,0,甲\n".encode())
    client.post(office, hidden(tried(client, office, other).text))
    old = hidden(page) | {"days": hidden(page)["days"] + f"{year}-12-30,1,乙\n"}
    answer = client.post(office, old)
    assert answer.status_code == 409
    assert year + 1 not in announced_years()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "文件"),
        (b"\xff\xff\xff", "不是UTF-8"),
        ("日期,是否上班,名称\n2027-02-30,0,春节\n".encode(), "不是日期"),
        (b"date,worked,name\n2027-02-05,0,a\n2027-02-05,1,a\n", "既上班又放假"),
        (b"date,worked,name\n2072-01-01,0,a\n", "尚未公布"),
        (b"%PDF-1.7 nothing", "PDF不完整"),
    ],
)
def test_what_is_no_notice_is_refused_in_words_and_changes_nothing(client, office, case, raw, said):
    answer = tried(client, office, SimpleUploadedFile("n.csv", raw))
    assert answer.status_code == 422
    assert said in answer.text
    assert not CalendarDeed.objects.exists()


@pytest.mark.parametrize("who", ["li_chuang", "wang_fang"])
def test_nobody_else_takes_one_in(client, cast, office, who):
    client.force_login(getattr(cast, who))
    assert client.get(office).status_code == 403
    assert client.post(office, {"days": "x", "basis": "x", "seen": "x"}).status_code == 403


NAMES = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
HELD = ("01-01", "02-05", "04-05", "05-01", "06-09", "09-15", "10-01")


def as_published(year):
    """A whole notice in sentences, each holiday with the days it needs at least."""
    title = f"××办公厅关于{year}年部分节假日安排的通知"
    items = []
    for number, name, begins in zip("一二三四五六七", NAMES, HELD, strict=True):
        first = date.fromisoformat(f"{year}-{begins}")
        days = 3 if name in ("春节", "国庆节") else 1
        to = f"至{first.day + days - 1}日" if days > 1 else ""
        week = "一二三四五六日"[first.weekday()]
        items.append(
            f"{number}、{name}：{first.month}月{first.day}日（周{week}）{to}放假调休，共{days}天。"
        )
    return [
        title,
        "各单位：",
        "现将放假调休日期的具体安排通知如下。",
        *items,
        f"{year - 1}年11月4日",
    ]


def as_page(lines):
    body = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><body><nav>首页 2024年1月1日放假</nav><div id='zoom'>{body}</div></body></html>"


def as_word(lines):
    made, file = docx.Document(), io.BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("dress", ["pasted", "page", "word"])
def test_a_notice_as_it_is_published_is_tried_confirmed_and_undone(client, office, case, dress):
    year = case.accepted_at.year + 1
    lines, before = as_published(year), announced_years()
    sent = {
        "pasted": lambda: {"words": "\r\n".join(lines)},
        "page": lambda: {"file": SimpleUploadedFile("notice.html", as_page(lines).encode())},
        "word": lambda: {"file": SimpleUploadedFile("通知.docx", as_word(lines))},
    }[dress]()
    page = client.post(office, {"basis": BASIS, **sent}).text
    assert f"公布{year}年" in page
    assert announced_years() == before
    assert client.post(office, hidden(page)).status_code == 302
    assert announced_years() == before | {year}
    free = {
        day for day, (worked, _name) in standing_days().items() if day.year == year and not worked
    }
    assert len(free) == 11
    assert {date(year, 1, 1), date(year, 2, 7), date(year, 10, 3)} <= free
    deed = CalendarDeed.objects.latest("pk")
    undoing = client.post(office, {"undo": str(deed.pk)}).text
    assert client.post(office, hidden(undoing)).status_code == 302
    assert all(
        worked == (day.weekday() < 5)
        for day, (worked, _name) in standing_days().items()
        if day.year == year
    )


def test_a_sentence_that_is_wrong_is_told_and_the_pasted_words_stay(client, office, case):
    year = case.accepted_at.year + 1
    lines = as_published(year)
    right = re.search("周.", lines[3])[0]
    lines[3] = lines[3].replace(right, "周三" if right != "周三" else "周四")
    answer = client.post(office, {"basis": BASIS, "words": "\n".join(lines)})
    assert answer.status_code == 422
    assert f"{year}-01-01是星期" in answer.text
    assert lines[5] in answer.text
    assert not CalendarDeed.objects.exists()


def test_a_file_and_words_together_or_neither_are_asked_for(client, office, case):
    file = notice(case.accepted_at.year + 1)
    for sent in ({}, {"words": "x", "file": file}):
        answer = client.post(office, {"basis": BASIS, **sent})
        assert answer.status_code == 422
        assert "二者选一" in answer.text
