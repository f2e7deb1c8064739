"""A7: a guide cannot be published while any of the nine is missing or is a placeholder."""

from dataclasses import replace

import pytest

from openhall.catalogue.rules.gate import (
    HOLLOW,
    Guide,
    MaterialFacts,
    completeness,
    faults_of,
    is_hollow,
)
from openhall.catalogue.terms import GuideElement

WHOLE = Guide(
    name="社会团体成立登记",
    summary="成立社会团体的,向登记管理机关申请登记。",
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
    assert completeness(found) == 89


@pytest.mark.parametrize("phrase", HOLLOW)
def test_a_placeholder_is_not_an_answer(phrase):
    assert is_hollow(phrase + "。")
    assert faults_of(replace(WHOLE, conditions=phrase))


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
    ],
)
def test_fields_that_contradict_each_other_are_named(field, change):
    assert [fault.field for fault in faults_of(replace(WHOLE, **change))] == [field]
