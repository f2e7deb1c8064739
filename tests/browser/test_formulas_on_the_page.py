"""What a formula gives on the page as one types is what the server reckons of the same answers."""

import json
from datetime import date
from html import escape

import pytest

from openhall.forms.rules.formula import tree_of, value_of_formula
from openhall.forms.rules.functions import text_of_value
from tests.browser.conftest import ROOT

pytestmark = pytest.mark.browser

SCRIPT = ROOT / "openhall" / "design" / "static" / "design" / "conditions.js"
ROWS = [
    {"name": "Ann", "age": "36", "on": "2026-02-03", "fees": [{"sum": "5"}]},
    {"name": "Bo", "age": "4", "on": "2026-01-03", "fees": [{"sum": "7"}, {"sum": "1"}]},
]
ANSWERS = {"people": ROWS, "told": " a  b ", "uses": ["x", "y"], "half": "2.5"}
FORMULAS = (
    "sum(people.age)",
    "highest(people.age)",
    "lowest(people.age)",
    "highest(people.on)",
    "joined(people.name, ', ')",
    "cell(people.name, 2)",
    "sum(people.fees.sum)",
    "count(people.fees)",
    "where(people, 'age > 5')",
    "trimmed(told)",
    "replace(told, ' ', '')",
    "at(uses, 1)",
    "half * 2",
)


def controls(name, value):
    """The page's own controls for an answer."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = [
            controls(f"{name}-{n}-{k}", v) for n, row in enumerate(value) for k, v in row.items()
        ]
        return f'<input name="{name}-rows" value="{len(value)}">{"".join(rows)}'
    if isinstance(value, list):
        return "".join(f'<input type=checkbox name="{name}" value="{v}" checked>' for v in value)
    return f'<input name="{name}" value="{value}">'


def reckoned_as(name, formula):
    """The page's output of a computed answer."""
    tree = escape(json.dumps(tree_of(formula)))
    return f"<output data-name='{name}' data-places='' data-reckoned='{tree}'></output>"


def test_the_page_and_the_server_reckon_alike(page):
    outputs = "".join(reckoned_as(f"o{n}", one) for n, one in enumerate(FORMULAS))
    asked = "".join(controls(name, value) for name, value in ANSWERS.items())
    row = f"<p data-around='people-1-'>{reckoned_as('row', 'row_number * 2')}</p>"
    page.set_content(f"<form>{asked}{outputs}{row}</form>")
    page.evaluate(SCRIPT.read_text("utf-8"))
    told = page.eval_on_selector_all("output", "all => all.map(one => one.dataset.value)")
    reckoned = [value_of_formula(one, ANSWERS, date(2026, 11, 30)) for one in FORMULAS]
    assert told == [*map(text_of_value, reckoned), "4"]
