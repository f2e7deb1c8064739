"""What is known of the laws that guides cite: names in both languages, and days that agree."""

import json

import pytest
from django.utils.translation import override

from openhall.catalogue.rules.matters import FOLDER
from openhall.policies.laws import category_in, facts_of, known_laws, title_in
from openhall.policies.rules.law_names import law_key
from openhall.policies.templatetags.law_words import law_article, law_title_marked

pytestmark = pytest.mark.any_database


def test_a_law_is_known_by_any_of_its_names_and_its_days_follow_each_other():
    known = facts_of("中华人民共和国食品安全法(2021修正)")
    assert (known.title, known.title_en) == ("中华人民共和国食品安全法", "Food Safety Law")
    assert known.published_on.year == 2015
    for name, one in known_laws().items():
        assert law_key(one.title) == name
        assert one.title_en.isascii() or "’" in one.title_en or "é" in one.title_en
        if one.published_on and one.effective_on:  # of some only one of the days is known
            assert one.published_on <= one.effective_on, name
    assert facts_of("没有的法") is None


@pytest.mark.parametrize(
    ("title", "language", "said"),
    [
        ("食品安全法", "en", "Food Safety Law"),
        ("食品安全法", "zh-hans", "食品安全法"),
        ("婚姻登记条例（2003年）", "en", "Marriage Registration Regulations (2003)"),
        ("没有的法", "en", "没有的法"),
    ],
)
def test_a_law_is_called_in_the_language_of_the_page(title, language, said):
    assert title_in(title, language) == said


def test_how_a_guide_cites_it():
    with override("en"):
        assert law_title_marked("食品安全法") + law_article("第三十五条") == (
            "Food Safety Law, Article 35"
        )
        assert law_article("第三十五条、第三十六条") == "Articles 35, 36"
        assert category_in("行政法规", "en") == "Administrative regulations"
    with override("zh-hans"):
        assert law_title_marked("食品安全法") == "《食品安全法》"
        assert law_article("第三十五条") == "第三十五条"


def test_most_laws_of_the_library_have_an_english_name():
    cited = set()
    for path in FOLDER.glob("*.json"):
        told = json.loads(path.read_text("utf-8"))
        cited |= {one["law"] for one in told.get("laws", [])}
    assert cited
    named = [one for one in cited if facts_of(one)]
    assert len(named) >= 0.9 * len(cited), sorted(cited - set(named))[:20]
