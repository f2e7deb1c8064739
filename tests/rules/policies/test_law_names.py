"""One law under its many spellings, and its articles as numbers."""

import pytest

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
