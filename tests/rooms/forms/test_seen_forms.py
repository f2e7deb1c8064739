"""Definitions of the kinds one meets in public, written by us: each is taken whole and answerable.

Others of these kinds are read the same way; what none of them can say is told by its line.
"""

import json
from pathlib import Path

import pytest

from openhall.forms.importing import read_any
from openhall.forms.rules import as_json, faults_of_form, read_form
from openhall.forms.rules.answers import answers_of
from tests.rules.forms.test_real_forms import TODAY

pytestmark = pytest.mark.any_database

SEEN = sorted(Path(__file__).with_name("seen").iterdir())


def taken(name):
    path = Path(__file__).with_name("seen") / name
    return read_any(path.name, path.read_bytes())


def judged(name, **typed):
    made = answers_of(taken(name).form, typed, TODAY)
    return made.answers, made.faults


@pytest.mark.parametrize("path", SEEN, ids=lambda path: path.name)
def test_it_is_taken_whole(path):
    read = taken(path.name)
    assert [f"{one.at}: {one.said.en}" for one in read.lost] == []
    assert [one for one in faults_of_form(read.form) if not one.warns] == []
    told = json.loads(json.dumps([as_json(one) for one in read.form]))
    assert read_form(told, read.form.title, read.form.title_en) == read.form


def test_there_are_twenty_of_them_in_every_format():
    assert len(SEEN) >= 20
    assert {"".join(path.suffixes) for path in SEEN} >= {
        *(".csv", ".xml", ".formio.json", ".govuk.json", ".defra.json", ".schema.json"),
    }


HOUSE = {
    "region": "n",
    "district": "n1",
    "ward": "w1",
    "head_name": "Ann Lee",
    "head_dob": "1990-01-01",
    "members": "2",
    "member": [
        {"member_name": "Ann", "member_age": "36", "member_sex": "f", "member_ill": ["bp"],
         "drug": [{"drug_name": "A", "dose": "5"}]},
        {"member_name": "Bo", "member_age": "4", "member_sex": "m"},
    ],
    "consent": "true",
}  # fmt: skip


def test_rows_are_numbered_counted_compared_and_named():
    answers, faults = judged("household.csv", **HOUSE)
    assert faults == {}
    assert [row["member_no"] for row in answers["member"]] == ["1", "2"]
    assert (answers["oldest"], answers["youngest"], answers["sum_age"]) == ("36", "4", "40")
    assert (answers["names"], answers["first_name"]) == ("Ann, Bo", "Ann")
    assert answers["head_age"] == "36"


def test_a_district_of_another_region_and_a_third_row_are_refused():
    _answers, faults = judged("household.csv", **HOUSE | {"district": "s1", "members": "3"})
    assert set(faults) == {"district", "ward", "member"}


def test_a_list_that_is_here_is_looked_up_and_a_day_is_written_as_the_file_says():
    answers, _faults = judged("water_point.csv", code="AB123456", kind="tap", uses=["wash"])
    assert (answers["fee"], answers["first_use"], answers["prefix"]) == ("35", "wash", "AB")
    assert answers["stamp"] == f"{TODAY:%d/%m/%Y} AB"


def test_rows_within_rows_are_added_up_from_outside():
    crop = {"h_crop": "rice", "tons": "2", "price": "10"}
    plot = {"plot_name": "P", "area": "6", "crop": ["rice"], "harvest": [crop, crop]}
    answers, faults = judged("census.csv", farm="yes", plots="1", plot=[plot], big="no")
    assert faults == {}
    assert (answers["plot"][0]["plot_value"], answers["any_big"]) == ("40", "yes")
    wrong = {**plot, "harvest": [{**crop, "h_crop": "maize"}]}
    assert "plot" in judged("census.csv", farm="yes", plots="1", plot=[wrong])[1]


def test_days_of_form_io_are_reckoned_and_rules_show_and_demand():
    answers, faults = judged("loan.formio.json", type="firm", born="2020-01-01")
    assert faults["born"].en != ""
    assert "ein" in faults
    assert "ein" not in judged("loan.formio.json", type="person")[1]
    answers, _faults = judged(
        "loan.formio.json", type="person", born="1990-01-01", amount="200",
        debts=[{"to": "A", "much": "300"}, {"to": "B", "much": "150"}],
    )  # fmt: skip
    assert answers["owed"] == "450"
    assert answers["age"] == str(TODAY.year - 1990 - ((TODAY.month, TODAY.day) < (1, 1)))


