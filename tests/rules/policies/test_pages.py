"""A policy paper is read out of whatever a site, an office or Word wrapped it in, or refused."""

import io
from datetime import date

import pytest
import typst
from docx import Document as Word

from openhall.policies.opening import opened
from openhall.policies.rules.pages import NotADocument, day_of, label_of, read_page, tidy_number
from openhall.policies.rules.sections import sections
from tests.rules.policies import published
from tests.rules.policies.published import BODY, TITLE

LABELS = ["", "一、", "二、", "（一）", "（二）", "三、"]


def word(lines):
    paper = Word()
    for line in lines:
        paper.add_paragraph(line)
    held = io.BytesIO()
    paper.save(held)
    return held.getvalue()


def pdf(lines, room):
    """As a word processor prints it: lines broken at the margin, a number on each page."""
    from openhall.design.fonts import FOLDERS

    file = room / "paper.typ"
    file.write_text('#set page(numbering: "- 1 -")\n#set par(justify: true)\n' + "\n\n".join(lines))
    return typst.compile(file, font_paths=list(FOLDERS), ignore_system_fonts=True)


DRESSES = {
    "table": published.TABLE_HEAD.encode(),
    "metas": published.METAS_AND_SPANS.encode("utf-8-sig"),
    "metas in UTF-16": published.METAS_AND_SPANS.encode("utf-16"),
    "old fonts in GBK": published.OLD_FONTS.encode("gb18030"),
    "old fonts whose meta lies": published.OLD_FONTS.encode(),
    "one line of labels": published.ONE_CELL.encode(),
    "markdown": published.MARKDOWN.encode(),
    "plain": published.PLAIN.encode("gb18030"),
    "plain in UTF-16": published.PLAIN.encode("utf-16"),
    "word": word([TITLE, "示府办发〔2026〕15号", "", *BODY]),
    "word with a title in two lines": word(
        ["示例市人民政府办公厅", "关于推行一次办好的实施意见", "示府办发〔2026〕15号", *BODY]
    ),
}


@pytest.mark.parametrize("raw", DRESSES.values(), ids=DRESSES.keys())
def test_the_paper_is_the_same_in_every_dress(raw):
    found = read_page(opened(raw))
    assert found.title == TITLE
    assert found.number == "示府办发〔2026〕15号"
    assert found.issuer == "示例市人民政府办公厅"
    assert found.published in (date(2026, 8, 5), date(2026, 8, 3))  # the site's, else the paper's
    assert [one.label for one in found.sections] == LABELS
    assert [one.title for one in found.sections if one.title][:2] == ["总体要求", "主要任务"]
    for line in BODY[:11]:
        assert line in found.text
    for chrome in ("首页", "版权", "ICP", "另一件事", "关闭窗口", "不是标题", "<", "color"):
        assert chrome not in found.text


def test_a_pdf_with_text_is_read_and_one_without_is_refused(tmp_path):
    pytest.importorskip("pypdf")
    found = read_page(opened(pdf([TITLE, "示府办发〔2026〕15号", *BODY * 3], tmp_path)))
    assert (found.title, found.number) == (TITLE, "示府办发〔2026〕15号")
    assert BODY[3] in found.text
    with pytest.raises(NotADocument, match="扫描件"):
        opened(pdf(["#rect()"], tmp_path))
    with pytest.raises(NotADocument, match="不完整"):
        opened(pdf(BODY, tmp_path)[:900])


def test_what_a_site_says_of_the_paper_is_taken_from_its_labels():
    found = read_page(opened(published.METAS_AND_SPANS.encode()))
    assert (found.status, found.effective) == ("有效", date(2026, 9, 1))
    assert read_page(opened(published.ONE_CELL.encode())).status == "现行有效"


@pytest.mark.parametrize("page", published.NO_PAPER.values(), ids=published.NO_PAPER.keys())
def test_a_page_without_a_paper_is_refused(page):
    with pytest.raises(NotADocument):
        read_page(opened(page.encode()))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "空"),
        (b" \r\n ", "空"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "旧版Word"),
        (b"PK\x03\x04" + bytes(60), "不完整"),
        (word(BODY)[:-300], "不完整"),
        (b"%PDF-1.7\n%%EOF", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "文件"),
    ],
)
def test_what_cannot_be_read_says_why(raw, said):
    with pytest.raises(NotADocument, match=said):
        read_page(opened(raw))


def test_markup_is_never_a_title():
    page = "<td>状态：</td>\n<span id='file_status'>文件\n状态: 有效\n" + "\n".join(BODY)
    with pytest.raises(NotADocument):
        read_page(opened(page.encode()))


def test_a_heading_inside_a_line_begins_a_section():
    text = "提出如下意见。   一、工作目标\n目标是公开。二、工作措施\n(一)建设。(二)推进。"
    assert [one.label for one in sections(text)] == ["", "一、", "二、", "(一)", "(二)"]


@pytest.mark.parametrize(
    "text",
    [
        "依照本法。第三条规定的条件除外。",  # cited, no article
        "应当符合下列条件：一、二、三类地区除外。",
        "共有三项：（三）其他。",
    ],
)
def test_what_is_cited_in_a_line_begins_none(text):
    assert len(list(sections(text))) == 1


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("成办发[2003]75号", "成办发〔2003〕75号"),
        ("成办发（2003） 75 号", "成办发〔2003〕75号"),
        ("成办发【2003】第75号", "成办发〔2003〕75号"),
        ("成办发<2003>075号", "成办发〔2003〕75号"),
        ("国务院令第412号", "国务院令第412号"),
        ("", ""),
    ],
)
def test_a_number_in_any_brackets_is_one_number(said, right):
    assert tidy_number(said) == right


def test_days_and_labels_in_their_dresses():
    assert day_of("二○○三年五月二十六日") == date(2003, 5, 26)
    assert day_of("二〇二六年十月一日") == date(2026, 10, 1)
    assert day_of("二零一九年元月十日") == date(2019, 1, 10)
    assert day_of("2026-8-5 10:21") == date(2026, 8, 5)
    assert day_of("2026-13-05") is None
    assert label_of("标　　题：") == "title"
    assert label_of("标题党") == ""


@pytest.mark.parametrize(
    "said",
    [
        "成办发〔２００３〕７５号",
        "成办发﹝2003﹞75号",
        "成办发〖2003〗75号",
        "成办发｛2003｝75号",
        "成办发<2003>75号",
        "成办发〘2003〙第075號",
        "成办发〔2003年〕75号",
        "成 办 发〔2003〕75 号",
        "成都市人民政府 成 办 发 〔2003〕75号",
    ],
)
def test_a_number_is_one_number_in_any_brackets_digits_and_spacing(said):
    assert tidy_number(said) == "成办发〔2003〕75号"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("二0一三年十二月一日", date(2013, 12, 1)),
        ("二ＯＯ三年五月廿六日", date(2003, 5, 26)),
        ("二〇〇三年五月卅一日", date(2003, 5, 31)),
        ("二〇〇三年二月三十日", None),
    ],
)
def test_a_day_in_numerals_is_read_as_offices_write_it(said, day):
    assert day_of(said) == day
