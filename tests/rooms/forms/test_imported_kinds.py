"""Kinds met in definitions of other governments: long ways, columns of older tools, rows twice."""

import json

import pytest

from openhall.forms.importing import NotReadable, read_any
from openhall.forms.rules.answers import answers_of
from tests.rooms.forms.test_importing import survey
from tests.rules.forms.test_real_forms import TODAY

pytestmark = pytest.mark.any_database

FORKS = 16


def test_a_long_way_through_pages_is_told_by_what_is_answered_on_them():
    """Each page has a side page before the next: written out, the ways to the last are 2**16."""
    pages, conditions, lists = [], [], []
    for n in range(FORKS):
        lists.append({"name": f"l{n}", "items": [{"text": v, "value": v} for v in ("a", "b", "c")]})
        for value in ("a", "b"):
            field = {"name": f"q{n}"}
            row = {"field": field, "operator": "is", "value": {"value": value}}
            conditions.append({"name": f"{value}{n}", "value": {"conditions": [row]}})
        asked = {"type": "RadiosField", "name": f"q{n}", "title": f"Q{n}", "list": f"l{n}"}
        ways = [{"path": f"/side{n}", "condition": f"a{n}"}]
        ways.append({"path": f"/p{n + 1}", "condition": f"b{n}"})
        pages.append({"path": f"/p{n}", "title": f"P{n}", "components": [asked], "next": ways})
        side = {"type": "TextField", "name": f"s{n}", "title": f"S{n}"}
        to_next = [{"path": f"/p{n + 1}"}]
        pages.append(
            {"path": f"/side{n}", "title": f"Side{n}", "components": [side], "next": to_next}
        )
    last = {"type": "TextField", "name": "last", "title": "Last"}
    pages.append({"path": f"/p{FORKS}", "title": "End", "components": [last]})
    told = {"startPage": "/p0", "pages": pages, "conditions": conditions, "lists": lists}
    taken = read_any("long.json", json.dumps(told).encode())
    assert taken.lost == ()
    answers = {f"q{n}": "b" for n in range(FORKS)}
    assert answers_of(taken.form, answers | {"last": "x"}, TODAY).faults == {}
    assert set(answers_of(taken.form, answers, TODAY).faults) == {"last"}
    ended = {"q0": "a", "s0": "why", "q1": "c"}  # c leads nowhere: nothing more is asked
    assert answers_of(taken.form, ended, TODAY).faults == {}


def test_a_message_of_several_and_one_of_the_running_system():
    messages = {"string.empty": "Say it", "string.pattern.base": "Five digits"}
    code = {"type": "TextField", "name": "code", "title": "Code"}
    code |= {"schema": {"regex": "^[0-9]{5}$"}, "options": {"customValidationMessages": messages}}
    wait = {"type": "ContentWithState", "name": "wait", "content": "Wait {{ minutes }}"}
    told = {"pages": [{"path": "/a", "title": "A", "components": [code, wait]}]}
    taken = read_any("code.json", json.dumps(told).encode())
    assert taken.lost == ()
    assert [one.message for one in taken.form if one.key == "code"] == ["Five digits"]
    assert [one.at for one in taken.notes] == ["/a wait (ContentWithState)"]


def test_rows_that_stand_twice_and_columns_of_older_tools():
    taken = survey(
        ["type", "name", "label", "jr:count"],
        ["integer", "many", "How many"],
        ["begin repeat", "person", "Person", "${many}"],
        ["select_one paper", "paper", "Paper"],
        ["end repeat"],
        ["select_one paper"],
        choices=[
            ["list_name", "name", "label"],
            ["paper", "id", "Identity card"],
            ["paper", "id", "Identity card"],
            ["paper", "pass", "Passport"],
        ],
    )
    assert [(one.at, one.said.en) for one in taken.lost] == [
        (
            "survey:6",
            "This line (select_one paper) has neither a name nor the words of a question; "
            "not taken.",
        )
    ]
    table = next(one for one in taken.form if one.key == "person")
    assert [one.value for one in table.columns[0].options] == ["id", "pass"]


def test_the_lock_of_a_spreadsheet_is_no_form():
    with pytest.raises(NotReadable) as refused:
        read_any("~$form.xlsx", b"\x05Owner\r\x00" + b" " * 40)
    assert (
        refused.value.said.en == "~$form, line 1: a NUL; this is no text. Save it as CSV (UTF-8)."
    )


def test_the_first_of_a_single_choice_is_the_choice():
    taken = survey(
        ["type", "name", "label", "relevant"],
        ["select_one number", "mills", "How many mills"],
        ["text", "kind", "Of which kind", "selected-at(${mills}, 0) != '0' and "
         "count-selected(${mills}) > 0"],
        choices=[["list_name", "name", "label"], ["number", "0", "None"], ["number", "1", "One"]],
    )  # fmt: skip
    assert taken.lost == ()
    shown = {n: set(answers_of(taken.form, {"mills": n, "kind": "x"}, TODAY).answers) for n in "01"}
    assert shown == {"0": {"mills"}, "1": {"mills", "kind"}}
    assert set(answers_of(taken.form, {"kind": "x"}, TODAY).answers) == set()
