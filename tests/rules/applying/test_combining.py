"""One list and one form of several: each paper and question once, each unit's answers its own."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openhall.applying.rules.combining import (
    AskedForm,
    Paper,
    asked_twice,
    combine_forms,
    combine_papers,
    own_key,
    split_answers,
)
from openhall.forms.rules import answers_of, faults_of_form, read_form

TODAY = date(2026, 11, 25)
NAME = {"key": "name", "kind": "text", "label": "申请人", "required": True}
PHONE = {"key": "phone", "kind": "phone", "label": "联系电话"}


def asked(item, *fields):
    return AskedForm(item, read_form([dict(one) for one in fields], item, item))


# ---------------------------------------------------------------- papers
def test_the_same_paper_of_several_items_is_one_row_that_names_them_all():
    rows = combine_papers(
        [
            Paper("A", "id", "申请人身份证件", copies=1),
            Paper("A", "form", "开业申请表", kind="form"),
            Paper("B", "licence", "《申请人身份证件》 ", originals=2),
        ]
    )
    assert [(row.first.name, row.items) for row in rows] == [
        ("申请人身份证件", ("A", "B")),
        ("开业申请表", ("A",)),
    ]
    assert (rows[0].originals, rows[0].copies) == (2, 1)


def test_width_and_signs_do_not_make_two_papers_of_one():
    rows = combine_papers([Paper("A", "a", "章程（草案）"), Paper("B", "b", "章程(草案)")])
    assert len(rows) == 1


def test_what_one_item_asks_twice_stays_two_rows_and_each_meets_its_like():
    rows = combine_papers(
        [
            Paper("A", "his", "居民身份证"),
            Paper("A", "hers", "居民身份证"),
            Paper("B", "both1", "居民身份证"),
            Paper("B", "both2", "居民身份证"),
        ]
    )
    assert [[one.key for one in row.papers] for row in rows] == [
        ["his", "both1"],
        ["hers", "both2"],
    ]


def test_an_application_form_of_each_unit_stays_its_own():
    named_alike = combine_papers([Paper("A", "f", "申请书"), Paper("B", "f", "申请书")])
    assert [row.items for row in named_alike] == [("A",), ("B",)]
    blanks = combine_papers(
        [Paper("A", "f", "登记申请表", blank="a.pdf"), Paper("B", "f", "登记申请表", blank="b.pdf")]
    )
    assert [row.items for row in blanks] == [("A",), ("B",)]


def test_a_paper_is_demanded_if_any_item_demands_it():
    some = Paper("A", "a", "授权委托书", necessity="conditional", condition="委托他人办理的")
    other = Paper("B", "a", "授权委托书", necessity="conditional", condition="由代理人办理的")
    must = Paper("C", "a", "授权委托书")
    free = Paper("D", "a", "授权委托书", necessity="optional")
    (row,) = combine_papers([some, other, free])
    assert (row.necessity, row.conditions) == (
        "conditional",
        (("委托他人办理的", ""), ("由代理人办理的", "")),
    )
    (row,) = combine_papers([some, must])
    assert (row.necessity, row.conditions) == ("required", ())


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABC"),
            st.sampled_from(["身份证", "营业执照", "申请书", "章程"]),
            st.sampled_from(["required", "conditional", "optional"]),
        ),
        max_size=12,
    )
)
def test_no_paper_is_lost_and_none_asked_of_an_item_twice_in_one_row(told):
    papers = [
        Paper(item, f"k{n}", name, necessity=need) for n, (item, name, need) in enumerate(told)
    ]
    rows = combine_papers(papers)
    assert sorted((one.item, one.key) for row in rows for one in row.papers) == sorted(
        (one.item, one.key) for one in papers
    )
    assert all(len(row.items) == len(row.papers) for row in rows)
    assert len({row.key for row in rows}) == len(rows)


# ---------------------------------------------------------------- forms
def test_a_question_asked_alike_is_asked_once_and_the_rest_under_its_item():
    made = combine_forms(
        [
            asked("A", NAME, PHONE, {"key": "size", "kind": "number", "label": "面积"}),
            asked(
                "B", NAME | {"required": False}, {"key": "size", "kind": "text", "label": "规模"}
            ),
        ]
    )
    assert [(one.items, [field.label for field in one.fields]) for one in made.sections] == [
        (("A", "B"), ["申请人"]),
        (("A",), ["联系电话", "面积"]),
        (("B",), ["规模"]),
    ]
    assert made.form.field("name").required
    assert made.asked_by("name") == ("A", "B")
    assert made.keys["A"]["size"] != made.keys["B"]["size"]


def test_what_two_units_ask_alike_and_a_third_differently_is_asked_twice_not_thrice():
    made = combine_forms([asked("A", NAME), asked("B", NAME | {"label": "姓名"}), asked("C", NAME)])
    assert [one.items for one in made.sections] == [("A", "C"), ("B",)]


def test_two_pairs_that_use_one_key_are_two_questions():
    other = NAME | {"label": "店名"}
    made = combine_forms([asked("A", NAME), asked("B", NAME), asked("C", other), asked("D", other)])
    assert [field.label for field in made.form] == ["申请人", "店名"]
    answers = split_answers(made, {made.keys["A"]["name"]: "王芳", made.keys["D"]["name"]: "面馆"})
    assert answers == {
        "A": {"name": "王芳"},
        "B": {"name": "王芳"},
        "C": {"name": "面馆"},
        "D": {"name": "面馆"},
    }


def test_a_question_that_depends_on_a_different_one_is_itself_different():
    same = {"key": "spouse", "kind": "text", "label": "配偶", "show_if": {"field": "m", "is": "y"}}
    yes = {"value": "y", "label": "是"}, {"value": "n", "label": "否"}
    made = combine_forms(
        [
            asked("A", {"key": "m", "kind": "choice", "label": "已婚", "options": list(yes)}, same),
            asked("B", {"key": "m", "kind": "choice", "label": "结婚", "options": list(yes)}, same),
        ]
    )
    assert [one.items for one in made.sections] == [("A",), ("B",)]
    assert made.sections[0].fields[1].show_if.field == made.keys["A"]["m"]


def test_rows_conditions_and_reckoned_values_reach_the_unit_that_asked():
    table = {
        "key": "staff",
        "kind": "table",
        "label": "从业人员",
        "columns": [
            {"key": "name", "kind": "text", "label": "姓名", "required": True},
            {"key": "pay", "kind": "money", "label": "工资"},
        ],
    }
    total = {"key": "total", "kind": "computed", "label": "合计", "formula": "sum(staff.pay) + 0"}
    made = combine_forms([asked("A", NAME, table, total), asked("B", NAME)])
    key = made.keys["A"]["staff"]
    typed = {"name": "王芳", key: [{"name": "李", "pay": "100"}, {"name": "周", "pay": "50.5"}]}
    checked = answers_of(made.form, typed, TODAY)
    assert checked.is_valid
    assert split_answers(made, checked.answers) == {
        "A": {
            "name": "王芳",
            "staff": [{"name": "李", "pay": "100"}, {"name": "周", "pay": "50.5"}],
            "total": "150.5",
        },
        "B": {"name": "王芳"},
    }


def test_a_long_formula_is_still_reckoned_under_the_longer_names():
    numbers = [{"key": f"n{n}", "kind": "number", "label": f"数{n}"} for n in range(60)]
    formula = "+".join(one["key"] for one in numbers)
    sum_ = {"key": "all", "kind": "computed", "label": "合计", "formula": formula, "decimals": 0}
    made = combine_forms([asked("A", *numbers, sum_), asked("B", NAME)])
    checked = answers_of(
        made.form, {key: 1 for own, key in made.keys["A"].items() if own != "all"}, TODAY
    )
    assert checked.answers[made.keys["A"]["all"]] == "60"


def test_a_key_fits_an_upload_however_long_the_code_of_the_item():
    assert len(own_key("511A0138000000-511602000000-000-115113010833722043-1-00", "k" * 40)) <= 40
    assert own_key("A", "k") != own_key("B", "k")
    assert own_key("A", "k") == own_key("A", "k")


def test_a_fact_that_units_call_differently_is_asked_once_and_each_reads_it_under_its_own_key():
    def text(key, label):
        return {"key": key, "kind": "text", "label": label}

    one = asked("A", text("project_name", "项目名称"), text("site", "建设地点"))
    other = asked("B", text("works", "工程名称"), text("name", "名称"))
    made = combine_forms([one, other])
    assert [field.label for field in made.form] == ["项目名称", "建设地点", "名称"]
    (shared,) = [field.key for field in made.form if len(made.asked_by(field.key)) == 2]
    told = split_answers(made, {shared: "天府学校"})
    assert (told["A"], told["B"]) == ({"project_name": "天府学校"}, {"works": "天府学校"})


# ---------------------------------------------------------------- whatever the forms
KEYS = ("a", "b", "c", "d", "e")
LABELS = ("问", "答", "项目名称", "工程名称")  # the last two are one fact
OPTIONS = [{"value": "y", "label": "是"}, {"value": "n", "label": "否"}]
COLUMNS = [
    {"key": "x", "kind": "text", "label": "甲", "required": True},
    {"key": "n", "kind": "number", "label": "乙"},
]


@st.composite
def fields(draw):
    """A form without faults: any kinds, conditions and formulas that look back."""
    made: list[dict] = []
    for key in draw(st.permutations(KEYS))[: draw(st.integers(1, 5))]:
        kind = draw(st.sampled_from(["text", "number", "choice", "date", "table", "computed"]))
        one = {"key": key, "kind": kind, "label": draw(st.sampled_from(LABELS))}
        numbers = [x["key"] for x in made if x["kind"] in ("number", "computed")]
        tables = [x["key"] for x in made if x["kind"] == "table"]
        if kind == "computed":
            terms = [*numbers, *(f"sum({t}.n)" for t in tables), *(f"count({t})" for t in tables)]
            if not terms:
                continue
            one["formula"] = " + ".join(
                draw(st.lists(st.sampled_from(terms), min_size=1, max_size=2))
            )
        else:
            one["required"] = draw(st.booleans())
        if kind == "choice":
            one["options"] = OPTIONS
        if kind == "table":
            one["columns"] = COLUMNS
        if kind == "number" and draw(st.booleans()):
            one["maximum"] = "9"
        before = [x for x in made if x["kind"] not in ("table", "computed")]
        if before and draw(st.booleans()):
            on = draw(st.sampled_from(before))
            one["show_if"] = {"field": on["key"], "is": [draw(st.sampled_from(["y", "n"]))]}
            if on["kind"] == "number":
                one["show_if"] = {"field": on["key"], "at_least": "5"}
        made.append(one)
    return made


VALUES = (
    st.sampled_from(["", "y", "n", "3", "12", "2001-02-03", "字"])
    | st.none()
    | st.lists(
        st.fixed_dictionaries(
            {"x": st.sampled_from(["", "甲"]), "n": st.sampled_from(["", "1", "2.5", "q"])}
        ),
        max_size=3,
    )
)


@st.composite
def forms_and_typed(draw):
    forms = [asked(item, *draw(fields())) for item in "ABC"[: draw(st.integers(2, 3))]]
    made = combine_forms(forms)
    typed = {one.key: draw(VALUES) for one in made.form if draw(st.integers(0, 4))}
    return forms, made, typed


def as_fact(sentence: str) -> str:
    """The sentence with the one name of a fact, whatever a unit calls it."""
    return sentence.replace("工程名称", "项目名称")


@given(forms_and_typed())
@settings(max_examples=400, deadline=None)
def test_splitting_and_judging_each_form_gives_the_same_as_judging_them_together(told):
    forms, made, typed = told
    together = answers_of(made.form, typed, TODAY)
    split = split_answers(made, typed)
    kept = split_answers(made, together.answers)
    faults: dict[str, str] = {}
    cells: dict[str, list] = {}
    for one in forms:
        alone = answers_of(one.form, split[one.item], TODAY)
        keys = made.keys[one.item]
        faults |= {keys[key]: as_fact(said.zh) for key, said in alone.faults.items()}
        cells |= {keys[key]: [(r, c) for r, c, _ in told] for key, told in alone.cells.items()}
        assert kept[one.item].keys() <= set(keys)
        if together.is_valid:
            assert alone.is_valid
            assert kept[one.item] == alone.answers
            again = answers_of(one.form, kept[one.item], TODAY)
            assert (again.answers, again.faults) == (alone.answers, {})
    assert faults == {key: as_fact(said.zh) for key, said in together.faults.items()}
    assert cells == {key: [(r, c) for r, c, _ in told] for key, told in together.cells.items()}


@given(forms_and_typed())
@settings(max_examples=200, deadline=None)
def test_the_combined_form_has_no_fault_that_its_forms_have_not(told):
    forms, made, _typed = told
    own = [f for one in forms for f in faults_of_form(one.form) if f.at and not f.warns]
    assert own == []
    assert [f for f in faults_of_form(made.form) if not f.warns and f.at] == []
    assert len({one.key for one in made.form}) == len(made.form.fields)


def test_each_run_of_questions_stands_under_whose_it_is_and_no_heading_is_left_empty():
    heading = {"key": "part", "kind": "section", "label": "门店"}
    size = {"key": "size", "kind": "number", "label": "面积"}
    about = {"key": "about", "kind": "section", "label": "申请人"}
    one = AskedForm("A", read_form([about, NAME, heading, size]), "食品经营许可", "Food licence")
    other = AskedForm("B", read_form([about, NAME, PHONE]), "排水许可", "Drainage permit")
    made = combine_forms([one, other])
    assert [(field.kind.value, field.label) for field in made.form] == [
        ("page", "几个部门共同需要的"),
        ("text", "申请人"),
        ("page", "食品经营许可"),
        ("section", "门店"),
        ("number", "面积"),
        ("page", "排水许可"),
        ("section", "申请人"),
        ("phone", "联系电话"),
    ]
    assert [f for f in faults_of_form(made.form) if f.at and not f.warns] == []


FOR_CHILD = {"field": "whom", "is": ["child"]}
WHOM = {
    "key": "whom",
    "kind": "choice",
    "label": "为谁办",
    "options": [{"value": "self", "label": "本人"}, {"value": "child", "label": "孩子"}],
}
CHILD = {"key": "name", "kind": "text", "label": "新生儿姓名", "fact": "child_name"}


def test_one_fact_under_two_names_is_asked_once_by_its_own_name():
    insured = {"key": "insured", "kind": "text", "label": "参保的孩子", "fact": "child_name"}
    made = combine_forms([asked("A", CHILD | {"required": True}), asked("B", insured)])
    (field,) = made.form.fields
    assert (field.label, field.required) == ("孩子姓名", True)
    assert split_answers(made, {"name": "安禾"}) == {
        "A": {"name": "安禾"},
        "B": {"insured": "安禾"},
    }
    assert asked_twice(made) == []


def test_a_fact_asked_only_sometimes_by_one_unit_is_demanded_then_and_kept_from_it_otherwise():
    sometimes = CHILD | {"key": "child", "required": True, "show_if": FOR_CHILD}
    made = combine_forms([asked("A", CHILD), asked("B", WHOM, sometimes)])
    whom = made.keys["B"]["whom"]
    assert [field.key for field in made.form] == [whom, "name"], "behind what it hangs on"
    assert set(answers_of(made.form, {whom: "child"}, TODAY).faults) == {"name"}
    assert answers_of(made.form, {whom: "self"}, TODAY).faults == {}
    told = split_answers(made, {whom: "self", "name": "安禾"})
    assert told == {"A": {"name": "安禾"}, "B": {"whom": "self"}}


def test_a_fact_that_leads_on_in_one_form_stays_a_question_of_its_own():
    more = {"key": "more", "kind": "text", "label": "曾用名"}
    more["show_if"] = {"field": "child", "answered": True}
    sometimes = CHILD | {"key": "child", "show_if": FOR_CHILD}
    made = combine_forms([asked("A", CHILD), asked("B", WHOM, sometimes, more)])
    assert len(made.form.fields) == 4
    assert [fact for fact, _askers in asked_twice(made)] == ["child_name"]


def test_questions_of_one_name_that_are_judged_differently_are_named_to_the_editor():
    first = {"key": "head", "kind": "text", "label": "质量负责人"}
    other = {"key": "head", "kind": "text", "label": "质量负责人", "pattern": "chinese_name"}
    made = combine_forms([asked("A", first), asked("B", other)])
    ((fact, askers),) = asked_twice(made)
    assert (fact, [(item, field.label) for item, field in askers]) == (
        "",
        [("A", "质量负责人"), ("B", "质量负责人")],
    )


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("法定代表人或者负责人身份证", "经营者或者法定代表人身份证", True),
        ("法定代表人或者消防安全责任人身份证", "负责人的身份证明", True),
        ("法定代表人身份证", "委托代理人身份证", False),
        ("申请人身份证", "配偶身份证", False),
    ],
)
def test_the_card_of_who_heads_the_applicant_is_asked_once(one, other, alike):
    papers = [Paper("a", "m1", one), Paper("b", "m1", other)]
    assert (len(combine_papers(papers)) == 1) == alike


def test_a_letter_of_an_agent_is_one_paper_whatever_each_guide_calls_it():
    rows = combine_papers(
        [
            Paper("A", "authority", "委托书和代办人身份证"),
            Paper("B", "agent-papers", "委托书和经办人身份证"),
            Paper("B", "licence", "营业执照"),
        ]
    )
    assert [row.items for row in rows] == [("A", "B"), ("B",)]
