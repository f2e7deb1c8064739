"""Exact names come before what only sounds alike or is a slip away; whatever the engine thought."""

import pytest

from openhall.search.rules.correcting import meant_instead
from openhall.search.rules.likeness import like, rerank
from openhall.search.rules.marking import around, marked
from openhall.search.rules.reading import read
from openhall.search.rules.records import Candidate, Folded


def candidate(n, title, *, score=0.5, body="", english=(), head=True):
    return Candidate(
        n, score, head=head, folded=Folded((title,), body, english), root=str(n), id=str(n)
    )


def order(typed, *found):
    return [one.n for one in rerank(read(typed), list(found))]


# Reported of other systems: each of these was answered wrongly somewhere.
@pytest.mark.parametrize(
    ("typed", "right", "wrong"),
    [
        ("处理", "待处理事项", "出力"),
        ("工程", "在建工程抵押登记", "公诚"),
        ("简单", "安装简单说明", "煎蛋"),
        ("农业", "农业发展银行", "浓业"),
        ("景点", "旅游景点", "经典阅读"),
        ("张云", "张云工作室", "章芸"),
        ("营业执照", "营业执照", "营业直招"),
        ("护照", "普通护照签发", "户照"),
    ],
)
def test_an_exact_word_is_never_passed_by_a_homophone(typed, right, wrong):
    assert order(typed, candidate(1, wrong, score=1.0), candidate(2, right, score=0.0)) == [2, 1]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("营业只照", "营业执照"),  # homophone
        ("营业执召", "营业执照"),
        ("营业照", "营业执照"),  # one missing
        ("营业执执照", "营业执照"),  # one too many
        ("营执业照", "营业执照"),  # changed places
        ("营业热照", "营业执照"),  # another sign
        ("yingyezhizhao", "营业执照"),
        ("yinyezizao", "营业执照"),  # as southern tongues say it
        ("yyzz", "营业执照"),
        ("營業執照", "营业执照"),
        ("营业zhizhao", "营业执照"),
        ("执照 营业", "营业执照"),  # another order
    ],
)
def test_a_slip_still_fits(typed, found):
    (one,) = rerank(read(typed), [candidate(1, found)])
    assert one.fits >= 0.75
    (other,) = rerank(read(typed), [candidate(1, "社会团体成立")])
    assert other.fits < one.fits - 0.1


@pytest.mark.parametrize("typed", ["business license", "business licences", "busines licence"])
def test_english_fits_in_either_spelling(typed):
    found = order(
        typed,
        candidate(1, "食品经营许可", score=1.0, english=("food operation licence",)),
        candidate(2, "设立登记", score=0.2, english=("company business licence",)),
    )
    assert found[0] == 2


def test_the_whole_name_comes_before_a_longer_one():
    found = order(
        "食品经营许可", candidate(1, "食品经营许可变更", score=0.6), candidate(2, "食品经营许可")
    )
    assert found[0] == 2


def test_likeness_knows_no_patterns():
    assert like("(a+)+$", "aaaa") < 1
    assert like("....", "营业执照") < 0.5


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("营业只照", "营业执照"),
        ("yingyezhizhao", "营业执照"),
        ("yyzz", "营业执照"),
        ("营业zhizhao", "营业执照"),
        ("营业执照", ""),
        ("餐饮", ""),
    ],
)
def test_what_was_meant_is_said_in_the_words_of_what_was_found(typed, meant):
    found = rerank(read(typed), [candidate(1, "办营业执照登记")])
    assert meant_instead(read(typed), found) == meant


@pytest.mark.parametrize(
    ("typed", "text", "marks"),
    [
        ("营业执照", "办理《营业执照》的登记", ["营业执照"]),
        ("營業執照", "办理營業執照的登记", ["營業執照"]),
        ("营业只照", "办理营业执照", ["营业执照"]),
        ("zhizhao", "办理营业执照", ["执照"]),
        ("yyzz", "办理营业执照", ["营业执照"]),
        ("licence", "Company Licences", ["Licences"]),
        ("<b>", "1 < 2 <b>", ["b"]),
        ("不存在", "办理营业执照", []),
    ],
)
def test_marks_stand_where_the_query_was_found(typed, text, marks):
    parts = marked(read(typed), text)
    assert "".join(words for words, _mark in parts) == text
    assert [words for words, mark in parts if mark] == marks


def test_a_long_text_is_shown_around_what_was_found():
    told = around(read("营业执照"), "甲" * 300 + "申请营业执照" + "乙" * 300)
    assert "营业执照" in told
    assert len(told) < 100
