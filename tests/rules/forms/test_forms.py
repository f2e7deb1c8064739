"""A form is read with precise faults, checked before anybody meets it, compared with another."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openhall.forms.rules import (
    NotAForm,
    as_json,
    changes_between,
    digest_of,
    faults_of_form,
    read_form,
    told_under,
)
from openhall.forms.rules.formula import FormulaFault, check_formula, reckon
from openhall.forms.terms import FieldKind
from tests.rules.forms import ALLOWANCE, SURVEY
from tests.shared_data import shared

TODAY = date(2026, 11, 25)


def text(key, **more):
    return {"key": key, "kind": "text", "label": key.upper(), "label_en": key, **more}


def nested(depth):
    """A table in a table, so many times."""
    inner = [nested(depth - 1)] if depth > 1 else [text("c")]
    return text(f"t{depth}", kind="table", columns=inner)


def faults(*fields, title="表", title_en="Form"):
    return [
        (one.at, one.said.zh) for one in faults_of_form(read_form(list(fields), title, title_en))
    ]


def test_the_form_of_many_kinds_is_sound():
    assert faults(*ALLOWANCE) == []
    assert faults(*SURVEY) == []
    used = {one["kind"] for one in [*ALLOWANCE, *SURVEY]}
    assert used == {kind.value for kind in FieldKind}


@pytest.mark.parametrize("fields", [ALLOWANCE, SURVEY])
def test_a_form_is_stored_and_read_back_unchanged(fields):
    form = read_form(fields, "表", "Form")
    again = read_form([as_json(one) for one in form], "表", "Form")
    assert again == form
    assert digest_of(again) == digest_of(form)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ("text", "fields"),
        ([1], "1"),
        ([{"kind": "text", "label": "x"}], "1.key"),
        ([text("a"), {"key": "b", "kind": "picture", "label": "x"}], "2.kind"),
        ([{"key": "a", "kind": "text", "label": " "}], "1.label"),
        ([text("a", colour="red")], "1.colour"),
        ([text("a", options=[{"value": 1}])], "1.options"),
        ([text("a", show_if={"field": "b"})], "1.show_if"),
        ([text("a", decimals=9)], "1.decimals"),
        ([text("a", columns=[text("c", kind="page")])], "1.columns.1.kind"),
        ([nested(3)], "1.columns.1.columns.1.kind"),
        ([text("a", help=["x"])], "1.help"),
        ([text(f"a{n}") for n in range(1001)], "fields"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_place(fields, at):
    with pytest.raises(NotAForm) as refused:
        read_form(fields)
    assert refused.value.at == at


@pytest.mark.parametrize(
    ("fields", "at", "sentence"),
    [
        ([text("a"), text("a")], "a", "已被“A”使用"),
        ([text("A1")], "A1", "应以小写字母开头"),
        ([text("a", kind="choice")], "a", "至少给出两个选项"),
        ([text("a", kind="table")], "a", "至少要有一列"),
        ([text("a", minimum="5", maximum="2")], "a", "没有人能填对"),
        ([text("a", kind="number", minimum="x")], "a", "不适用于这种字段"),
        ([text("a", pattern="tax")], "a", "没有“tax”这种格式"),
        ([text("a", show_if={"field": "b", "is": "x"}), text("b")], "a", "在它之后"),
        ([text("a", show_if={"field": "z", "is": "x"})], "a", "不存在"),
        ([text("a", show_if={"field": "a", "is": "x"})], "a", "在它之后"),
        ([text("a", kind="computed", formula="b + 1")], "a", "不是前面的数字"),
        ([text("a", kind="computed", formula="a + 1")], "a", "不是前面的数字"),
        (
            [text("n", kind="number"), text("a", show_if={"field": "n", "is": ["1000.0"]})],
            "a",
            "请写成“1000”",
        ),
        ([text("a", kind="computed")], "a", "请填写公式"),
        ([text("a", formula="1")], "a", "只有自动计算的字段有公式"),
        ([text("a", kind="file", accept=["exe"])], "a", "不收“exe”"),
        ([], "", "还没有字段"),
    ],
)
def test_each_fault_is_told_at_its_field_with_what_to_do(fields, at, sentence):
    found = faults(*fields)
    assert [one for one in found if one[0] == at and sentence in one[1]], found


def test_missing_english_only_warns():
    form = read_form([{"key": "a", "kind": "text", "label": "名称"}], "表", "Form")
    assert [(one.at, one.warns) for one in faults_of_form(form)] == [("a", True)]


def test_two_computed_values_cannot_wait_for_each_other():
    found = faults(
        text("a", kind="computed", formula="b + 1"), text("b", kind="computed", formula="a + 1")
    )
    assert [at for at, _said in found] == ["a"]


# ---------------------------------------------------------------- formulas
KINDS = {
    "x": "number",
    "y": "number",
    "d": "date",
    "t": "table",
    "t.v": "column",
}
VALUES = {
    "x": Decimal("0.1"),
    "y": Decimal("3"),
    "d": date(1940, 11, 26),
    "t": [{}, {}],
    "t.v": [Decimal("1.10"), Decimal("2.20")],
}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("x + x + x", "0.3"),
        ("sum(t.v) * 2", "6.60"),
        ("count(t) - 1", "1"),
        ("max(x, y, 2)", "3"),
        ("min(x, y)", "0.1"),
        ("round(10 / y, 2)", "3.33"),
        ("round(2.5)", "3"),
        ("years(d, today)", "85"),
        ("days(d, today) - 31410", "0"),
        ("-x + 1", "0.9"),
        ("1 / (y - 3)", None),
        ("z + 1", None),
    ],
)
def test_a_formula_is_reckoned_exactly(formula, value):
    assert reckon(formula, VALUES, TODAY) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "x +",
        "x ** 9",
        "__import__('os')",
        "x.real",
        "open(x)",
        "d + 1",
        "sum(x)",
        "count(x)",
        "years(x, y)",
        "round(x, 1, 2)",
        "x if y else x",
        "'a'",
        "True",
        "[x]",
        "x" * 301,
        "(" * 150 + "x" + ")" * 150,
        "t",
        "min()",
        "sum(t.v, t.v)",
    ],
)
def test_what_is_no_formula_is_refused(formula):
    with pytest.raises(FormulaFault):
        check_formula(formula, KINDS)


@given(st.text(alphabet="xyzdt.v()+-*/,1290 roundsmcte", max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_formula_breaks_the_reckoning(formula):
    made = reckon(formula, VALUES, TODAY)
    assert made is None or made.is_finite()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["key", "kind", "label", "options", "show_if", "columns"]),
                inner,
            )
        ),
    )
)
@settings(max_examples=200, deadline=None)
def test_any_json_is_a_form_or_told_why_not(told):
    try:
        form = read_form(told)
    except NotAForm:
        return
    assert isinstance(faults_of_form(form), list)


# ---------------------------------------------------------------- an outdated form
def test_what_changed_between_two_forms_is_listed():
    held = read_form([text("a"), text("b"), text("c", kind="choice")])
    now = read_form([text("a", required=True, label="姓名"), text("c"), text("n")])
    told = [
        (one.kind, one.label.zh, [how.zh for how in one.how]) for one in changes_between(held, now)
    ]
    assert told == [
        ("changed", "姓名", ["改为必填", "原名“A”"]),
        ("changed", "C", ["由“单选”改为“单行文本”"]),
        ("added", "N", []),
        ("removed", "B", []),
    ]
    assert changes_between(now, now) == []


# ---------------------------------------------------------------- real layouts
def test_the_grids_of_real_forms_can_be_built_from_our_kinds():
    """Each label with a blank is a question, each head over blank rows a table."""
    lines = shared("forms/cn_form_tables.jsonl").read_text().splitlines()
    assert len(lines) == 5
    for line in lines:
        rows = [[cell.strip() for cell in row] for row in json.loads(line)["rows"]]
        fields = []
        for place, row in enumerate(rows):
            blank_below = place + 1 < len(rows) and not any(rows[place + 1])
            if len(row) > 2 and all(row) and blank_below:
                columns = [text(f"c{n}", label=cell) for n, cell in enumerate(row)]
                fields.append(text(f"t{place}", kind="table", label="行", columns=columns))
            else:
                fields += [text(f"f{place}_{n}", label=cell) for n, cell in enumerate(row) if cell]
        form = read_form(fields, "表", "Form")
        assert [one for one in faults_of_form(form) if not one.warns] == []
        assert any(one.kind == FieldKind.TABLE for one in form) or len(form.fields) > 5


def test_answers_are_told_under_the_headings_of_the_form():
    form = read_form(
        [
            text("first"),
            text("p", kind="page", label="第一页"),
            text("s", kind="section", label="住址", show_if={"field": "first", "is": ["yes"]}),
            text("street"),
            text("none", kind="section", label="没有问题的小节"),
            text("q", kind="page", label="第二页"),
            text("r", kind="section", label="其他"),
            text("more"),
        ]
    )
    told = told_under(form, {"first": "yes", "street": "春熙路", "more": "无", "x": "1"}, "zh")
    assert [(one.heading, one.level, one.rows) for one in told] == [
        ("", 0, [("FIRST", "yes")]),
        ("第一页", 1, []),
        ("住址", 2, [("STREET", "春熙路")]),
        ("第二页", 1, []),
        ("其他", 2, [("MORE", "无")]),
        ("", 0, [("x", "1")]),
    ]
    hidden = told_under(form, {"first": "no", "more": "无"}, "zh")
    assert [one.heading for one in hidden] == ["", "第二页", "其他"]
