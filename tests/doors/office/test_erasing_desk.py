"""Erasing at the head's desk: who may, when not, and what is gone. 个人信息保护法 47."""

import pytest
from django.urls import reverse

from openhall.ledger.actions import seal
from openhall.supervision import actions as watching
from openhall.supervision.terms import ComplaintAbout
from tests.factories.cases import NUMBER, WANG_FANGFANG, Walk
from tests.factories.pages import read
from tests.factories.traces import everything, logged, no_trace, once, opened, refused, refused_to

REASON = "依申请人书面请求删除，已核对身份。"


@pytest.fixture(autouse=True)
def kept_for_a_month(settings, tmp_path):
    settings.RETENTION_DAYS, settings.PUBLISHED_ROOT = 30, tmp_path


@pytest.fixture
def head(cast, seat):
    return seat("he_jie", cast.organ, "head")


@pytest.fixture
def declined(cast, doing):
    """A case that ended on 5 March 2024 and must be kept for a month."""
    return Walk(cast, doing, WANG_FANGFANG).declined()


@pytest.fixture
def desk(client, cast, head):
    return lambda who=head: read(client, reverse("office:erase", args=[cast.organ.code]), who)


def filled(page, case, reason=REASON, ground="本人请求删除"):
    number = case if isinstance(case, str) else case.number
    return page.form("删除").fill({"办件编号": number, "情形": ground, "理由": reason})


def test_the_page_says_what_goes_and_what_stays(desk):
    page = desk()
    assert page.status == 200
    for words in ("无法恢复", "个人信息保护法 47"):
        assert words in page.words


def test_the_data_goes_for_good_and_the_proofs_stay(desk, declined, client, cast):
    before = everything()
    done = once(filled(desk(), declined))
    assert f"{declined.number}的个人信息已删除" in done.words
    assert logged(before)
    kept = str(opened())
    assert "王芳芳" not in kept
    assert NUMBER not in kept
    seal()
    page = read(client, reverse("portal:public_case", args=[declined.number]))
    assert "个人信息已经删除" in page.words
    mine = read(client, reverse("portal:case", args=[declined.number]), cast.wang_fang)
    assert "王芳芳" not in mine.words


def test_nobody_but_the_head_of_the_unit_erases(desk, declined, cast, seat):
    form = filled(desk(), declined)
    other = seat("other", cast.zhou_wai.posts.get().organ, "head")
    people = cast.wang_fang, cast.li_chuang, cast.zhao_cheng, cast.sun_pi, cast.zhou_wai
    refused_to(form, (*people, other, None))


def test_the_head_of_another_unit_finds_no_such_case_at_his_own_desk(declined, cast, seat, client):
    water = cast.zhou_wai.posts.get().organ
    other = seat("other", water, "head")
    page = read(client, reverse("office:erase", args=[water.code]), other)
    with no_trace():
        refused(filled(page, declined).send(), "办件编号", "没有这个编号的办件")


def test_each_fault_stands_beside_its_field(desk, declined):
    with no_trace():
        refused(filled(desk(), "2024-000").send(), "办件编号", "没有这个编号的办件")
        refused(filled(desk(), declined, "删").send(), "理由", "不少于10个字")
        named = filled(desk(), declined, "王芳芳本人书面请求删除全部信息").send()
        refused(named, "理由", "不能写申请人的姓名")
        form = desk().form("删除").fill({"办件编号": declined.number, "理由": REASON})
        refused(form.send(), "情形", "")


def test_what_must_be_kept_yet_is_refused_with_its_last_day(desk, declined, walk, settings):
    settings.RETENTION_DAYS = 36500
    with no_trace():
        page = filled(desk(), declined).send()
    assert (page.status, "尚未届满" in page.words) == (422, True)
    going_on = walk.reviewed(
        walk.handed_over(walk.accepted(walk.submitted(moment="2024-03-04 11:00")))
    )
    with no_trace():
        page = filled(desk(), going_on).send()
    assert (page.status, "尚未办结" in page.words) == (422, True)


def test_another_room_s_objection_is_told_and_keeps_the_data(desk, declined, doing, cast):
    said = watching.Grievance(
        ComplaintAbout.CASE, cast.organ, "不予受理的理由没有说清楚。", case=declined
    )
    watching.complain(said, doing(None, "2026-11-20 09:00"))
    with no_trace():
        page = filled(desk(), declined).send()
    assert (page.status, "投诉" in page.words) == (422, True)


def test_what_is_erased_is_not_erased_twice(desk, declined):
    old = filled(desk(), declined)
    assert filled(desk(), declined).send().done
    with no_trace():
        page = old.send()
    assert page.status in (409, 422)
    assert "不能重复删除" in page.words
