"""The field's words are complete: each term in both languages, the glossary written from code."""

import re

import pytest

from openhall.config.messages import rooms
from openhall.config.words import PAGE, glossary, vocabularies

FAMILIES = [family for room in rooms() for family in vocabularies(room)]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__qualname__)
def test_every_term_has_its_word_in_both_languages(family):
    for term in family:
        assert CHINESE.search(term.zh), term
        assert term.en, term
        assert not CHINESE.search(term.en), term


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__qualname__)
def test_no_two_terms_of_a_family_share_a_word(family):
    assert len({term.zh for term in family}) == len(family)
    assert len({term.en.lower() for term in family}) == len(family)


def test_the_glossary_page_agrees_with_the_code():
    assert PAGE.read_text(encoding="utf-8") == glossary()
