"""One law under its many spellings, and its articles as numbers."""

import pytest

from openhall.policies.laws import issuer_in, number_in
from openhall.policies.rules.law_names import article_number, law_key, number_of_numeral


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("《中华人民共和国慈善法》", "慈善法"),
        ("中华人民共和国行政许可法(2019修正)", "行政许可法"),
        ("中华人民共和国行政许可法\uff082019修正\uff09", "行政许可法"),
        ("中华人民共和国 民法典", "民法典"),
        ("社会团体登记管理条例", "社会团体登记管理条例"),
        ("中华人民共和国", "中华人民共和国"),
    ],
)
def test_a_law_is_found_by_its_name_without_ornament(title, key):
    assert law_key(title) == key


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("第三十二条", 32),
        ("第三十二条第一款第(四)项", 32),
        ("第一百零八条", 108),
        ("第十条", 10),
        ("第12条", 12),
        ("32(4)", 32),
        ("总则", None),
    ],
)
def test_an_article_is_known_by_its_number(words, number):
    assert article_number(words) == number


def test_a_sign_that_is_no_numeral_is_said():
    with pytest.raises(ValueError, match="“三甲”不是数字"):
        number_of_numeral("三甲")


def test_the_width_of_brackets_makes_no_second_law():
    assert law_key("关于做好2003年区（市）县级工作的意见") == law_key(
        "关于做好2003年区(市)县级工作的意见"
    )


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("国务院令第804号", "State Council Order No. 804"),
        ("中华人民共和国国务院令第344号", "State Council Order No. 344"),
        ("主席令第29号", "Presidential Order No. 29"),
        (
            "国家市场监督管理总局令2023年第78号",
            "State Administration for Market Regulation Order No. 78",
        ),
        ("成办发〔2003〕75号", "成办发〔2003〕75号"),
        ("某会令第3号", "某会令第3号"),
    ],
)
def test_the_number_of_an_order_is_said_in_english(number, said):
    assert number_in(number, "en") == said
    assert number_in(number, "zh-hans") == number


def test_who_issued_it_is_said_in_english_where_every_body_has_a_name():
    assert issuer_in("国务院、中央军委", "en") == "State Council and Central Military Commission"
    assert issuer_in("国务院、某局", "en") == "国务院、某局"
    assert issuer_in("公安部", "zh-hans") == "公安部"
