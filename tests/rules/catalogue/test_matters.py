"""The guides that come with OpenHall say something, in both languages, and fit an item's record."""

import copy
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from openhall.catalogue.rules.adopting import adopted
from openhall.catalogue.rules.guide import bare
from openhall.catalogue.rules.implementation_list import read_record
from openhall.catalogue.rules.matters import FOLDER, faults_of

FILES = sorted(FOLDER.glob("*.json"))
MOST_ALIKE = 8  # of a letter of authority there is not much to say that differs
PHRASES = json.loads((FOLDER.parent / "seeds" / "hollow_phrases.json").read_text("utf-8"))
MATTERS = {file.stem: json.loads(file.read_text("utf-8")) for file in FILES}


@pytest.fixture
def matter() -> dict[str, Any]:
    return copy.deepcopy(MATTERS["id-card-first"])


@pytest.mark.parametrize("key", MATTERS)
def test_a_matter_of_the_library_makes_sense(key):
    assert faults_of(MATTERS[key], PHRASES) == []
    assert MATTERS[key]["key"] == key


def test_a_matter_becomes_an_items_record_without_a_fault():
    organs = {one["unit"]: (f"cd-{one['unit']}", "市某局") for one in MATTERS.values()}
    records, away = adopted(MATTERS.values(), organs)
    assert away == []
    assert [fault for line, one in enumerate(records) for fault in read_record(line, one)[1]] == []
    assert len({one["code"] for one in records}) == len(MATTERS)


def test_a_promise_beyond_the_law_is_told_beside_its_column_and_never_reaches_the_tables():
    organs = {"gaj": ("cd-gaj", "成都市公安局")}
    record = adopted([MATTERS["id-card-first"]], organs)[0][0] | {
        "statutory_days": 20,
        "statutory_unit": "working",
        "promised_days": 21,
        "promised_unit": "working",
    }
    faults = read_record(7, record)[1]
    assert [(one.line, one.heading) for one in faults] == [(7, "承诺办结时限")]
    assert read_record(7, record | {"promised_days": 20})[1] == []
    assert read_record(7, record | {"promised_days": 21, "statutory_unit": "natural"})[1] == []


def test_a_matter_whose_unit_is_not_here_is_named():
    records, away = adopted([MATTERS["id-card-first"]], {"mzh": ("cd-mzh", "市民政局")})
    assert (records, away) == ([], ["id-card-first"])


def sentences(matter: dict[str, Any]) -> Iterator[str]:
    for one in [*matter["who_may"], *matter.get("conditions", ())]:
        yield one["zh"]
    for one in matter.get("materials", ()):
        yield one["why"]["zh"]
        if "shows" in one:
            yield one["shows"]["zh"]


def test_no_sentence_is_said_of_many_matters():
    """What could stand in any guide says nothing about this one."""
    said = defaultdict(set)
    for key, matter in MATTERS.items():
        for sentence in sentences(matter):
            said[bare(sentence)].add(key)
    often = {words: sorted(keys) for words, keys in said.items() if len(keys) > MOST_ALIKE}
    assert often == {}


def test_what_leads_to_another_matter_leads_somewhere():
    led = {
        (key, other)
        for key, one in MATTERS.items()
        for other in [
            *one.get("followed_by", ()),
            *(before["matter"] for before in one.get("prerequisites", ()) if "matter" in before),
        ]
        if other not in MATTERS
    }
    assert led == set()


# ---------------------------------------------------------------- what is refused, with its place
def places(matter: dict[str, Any]) -> list[str]:
    return [one.at for one in faults_of(matter, PHRASES)]


def test_a_stock_phrase_is_refused(matter):
    matter["conditions"][0]["zh"] = "符合法律法规规定的条件"
    assert places(matter)[0] == "conditions.1.zh"


def test_a_condition_that_only_cites_is_refused(matter):
    matter["conditions"][0]["zh"] = "符合《居民身份证法》第七条规定的条件。"
    assert places(matter) == ["conditions.1.zh"]


def test_the_same_sentence_at_two_materials_is_refused(matter):
    matter["materials"][1]["why"]["zh"] = matter["materials"][0]["why"]["zh"]
    assert places(matter) == ["materials.2.why.zh"]


def test_the_key_of_an_agents_own_paper_is_not_used_for_another(matter):
    matter["materials"][1]["key"] = "authorisation"
    assert places(matter) == ["materials"]


def test_a_material_needed_in_some_cases_says_in_which(matter):
    one = next(one for one in matter["materials"] if one["need"] == "conditional")
    del one["when"]
    assert places(matter) == [f"materials.{matter['materials'].index(one) + 1}.when"]


@pytest.mark.parametrize("words", ["", "  ", "说明 in two", "x" * 401])
def test_english_is_english_and_there(matter, words):
    matter["who_may"][0]["en"] = words
    assert places(matter) == ["who_may.1.en"]


def test_both_languages_or_neither(matter):
    del matter["who_may"][0]["en"]
    assert places(matter) == ["who_may.1"]


def test_a_strange_key_is_told_not_dropped(matter):
    matter["materials"][0]["reason"] = "x"
    assert places(matter) == ["materials.1.reason"]


def test_a_form_that_cannot_be_asked_is_refused(matter):
    matter["form"]["fields"][0]["kind"] = "photo"
    assert places(matter) == ["form.1.kind"]


def test_a_key_that_no_formula_could_name_is_refused_before_the_gate_does(matter):
    matter["form"]["fields"][0]["key"] = "class"
    assert "form.class" in places(matter)


def test_a_validity_says_one_thing(matter):
    matter["result"]["valid"] = {"number": 10, "unit": "year", "long_term": True}
    assert places(matter) == ["result.valid"]


@pytest.mark.parametrize("told", [None, [], "x", 1, {"key": "X Y"}])
def test_what_is_no_matter_is_told_without_falling(told):
    assert faults_of(told, PHRASES) != []
