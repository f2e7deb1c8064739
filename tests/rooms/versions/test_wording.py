"""A page of a version shows words: no key of its content, no stored code, whatever the kind. A5."""

import re

import pytest

from openhall.glossary import Said, Term
from openhall.hall.kinds import CENTRE, OPENING
from openhall.slots.kinds import RULES as BOOKING
from openhall.versions.queries import places
from openhall.versions.wording import TYPED, place_in_words, value_in_words
from tests.factories.versions import BUILT

CODE = re.compile(r"[a-z]+([_-][a-z]+)*")  # what people write has blanks, capitals or Chinese
OF_PEOPLE = re.compile(
    r"\.answers\.|^channels\.|^(matter|guide|code)$|\.means|^media_type$|_en$|^seen\[\d+\]\[1\]$"
)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BUILT))
def test_every_place_and_every_code_has_its_words(name):
    there = BUILT[name]()
    kind, said = there.kind, places(there.kind, there.version)
    assert said
    for place, value in said:
        # a key that people typed themselves is shown as typed, and English as it was written
        typed = re.sub(r"\[\d+\]", "", place).rpartition(".")[2] in TYPED or OF_PEOPLE.search(place)
        words = place_in_words(kind.names, place)
        if not OF_PEOPLE.search(place):
            assert not re.search(r"[a-z]", words.zh), (place, words.zh)
        assert not re.search(r"[_\[\]]|[一-鿿]", words.en), (place, words.en)
        shown = value_in_words(kind.terms, place, value)
        if isinstance(shown, str) and not isinstance(shown, Term) and not typed:
            assert not CODE.fullmatch(shown), (place, shown)


@pytest.mark.parametrize(
    ("kind", "place", "zh", "en"),
    [
        (CENTRE, "name[2]", "名称（英文）", "Name in English"),
        (OPENING, "spans[3]", "时间 第3项", "Hours 3"),
        (
            BOOKING,
            "openings[2][4]",
            "开放时间 第2项 · 每个时段人数",
            "Opening hours 2 · Seats of a slot",
        ),
        (BOOKING, "purposes[1].minutes", "预约事由 第1项 · 分钟", "Purposes 1 · Minutes"),
        (BOOKING, "unheard_of", "unheard_of", "unheard_of"),
    ],
)
def test_a_place_is_told_from_the_outside_in(kind, place, zh, en):
    assert place_in_words(kind.names, place) == Said(zh, en)


def test_a_value_is_its_word_and_else_stays():
    assert value_in_words(OPENING.terms, "spans[1]", "工作日 09:00-17:00") == Said(
        "工作日 09:00-17:00", "Working days 09:00-17:00"
    )
    assert value_in_words(CENTRE.terms, "standing", "suspended").en
    assert value_in_words(BOOKING.terms, "openings[1][2]", 540) == "09:00"
    assert value_in_words(BOOKING.terms, "openings[1][1]", 6) == Said("周六", "Saturday")
    assert value_in_words(CENTRE.terms, "standing", "no-such") == "no-such"
    assert value_in_words(CENTRE.terms, "into", "") == ""
