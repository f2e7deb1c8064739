"""A legal term is read whole or not at all, and ends on the day the Civil Code says."""

from datetime import date

import pytest

from openhall.catalogue.rules.gate import Guide, faults_of
from openhall.catalogue.rules.validity import (
    Term,
    Unsettled,
    choices_of,
    settled,
    term_of,
    told_apart,
)
from openhall.paging.days import number_of
from openhall.permits.rules.validity import UnreadableTerm, renewed_until, valid_until


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("三十年", date(2026, 1, 1), date(2055, 12, 31)),
        ("两年", date(2024, 3, 15), date(2026, 3, 14)),
        ("六个月", date(2024, 3, 15), date(2024, 9, 14)),
        ("90日", date(2024, 3, 15), date(2024, 6, 12)),
        ("十五年", date(2024, 3, 15), date(2039, 3, 14)),
        ("二十年", date(2024, 3, 15), date(2044, 3, 14)),
        ("2年6个月", date(2024, 3, 15), date(2026, 9, 14)),
        ("1年", date(2024, 2, 29), date(2025, 2, 28)),
        ("3个月", date(2024, 11, 30), date(2025, 2, 28)),
        ("1个月", date(2026, 1, 31), date(2026, 2, 28)),
        ("4年", date(2024, 2, 29), date(2028, 2, 28)),
        ("一年半", date(2024, 1, 1), date(2025, 6, 30)),
        ("半年", date(2024, 1, 1), date(2024, 6, 30)),
        ("廿五年", date(2000, 1, 1), date(2024, 12, 31)),
        ("一百二十天", date(2024, 1, 1), date(2024, 4, 29)),
        ("一百零五日", date(2024, 1, 1), date(2024, 4, 14)),
        ("壹年", date(2024, 1, 1), date(2024, 12, 31)),
        ("３ 年", date(2024, 1, 1), date(2026, 12, 31)),
        ("四周", date(2024, 1, 1), date(2024, 1, 28)),
        ("有效期限为自颁发之日起三年", date(2024, 2, 28), date(2027, 2, 27)),
        ("自批准之日起2年内有效", date(2024, 1, 1), date(2025, 12, 31)),
        ("至2028年12月31日", date(2024, 1, 1), date(2028, 12, 31)),
        ("2028-12-31", date(2024, 1, 1), date(2028, 12, 31)),
        ("5 years", date(2024, 1, 1), date(2028, 12, 31)),
        ("至二〇二八年十二月三十一日", date(2024, 1, 1), date(2028, 12, 31)),
        ("二○二八年二月二十九日", date(2024, 1, 1), date(2028, 2, 29)),
        ("一千日", date(2026, 1, 1), date(2028, 9, 26)),
        ("长期", date(2024, 1, 1), None),
        ("无限期", date(2024, 1, 1), None),
        ("终生有效", date(2024, 1, 1), None),
        ("不设有效期", date(2024, 1, 1), None),
        ("no expiry", date(2024, 1, 1), None),
        ("永久有效", date(2024, 1, 1), None),
    ],
)
def test_a_term_ends_on_its_lawful_day(words, first, last):
    assert valid_until(first, words) == last


@pytest.mark.parametrize(
    "words",
    ["", "视情况", "三年或者五年", "3至5年", "不超过3年", "三年（可延续）", "30个工作日",
     "按证书", "0年", "年", "3", "2年6个月半", "十十年", "长期或三年", "999年", "以证书为准",
     "至2020-01-01", "至2027年2月29日", "二〇二七年二月二十九日", "无", "一个半月", "无有效期",
     "与营业执照一致", "48小时", "一次有效", "至2028年底", "2.5年", "首次1年，延续3年"],
)  # fmt: skip
def test_words_that_give_no_day_stop_the_issue_and_never_mean_no_end(words):
    with pytest.raises(UnreadableTerm) as unread:
        valid_until(date(2026, 1, 1), words)
    assert "结果有效期" in unread.value.said.zh
    assert unread.value.said.en


