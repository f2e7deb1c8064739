"""Attempts to serve a result, and a paper taken back. 行政许可法 44; A5."""

import pytest
from django.urls import reverse

from openhall.papers.models import Paper
from tests.factories.pages import read
from tests.factories.traces import everything, logged, no_trace, once, refused, refused_to

TRACKING = "EX123456789CN"


@pytest.fixture
def refused_case(walk):
    return walk.refused()


@pytest.fixture
def window(client, cast, refused_case):
    address = reverse("office:matter", args=[cast.organ.code, "window", refused_case.number])
    return lambda who=cast.li_chuang: read(client, address, who)


def attempt(page, **more):
    typed = {"方式": "邮寄送达", "送达结果": "已交寄", "邮件编号": TRACKING} | more
    return page.form("记录一次送达").fill(typed)


def test_an_attempt_is_written_down_once_and_read_by_the_unit(window, client, cast, refused_case):
    done = once(attempt(window()))
    assert "送达情况已记录" in done.words
    assert TRACKING in done.words
    address = reverse("office:matter", args=[cast.organ.code, "decider", refused_case.number])
    page = read(client, address, cast.sun_pi)
    assert TRACKING in page.words
    assert not page.offers("保存记录")


def test_nobody_but_the_window_writes_an_attempt(window, cast):
    form = attempt(window())
    refused_to(form, (cast.wang_fang, cast.zhao_cheng, cast.sun_pi, cast.zhou_wai, None))


@pytest.mark.parametrize(
    ("typed", "label", "words"),
    [
        ({"邮件编号": ""}, "邮件编号", "请填写邮件编号"),
        ({"方式": "窗口领取"}, "送达结果", "只有邮寄送达才有"),
        ({"送达结果": "nonsense"}, "送达结果", "nonsense"),
    ],
)
def test_a_fault_stands_beside_its_field_and_what_was_typed_is_kept(window, typed, label, words):
    with no_trace():
        page = attempt(window(), **{"备注": "无人应门"} | typed).send()
    refused(page, label, words)
    assert "无人应门" in str(page.soup)


def test_before_there_is_a_result_nothing_is_served(walk, client, cast):
    case = walk.reviewed(walk.handed_over(walk.accepted(walk.submitted())))
    address = reverse("office:matter", args=[cast.organ.code, "window", case.number])
    page = read(client, address, cast.li_chuang)
    assert not page.offers("送达")
    with no_trace():
        answer = client.post(
            reverse("office:act", args=[cast.organ.code, "window", case.number, "attempt"]),
            {"attempt-way": "post", "attempt-result": "posted", "attempt-tracking": TRACKING},
        )
    assert answer.status_code in (409, 422)


# ------------------------------------------------------------------------------ taken back
@pytest.fixture
def head(cast, seat):
    return seat("he_jie", cast.organ, "head")


@pytest.fixture
def paper(refused_case):
    return Paper.objects.get(about=refused_case.number, kind="refusal")


@pytest.fixture
def papers(client, cast, head):
    return lambda who=head: read(client, reverse("office:papers", args=[cast.organ.code]), who)


def back(page, paper, **more):
    typed = {"文号": paper.number, "收回原因": "决定书文号有误，重新出具。"} | more
    return page.form("收回").fill(typed)


def test_a_paper_taken_back_says_so_to_everybody_who_checks_it(papers, paper, client):
    check = reverse("portal:check", args=[paper.check_code])
    assert "已被收回" not in read(client, check).words
    before = everything()
    done = once(back(papers(), paper))
    assert paper.number in done.words
    assert logged(before)
    assert "本文书已被收回" in read(client, check).words


def test_the_paper_that_replaces_it_is_named(papers, paper, client):
    other = Paper.objects.filter(about=paper.about).exclude(pk=paper.pk).first()
    assert back(papers(), paper, 替代文书的文号=other.number).send().done
    assert other.number in read(client, reverse("portal:check", args=[paper.check_code])).words


def test_nobody_but_the_head_takes_a_paper_back(papers, paper, cast, seat):
    clerk = seat("clerk", cast.organ, "catalogue_clerk")
    people = cast.wang_fang, cast.li_chuang, cast.sun_pi, cast.zhou_wai, clerk, None
    refused_to(back(papers(), paper), people)


def test_faults_of_taking_back_stand_beside_their_fields(papers, paper):
    with no_trace():
        refused(back(papers(), paper, 收回原因="误").send(), "收回原因", "请写明收回的原因")
        refused(back(papers(), paper, 文号="成民政〔1999〕1号").send(), "文号", "没有出具过此文号")
        wrong = back(papers(), paper, 替代文书的文号="成民政〔1999〕1号").send()
        refused(wrong, "替代文书的文号", "没有出具过此文号")
        same = back(papers(), paper, 替代文书的文号=paper.number).send()
        refused(same, "替代文书的文号", "另一份文书")


def test_a_paper_is_taken_back_once(papers, paper):
    old = back(papers(), paper, 收回原因="另一位工作人员的理由。")
    assert back(papers(), paper).send().done
    with no_trace():
        page = old.send()
    assert page.status in (409, 422)
    assert "已经收回" in page.words
