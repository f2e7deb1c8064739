"""B7: the path checker, by example: what it refuses, and what a walk then gives."""

from dataclasses import replace

import pytest

from openhall.questions.rules.checking import check
from openhall.questions.rules.content import (
    Condition,
    Content,
    Fill,
    ItemLine,
    MaterialLine,
    Option,
    Question,
    Result,
    Rule,
    Unreadable,
    parse,
    written,
)
from openhall.questions.rules.outcomes import drifts, expectations, outcome, prefilled
from openhall.questions.rules.walking import Step, paths, walk
from openhall.questions.terms import FaultKind
from tests.rules.questions.guides import FACTS, FIRE, FOOD, RESTAURANT

F = FaultKind
PREMISES, AREA = RESTAURANT.questions
LATER, OPEN, LARGE = RESTAURANT.results


def found(content: Content) -> set[tuple[FaultKind, str, str]]:
    return {(fault.kind, fault.node, fault.part) for fault in check(content, FACTS)}


def with_area(**changed) -> Content:
    return replace(RESTAURANT, questions=(PREMISES, replace(AREA, **changed)))


def with_open(**changed) -> Content:
    return replace(RESTAURANT, results=(LATER, replace(OPEN, **changed), LARGE))


def test_a_sound_guide_has_no_fault():
    assert check(RESTAURANT, FACTS) == []


def test_it_is_read_back_as_it_was_written():
    assert parse(written(RESTAURANT)) == RESTAURANT


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ([], "内容应当是一组名称和值。"),
        ({"pages": []}, "内容里有不认识的“pages”。"),
        ({"questions": {}}, "内容.questions应当是一列。"),
        ({"questions": [{"text": "?"}]}, "内容.questions[1]没有“key”。"),
        ({"questions": [{"key": "a", "kind": "date"}]}, "内容.questions[1].kind“date”不是"),
        ({"questions": [{"key": "a", "least": "1"}]}, "内容.questions[1].least应当是整数。"),
        ({"questions": [{"key": "a", "help": 1}]}, "内容.questions[1].help应当是文字。"),
        ({"results": [{"key": "a", "items": [{}]}]}, "内容.results[1].items[1]没有“item”。"),
    ],
)
def test_json_that_is_no_guide_is_refused_at_its_place(said, place):
    with pytest.raises(Unreadable) as refused:
        parse(said)
    assert str(refused.value).startswith(place)


def test_a_walk_asks_in_order_and_ends_in_a_result():
    assert walk(RESTAURANT, {}) == Step(question="premises")
    assert walk(RESTAURANT, {"premises": "own"}) == Step(("premises",), question="area")
    assert walk(RESTAURANT, {"premises": "none"}) == Step(("premises",), result="later")
    rented = walk(RESTAURANT, {"premises": "rent", "area": 300})
    assert rented == Step(("premises", "area"), result="large_rented")


@pytest.mark.parametrize("wrong", ["castle", 3, frozenset({"own"}), True, ""])
def test_an_answer_that_does_not_fit_is_asked_again(wrong):
    assert walk(RESTAURANT, {"premises": wrong}) == Step(question="premises")


def test_every_path_is_listed_by_the_answers_that_differ():
    ways = [
        [kind.keys or (kind.least, kind.most) for kind in path.kinds] + [path.result]
        for path in paths(RESTAURANT)
    ]
    assert ways == [
        [("own",), (1, 299), "open"],
        [("own",), (300, 5000), "open"],
        [("rent",), (1, 299), "open"],
        [("rent",), (300, 5000), "large_rented"],
        [("none",), "later"],
    ]


def test_each_sees_the_materials_that_are_theirs():
    def materials(**answers):
        return {one.item: one.materials for one in outcome(RESTAURANT, answers, FACTS)}

    assert materials(premises="own", area=80) == {"food": ("form", "deed")}
    assert materials(premises="rent", area=80) == {"food": ("form", "lease")}
    assert materials(premises="own", area=300) == {"food": ("form", "deed"), "fire": ("plan",)}


def test_an_edge_that_leads_nowhere_is_a_dead_end():
    assert (F.DEAD_END, "area", "rule:1") in found(with_area(rules=(Rule(AREA.rules[0].when, ""),)))
    assert (F.DEAD_END, "area", "otherwise") in found(with_area(otherwise="gone"))
    assert (F.NO_OTHERWISE, "area", "otherwise") in found(with_area(otherwise=""))
    assert (F.DEAD_END, "open", "items") in found(with_open(items=()))
    assert (F.DEAD_END, "premises", "options") in found(
        replace(RESTAURANT, questions=(replace(PREMISES, options=PREMISES.options[:1]), AREA))
    )


def test_a_way_back_is_a_loop():
    fault = next(one for one in check(with_area(otherwise="premises")) if one.kind == F.LOOP)
    assert (fault.node, fault.part) == ("area", "otherwise")
    assert f"{PREMISES.text}→{AREA.text}→{PREMISES.text}" in fault.said.zh
    assert (F.LOOP, "area", "otherwise") in found(with_area(otherwise="area"))


def test_what_nobody_reaches_is_named():
    lonely = replace(RESTAURANT, results=(*RESTAURANT.results, Result("lonely", "无人", note="?")))
    assert found(lonely) == {(F.UNREACHABLE, "lonely", "")}
    assert (F.UNREACHABLE, "large_rented", "") in found(with_area(rules=()))


