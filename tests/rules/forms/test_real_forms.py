"""What real forms ask for: joined conditions, rows of any kind, addresses, limits that depend."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openhall.forms.rules import answers_of, as_json, read_form, said
from openhall.forms.rules.conditions import fields_named, holds
from openhall.forms.rules.patterns import NotAPattern, check_pattern, matches_whole
from openhall.forms.rules.values import words_in
from openhall.forms.rules.wording import when_asked
from tests.rules.forms import SURVEY, SURVEYED
from tests.rules.forms.test_answers import anything

TODAY = date(2026, 11, 25)
FORM = read_form(SURVEY, "调查", "Survey")


def checked(**typed):
    return answers_of(FORM, SURVEYED | typed, TODAY)


def test_the_form_is_answered_and_what_depends_is_reckoned():
    made = checked()
    assert made.faults == {}
    assert made.answers["works"] == [{"kind": "new", "width": "2.5", "length": "4", "area": "10"}]
    assert (made.answers["total"], made.answers["word"]) == ("10", "Aperson-1")
    assert made.answers["source"] == "online"
    assert answers_of(FORM, made.answers, TODAY).answers == made.answers


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [
        ("birth_month", "1990年5月", "1990-05"),
        ("birth_month", "05/1990", "1990-05"),
        ("school_year", "２００３年", "2003"),
        ("call_at", "9点30分", "09:30"),
        ("visit", "2026-12-01T9:05", "2026-12-01 09:05"),
        ("site", "www.example.cn/a?b=1", "www.example.cn/a?b=1"),
        ("site", "https://example.cn", "https://example.cn"),
        ("plate", "AB1234", "AB1234"),
        ("order", ["c", "a", "b"], ["c", "a", "b"]),
        ("scale", {"speed": "good"}, {"speed": "good"}),
        ("land", "NO", "NO"),
        ("limit", "10", "10"),
    ],
)
def test_what_people_type_is_understood(key, typed, kept):
    made = checked(**{key: typed})
    assert made.faults == {}
    assert made.answers[key] == kept


@pytest.mark.parametrize(
    ("key", "typed", "zh", "en"),
    [
        ("birth_month", "2026-12", "不能晚于2026-11。", "It cannot be after 2026-11."),
        ("birth_month", "1990-13", "请填写年月，如2003-05。", "Write a year and month"),
        ("school_year", "1949", "不能早于1950年。", "It cannot be before 1950."),
        ("school_year", "03", "请填写4位数字的年份", "Write a year of four digits"),
        ("call_at", "18:00", "时间不能晚于17:30。", "The time cannot be after 17:30."),
        ("call_at", "25:00", "请填写时间，如09:30。", "Write a time, such as 09:30."),
        ("visit", "2026-11-24 09:00", "日期不能早于2026-11-25。", "The date cannot be before"),
        ("site", "example", "网址格式如", "A web address looks like"),
        ("plate", "ab12", "批号为两个字母加四位数字。", "Two letters and four digits."),
        ("plan", "字" * 21, "最多20个词（汉字每字算一个），现有21个。", "At most 20 words"),
        ("plan", "one", "至少2个词", "At least 2 words"),
        ("order", ["c", "a"], "请排完全部3个选项。", "Put all 3 options in order."),
        ("order", ["c", "a", "a"], "每个选项只能排一次。", "Put each option in one place only."),
        ("scale", {"speed": "x"}, "请从所列选项中选择。", "Choose from the options listed."),
        ("land", "XX", "请从所列选项中选择一项。", "Choose one of the options listed."),
        ("limit", "9.99", "不能小于总面积。", "Not less than the whole area."),
        ("home", {"province": "四川"}, "请从列表中选择省", "Choose the province from the list."),
        (
            "home",
            {"province": "北京市", "district": "东城区"},
            "请填写路名、门牌号等。",
            "Fill in: Road",
        ),
        ("works", [{"kind": "new"}] * 4, "最多3行，现有4行。", "At most 3 rows; there are 4."),
        ("works", [{"width": "1"}], "第1行“类别”：请选择“类别”。", "Row 1, Kind: Choose: Kind."),
    ],
)
def test_a_wrong_answer_gets_its_sentence_in_both_languages(key, typed, zh, en):
    faults = checked(**{key: typed}).faults
    assert list(faults) == [key]
    assert zh in faults[key].zh
    assert en in faults[key].en


def test_a_limit_may_be_another_answer():
    assert checked(start="2026-01-01", stop="2026-01-02").is_valid
    faults = checked(start="2026-01-01", stop="2026-01-01").faults
    assert faults["stop"].zh == "日期不能早于2026-01-02。"
    assert checked(start="2026-01-01").faults["stop"].zh == "请填写“结束”。"
    assert checked(stop="1999-01-01").is_valid  # no start, no limit


def test_a_section_that_is_not_asked_asks_none_of_its_questions():
    made = answers_of(FORM, {"who": "company", "home": {"detail": "x"}}, TODAY)
    assert "home" not in made.faults
    assert list(made.faults) == ["more"]
    assert list(checked(home="").faults) == ["home"]


def test_a_cell_is_asked_by_its_own_row_and_by_the_form_around_it():
    works = [{"kind": "old"}, {"kind": "new"}]
    assert checked(works=works).is_valid
    made = checked(who="company", home="", works=works, more="x")
    assert made.faults["works"].zh == "第1行“原因”：请填写“原因”。"
    assert [(row, key) for row, key, _said in made.cells["works"]] == [(0, "reason")]


def test_an_option_is_offered_only_after_its_answer():
    assert checked(province="sc", city="cd").is_valid
    assert checked(province="sc", city="gz").faults["city"].zh == "请从所列选项中选择一项。"
    assert checked(city="").is_valid


def test_what_is_hidden_is_not_believed_and_not_said():
    assert checked(source="forged").answers["source"] == "online"
    assert "来源" not in dict(said(FORM, checked().answers, "zh"))


def test_joined_conditions_open_and_close_a_question():
    assert "more" not in checked().faults
    big = checked(works=[{"kind": "new", "width": "100", "length": "2"}])
    assert list(big.faults) == ["more"]


def test_answers_of_parts_are_said_as_people_write_them():
    answers = checked(
        order=["b", "a", "c"], scale={"speed": "good", "manner": "bad"}, birth_month="1990-05"
    ).answers
    told = dict(said(FORM, answers, "zh"))
    assert told["住址"] == "四川省成都市锦江区一街1号"
    assert told["评价"] == "选speed：选good\n选manner：选bad"
    assert told["排序"] == "1. 选b\n2. 选a\n3. 选c"
    assert told["出生年月"] == "1990年5月"
    assert dict(said(FORM, answers, "en"))["Birth_month"] == "May 1990"
    assert "请先阅读" not in told


def test_conditions_are_told_in_words():
    fields = {one.key: one for one in FORM}
    assert when_asked(fields["ages"], fields, "zh") == "仅当“申请人”为“选person”时填写。"
    assert when_asked(fields["more"], fields, "zh") == (
        "仅当不是““申请人”为“选person””的情形，或者前面的回答符合条件时填写。"
    )
    assert when_asked(fields["more"], fields, "en").startswith("Only if it is not so that “Who” is")
    assert fields_named(fields["more"].show_if) == {"who", "total"}


@pytest.mark.parametrize(
    ("told", "words"), [("", 0), ("成都市", 3), ("one two", 2), ("用 Python 写", 3), ("a，b", 1)]
)
def test_words_are_counted_as_an_editor_does(told, words):
    assert words_in(told) == words


@pytest.mark.parametrize("pattern", ["(?=a)b", "(a)\\1", "(", "a{99999}{999}", "x" * 501])
def test_a_pattern_that_the_engine_does_not_take_is_refused_where_it_is_written(pattern):
    with pytest.raises(NotAPattern):
        check_pattern(pattern)
    assert not matches_whole(pattern, "aab")


def test_a_pattern_that_ruins_other_engines_answers_at_once():
    assert not matches_whole("(a|a)*(a|aa)+c", "a" * 4000)


@given(st.dictionaries(st.sampled_from([one["key"] for one in SURVEY]), anything()))
@settings(max_examples=300, deadline=None)
def test_it_never_raises_and_what_it_keeps_checks_again_unchanged(typed):
    once = answers_of(FORM, typed, TODAY)
    again = answers_of(FORM, once.answers, TODAY)
    assert again.answers == once.answers
    assert all(isinstance(word, str) for _label, word in said(FORM, once.answers, "en"))


def conditions():
    leaf = st.builds(
        lambda key, test, values: {"field": key, test: values},
        st.sampled_from(["who", "total", "order", "home", "nobody"]),
        st.sampled_from(["is", "is_not", "at_least", "contains", "answered"]),
        st.lists(st.sampled_from(["person", "10", "true", "b"]), min_size=1, max_size=2),
    )
    return st.recursive(
        leaf,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts})
            | st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts})
            | inner.map(lambda part: {"not": part})
        ),
        max_leaves=6,
    )


@given(conditions())
@settings(max_examples=100, deadline=None)
def test_any_condition_is_stored_judged_and_said(told):
    form = read_form([{"key": "a", "kind": "text", "label": "A", "show_if": told}])
    condition = form.fields[0].show_if
    assert holds(condition, SURVEYED, TODAY) in (True, False)
    assert when_asked(form.fields[0], {}, "en").startswith("Only if ")
    assert read_form([as_json(form.fields[0])]) == form
