"""One validator for page, window and program: what it takes, drops, reckons and refuses."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openhall.forms.rules import answers_of, read_form, said
from openhall.forms.rules.definition import Field
from openhall.forms.rules.values import value_of
from openhall.forms.rules.wrong import Wrong
from openhall.forms.terms import FieldKind
from openhall.paging.days import day_of
from tests.rules.forms import ALLOWANCE, ANSWERS

TODAY = date(2026, 11, 25)
FORM = read_form(ALLOWANCE, "高龄津贴申请表", "Application")


def checked(**typed):
    return answers_of(FORM, ANSWERS | typed, TODAY)


def fault(**typed) -> str:
    faults = checked(**typed).faults
    assert list(faults) == list(typed)
    return faults[next(iter(typed))].zh


def test_a_full_set_of_answers_is_kept_as_typed_and_the_age_is_reckoned():
    made = checked()
    assert made.is_valid
    assert made.answers == ANSWERS | {"age": "86", "each": "0"}


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("subject", "  申领   津贴 ", "申领 津贴"),
        ("subject", "张\u3000三\u00a0李", "张\u3000三\u00a0李"),
        ("born", "1940年5月6日", "1940-05-06"),
        ("born", "19400506", "1940-05-06"),
        ("rent", "1,200.50", "1200.5"),
        ("rent", "¥1200.50元", "1200.5"),
        ("persons", 3, "3"),
        ("persons", "3.0", "3"),
        ("needs", ["visit", "meals"], ["meals", "visit"]),
        ("needs", "meals", ["meals"]),
        ("person", "11010519491231002x", "11010519491231002X"),
        ("person", "110105 19491231 002X", "11010519491231002X"),
        ("phone", "028-86660000", "028-86660000"),
        ("phone", "138 0000 0000", "13800000000"),
        ("papers", ["12", 7], [12, 7]),
        ("papers", "paper", ["paper"]),
        ("true", "on", True),
        (
            "family",
            [{"name": "王芳", "income": "3000"}, {"name": " "}],
            [{"name": "王芳", "income": "3000"}],
        ),
    ],
)
def test_what_people_type_is_understood(key, typed, kept):
    made = checked(**{key: typed})
    assert made.faults == {}
    assert made.answers[key] == kept


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("subject", "", "请填写“申请事由”。"),
        ("subject", "\u200d\u3164\u2800", "请填写“申请事由”。"),  # nobody sees anything
        ("subject", "字" * 301, "最多300个字"),
        ("born", "1940-02-30", "请填写日期"),
        ("born", "2026-11-26", "不能晚于2026-11-25"),
        ("home", "110105", "请从列表中选择区（市）县。"),
        ("home", "", "请选择“户籍所在地”。"),
        ("delivery", "by_dove", "请从所列选项中选择一项。"),
        ("needs", ["meals", "bath", "visit"], "最多选择2项"),
        ("person", "110105194912310021", "校验位不符"),
        ("body", "91510100MA00000000", "校验位不符"),
        ("phone", "12", "请填写手机号码"),
        ("rent", "二十", "请填写数字"),
        ("rent", "20000.01", "不能大于20000"),
        ("rent", "-1", "不能小于0"),
        ("rent", "1.005", "最多2位小数"),
        ("persons", "1.5", "请填写整数"),
        ("papers", "a.pdf", "请上传文件"),
        ("true", "", "请阅读声明并勾选确认"),
        ("family", [{"income": "3000"}], "第1行“姓名”：请填写“姓名”。"),
        ("family", [{"name": "王"}, {"name": "李", "income": "x"}], "第2行“月收入”"),
        ("family", [{"name": "王"}] * 6, "最多5行，现有6行"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_that_says_what_to_do(key, typed, sentence):
    assert sentence in fault(**{key: typed})


def test_a_hidden_question_is_not_demanded_and_its_answer_is_dropped():
    assert "address" not in checked(address="春熙路1号").answers
    assert checked(delivery="post").faults["address"].en == "Fill in: Postal address."
    assert checked(delivery="post", address="春熙路1号").answers["address"] == "春熙路1号"


def test_a_computed_answer_is_reckoned_and_never_believed():
    made = checked(age="20", family=[{"name": "王芳", "income": "1000"}, {"name": "王明"}])
    assert made.answers["age"] == "86"
    assert made.answers["each"] == "500"


def test_an_answer_to_a_question_that_is_not_asked_is_refused():
    assert fault(rank="处长") == "这份表格没有“rank”这一项，请删去。"


def test_a_wrong_cell_is_told_by_row_and_column():
    made = checked(family=[{"name": "王芳", "income": "x"}])
    assert [(row, column) for row, column, _said in made.cells["family"]] == [(0, "income")]


def test_answers_are_said_in_words_in_both_languages():
    answers = checked(needs=["meals", "visit"], rent="1200").answers
    told = dict(said(FORM, answers, "zh-hans"))
    assert told["户籍所在地"] == "锦江区 春熙路街道"
    assert told["领取方式"] == "窗口领取"
    assert told["需要的服务"] == "助餐、探访"
    assert told["出生日期"] == "1940年5月26日"
    assert told["年龄"] == "86岁"
    assert told["月租金"] == "¥1,200.00"
    assert told["我承诺所填内容真实"] == "已确认"
    english = dict(said(FORM, answers, "en"))
    assert english["Registered in"] == "Jinjiang District 春熙路街道"
    assert english["Services needed"] == "Meals, Visits"
    assert english["Born on"] == "26 May 1940"
    assert "邮寄地址" not in told


def test_personal_numbers_can_be_masked_where_they_are_said():
    answers = checked(person="11010519491231002X").answers
    told = dict(
        said(FORM, answers, "", mask=lambda kind, word: "*" if kind == "id_number" else word)
    )
    assert told["身份证号"] == "*"
    assert told["领取方式"] == "窗口领取"


# ---------------------------------------------------------------- whatever is typed
def anything():
    leaf = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=True)
        | st.text(max_size=12)
        | st.sampled_from(
            ["post", "in_person", "meals", "510104", "on", "2001-02-03", "12.50", "7"]
        )
    )
    return st.recursive(
        leaf,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["name", "income", "x"]), inner, max_size=3)
        ),
        max_leaves=6,
    )


TYPED = st.dictionaries(
    st.sampled_from([one["key"] for one in ALLOWANCE] + ["stranger"]), anything()
)


@given(TYPED)
@settings(max_examples=400, deadline=None)
def test_it_never_raises_and_what_it_keeps_checks_again_unchanged(typed):
    once = answers_of(FORM, typed, TODAY)
    again = answers_of(FORM, once.answers, TODAY)
    assert again.answers == once.answers
    assert set(again.faults) <= set(once.faults)


@given(TYPED)
@settings(max_examples=200, deadline=None)
def test_a_hidden_question_is_never_demanded(typed):
    made = answers_of(FORM, typed, TODAY)
    if made.answers.get("delivery") != "post":
        assert "address" not in made.faults
        assert "address" not in made.answers


@given(TYPED)
@settings(max_examples=100, deadline=None)
def test_whatever_is_kept_can_be_said(typed):
    kept = answers_of(FORM, typed, TODAY).answers
    assert all(isinstance(word, str) for _label, word in said(FORM, kept, "en"))
    assert said(FORM, typed, "zh-hans")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026 年 1 月 5 日", date(2026, 1, 5)),
        ("2026年01月05号", date(2026, 1, 5)),
        ("2026-1-5 0:00:00", date(2026, 1, 5)),
        ("2026-01-05T00:00:00Z", date(2026, 1, 5)),
        ("２０２６ー０１ー０５", date(2026, 1, 5)),
        ("2026-01-05 13:00", None),
        ("05/01/2026", None),
        ("2026-02-29", None),
    ],
)
def test_a_day_is_read_in_every_dress_and_never_guessed(typed, read):
    assert day_of(typed) == read


@pytest.mark.parametrize("typed", ["京A·12345", "京a•12345", "京 A 12345", "京A-12345"])
def test_a_plate_is_read_as_it_stands_on_the_car(typed):
    form = read_form([{"key": "p", "kind": "text", "label": "牌", "pattern": "number_plate"}])
    assert answers_of(form, {"p": typed}, TODAY).answers["p"] == "京A12345"


@pytest.mark.parametrize(
    ("unit", "typed", "kept"),
    [
        ("平方米", "86平方米", "86"),
        ("平方米", "28 ㎡", "28"),
        ("平方米", "约86平方米", None),
        ("平方米", "86亩", None),
        ("元", "1,200元", "1200"),
        ("", "36个", "36"),
        ("", "36平方米", None),
        ("人", "３人", "3"),
        ("人", "人", None),
    ],
)
def test_a_number_may_carry_the_unit_that_is_asked_for_and_no_other(unit, typed, kept):
    field = {"key": "n", "kind": "number", "label": "数", "unit": unit}
    form = read_form([field])
    found = answers_of(form, {"n": typed}, TODAY)
    assert found.answers.get("n") == kept
    assert found.is_valid == (kept is not None)


@pytest.mark.parametrize(
    "typed",
    ["2026\u201401\u201405", "2026年1月5日 星期一", "2026年1月5日（周一）", "2026\u22121\u22125"],
)
def test_a_day_is_read_as_papers_and_chinese_keyboards_write_it(typed):
    assert day_of(typed) == date(2026, 1, 5)


def test_a_form_knows_too_that_nobody_is_born_tomorrow():
    field = Field("q", FieldKind.ID_NUMBER, "证件号码")
    today = date(2026, 11, 30)
    assert value_of(field, "11010520261130001X", today)
    with pytest.raises(Wrong, match="day of birth"):
        value_of(field, "110105202612010014", today)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("李\u200d明", "U+200D"), ("王⿰氵明", "U+2FF0"), ("买买提-艾力", "“-”"), ("王1", "“1”")],
)
def test_a_name_is_refused_with_the_sign_that_is_none(typed, told):
    with pytest.raises(Wrong) as wrong:
        value_of(
            Field("q", FieldKind.TEXT, "姓名", pattern="chinese_name"), typed, date(2026, 1, 1)
        )
    assert told in wrong.value.said.zh
    assert told in wrong.value.said.en


def test_a_radical_out_of_a_copied_document_is_told_with_its_character():
    with pytest.raises(Wrong) as wrong:
        value_of(
            Field("q", FieldKind.TEXT, "姓名", pattern="chinese_name"), "⽅明", date(2026, 1, 1)
        )
    assert "请改填“方”" in wrong.value.said.zh


@pytest.mark.parametrize("typed", ["二〇二六年一月五日", "二零二六年元月五日", "2026年一月五日"])
def test_a_day_in_numerals_is_a_day(typed):
    assert day_of(typed) == date(2026, 1, 5)
