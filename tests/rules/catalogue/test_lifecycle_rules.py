"""What a version may say and how an item stands, told without a database."""

from dataclasses import replace
from datetime import date

import pytest

from openhall.catalogue.rules.claims import fault_of_claim
from openhall.catalogue.rules.difference import Kind, Snapshot, difference, marked
from openhall.catalogue.rules.guide import Guide, MaterialFacts
from openhall.catalogue.rules.item_codes import STRATEGIES, CannotCode, Claim
from openhall.catalogue.rules.prerequisites import cycle_through, in_order
from openhall.catalogue.rules.standing import State, in_season, next_opening, stands
from openhall.catalogue.rules.variants import loosened
from openhall.catalogue.terms import Standing

CITY = Guide(
    conditions="年满80周岁",
    statutory_days=30,
    promised_days=10,
    visits=1,
    has_fee=False,
    service_objects=("1",),
    online_depth="3",
    accepts_post=True,
    materials=(
        MaterialFacts("身份证", "第三十三条", "government", "id", "required", "", 1, 1),
        MaterialFacts("委托书", "第三十三条", "applicant", "proxy", "conditional", "代办的", 1, 0),
    ),
)
CLAIM = Claim("XK-0001", "1", "cd-mzh", "510100", "11510100MB1234567X")


def test_a_cycle_is_named_all_the_way_round():
    edges = {"a": ["b"], "b": ["c"], "c": ["a"]}
    assert cycle_through("a", edges) == ["a", "b", "c", "a"]
    assert cycle_through("a", {"a": ["b"], "b": []}) is None
    assert cycle_through("a", {"a": ["a"]}) == ["a", "a"]


def test_what_is_needed_first_stands_first_and_once():
    edges = {"shop": ["firm", "seal"], "seal": ["firm"], "firm": ["name"], "name": []}
    assert in_order("shop", edges) == [("name", 3), ("firm", 2), ("seal", 1)]
    with pytest.raises(ValueError, match="shop → firm → shop"):
        in_order("shop", {"shop": ["firm"], "firm": ["shop"]})


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("promised_days", {"promised_days": 11}),
        ("promised_unit", {"promised_unit": "natural"}),
        ("visits", {"visits": 2}),
        ("has_fee", {"has_fee": True}),
        ("tariffs", {"prices": (("copy", 100),)}),
        ("conditions", {"conditions": "年满80周岁，且在本区居住满一年"}),
        ("statutory_days", {"statutory_days": 20}),
        ("service_objects", {"service_objects": ("2",)}),
        ("online_depth", {"online_depth": "none"}),
        ("accepts_post", {"accepts_post": False}),
        ("prerequisites", {"prerequisites": 1}),
        ("materials", {"materials": (MaterialFacts("居住证", "内部规定", "government", "x"),)}),
        ("materials", {"materials": (replace(CITY.materials[0], copies=2),)}),
        ("materials", {"materials": (replace(CITY.materials[1], necessity="required"),)}),
    ],
)
def test_a_district_may_not_loosen_what_the_city_promises(field, change):
    assert [fault.field for fault in loosened(replace(CITY, **change), CITY)] == [field]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"promised_days": 5},
        {"promised_days": 0, "promised_unit": "instant"},
        {"promised_days": 24, "promised_unit": "hours"},
        {"visits": 0},
        {"online_depth": "4"},
        {"service_objects": ("1", "2")},
        {"materials": ()},
        {"materials": (replace(CITY.materials[0], copies=0, necessity="optional"),)},
    ],
)
def test_a_district_may_tighten(change):
    assert loosened(replace(CITY, **change), CITY) == []


