"""A legal term is read whole or not at all, and ends on the day the Civil Code says."""

from datetime import date

import pytest

from openhall.catalogue.rules.gate import Guide, faults_of
from openhall.catalogue.rules.validity import Term, number_of, term_of
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
        ("长期", date(2024, 1, 1), None),
        ("永久有效", date(2024, 1, 1), None),
        ("", date(2024, 1, 1), None),
    ],
)
def test_a_term_ends_on_its_lawful_day(words, first, last):
    assert valid_until(first, words) == last


@pytest.mark.parametrize(
    "words",
    ["视情况", "三年或者五年", "3至5年", "不超过3年", "三年（可延续）", "30个工作日", "按证书",
     "0年", "年", "3", "2年6个月半", "十十年", "长期或三年", "999年", "以证书为准", "至2020-01-01"],
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
    assert [number_of(one) for one in ("十十", "百千", "五五十", "零")] == [None, None, None, 0]
    assert term_of("三年") == Term(years=3)