def test_the_gate_names_the_field_of_a_term_that_cannot_be_read():
    told = [one.field for one in faults_of(Guide(result_validity="视情况"))]
    assert "result_validity" in told
    told = [one.field for one in faults_of(Guide(result_validity="三十年"))]
    assert "result_validity" not in told


def test_a_renewal_begins_the_day_after_and_may_be_without_end():
    assert renewed_until(date(2026, 3, 14), "两年") == date(2028, 3, 14)
    assert renewed_until(date(2026, 2, 28), "1年") == date(2027, 2, 28)
    assert renewed_until(date(2026, 2, 28), "长期") is None
    with pytest.raises(UnreadableTerm):
        renewed_until(date(2026, 2, 28), "视情况")


def test_every_number_to_nine_thousand_is_read_from_words():
    signs = "零一二三四五六七八九"
    for number in range(1, 10_000):
        said, gap = "", False
        for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = number // place % 10
            if digit:
                said += ("零" if gap and said else "") + signs[digit] + unit
                gap = False
            elif said:
                gap = True
        assert number_of(said) == number, said
    assert [number_of(one) for one in ("十", "十五", "二〇二六", "两")] == [10, 15, 2026, 2]
    assert [number_of(one) for one in ("三五", "一二", "八九")] == [None] * 3  # about so many
    assert term_of("三五年") is None
    assert [number_of(one) for one in ("十十", "百千", "五五十", "零")] == [None, None, None, 0]
    assert term_of("三年") == Term(years=3)


CARD = "未满16周岁：5年；16周岁至25周岁：10年；46周岁以上：长期"
DAY = date(2026, 3, 2)


def test_several_terms_stand_each_with_its_case():
    assert [(one.when, one.term) for one in choices_of(CARD)] == [
        ("未满16周岁", Term(years=5)),
        ("16周岁至25周岁", Term(years=10)),
        ("46周岁以上", Term(endless=True)),
    ]
    assert choices_of("") == []
    assert choices_of("5年；按规定") is None
    assert choices_of("视情况：另行规定") is None
    (one,) = choices_of("以决定写明的为准（活动结束；取消的交回证件）")
    assert (one.when, one.term) == ("", None)
    assert told_apart("Under 16: 5 years; aged 46 or over: no end") == [
        "Under 16: 5 years",
        "aged 46 or over: no end",
    ]


@pytest.mark.parametrize(
    ("guide", "chosen", "term"),
    [
        ("3年", "", "3年"),
        ("3年", "三年", "三年"),  # the same term in other words
        (CARD, "10年", "10年"),
        (CARD, "长期有效", "长期有效"),
        ("以决定写明的为准", "至2026-03-02", "至2026-03-02"),
        ("房屋：长期；土地：以合同写明的终止日期为准", "至2066-01-01", "至2066-01-01"),
        ("房屋：长期；土地：按批准书注明的期限", "长期", "长期"),
        ("", "2年", "2年"),
    ],
)
def test_who_decides_states_the_term_that_the_guide_leaves_open(guide, chosen, term):
    assert settled(guide, chosen, DAY) == term


@pytest.mark.parametrize(
    ("guide", "chosen", "says"),
    [
        (CARD, "", "因情形而异"),
        ("", "", "没有写明"),
        ("以决定写明的为准", "", "适用哪一种"),
        (CARD, "8年", "不能另定"),
        ("3年", "5年", "不能另定"),
        ("", "视情况", "不能确定"),
        ("以决定写明的为准", "至2026-03-01", "无法确定"),
        ("视情况", "3年", "无法确定"),
    ],
)
def test_no_term_is_ever_supposed_nor_set_against_the_guide(guide, chosen, says):
    with pytest.raises(Unsettled, match=says) as open_:
        settled(guide, chosen, DAY)
    assert open_.value.said.en