def test_a_rule_in_json_logic_and_what_tabs_hold():
    form = {one.key: one for one in taken("benefit.formio.json").form}
    assert {"in1", "in2"} <= set(form)
    assert form["proof"].show_if is not None
    answers, _faults = judged("benefit.formio.json", status="emp", wage="10", other="5")
    assert answers["total"] == "15"
    answers, _faults = judged("benefit.formio.json", status="stu", other="500", proof="card")
    assert (answers["total"], answers["proof"]) == ("500", "card")


def test_a_later_page_of_gov_uk_is_asked_by_its_own_condition_and_repeats_as_a_table():
    form = taken("waste.defra.json").form
    pages = {one.label: one.show_if for one in form if one.kind == "page"}
    assert list(pages) == ["Where is it?", "How much?", "Items", "Photo", "When?"]
    assert pages["When?"] is None
    assert pages["How much?"].values == ("yes",)
    items = next(one for one in form if one.kind == "table")
    assert (items.minimum, items.maximum, len(items.columns)) == ("1", "5", 2)


def test_a_day_so_many_years_ago_leads_to_its_page():
    form = taken("grant.govuk.json").form
    page = next(one for one in form if one.kind == "page" and one.label == "Why so new?")
    assert "add_years(today, -2)" in str(page.show_if)


def test_a_layout_orders_the_questions_and_its_rules_hide():
    form = taken("jsonforms.json").form
    assert [one.label for one in form if one.kind == "page"] == ["Basic", "More"]
    assert next(one for one in form if one.key == "why").show_if.values == ("b",)


def test_what_is_not_asked_under_a_condition_and_alternatives_of_one_answer():
    good = {"first": "A", "ssn": "123-45-6789", "status": "single"}
    _answers, faults = judged("tax.schema.json", **good, contact="a@b.cn")
    assert "contact" not in faults
    assert "contact" in judged("tax.schema.json", **good, contact="12")[1]
    assert "account" not in judged("tax.schema.json", **good, refund="cheque", account="9")[0]
    assert "account" in judged("tax.schema.json", **good, refund="bank", account="9")[0]


def test_a_builder_that_calls_everything_simple_is_read_as_form_io():
    """A provincial office's own names of components; each is the plain one."""
    taken = read_any(
        "timesheet.json",
        json.dumps(
            {
                "components": [
                    {
                        "type": "simplecols2",
                        "key": "c",
                        "columns": [
                            {
                                "components": [
                                    {
                                        "type": "simpletextfieldadvanced",
                                        "key": "who",
                                        "label": "Who",
                                    },
                                    {"type": "simpleheading", "key": "h", "html": "<b>Read</b>"},
                                ]
                            },
                            {
                                "components": [
                                    {
                                        "type": "simpleradios",
                                        "key": "how",
                                        "label": "How",
                                        "values": [
                                            {"label": "A", "value": "a"},
                                            {"label": "B", "value": "b"},
                                        ],
                                    }
                                ]
                            },
                        ],
                    },
                    {
                        "type": "simplenumberadvanced",
                        "key": "sum",
                        "label": "Sum",
                        "conditional": {
                            "show": True,
                            "conditions": [
                                {"component": "how", "operator": "isEqual", "value": "a"}
                            ],
                        },
                    },
                    {"type": "simplebuttonadvanced", "key": "submit", "label": "Send"},
                ]
            }
        ).encode(),
    )
    assert taken.lost == ()
    kinds = [one.kind.value for one in taken.form.fields if one.kind.value != "section"]
    assert kinds == ["text", "note", "choice", "number"]


def test_a_script_that_adds_to_itself_ends_and_is_told():
    taken = read_any(
        "hours.json",
        json.dumps(
            {
                "components": [
                    {"type": "number", "key": "a", "label": "A"},
                    {
                        "type": "textfield",
                        "key": "total",
                        "label": "Total",
                        "calculateValue": "let t = 1; t = t + data.a; value = t;",
                    },
                    {
                        "type": "textfield",
                        "key": "worse",
                        "label": "Worse",
                        "calculateValue": "t = t + data.a; value = t;",
                    },
                ]
            }
        ).encode(),
    )
    told = {field.key: field for field in taken.form.fields}
    assert told["total"].formula.replace(" ", "") == "(1+a)"
    assert len(taken.lost) == 1
