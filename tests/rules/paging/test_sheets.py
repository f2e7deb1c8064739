"""A workbook is read as Excel and WPS show it, whole; or refused with the place."""

import io
import re
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from openhall.paging import workbooks
from openhall.paging.sheets import (
    Unreadable,
    as_written,
    csv_rows,
    headed,
    text_of_bytes,
    written_safely,
)
from openhall.paging.shown import day_of_serial
from openhall.paging.workbooks import Book

SHEET = "xl/worksheets/sheet1.xml"


def book(rows=(("甲", "乙"), ("a", 1), ("b", date(2026, 1, 5)))) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def altered(content: bytes, part: str, change) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return made.getvalue()


def read(tmp_path, content: bytes):
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    with Book(path) as found:
        return list(found.sheets[0].rows())


SAID = [["甲", "乙"], ["a", "1"], ["b", "2026-01-05"]]
WHOLE = [(1, ["甲", "乙"]), (2, ["a", 1]), (3, ["b", date(2026, 1, 5)])]


@pytest.mark.parametrize("extent", ["A1", "A1:A1", "", "ZZ99:A1", "A1:XFD1048576"])
def test_the_rows_that_are_there_are_read_whatever_the_dimension_says(tmp_path, extent):
    told = f'<dimension ref="{extent}"/>'.encode()
    content = altered(book(), SHEET, lambda xml: re.sub(rb"<dimension[^>]*/>", told, xml))
    assert read(tmp_path, content) == WHOLE


@pytest.mark.parametrize("styles", [b"<fill/>", b"<fill><x/></fill><fill></fill>"])
def test_odd_styles_do_no_harm(tmp_path, styles):
    content = altered(
        book(), "xl/styles.xml", lambda xml: xml.replace(b"</fills>", styles + b"</fills>")
    )
    assert read(tmp_path, content) == WHOLE


def test_no_styles_at_all_leave_the_number_of_a_day(tmp_path):
    assert read(tmp_path, altered(book(), "xl/styles.xml", lambda _xml: b"<x"))[2] == (
        3,
        ["b", 46027],
    )
    assert day_of_serial(46027) == date(2026, 1, 5)


def test_a_cut_sheet_is_refused_with_its_row(tmp_path):
    content = altered(book(), SHEET, lambda xml: xml[: xml.index(b'r="3"')])
    with pytest.raises(Unreadable, match="第2行之后"):
        read(tmp_path, content)