def test_a_difference_names_each_field_in_both_languages_and_rows_by_their_key():
    paper = {"key": "id", "name": "身份证", "copies": 1, "necessity": "required"}
    before = Snapshot({"promised_days": 15, "has_fee": False}, {"materials": [paper]})
    after = Snapshot(
        {"promised_days": 10, "has_fee": False, "change_note": "缩短时限"},
        {
            "materials": [
                {"key": "photo", "name": "照片"},
                paper | {"name": "居民身份证", "necessity": "optional"},
            ]
        },
    )
    found = difference(before, after)
    told = [
        (one.kind, one.where("zh"), one.said_before("zh"), one.said_after("zh")) for one in found
    ]
    assert told == [
        (Kind.CHANGED, "承诺办结时限", "15", "10"),
        (Kind.ADDED, "申请材料：照片", "", "照片"),
        (Kind.CHANGED, "申请材料：居民身份证 · 材料名称", "身份证", "居民身份证"),
        (Kind.CHANGED, "申请材料：居民身份证 · 必要性", "必要", "可选"),
    ]
    assert found[0].where("en") == "Promised limit"
    assert found[3].said_after("en") == "Optional"
    assert difference(before, before) == []


def test_long_texts_are_woven_together():
    assert marked("年满80周岁", "年满70周岁") == [
        ("kept", "年满"),
        ("gone", "8"),
        ("new", "7"),
        ("kept", "0周岁"),
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("serial", "S000000007"),
        ("region", "51010000MZ-XK-0007"),
        ("national", "XK000100000011510100MB1234567X7"),
    ],
)
def test_a_code_is_written_by_the_strategy_chosen(name, code):
    assert STRATEGIES[name].item_code(CLAIM, 7) == code


def test_the_national_code_wants_a_credit_code():
    with pytest.raises(CannotCode, match="统一社会信用代码"):
        STRATEGIES["national"].item_scope(replace(CLAIM, credit_code=""))


@pytest.mark.parametrize(
    ("kind", "level", "city_item", "may"),
    [
        ("department", "3", False, True),
        ("department", "1", False, False),
        ("bureau", "4", False, True),
        ("bureau", "3", True, True),
        ("bureau", "3", False, False),
        ("centre", "3", False, False),
    ],
)
def test_a_unit_claims_within_its_level(kind, level, city_item, may):
    fault = fault_of_claim(kind, level, city_item)
    assert (fault is None) is may
    assert fault is None or (fault.zh and fault.en)


def _stands(day, item=State(), entry=State(), **more):  # noqa: B008 - values that never change
    facts = {
        "listed_from": date(2004, 7, 1),
        "listed_until": None,
        "effective_from": date(2004, 7, 1),
    }
    return stands(day, item=item, entry=entry, **(facts | more))


def test_a_suspension_begins_and_ends_by_itself():
    paused = State("2", date(2026, 3, 2), date(2026, 3, 31), "系统升级")
    assert _stands(date(2026, 3, 1), paused).is_open
    there = _stands(date(2026, 3, 2), paused)
    assert there.standing == Standing.SUSPENDED
    assert there.said_in("zh") == (
        "本事项自2026年3月2日起暂停办理，2026年3月31日后恢复。原因：系统升级。"
    )
    assert _stands(date(2026, 4, 1), paused).is_open


def test_what_is_gone_says_since_when_and_what_came_after_it():
    gone = State("3", date(2026, 3, 2), None, "依法取消")
    assert _stands(date(2026, 3, 2), gone).said_in("en") == (
        "This matter is cancelled from 2 March 2026; cases already accepted go on. Reason: 依法取消"
    )
    split = _stands(date(2026, 3, 2), listed_until=date(2026, 3, 1), became=("变更", "注销"))
    assert split.standing == Standing.SPLIT
    assert split.said_in("zh") == "本事项自2026年3月2日起拆分为“变更”、“注销”。"
    assert _stands(date(2004, 6, 30)).standing == Standing.COMING


def test_a_season_may_run_over_new_year():
    assert in_season("11-01", "02-28", date(2026, 1, 5))
    assert not in_season("11-01", "02-28", date(2026, 3, 1))
    assert next_opening("11-01", date(2026, 3, 1)) == date(2026, 11, 1)
    closed = _stands(date(2026, 3, 1), season=("11-01", "02-28"))
    assert closed.standing == Standing.OUT_OF_SEASON
    assert closed.until == date(2026, 11, 1)
