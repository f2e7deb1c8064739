"""A desk finds what may be opened there, masked; a look at people leaves its reason."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from openhall.cases.actions import hand_over
from openhall.cases.actions.forgetting import personal_columns
from openhall.cases.desks.search import asks, found, rows_of
from openhall.cases.models import Case, Reveal
from openhall.cases.permissions import may_open
from openhall.cases.rules.searched import By, meant_by
from openhall.organs.actions import appoint
from openhall.organs.desks import Seated
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.papers.models import Paper
from tests.factories.cases import NUMBER, Walk
from tests.factories.cases import WANG_FANGFANG as WANG
from tests.factories.pages import read

ROLES = ("li_chuang", "zhao_cheng", "sun_pi", "zhou_wai", "wang_fang", "head", "other_handler")


@pytest.fixture
def cases(cast, doing) -> dict[str, Case]:
    """One in each pair of hands, all of one person."""
    walk = Walk(cast, doing, WANG, day="2024-03-04")
    return {
        "submitted": walk.submitted(),
        "handling": walk.handed_over(),
        "reviewed": walk.reviewed(),
        "delivered": walk.delivered(),
    }


def somebody(cast, who) -> Account:
    if who in ("head", "other_handler"):
        account = Account.objects.create_user(username=who)
        desk = Desk.HEAD if who == "head" else Desk.HANDLER
        appoint(account, cast.organ, desk, date(2003, 1, 1))
        return account
    return getattr(cast, who)


def seats(account) -> list[Seated]:
    today = timezone.localdate()
    return [
        Seated(account, post.organ, Desk(post.desk), today, today) for post in account.posts.all()
    ]


@pytest.mark.parametrize("who", ROLES)
def test_exactly_what_a_person_may_open_is_found(cast, cases, who):
    account, today = somebody(cast, who), timezone.localdate()
    for case in cases.values():
        for typed in (case.number, case.number[-4:], WANG.name, WANG.phone, NUMBER):
            may = may_open(account, Case.objects.get(pk=case.pk), today)
            hits = {
                one.pk
                for seat in seats(account)
                for one, _by in found(seat, meant_by(typed), people=True)
            }
            assert (case.pk in hits) == may, (who, case.stage, typed)


def test_who_applied_never_finds_the_own_case_at_the_own_desk(cast, cases):
    appoint(cast.wang_fang, cast.organ, Desk.WINDOW, date(2003, 1, 1))
    seat = seats(cast.wang_fang)[0]
    assert found(seat, meant_by(cases["submitted"].number), people=True) == []


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("20240304-8f3a01cd", [By.NUMBER]),
        ("２０２４０３０４－８Ｆ３Ａ０１ＣＤ", [By.NUMBER]),
        ("01CD", [By.END]),
        ("(028) 8666 0000 转 8", [By.PHONE]),
        ("138 1234 5678", [By.IDENTITY, By.PHONE]),  # it might be a passport
        ("11010519491231002x", [By.IDENTITY]),
        ("王芳芳", [By.NAME]),
        ("阿卜杜拉·买买提", [By.NAME]),
        ("王", []),
        ("", []),
        ("\x00", []),
        ("%", []),
    ],
)
def test_what_is_typed_is_read_in_any_dress(typed, by):
    assert [one.by for one in meant_by(typed)] == by


def test_the_one_case_of_a_number_opens_at_once(client, cast, cases):
    client.force_login(cast.li_chuang)
    there = reverse("office:find", args=[cast.organ.code, "window"])
    number = cases["submitted"].number
    answer = client.get(there, {"q": number.replace("-", " ")})
    assert answer.url == reverse("office:matter", args=[cast.organ.code, "window", number])
    code = client.get(there, {"q": cases["submitted"].query_code})
    assert code.url == answer.url
    assert client.get(there, {"q": number[-8:]}).url == answer.url  # its own part is enough
    # Four signs may be a name as well, and then are shown to choose; four digits open at once.
    assert number in client.get(there, {"q": number[-4:]}, follow=True).text
    assert not Reveal.objects.exists()


def test_a_person_is_looked_for_with_a_reason_that_stays_and_stands_masked(client, cast, cases):
    there = reverse("office:find", args=[cast.organ.code, "window"])
    page = read(client, f"{there}?q={WANG.name}", cast.li_chuang)
    assert all(case.number not in page.words for case in cases.values())
    form = page.form("查找并记录")
    form.typed |= {"usual": "", "reason": "看"}
    refused = form.send()
    assert refused.status == 422
    assert "不少于4个字" in refused.words
    assert not Reveal.objects.exists()
    shown = page.form("查找并记录").send()
    assert all(case.number in shown.words for case in cases.values())
    assert "王**" in shown.words
    assert WANG.name not in shown.words.replace(f"查找：{WANG.name}", "")
    looks = Reveal.objects.all()
    assert {look.case_id for look in looks} == {case.pk for case in cases.values()}
    assert {(look.account, look.field, look.reason) for look in looks} == {
        (cast.li_chuang, "search:name", "申请人在窗口查询")
    }


def test_another_units_window_finds_nothing_and_leaves_nothing(client, cast, cases):
    there = reverse("office:find", args=["cd-water", "window"])
    page = read(client, f"{there}?q={WANG.phone}", cast.zhou_wai)
    shown = page.form("查找并记录").send()
    assert "本岗位没有找到" in shown.words
    assert not Reveal.objects.exists()
    assert client.get(reverse("office:find", args=[cast.organ.code, "window"])).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_costs_the_same_however_many_there_are(
    cast, doing, rows, django_assert_num_queries
):
    walk = Walk(cast, doing, WANG, day="2024-03-04")
    for n in range(rows):
        walk.submitted(moment=f"2024-03-04 09:0{n}")
    seat = seats(cast.li_chuang)[0]
    for typed in (WANG.name, WANG.phone, NUMBER):
        with django_assert_num_queries(len(meant_by(typed))):
            assert len(found(seat, meant_by(typed), people=True)) == rows


def test_each_way_of_asking_reads_an_index(cast, cases):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a table of four rows whole")
    seat = seats(cast.li_chuang)[0]
    for typed, by, index in (
        (cases["submitted"].number[-4:], By.END, "case_by_end_of_number"),
        (WANG.phone, By.PHONE, "case_by_phone"),
        (WANG.name, By.NAME, "case_by_name"),
        (NUMBER, By.IDENTITY, "case_by_identity"),
    ):
        meant = next(one for one in meant_by(typed) if one.by == by)
        plan = rows_of(seat).filter(asks(meant)).explain()
        assert index in plan, (typed, plan)


def test_an_erased_person_is_found_by_nothing(cast, doing, cases):
    gone = personal_columns(cases["delivered"])
    assert gone["name_blind"] == gone["phone_blind"] == gone["identity_blind"] == ""


def test_a_slip_says_the_box_and_its_code_under_a_scanner_opens_the_case(cast, doing, client):
    walk = Walk(cast, doing, WANG, day="2024-03-04")
    case = walk.accepted()
    by = doing(cast.li_chuang, "2024-03-05 11:00")
    hand_over(case.pk, cast.zhao_cheng, ["章程草案原件"], by, papers_at="2号柜第3盒")
    slip = Paper.objects.get(about=case.number, kind="hand_over")
    assert "存放位置：2号柜第3盒。" in slip.content
    client.force_login(cast.zhao_cheng)
    at = reverse("office:find", args=[cast.organ.code, "handler"])
    seen = f"http://hall.example/check/{slip.check_code}/"  # as a scanner types what it reads
    page = client.post(at, {"q": seen}, follow=True)
    assert page.redirect_chain[-1][0].endswith(f"/handler/{case.number}/")
    assert "材料放在：2号柜第3盒" in page.text.replace("\n", "").replace("  ", "")
    nothing = client.post(at, {"q": "https://elsewhere.example/check/ABCDEFGH/"})
    assert nothing.status_code == 200