def test_entities_are_refused(tmp_path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><worksheet/>'
    with pytest.raises(Unreadable):
        read(tmp_path, altered(book(), SHEET, lambda _xml: bomb))


def test_what_unfolds_too_far_is_refused_before_it_is_unfolded(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(SHEET, b" " * (64 * 1024 * 1024))
    with pytest.raises(Unreadable, match="展开后过大"):
        read(tmp_path, made.getvalue())


BOMBS = {
    "texts": ("xl/sharedStrings.xml", b"<sst>" + b"<si><t>a</t></si>" * 8_000 + b"</sst>"),
    "styles": ("xl/styles.xml", b"<x><cellXfs>" + b"<xf/>" * 31_000 + b"</cellXfs></x>"),
    "nothing": (SHEET, b"<worksheet>" + b"<x/>" * 31_000 + b"</worksheet>"),
    "attributes": (SHEET, b"<w>" + b"<x a='' b='' c='' d='' e='' f=''/>" * 7_000 + b"</w>"),
    "merged": (
        SHEET,
        b"<worksheet><mergeCells>"
        + b"".join(b"<mergeCell ref='%c1:%c20001'/>" % (at, at) for at in range(65, 91))
        + b"</mergeCells></worksheet>",
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_small_file_that_fills_the_memory_is_refused_while_it_is_read(
    tmp_path, monkeypatch, bomb
):
    for limit, many in (("TAGS", 30_000), ("QUOTES", 80_000), ("COVERED", 400_000)):
        assert getattr(workbooks, f"MOST_{limit}") <= many * 100  # a hundredth is tried here
        monkeypatch.setattr(workbooks, f"MOST_{limit}", many)
    part, content = BOMBS[bomb]
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in (parts | {part: content}).items():
            packed.writestr(name, body)
    with pytest.raises(Unreadable, match="展开后过大"):
        read(tmp_path, made.getvalue())


def test_an_encoding_that_nobody_knows_is_refused(tmp_path):
    for said in (
        b'<?xml version="1.0" encoding="x-none"?><worksheet/>',
        "<worksheet/>".encode("utf-16-le"),
    ):
        with pytest.raises(Unreadable):
            read(tmp_path, altered(book(), SHEET, lambda _xml, said=said: said))


@pytest.mark.parametrize(
    "content", [b"", b"no", b"PK\x03\x04", b"\xd0\xcf\x11\xe0old", book()[:900]]
)
def test_what_is_no_workbook_is_refused(tmp_path, content):
    with pytest.raises(Unreadable):
        read(tmp_path, content)


def test_a_formula_without_its_result_is_named(tmp_path):
    with pytest.raises(Unreadable, match="第2行第1列是公式"):
        read(tmp_path, book([("甲",), ("=1+1",)]))


def test_every_damaged_part_is_refused_or_read_whole(tmp_path):
    whole = book()
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        parts = packed.namelist()
    for part in parts:
        for cut in (0, 30, 0.5, 0.9):
            content = altered(
                whole, part, lambda xml, cut=cut: xml[: int(len(xml) * cut) if cut < 1 else cut]
            )
            try:
                rows = read(tmp_path, content)
            except Unreadable:
                continue
            assert [len(cells) for _line, cells in rows] == [2, 2, 2]


def test_packed_bytes_that_are_damaged_are_refused_or_read_whole(tmp_path):
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(whole, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name), zipfile.ZIP_DEFLATED)
    content, refused = whole.getvalue(), 0
    for place in range(0, len(content), 7):
        for change in (1, 0x55, 0xFF):
            damaged = bytearray(content)
            damaged[place] ^= change
            try:
                rows = read(tmp_path, bytes(damaged))
                # Without its styles a day is its number, which whoever takes the list reads as it.
                assert [[str(day_of_serial(one) or one) for one in row] for _n, row in rows] == SAID
            except Unreadable as problem:
                refused += bool(problem.said.zh)
    assert refused > 100


def test_values_outside_the_headed_columns_and_two_of_one_heading_are_refused():
    with pytest.raises(Unreadable, match="没有列名"):
        list(headed(csv_rows("a,b\n1,2,3\n", "f"), "f"))
    with pytest.raises(Unreadable, match="两列"):
        list(headed(csv_rows("a,a\n1,2\n", "f"), "f"))
    assert list(headed(csv_rows("a;b;\n1;2;\n;;\n", "f"), "f"))[1:] == [(2, {"a": "1", "b": "2"})]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_that_offices_write(encoding):
    assert text_of_bytes("姓名,𠮷".encode(encoding), "f") == "姓名,𠮷"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read(encoding):
    text = "事项名称,编码,类型,部门\n社会团体成立登记,M1,行政许可,市民政局\n"
    assert text_of_bytes(text.encode(encoding), "f") == text


def test_an_old_workbook_is_told_what_to_do():
    with pytest.raises(Unreadable, match=r"另存为\.xlsx"):
        text_of_bytes(b"\xd0\xcf\x11\xe0" + bytes(600), "表.xls")


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["示例市事项清单（2026年版）"]],
        [["示例市事项清单"], [], ["单位：市民政局", "2026年1月"]],
        [["一"], ["二"], ["三"], ["四"], ["五"]],
    ],
)
def test_what_offices_write_above_a_heading_is_no_heading(tmp_path, above):
    rows = [*above, ["甲", "乙", "丙", "丁", "戊"], ["a", "b", "c", "d", "e"]]
    for found in (
        headed(iter(read(tmp_path, book(rows))), "f"),
        headed(csv_rows("\n".join(",".join(row) for row in rows), "f"), "f"),
    ):
        (_line, heading), (line, row) = found
        assert list(heading) == ["甲", "乙", "丙", "丁", "戊"]
        assert (line, row["戊"]) == (len(above) + 2, "e")


def test_a_table_of_few_columns_loses_no_row():
    assert [row for _line, row in headed(csv_rows("甲\n1\n2\n", "f"), "f")] == [
        {"甲": ""},
        {"甲": "1"},
        {"甲": "2"},
    ]
    assert len(list(headed(csv_rows("甲,乙,丙\n1,,\n1,2,3\n", "f"), "f"))) == 3


