"""A7: a guide cannot be published while any of the nine is missing or is a placeholder."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openhall.catalogue.rules.completeness import POINTS, completeness
from openhall.catalogue.rules.gate import (
    Guide,
    MaterialFacts,
    faults_of,
    is_hollow,
    warnings_of,
)
from openhall.catalogue.rules.guide import RowText
from openhall.catalogue.terms import GuideElement

SEED = Path(__file__).parents[2] / "openhall/catalogue/seeds/hollow_phrases.json"
HOLLOW = tuple(json.loads(SEED.read_text(encoding="utf-8")))

WHOLE = Guide(
    name="社会团体成立登记",
    summary="成立社会团体的，向登记管理机关申请登记。",
    conditions="有50个以上的个人会员或者30个以上的单位会员。",
    service_objects=("4",),
    statutory_days=60,
    promised_days=20,
    visits=1,
    visit_reason="领取证书时核验原件",
    has_fee=False,
    enquiry_phone="028-12345",
    complaint_phone="12388",
    address="草市街2号",
    hours="工作日9:00–17:00",
    steps=("受理", "审核", "审批", "办结", "送达"),
    materials=(MaterialFacts("章程草案", "《社会团体登记管理条例》第十一条", "applicant"),),
    laws=(("社会团体登记管理条例", "第十二条"),),
    faqs=1,
    no_prerequisites=True,
)


def test_a_whole_guide_may_go_out():
    assert faults_of(WHOLE) == []
    assert completeness([]) == 100


@pytest.mark.parametrize(
    ("element", "without"),
    [
        (GuideElement.CONTENT, {"summary": ""}),
        (GuideElement.CONDITIONS, {"conditions": " "}),
        (GuideElement.PROCEDURE, {"steps": ()}),
        (GuideElement.TIME_LIMIT, {"promised_days": None}),
        (GuideElement.FEE, {"has_fee": None}),
        (GuideElement.BASIS, {"laws": ()}),
        (GuideElement.COMPLAINT, {"complaint_phone": ""}),
        (GuideElement.MATERIALS, {"materials": ()}),
        (GuideElement.PREREQUISITES, {"no_prerequisites": False}),
    ],
)
def test_without_one_of_the_nine_it_may_not(element, without):
    found = faults_of(replace(WHOLE, **without))
    assert {fault.element for fault in found} == {element}
    assert completeness(found) == 100 - POINTS[element][found[0].field]


def test_the_elements_weigh_differently_and_add_up_to_a_hundred():
    worth = {element: sum(fields.values()) for element, fields in POINTS.items()}
    assert sum(worth.values()) == 100
    assert worth[GuideElement.PROCEDURE] == 16
    assert worth[GuideElement.MATERIALS] == 14
    assert worth[GuideElement.PREREQUISITES] == 6


@pytest.mark.parametrize("phrase", HOLLOW)
def test_a_placeholder_is_not_an_answer(phrase):
    assert is_hollow(phrase + "。", HOLLOW)
    assert faults_of(replace(WHOLE, conditions=phrase), HOLLOW)


def test_about_sixty_phrases_come_with_the_software():
    assert len(HOLLOW) == len(set(HOLLOW)) == 70


def test_two_placeholders_in_a_row_say_nothing_either():
    assert is_hollow("符合条件，详见附件。", HOLLOW)
    assert is_hollow("按有关规定办理；其他相关材料", HOLLOW)


@pytest.mark.parametrize(
    "text",
    [
        "详见《社会团体登记管理条例》第十条",
        "工作日9:00–17:00",
        "依法办理登记满三年的企业",
        "战略合作协议",
    ],
)
def test_a_stock_phrase_beside_real_words_is_no_fault(text):
    assert not is_hollow(text, HOLLOW)


def test_a_phrase_that_answers_nothing_may_still_be_the_name_of_an_item():
    assert is_hollow("电话咨询", HOLLOW)
    assert not is_hollow("电话咨询", HOLLOW, name=True)
    assert is_hollow("见说明", HOLLOW, name=True)


@pytest.mark.parametrize("text", ["", "无", "——", "。。。", "…"])
def test_signs_and_single_words_say_nothing(text):
    assert is_hollow(text)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("promised_days", {"promised_days": 61}),
        ("project_type", {"promised_days": 1}),
        ("visit_reason", {"visit_reason": ""}),
        ("visits", {"online_depth": "4"}),
        ("accepts_post", {"visits": 0}),
        ("fee_basis", {"has_fee": True, "tariffs": 1}),
        ("tariffs", {"has_fee": True, "fee_basis": "发改价格〔2003〕2322号"}),
        ("has_fee", {"tariffs": 1}),
        ("pays_online", {"pays_online": True}),
        ("complaint_phone", {"complaint_phone": "028-12345"}),
        ("materials", {"materials": (MaterialFacts("其他相关材料", "第一条", "applicant"),)}),
        ("materials", {"materials": (MaterialFacts("身份证", "", "applicant"),)}),
        ("laws", {"laws": (("社会团体登记管理条例", ""),)}),
        ("steps", {"steps": ("受理", "审核", "审批", "送达")}),
        ("faqs", {"faqs": 0}),
        (
            "materials",
            {"materials": (MaterialFacts("委托书", "第一条", "applicant", "a", "conditional"),)},
        ),
        ("no_material_needed", {"no_material_needed": True}),
        ("no_prerequisites", {"prerequisites": 1}),
        ("topics", {"topics": ("p-marriage",)}),
        ("topics", {"topics": ("b-founding",), "service_objects": ("1",)}),
        ("result_kind", {"result_name": "社会团体登记证", "result_kind": "2"}),
        ("result_kind", {"result_name": "关于成立的批复", "result_kind": "1"}),
        ("result_kind", {"result_name": "登记证书", "result_kind": "4"}),
        ("season_until", {"season_from": "03-01"}),
    ],
)
def test_fields_that_contradict_each_other_are_named(field, change):
    found = faults_of(replace(WHOLE, **change), HOLLOW)
    assert [fault.field for fault in found] == [field]


def test_the_extended_fields_are_asked_for_and_never_hold_a_guide_up():
    bare = replace(WHOLE, result_name="登记证书", result_kind="1", has_fee=True)
    assert {fault.field for fault in warnings_of(bare)} == {
        "result_sample",
        "area_scope",
        "accepts_appointments",
        "pays_online",
        "result_by_post",
        "intermediary",
        "topics",
    }
    assert faults_of(replace(WHOLE, result_name="登记证书", result_kind="1")) == []


def test_a_fault_of_a_row_names_its_row_and_column():
    two = (*WHOLE.materials, MaterialFacts("身份证", "", "applicant"))
    (found,) = faults_of(replace(WHOLE, materials=two))
    assert (found.field, found.row, found.column) == ("materials", 1, "legal_basis")


@pytest.mark.parametrize(
    ("family", "column"),
    [
        ("steps", "standard"),
        ("laws", "words"),
        ("faqs", "answer"),
        ("materials", "fill_note"),
        ("prerequisites", "words"),
    ],
)
def test_a_stock_phrase_says_as_little_in_a_row_and_stands_beside_its_field(family, column):
    hollow = replace(WHOLE, written=(RowText(family, 2, column, "详见附件。"),))
    (fault,) = faults_of(hollow, HOLLOW)
    assert (fault.field, fault.row, fault.column) == (family, 2, column)
    short = replace(
        WHOLE, written=(RowText(family, 2, column, "A4"), RowText(family, 0, column, "1"))
    )
    assert faults_of(short, HOLLOW) == []


def test_the_stages_of_a_permit_are_not_written_as_one():
    one = replace(WHOLE, steps=("受理、审核、审批、办结、送达",))
    (fault,) = faults_of(one, HOLLOW)
    assert (fault.field, "不能写成一步" in str(fault.said)) == ("steps", True)


def test_a_stage_is_told_by_what_is_done_in_it():
    """A step may have its own name; the stage is there when its act is told."""
    own = replace(
        WHOLE,
        steps=("填报", "现场查验", "决定", "取证"),
        written=(RowText("steps", 3, "standard", "10个工作日内把许可证寄给您。"),),
    )
    assert faults_of(own, HOLLOW) == []
    (fault,) = faults_of(replace(own, steps=("填报", "等候", "决定", "取证")), HOLLOW)
    assert (fault.field, str(fault.said)) == ("steps", "行政许可的程序缺少：审核。")


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("conditions", "符合《社会团体登记管理条例》第十条规定的条件。"),
        ("conditions_en", "Applicants must meet the conditions laid down in article 10."),
    ],
)
def test_a_condition_that_only_cites_an_article_tells_nobody_whether_they_meet_it(field, line):
    said = {"conditions": WHOLE.conditions, "conditions_en": "At least 50 members."}
    (fault,) = faults_of(replace(WHOLE, **said | {field: f"{said[field]}\n{line}"}))
    assert (fault.field, line in str(fault.said)) == (field, True)
    assert faults_of(replace(WHOLE, **said)) == []


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("accept_standard", "清晰、完整，与原件一致"),
        ("window_check_en", "Clear and complete, the same as the original."),
    ],
)
def test_the_same_sentence_of_two_papers_says_nothing_of_either(column, words):
    twice = tuple(RowText("materials", row, column, words) for row in (0, 1))
    (fault,) = faults_of(replace(WHOLE, written=twice))
    assert (fault.field, fault.row, fault.column) == ("materials", 1, column)
    assert faults_of(replace(WHOLE, written=twice[:1])) == []


def test_a_guide_does_not_rest_on_a_paper_that_came_after_its_first_day():
    newer = replace(
        WHOLE,
        laws=(*WHOLE.laws, ("关于执行若干问题的意见（三）", "")),
        law_numbers=("国务院令第250号", "人社部发〔2025〕62号"),
    )
    assert faults_of(newer) == [], "its first day is not known"
    assert faults_of(replace(newer, in_force=date(2025, 12, 1))) == []
    (fault,) = faults_of(replace(newer, in_force=date(2024, 7, 1)))
    assert (fault.field, fault.row, fault.column) == ("laws", 1, "number")


def test_a_statute_is_cited_by_its_article_and_a_notice_may_be_cited_whole():
    whole = (*WHOLE.laws, ("食品经营许可和备案管理办法", ""))
    assert faults_of(replace(WHOLE, laws=whole)) == []
    (fault,) = faults_of(replace(WHOLE, laws=(*WHOLE.laws, ("食品安全法", ""))))
    assert (fault.row, fault.column) == (1, "article")
    (fault,) = faults_of(replace(WHOLE, laws=(("食品经营许可和备案管理办法", ""),)))
    assert fault.column == "article"
