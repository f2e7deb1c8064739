"""A value as a cell and back: nothing is lost, and a mistake says what to write."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhall.catalogue.rules.cells import Column, Kind, WrongCell, cell_of, value_of
from openhall.catalogue.rules.implementation_list import HEAD, TABLES, read_record
from openhall.catalogue.terms import ItemKind, ServiceObject
from openhall.paging.typed import fault_of_text, text_of

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)
VALUES = {
    Kind.TEXT: TEXT.map(text_of).filter(lambda said: fault_of_text(said) is None),
    Kind.WHOLE: st.integers(0, 10**6),
    Kind.YES_NO: st.booleans(),
    Kind.DAY: st.dates() | st.none(),
    Kind.LABELS: st.lists(st.text("abc-", min_size=1).map(str.strip), max_size=3),
    Kind.ROWS: st.lists(st.dictionaries(TEXT, TEXT | st.booleans()), max_size=2),
}


@given(st.data(), st.sampled_from(list(VALUES)))
def test_every_value_comes_back_from_its_cell(data, kind):
    column = Column("x", "列", kind)
    value = data.draw(VALUES[kind])
    assert value_of(column, cell_of(column, value)) == value


@given(st.lists(st.sampled_from(list(ServiceObject)), unique=True))
def test_words_stand_as_people_say_them_and_come_back_as_codes(words):
    column = Column("x", "服务对象", Kind.WORDS, ServiceObject)
    codes = [word.value for word in words]
    assert cell_of(column, codes) == "|".join(word.zh for word in words)
    assert value_of(column, cell_of(column, codes)) == codes


def test_a_word_is_known_by_its_code_its_chinese_and_its_english():
    column = Column("x", "事项类型", Kind.WORD, ItemKind, needed=True)
    for said in ("1", "行政许可", "Administrative permit"):
        assert value_of(column, said) == "1"


@pytest.mark.parametrize(
    ("column", "given", "sentence"),
    [
        (Column("x", "x", needed=True), " ", "为空。请补填。"),
        (Column("x", "x", Kind.WHOLE), "三", "“三”不是0或正整数。"),
        (Column("x", "x", Kind.WHOLE), "-1", "“-1”不是0或正整数。"),
        (Column("x", "x", Kind.YES_NO), "也许", "“也许”应写“是”或“否”。"),
        (Column("x", "x", Kind.DAY), "昨天", "“昨天”不是日期。请写成 2026-11-25。"),
        (Column("x", "x", Kind.DAY), "NaN", "“NaN”不是日期。请写成 2026-11-25。"),
        (Column("x", "x", Kind.DAY), "1e400", "“1e400”不是日期。请写成 2026-11-25。"),
        (Column("x", "x", Kind.ROWS), '["\\ud800"]', "不是可读的JSON:无法保存的字符 U+D800。"),
        (Column("x", "x", Kind.ROWS), '{"\\u0000": 1}', "不是可读的JSON:无法保存的字符 U+0000。"),
        (Column("x", "x", longest=2), "三个字", "有3个字，超过2个字。"),
        (
            Column("x", "x", Kind.WORD, ServiceObject),
            "外星人",
            "不认识“外星人”。可用：自然人、企业法人、事业法人、社会组织法人、非法人企业、行政机关、其他组织。",
        ),
    ],
)
def test_a_wrong_cell_says_what_to_write(column, given, sentence):
    with pytest.raises(WrongCell) as wrong:
        value_of(column, given)
    assert str(wrong.value) == sentence


def test_unknown_is_not_nought_and_not_no():
    assert value_of(Column("x", "x", Kind.WHOLE, may_be_unknown=True), "") is None
    assert value_of(Column("x", "x", Kind.WHOLE), "") == 0
    assert value_of(Column("x", "x", Kind.YES_NO, may_be_unknown=True), "") is None
    assert value_of(Column("x", "x", Kind.YES_NO), "") is False


def test_a_day_of_a_spreadsheet_is_a_day():
    assert value_of(Column("x", "x", Kind.DAY), "2026/11/25") == date(2026, 11, 25)


def test_everything_wrong_with_a_record_is_told_with_its_line_and_heading():
    record, faults = read_record(7, {"实施编码": "A-1", "name": "", "外来列": "x", "faqs": [{}]})
    told = [str(fault) for fault in faults]
    assert record["code"] == "A-1"
    assert "第7行（事项“A-1”）“事项名称”为空。请补填。" in told
    assert "第7行（事项“A-1”）“实施主体”为空。请补填。" in told
    assert "第7行（事项“A-1”）“常见问题1·问题”为空。请补填。" in told
    assert "第7行（事项“A-1”）“外来列”不是清单的要素。请删去该列，或改用清单的列名。" in told


def test_no_two_columns_of_a_table_have_one_heading():
    for columns in (HEAD, *(columns for _called, columns in TABLES.values())):
        headings = [column.heading for column in columns]
        assert len(headings) == len(set(headings))


@pytest.mark.parametrize(
    "said",
    [
        "2004/7/1",
        "2004年7月1日",
        "2004.7.1",
        "20040701",
        "38169",
        "2004/7/1 0:00",
        "２００４-７-１",
    ],
)
def test_a_day_is_read_as_spreadsheet_programs_save_it(said):
    assert value_of(Column("x", "列", Kind.DAY), said) == date(2004, 7, 1)


@pytest.mark.parametrize("said", ["3月1日", "03-01", "2026/3/1", "3-1", date(2026, 3, 1)])
def test_a_day_of_the_year_is_read_as_spreadsheet_programs_save_it(said):
    assert value_of(Column("x", "列", day_of_year=True), said) == "03-01"


@pytest.mark.parametrize("said", ["20", "20.00", "２０", 20, 20.0, "1,020"])
def test_a_whole_number_is_read_in_every_dress(said):
    assert value_of(Column("x", "列", Kind.WHOLE), said) in (20, 1020)


def test_a_code_in_full_width_is_the_same_code():
    assert value_of(Column("x", "列", identity=True), "５１１Ｚ－1") == "511Z-1"


@pytest.mark.parametrize("said", ["[NaN]", "[1e999]", "[" * 100_000, "{"])
def test_json_that_is_none_is_told(said):
    with pytest.raises(WrongCell, match="不是可读的JSON"):
        value_of(Column("x", "列", Kind.ROWS), said)
