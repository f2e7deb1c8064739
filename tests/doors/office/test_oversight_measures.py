"""What supervision measures by, at its desk: rules, weights, draws, frozen months. A14."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.ledger.actions import seal
from openhall.organs.actions import appoint
from openhall.organs.terms import Desk
from openhall.supervision import actions
from openhall.supervision.models import (
    CaseFileReview,
    SampleDraw,
    Score,
    SupervisionRule,
    WeightSet,
)
from tests.factories.pages import read
from tests.factories.traces import everything, logged, no_trace, once, refused, refused_to
from tests.rooms.supervision.conftest import *  # noqa: F403

NEXT_MONTH = (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)
WHY = {"修改理由": "按年度考评办法调整。"}


def at(name, organ, desk, *more):
    return reverse(f"office:{name}", args=[organ.code, desk, *more])


@pytest.fixture
def others(cast, he_jie, zheng_fa):
    return cast.wang_fang, cast.li_chuang, cast.sun_pi, cast.zhou_wai, he_jie, zheng_fa, None


@pytest.fixture
def rule(client, bureau, song_jian):
    address = at("oversight_rule", bureau, "supervision", "over-promise")
    return lambda: read(client, address, song_jian)


def test_a_rule_has_its_next_version_from_its_day_once(rule, others):
    form = rule().form("确认").fill({"扣分值": "3.5"} | WHY)
    refused_to(form, others)
    before = everything()
    once(form)
    assert logged(before) == 2  # one ends, one begins
    newest = SupervisionRule.objects.filter(code="over-promise").latest("effective_from")
    assert (str(newest.deduction), newest.effective_from) == (
        "3.50",
        timezone.localdate() + timedelta(days=1),
    )


def test_faults_of_a_rule_stand_beside_their_fields(rule):
    page = rule()
    with no_trace():
        refused(page.form("确认").fill(WHY | {"参数": "[1"}).send(), "参数", "JSON")
        refused(page.form("确认").fill(WHY | {"参数": '{"more": 1}'}).send(), "参数", "不能增减")
        refused(page.form("确认").fill({"修改理由": "短"}).send(), "修改理由", "不少于5个字")
        early = {"生效日期": "2003-01-01"} | WHY
        refused(page.form("确认").fill(early).send(), "生效日期", "不能溯及既往")


def test_who_is_second_with_a_rule_reads_what_stands_and_keeps_what_was_typed(rule):
    late = rule()
    once(rule().form("确认").fill({"扣分值": "3.5"} | WHY))
    with no_trace():
        page = late.form("确认").fill({"扣分值": "4.25"} | WHY).send(key="late")
    assert (page.status, 'value="4.25"' in str(page.soup)) == (409, True)


@pytest.fixture
def weights(client, bureau, song_jian):
    address = at("oversight_weights", bureau, "supervision")
    return lambda: read(client, address, song_jian)


def test_a_set_of_weights_is_entered_from_a_month_to_come(weights, others):
    typed = {"依据": "成府发〔2010〕1号", "生效日期": NEXT_MONTH.isoformat()} | WHY
    form = weights().form("确认").fill(typed)
    refused_to(form, others)
    with no_trace():
        today = timezone.localdate().isoformat()
        page = weights().form("确认").fill(typed | {"生效日期": today}).send()
        refused(page, "生效日期", "不能溯及")
    once(form)
    assert WeightSet.objects.filter(effective_from=NEXT_MONTH).count() == 1


def test_a_draw_is_announced_for_a_month_that_has_ended(client, decided, legal_office, zheng_fa):
    decided("2024-03-12")
    address = at("oversight_draws", legal_office, "legal")
    form = read(client, address, zheng_fa).form("公告")
    with no_trace():
        refused(form.fill({"办结月份": "soon"}).send(), "办结月份", "2026-10")
        this = f"{timezone.localdate():%Y-%m}"
        refused(form.fill({"办结月份": this}).send(), "办结月份", "已经结束")
    page = once(form.fill({"办结月份": "2024-03"}))
    draw = SampleDraw.objects.get()
    assert draw.number in page.words
    with no_trace():
        answer = page.form("抽取").send()  # no checkpoint after the announced moment yet
    assert answer.status == 422


def test_a_month_is_frozen_by_supervision_alone(client, decided, bureau, song_jian, others):
    decided("2024-03-12")
    address = at("oversight_scores", bureau, "supervision")
    Score.objects.create(
        organ=others[2].posts.get().organ, month=date(2024, 3, 1), counted_at=timezone.now()
    )
    form = read(client, f"{address}?month=2024-03", song_jian).form("审定")
    refused_to(form, others)
    once(form)
    assert Score.objects.get().frozen_at is not None
    assert not read(client, f"{address}?month=2024-03").offers("审定")


@pytest.fixture
def drawn(decided, doing, zheng_fa):
    """A draw of one file, not signed yet."""
    decided("2024-03-12")
    month, day = date(2024, 3, 1), "2026-11-20"
    draw = actions.announce_draw(month, 1, timezone.now(), doing(zheng_fa, f"{day} 10:30"))
    seal()
    actions.draw_sample(draw.pk, doing(zheng_fa, f"{day} 10:40"))
    return draw


def test_drawn_files_are_shared_out_and_stand_on_the_first_page_of_their_reviewer(
    client, drawn, legal_office, bureau, zheng_fa, song_jian, others
):
    page = read(client, at("oversight_draw", legal_office, "legal", drawn.number), zheng_fa)
    form = page.form("分派案卷")
    refused_to(form, others[:-2])
    with no_trace():
        refused(page.form("分派案卷").send(), "评查人", "请选择")
    once(form.fill({"评查人": ["song_jian"]}))
    sheet = CaseFileReview.objects.get()
    assert sheet.reviewer == song_jian
    theirs = read(client, at("first_page", legal_office, "legal"), zheng_fa)
    assert "0 待评查的案卷" in theirs.words
    first = read(client, at("first_page", bureau, "supervision"), song_jian)
    row = next(one for one in first.soup.select("tbody tr") if "待评查的案卷" in one.get_text())
    assert row.select_one(".waits-many").get_text() == "1"
    there = read(client, str(row.select_one("a")["href"]), song_jian)
    assert there.soup.select_one("a[data-row]")["href"] == at(
        "oversight_sheet", bureau, "supervision", sheet.pk
    )


def test_files_of_a_unit_are_not_given_to_its_own_people(
    client, drawn, cast, legal_office, zheng_fa, doing
):
    organ = CaseFileReview.objects.get().organ
    appoint(zheng_fa, organ, Desk.EDITOR, date(2003, 1, 1))
    page = read(client, at("oversight_draw", legal_office, "legal", drawn.number), zheng_fa)
    with no_trace():
        form = page.form("分派案卷").fill({"评查人": ["zheng_fa"]})
        refused(form.send(), "评查人", "与该单位无关")
