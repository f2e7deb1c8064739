"""A matter of the library becomes an item's words: what is filled in, and what is left out."""

from openhall.catalogue.rules.adopting import basis_of_papers, conditions_of, topics_of
from openhall.catalogue.rules.conditions import conditions_in

LAW = {"law": "食品安全法", "article": "第三十五条", "for": {"zh": "许可", "en": "Licence"}}
PAPERS = {"law": "办法", "article": "第十二条", "for": {"zh": "申请材料", "en": "Papers"}}
SAID = {
    "who_may": [{"zh": "企业。", "en": "Firms."}],
    "who_may_not": [
        {"zh": "摊贩。", "en": "Hawkers.", "instead": {"zh": "到街道登记。", "en": "Register."}}
    ],
    "conditions": [{"zh": "有固定门店。", "en": "A fixed shop.", "basis": "《办法》第三条"}],
}


def test_conditions_are_read_as_they_were_written():
    zh, en = map(conditions_in, conditions_of(SAID))
    assert zh == (("企业。",), ("摊贩。到街道登记。",), ("有固定门店。（《办法》第三条）",))
    assert en == (("Firms.",), ("Hawkers. Register.",), ("A fixed shop.",))


def test_where_one_goes_instead_is_a_sentence_of_its_own():
    told = {
        "zh": "由国务院部门登记的企业",
        "en": "Firms registered by a ministry",
        "instead": {"zh": "它们说“到部门去。”", "en": "They go there"},
    }
    zh, en = map(conditions_in, conditions_of({"who_may_not": [told]}))
    assert zh[1] == ("由国务院部门登记的企业。它们说“到部门去。”",)
    assert en[1] == ("Firms registered by a ministry. They go there.",)


def test_conditions_written_by_hand_are_what_must_be_so():
    assert conditions_in("年满18周岁。\n\n户口在本市。") == (
        (),
        (),
        ("年满18周岁。", "户口在本市。"),
    )


def test_a_paper_without_a_basis_of_its_own_rests_on_the_law_that_asks_for_papers():
    assert basis_of_papers({"laws": [LAW, PAPERS]}) == "《办法》第十二条"
    assert basis_of_papers({"laws": [LAW]}) == "《食品安全法》第三十五条"


def test_topics_of_an_audience_it_does_not_serve_are_left_out():
    told = {"topics": ["p-traffic", "pl-driving", "b-transport"], "for": ["2"]}
    assert topics_of(told) == ["pl-driving", "b-transport"]
    assert topics_of(told | {"for": ["1"]}) == ["p-traffic", "pl-driving"]
