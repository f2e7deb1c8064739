"""What a paper says is the law's own text: its number, its limits, its reasons, its remedies."""

from datetime import date

import pytest

from openhall.papers.rules import words as papers
from openhall.papers.rules.words import Matter, number_of, spoken
from openhall.papers.terms import PaperKind

MATTER = Matter(
    "社会团体成立登记", "市民政局", date(2024, 3, 4), date(2024, 3, 15), date(2024, 4, 2)
)
UNHURRIED = Matter("社会团体成立登记", "市民政局", date(2024, 3, 4), date(2024, 3, 15))
REMEDY = "可以申请行政复议，或者提起行政诉讼。"


def test_a_number_is_city_organ_sign_year_and_serial():
    assert number_of("民", PaperKind.ACCEPTANCE, 2026, 12) == "成民受〔2026〕12号"


def test_no_two_kinds_share_a_sign():
    assert set(papers.SIGNS) == set(PaperKind)
    assert len(set(papers.SIGNS.values())) == len(PaperKind)


def test_a_day_is_written_without_leading_zeros_and_no_day_is_left_out():
    assert spoken(date(2026, 1, 5)) == "2026年1月5日"
    assert spoken(None) == ""


def test_a_receipt_tells_the_day_by_which_silence_accepts():
    told = "".join(papers.receipt(MATTER, date(2024, 3, 11)))
    assert "2024年3月4日收到" in told
    assert "2024年3月11日" in told
    assert "逾期不告知" in told
    assert "逾期" not in "".join(papers.receipt(MATTER, None))


def test_an_acceptance_names_both_limits_and_how_it_came_about():
    asked = "".join(papers.acceptance(MATTER, date(2024, 3, 5), by_silence=False))
    assert "2024年3月15日" in asked
    assert "2024年4月2日" in asked
    assert "决定予以受理" in asked
    silent = "".join(papers.acceptance(MATTER, date(2024, 3, 4), by_silence=True))
    assert "即为受理" in silent
    assert "经审查" not in silent


def test_an_item_without_statutory_limit_is_promised_no_statutory_day():
    told = "".join(papers.acceptance(UNHURRIED, date(2024, 3, 5), by_silence=False))
    assert "法定期限" not in told
    assert "2024年3月15日" in told


def test_a_supplement_notice_lists_every_point_once_and_in_order():
    points = [("社团名称", "与已登记社团相同。"), ("章程草案", "缺少签字页。")]
    head, *listed = papers.supplement(MATTER, date(2024, 4, 17), points)
    assert "2024年4月17日" in head
    assert [line[:2] for line in listed] == ["1.", "2."]
    for line, (name, why) in zip(listed, points, strict=True):
        assert name in line
        assert why in line


@pytest.mark.parametrize(("competent", "paragraphs"), [("", 3), ("锦江区民政局", 4)])
def test_a_decline_says_why_who_is_competent_if_another_and_the_remedy(competent, paragraphs):
    told = papers.decline(MATTER, "不属本机关职权", "由区民政局办理。", competent, REMEDY)
    assert len(told) == paragraphs
    assert "由区民政局办理。" in told[1]
    assert competent in told[-2]
    assert told[-1] == REMEDY


def test_a_refusal_gives_reason_and_remedy_and_a_grant_needs_neither():
    refused = "".join(papers.decision(MATTER, granted=False, reason="人数不足。", remedy=REMEDY))
    assert "决定不予准予" in refused
    assert "人数不足。" in refused
    assert REMEDY in refused
    granted = papers.decision(MATTER, granted=True, reason="", remedy="")
    assert len(granted) == 1
    assert "决定准予" in granted[0]


def test_a_notice_of_excluded_time_says_ground_basis_and_days():
    told = "".join(papers.suspension(MATTER, "听证", "行政许可法 47", 20))
    for words in ("听证", "行政许可法 47", "20个工作日"):
        assert words in told


def test_a_hand_over_slip_lists_the_things_or_says_there_are_none():
    assert papers.hand_over(MATTER, ["申请书", "章程"], "李窗", "赵承")[1:] == [
        "1. 申请书",
        "2. 章程",
    ]
    (_, nothing) = papers.hand_over(MATTER, [], "李窗", "赵承")
    assert "无纸质材料" in nothing


def test_a_proof_of_delivery_says_when_how_and_who_signed():
    told = "".join(papers.delivery(MATTER, "窗口领取", "王芳", date(2024, 3, 14)))
    for words in ("2024年3月14日", "窗口领取", "王芳"):
        assert words in told
