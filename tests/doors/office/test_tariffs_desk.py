"""A fee at its desk: written by the unit, put in force by Legal Affairs, compared, ended. A12."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.catalogue.models import Tariff
from openhall.organs.models import Organ
from tests.factories.pages import read
from tests.factories.traces import everything, logged, no_trace, once, refused, refused_to

TYPED = {
    "收费项目": "社会团体登记费",
    "收费标准（元）": "80",
    "计费单位": "件",
    "收费依据的文件文号": "川价发〔2020〕1号",
    "物价部门核定文号": "川发改价格〔2020〕9号",
}


@pytest.fixture
def clerk(cast, seat):
    return seat("tariff_clerk", cast.organ, "catalogue_clerk")


@pytest.fixture
def legal(cast, seat):
    return seat("tariff_legal", cast.organ, "legal")


@pytest.fixture
def fees(client, cast, clerk):
    return lambda who=clerk: read(client, reverse("office:tariffs", args=[cast.organ.code]), who)


@pytest.fixture
def draft(fees, cast):
    page = fees()
    return page.form("保存为草稿").fill(TYPED | {"收费代码": "std"}).send()


def at_desk(client, cast, who, desk):
    version = Tariff.objects.latest("pk")
    args = [cast.organ.code, desk, "tariff", version.pk]
    return read(client, reverse("office:version", args=args), who)


def test_a_fee_is_written_put_in_force_compared_and_ended(client, cast, fees, draft, clerk, legal):
    made = Tariff.objects.get()
    assert (made.amount, made.unit, made.state) == (8000, "件", "draft")
    assert draft.done
    once(at_desk(client, cast, clerk, "catalogue_clerk").form("提交审核"))
    page = at_desk(client, cast, legal, "legal")
    before = everything()
    once(page.form("公布"))
    assert logged(before)
    made.refresh_from_db()
    assert (made.state, made.published_by) == ("published", legal)
    begun = once(at_desk(client, cast, clerk, "catalogue_clerk").form("从这一版起草"))
    once(begun.form("保存").fill({"收费标准（元）": "60.5"}))
    page = at_desk(client, cast, clerk, "catalogue_clerk")
    assert ("8000" in page.words, "6050" in page.words) == (True, True)  # the difference
    assert "与第1版比较" in page.words
    once(page.form("放弃草稿").fill({"理由": "标准不变。"}))
    assert "6050" not in fees().words
    first = reverse("office:version", args=[cast.organ.code, "legal", "tariff", made.pk])
    ended = read(client, first, legal).form("终止").fill({"终止的理由": "取消收费项目。"})
    once(ended)
    made.refresh_from_db()
    assert made.effective_until == timezone.localdate()
    english = read(client, "/en" + first, legal)
    assert "Amount in fen" in english.words


def test_what_is_not_approved_is_not_put_in_force(client, cast, fees, legal):
    bare = {k: v for k, v in TYPED.items() if "核定" not in k and "文号" not in k}
    fees().form("保存为草稿").fill(bare | {"收费代码": "std"}).send()
    page = at_desk(client, cast, legal, "legal")
    assert "核定文号" in page.words
    with no_trace():
        answer = page.form("公布").send()
    assert answer.status == 422
    assert len(answer.soup.select(".error-summary li")) == 2  # both, at once
    yesterday = timezone.localdate() - timedelta(days=1)
    with no_trace():
        refused(page.form("公布").fill({"生效日期": f"{yesterday}"}).send(), "生效日期", "不能早于")


def test_who_wrote_a_fee_does_not_put_it_in_force(client, cast, fees, legal):
    page = fees(legal)
    page.form("保存为草稿").fill(TYPED | {"收费代码": "std"}).send()
    assert not at_desk(client, cast, legal, "legal").offers("公布")
    address = reverse(
        "office:version_act",
        args=[cast.organ.code, "legal", "tariff", Tariff.objects.get().pk, "publish"],
    )
    with no_trace():
        page = read(client, address)
        typed = {"publish-first_day": timezone.localdate().isoformat()}
        assert client.post(address, typed).status_code == 422


def test_a_colleague_s_save_is_not_written_over(client, cast, draft, clerk):
    first, second = (at_desk(client, cast, clerk, "catalogue_clerk") for _ in range(2))
    assert first.form("保存").fill({"收费标准（元）": "70"}).send().done
    with no_trace():
        late = second.form("保存").fill({"收费标准（元）": "90"}).send()
    assert (late.status, 'value="90"' in str(late.soup)) == (409, True)
    assert Tariff.objects.get().amount == 7000


def test_nobody_else_writes_publishes_or_reads(client, cast, seat, fees, draft, clerk, legal):
    water = Organ.objects.get(code="cd-water")
    other = seat("water_clerk", water, "catalogue_clerk")
    people = cast.wang_fang, cast.li_chuang, cast.zhao_cheng, cast.sun_pi, cast.zhou_wai, None
    refused_to(fees().form("保存为草稿").fill(TYPED | {"收费代码": "two"}), (*people, other))
    page = at_desk(client, cast, clerk, "catalogue_clerk")
    refused_to(page.form("保存"), (*people, other))
    refused_to(page.form("提交审核"), (*people, other))
    refused_to(at_desk(client, cast, legal, "legal").form("公布"), (*people, other, clerk))
    away = reverse(
        "office:version", args=["cd-water", "catalogue_clerk", "tariff", Tariff.objects.get().pk]
    )
    assert read(client, away, other).status == 403
    assert read(client, away.replace("tariff/", "tarif/"), other).status == 404