def test_a_nul_and_no_text_are_refused_with_the_line():
    with pytest.raises(Unreadable, match="第2行含有空字符"):
        text_of_bytes(b"a\nb\0", "f")
    with pytest.raises(Unreadable, match="UTF-8"):
        text_of_bytes(b"\xff\xff\xff", "f")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM", "\tx", "\rx", "\n=x", "＝1", "＠x", "'=x", "''=x", "'x", "x"],
)
def test_text_in_a_csv_is_no_formula_and_comes_back(text):
    safe = written_safely(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert as_written(safe) == text


def formatted(*cells: tuple[object, str]) -> bytes:
    """A workbook of one row whose numbers are shown by these formats."""
    made = Workbook()
    for place, (value, code) in enumerate(cells, 1):
        made.active.cell(1, place, value).number_format = code
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def test_a_number_is_read_as_its_format_shows_it(tmp_path):
    content = formatted(
        (0.375, "h:mm"),
        (0.5, "hh:mm:ss"),
        (1.25, "[h]:mm"),
        (0.125, "0.0%"),
        (42, "000000"),
        (46353, 'yyyy"年"m"月"d"日"'),
        (46353, "#,##0"),
        (12.5, '#,##0.00"元"'),
        (5, "[Red]0;General"),
    )
    assert read(tmp_path, content) == [
        (1, ["09:00", "12:00", "30:00", "12.5%", "000042", date(2026, 11, 27), 46353, 12.5, 5])
    ]


def test_days_are_counted_as_the_workbook_counts_them(tmp_path):
    late = altered(
        formatted((44891, "yyyy-mm-dd")),
        "xl/workbook.xml",
        lambda xml: xml.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>'),
    )
    assert read(tmp_path, late) == [(1, [date(2026, 11, 27)])]


def cell(kind: str, value: str) -> bytes:
    said = f'<c r="A2" t="{kind}"><v>{value}</v></c>'.encode()
    return altered(book(), SHEET, lambda xml: re.sub(rb'<c r="A2".*?</c>', said, xml))


def test_days_and_times_of_strict_workbooks_are_read(tmp_path):
    assert read(tmp_path, cell("d", "2026-11-27"))[1] == (2, [date(2026, 11, 27), 1])
    assert read(tmp_path, cell("d", "08:30:00"))[1] == (2, ["08:30:00", 1])


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?"])
def test_an_error_is_no_text(tmp_path, error):
    with pytest.raises(Unreadable, match="第2行第1列是错误值"):
        read(tmp_path, cell("e", error))


@pytest.mark.parametrize("number", ["511234567890123456", "9.11100008021E+17", "-1e15"])
def test_a_number_that_lost_its_last_digits_is_told(tmp_path, number):
    with pytest.raises(Unreadable, match="超过15位"):
        read(tmp_path, cell("n", number))


def test_a_merged_cell_is_said_in_each_of_its_rows_and_a_title_once(tmp_path):
    made = Workbook()
    for row in [("清单", None, None), ("部门", "事项", "期限"), ("民政局", "甲", None),
                (None, "乙", "5日"), (None, None, None), ("水务局", "丙", "3日")]:  # fmt: skip
        made.active.append(row)
    for extent in ("A1:C1", "A3:A5", "C4:C5"):
        made.active.merge_cells(extent)
    whole = io.BytesIO()
    made.save(whole)
    assert read(tmp_path, whole.getvalue()) == [
        (1, ["清单"]),
        (2, ["部门", "事项", "期限"]),
        (3, ["民政局", "甲"]),
        (4, ["民政局", "乙", "5日"]),
        (6, ["水务局", "丙", "3日"]),
    ]


def test_cells_inside_what_is_no_cell_are_not_lost_in_silence(tmp_path):
    odd = altered(
        book(), SHEET, lambda xml: re.sub(rb'(<c r="A2".*?</c>)', rb"<x>\1</x>", xml, count=1)
    )
    with pytest.raises(Unreadable):
        read(tmp_path, odd)


def test_a_sign_that_cannot_be_kept_stays_written_out(tmp_path):
    said = b'<c r="A2" t="inlineStr"><is><t>_x0041__x0000__xD800_</t></is></c>'
    odd = altered(book(), SHEET, lambda xml: re.sub(rb'<c r="A2".*?</c>', said, xml))
    assert read(tmp_path, odd)[1] == (2, ["A_x0000__xD800_", 1])
