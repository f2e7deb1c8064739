"""What an answer is, whatever a form calls it: declared once, named by a question."""

import json

from openhall.catalogue.rules.matters import FOLDER
from openhall.forms.rules import faults_of_form, read_form
from openhall.forms.rules.facts import fact_of, facts


def only(**more):
    return read_form([{"key": "a", "kind": "text", "label": "甲", **more}])


def test_a_question_names_its_fact_or_its_words_do():
    assert fact_of(only(fact="child_name").fields[0]) == "child_name"
    assert fact_of(only(label="工程名称").fields[0]) == "project_name"
    assert fact_of(only(label="工程名称", kind="date").fields[0]) == "", "no day is a name"
    assert fact_of(only().fields[0]) == ""


def test_a_fact_is_declared_and_asked_in_its_own_kind():
    told = [one.said.zh for one in faults_of_form(only(fact="shoe_size"))]
    assert "没有“shoe_size”这一事实。请从列表中选择，或者不选。" in told
    told = [one.said.zh for one in faults_of_form(only(fact="child_id"))]
    assert any("应以“身份证号”填写" in one or "应以" in one for one in told)


def test_every_fact_has_words_in_both_languages_and_is_asked_by_the_library():
    used = {
        fact_of(field)
        for path in FOLDER.glob("*.json")
        for field in read_form(json.loads(path.read_text())["form"]["fields"])
    }
    assert all(one.name.zh and one.name.en for one in facts().values())
    assert set(facts()) <= used