def test_a_rule_that_can_never_be_true_is_a_contradiction():
    contrary = Rule((Condition("premises", ("none",)),), "large_rented")  # those never come here
    assert (F.CONTRADICTION, "area", "rule:2") in found(with_area(rules=(*AREA.rules, contrary)))
    too_early = replace(PREMISES, rules=(Rule((Condition("area", least=300),), "later"),))
    assert (F.CONTRADICTION, "premises", "rule:1") in found(
        replace(RESTAURANT, questions=(too_early, AREA))
    )
    beyond = Rule((Condition("area", least=9000),), "later")
    assert (F.CONTRADICTION, "area", "rule:2") in found(with_area(rules=(*AREA.rules, beyond)))
    assert (F.CONTRADICTION, "area", "bounds") in found(with_area(least=9, most=3))
    never = replace(OPEN.items[1], when=(Condition("premises", ("none",)),))
    assert (F.CONTRADICTION, "open", "item:2") in found(with_open(items=(OPEN.items[0], never)))


def test_a_rule_behind_a_wider_one_is_shadowed():
    narrow = Rule((Condition("area", least=500), Condition("premises", ("rent",))), "later")
    assert (F.SHADOWED, "area", "rule:2") in found(with_area(rules=(*AREA.rules, narrow)))


def test_what_is_said_twice_is_named():
    twice = replace(PREMISES, options=(*PREMISES.options, Option("own", "自家的")))
    same = replace(PREMISES, options=(*PREMISES.options, Option("mine", "自有")))
    for question, word in ((twice, "own"), (same, "自有")):
        content = replace(RESTAURANT, questions=(question, AREA))
        assert (F.DUPLICATE, "premises", f"option:{word}") in found(content)
    assert (F.DUPLICATE, "premises", "") in found(
        replace(RESTAURANT, results=(*RESTAURANT.results, Result("premises", "?", note="?")))
    )


def test_what_does_not_exist_cannot_be_named():
    def line(**changed):
        return with_open(items=(replace(OPEN.items[0], **changed), OPEN.items[1]))

    assert (F.UNKNOWN, "open", "item:1") in found(line(item="gone"))
    assert (F.UNKNOWN, "open", "item:1") in found(line(fees=("extra",)))
    assert (F.UNKNOWN, "open", "item:1.material:1") in found(
        line(materials=(MaterialLine("gone"),))
    )
    assert (F.UNKNOWN, "area", "rule:1") in found(
        with_area(rules=(Rule((Condition("premises", ("castle",)),), "later"),))
    )
    assert (F.UNKNOWN, "area", "fills") in found(with_area(fills=(Fill("food", "gone"),)))


def test_a_material_is_not_waived_without_a_reason():
    line = replace(OPEN.items[0], materials=(MaterialLine("deed", needed=False),))
    assert (F.INCOMPLETE, "open", "item:1.material:1") in found(
        with_open(items=(line, OPEN.items[1]))
    )


def test_more_paths_than_a_person_can_read_are_refused():
    yes_no = [
        Question(
            f"q{n}",
            "yes_no",
            text="?",
            rules=(Rule((Condition(f"q{n}", ("yes",)),), f"q{n + 1}"),),
            otherwise=f"q{n + 1}",
        )
        for n in range(10)
    ]
    content = Content(tuple(yes_no), (Result("q10", "?", note="?"),))
    assert found(content) == {(F.TOO_MANY, "", "")}


def test_an_empty_guide_says_what_to_begin_with():
    assert [fault.kind for fault in check(Content())] == [F.INCOMPLETE, F.INCOMPLETE]
    assert walk(Content(), {}) == Step(stuck="-")


def test_answers_go_into_the_form_where_the_question_names_a_field():
    post = Question(
        "way",
        "one",
        text="怎样领取？",
        options=(Option("a", "窗口", value="in_person"), Option("b", "邮寄", value="post")),
        otherwise="r",
        fills=(Fill("food", "delivery"),),
    )
    content = Content((post,), (Result("r", "?", items=(ItemLine("food"),)),))
    assert check(content, FACTS) == []
    assert prefilled(content, {"way": "b"}, "food") == {"delivery": "post"}
    assert prefilled(content, {"way": "b"}, "fire") == {}
    wrong = replace(post, options=(Option("a", "窗口", value="in_person"), Option("b", "邮寄")))
    assert found(replace(content, questions=(wrong,))) == {(F.UNKNOWN, "way", "option:b")}


def test_a_path_kept_at_publication_notices_that_its_item_changed():
    kept = expectations(RESTAURANT, FACTS)
    assert drifts(RESTAURANT, kept, FACTS) == []
    dearer = replace(FOOD, version=2, fees={"standard": 6000})
    said = {one.sentence for one in drifts(RESTAURANT, kept, FACTS | {"food": dearer})}
    assert said == {"收费由50.00元变为60.00元。"}
    more = replace(FIRE, materials={"plan": "平面图", "kit": "器材清单"}, required={"plan", "kit"})
    (drift,) = drifts(RESTAURANT, kept, FACTS | {"fire": more})
    assert (drift.number, drift.sentence) == (2, "现在还要“器材清单”。")
    gone = drifts(RESTAURANT, kept, {"food": FOOD})
    assert [one.sentence for one in gone] == ["事项fire已经停止施行。"]
