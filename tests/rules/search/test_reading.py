"""How a query is read: spelling, class, quotes, numbers and articles."""

import pytest

from openhall.search.rules.citing import Article, cited_article, cited_number, same_number
from openhall.search.rules.english import stems
from openhall.search.rules.folding import LONGEST, clean, cleaned_with_places, fold
from openhall.search.rules.pinyin import loose, read_aloud, sounding, splits
from openhall.search.rules.plan import plan
from openhall.search.rules.reading import read
from openhall.search.terms import QueryClass


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("營業執照", "营业执照"),
        ("ＡＢＣ１２", "abc12"),
        ("Business Licence", "business licence"),
        ("a\x00b", "a\x00b"),
        ("营\x00业", "营 业"),
        ("营\ud800业", "营 业"),
    ],
)
def test_width_script_and_case_fold_into_one(typed, folded):
    assert fold(typed) == folded


def test_each_folded_sign_leads_back_to_the_sign_it_comes_from():
    clean_text, places = cleaned_with_places("《營業執照》（Ａ）")
    assert clean_text == "营业执照a"
    assert ["《營業執照》（Ａ）"[place] for place in places] == ["營", "業", "執", "照", "Ａ"]


@pytest.mark.parametrize(
    ("typed", "cls"),
    [
        ("营业执照", QueryClass.SHORT),
        ("yingye zhizhao", QueryClass.LATIN),
        ("business licence", QueryClass.LATIN),
        ("营业zhizhao", QueryClass.MIXED),
        ("公司注册需要准备什么材料", QueryClass.ASK),
        ("412", QueryClass.SHORT),
    ],
)
def test_a_query_has_one_class(typed, cls):
    assert read(typed).cls is cls


def test_polite_words_around_the_thing_are_left_out():
    assert read("我想办营业执照").folded == "办营业执照"
    assert read("你好").folded == "你好"  # nothing else is left


def test_quotes_and_unwanted_words_are_understood():
    query = read('"食品经营" 许可 -备案')
    assert query.quoted == ("食品经营",)
    assert query.unwanted == ("备案",)
    assert "备案" not in query.folded


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "。。。", "()*[+", "\x00", "\ud800", "🙂", "%%%", "'; DROP TABLE x; --"[:3]],
)
def test_what_says_nothing_plans_nothing(typed):
    query = read(typed)
    assert query.says_nothing
    assert not query.plain


def test_ten_thousand_signs_are_read_as_the_first_few():
    query = read("营业执照" * 2500)
    assert len(query.folded) <= LONGEST
    assert len(plan(query).passages.any_of) < 10


@pytest.mark.parametrize(
    ("typed", "article"),
    [
        ("行政许可法 32", Article("行政许可法", 32)),
        ("行政许可法第三十二条", Article("行政许可法", 32)),
        ("《中华人民共和国行政许可法》第三十二条第一款", Article("行政许可法", 32)),
        ("行政許可法32條", Article("行政许可法", 32)),
        ("民法典１０４３", Article("民法典", 1043)),
        ("办理3", None),
        ("营业执照", None),
        ("行政许可法", None),
    ],
)
def test_an_article_is_read_from_a_law_and_a_number(typed, article):
    assert cited_article(typed) == article


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("国务院令第412号", "国务院令412"),
        ("國務院令第４１２號", "国务院令412"),
        ("成办发〔2003〕75号", "成办发200375"),
        ("成办发(2003)75", "成办发200375"),
        ("营业执照", ""),
        ("行政许可法第三十二条", ""),
    ],
)
def test_a_number_is_read_without_its_ornaments(typed, key):
    assert cited_number(typed) == key


def test_a_number_is_the_same_by_its_digits_and_some_of_its_signs():
    assert same_number("国令412", "国务院令412")
    assert not same_number("成府令412", "国务院令412")
    assert not same_number("国令413", "国务院令412")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("licence", "license"),
        ("licences", "license"),
        ("licensing", "licence"),
        ("registration centre", "registration center"),
        ("organisation", "organization"),
        ("labour", "labor"),
        ("enrolment", "enrollment"),
        ("travelling", "traveling"),
        ("cheque", "check"),
        ("programme", "program"),
        ("practise", "practice"),
        ("analyse", "analyze"),
        ("counsellor", "counselor"),
    ],
)
def test_both_englishes_are_one(one, other):
    assert stems(one) == stems(other)


@pytest.mark.parametrize(
    ("letters", "syllables"),
    [
        ("yingyezhizhao", ("ying", "ye", "zhi", "zhao")),
        ("shenfenzheng", ("shen", "fen", "zheng")),
        ("business", None),
    ],
)
def test_letters_are_cut_into_syllables(letters, syllables):
    ways = splits(letters)
    assert (ways[0] if ways else None) == syllables


def test_words_that_sound_alike_become_equal():
    assert sounding("营业只照") == sounding("营业执照")
    assert sounding("景点") != sounding("营业")
    assert read_aloud("银行行长") == ("yin", "hang", "hang", "zhang")
    assert loose("zhang") == loose("zan")
    assert loose("hu") == loose("fu")
    assert loose("lan") == loose("nan")
    assert clean("第三十二条，") == "第三十二条"
