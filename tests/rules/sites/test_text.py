"""What editors write becomes blocks; what not everybody could read is found on its line."""

import pytest

from openhall.sites.rules.text import blocks, faults, links, plain, runs

TEXT = """## 办理时间
**周一至周五** 9:00，见[全部大厅](/halls/)。
- 带身份证
- 带户口簿
1. 取号
2. 交材料
表：各区时间
| 区 | 时间 |
| 锦江 | 9:00 |
! 周三下午闭馆。
!! 停电时顺延。
@指南 510100-0001
@图片 hall.jpg | 大厅正门在东侧
"""


def test_each_mark_makes_its_block():
    found = blocks(TEXT)
    kinds = "heading paragraph points numbers table callout warning guide picture"
    assert [one.kind for one in found] == kinds.split()
    assert found[4].words == "各区时间"
    assert [len(row) for row in found[4].rows] == [2, 2]
    assert (found[7].key, found[8].key, found[8].words) == (
        "510100-0001",
        "hall.jpg",
        "大厅正门在东侧",
    )
    assert links(TEXT) == ["/halls/"]
    assert "周一至周五 9:00" in plain(TEXT)


def test_no_html_gets_through():
    (block,) = blocks("<script>alert(1)</script>")
    assert block.kind == "paragraph"
    assert block.lines[0][0].text == "<script>alert(1)</script>"
    assert [run.href for run in runs("[去](javascript:alert(1))")] == ["javascript:alert(1", ""]
    assert list(faults("[去看](javascript:alert(1))"))


def test_a_text_that_everybody_can_read_has_no_faults():
    assert list(faults(TEXT, frozenset({"hall.jpg"}))) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("###  先有小标题", 1),
        ("正文\n\n##", 3),
        ("表：一\n| a | b |\n| 1 |", 2),
        ("表：一\n| a | b |", 2),
        ("| a | b |\n| 1 | 2 |", 1),
        ("@图片 a.jpg | 图", 1),
        ("@图片 b.jpg | 大厅正门在东侧", 1),
        ("@指南", 1),
        ("@数据 十月", 1),
        ("@地图 12", 1),
        ("请[点击这里](/halls/)", 1),
        ("请看[大厅](halls/)", 1),
        ("请看[外站](//evil.example/)", 1),
    ],
)
def test_what_somebody_could_not_read_is_found_on_its_line(text, line):
    found = list(faults(text, frozenset({"a.jpg"})))
    assert [at for at, _said in found] == [line]
    assert all(said.zh and said.en for _at, said in found)


@pytest.mark.parametrize(
    ("text", "kind", "faulty"),
    [
        ("@图表 收件", "chart", False),
        ("@chart on time", "chart", False),
        ("@图表 人数", "chart", True),
        ("@费用 510100-0001", "fee", False),
        ("@费用", "fee", True),
    ],
)
def test_a_chart_and_a_fee_are_shown_by_reference(text, kind, faulty):
    assert [one.kind for one in blocks(text)] == [kind]
    assert bool(list(faults(text))) == faulty
