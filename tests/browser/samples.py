"""Filling in the form of a matter of the library by its own sample, as its page is laid out."""

import json
import re
from functools import cache

from openhall.catalogue.rules.matters import FOLDER, sample_of
from openhall.forms.rules.answers import is_asked
from openhall.forms.rules.facts import fact_of
from openhall.forms.rules.reading import read_form
from openhall.forms.terms import FieldKind

ANOTHER_ROW = re.compile("增加一行|Add a row")


def answered_by_sample(page, matter, *, but=None, part=None, begins=""):
    """Answer every question that is asked; ``but``: what this walk says otherwise, by key.

    ``part`` is the place of the matter's questions in the one form of a joint application;
    ``begins``: how the names of all controls begin, as where a clerk tries the form.
    """
    mine = begins if part is None else _parts(page)[part]
    told = json.loads((FOLDER / f"{matter}.json").read_text("utf-8"))
    said = {}
    for field in read_form(told["form"]["fields"]):
        value = (but or {}).get(field.key, sample_of(field))
        if not is_asked(field, said) or value in ("", [], None):
            continue
        said[field.key] = value
        _answer(page, _named(page, mine, field), field.kind, value)


def _named(page, mine, field):
    """The control's name: the matter's own, or that of whoever asks the same fact first."""
    names = [mine + field.key, field.key, *sorted(_keys_of(fact_of(field)))]
    return next((one for one in names if page.locator(f"[name='{one}']").count()), names[0])


@cache
def _keys_of(fact):
    """Every key under which a matter of the library asks the fact."""
    forms = [
        json.loads(path.read_text("utf-8"))["form"]["fields"] for path in FOLDER.glob("*.json")
    ]
    return {one["key"] for form in forms for one in form if fact and one.get("fact") == fact}


def _parts(page):
    """How the names of each part's questions begin, in the order they are asked."""
    names = page.eval_on_selector_all("main [name]", "all => all.map(one => one.name)")
    begun = [re.match(r"x[0-9a-f]{8}_", name) for name in names]
    return list(dict.fromkeys(one[0] for one in begun if one))


def _answer(page, key, kind, value):
    control = page.locator(f"[name='{key}']")
    if kind == FieldKind.TABLE:
        for place, row in enumerate(value):
            if place and not page.locator(f"[name^='{key}-{place}-']").count():
                page.locator(f"button[name*='{key}']").filter(has_text=ANOTHER_ROW).click()
            for column, cell in row.items():
                _answer(page, f"{key}-{place}-{column}", FieldKind.TEXT, cell)
    elif kind == FieldKind.REGION:
        code, _sign, street = value.partition(" ")
        control.select_option(code)
        page.fill(f"[name='{key}-street']", street)
    elif kind == FieldKind.FILE:
        control.set_input_files(value)
    elif kind == FieldKind.STATEMENT:
        control.check()
    elif kind == FieldKind.CHOICES or control.first.get_attribute("type") == "radio":
        for one in value if isinstance(value, list) else [value]:
            page.check(f"[name='{key}'][value='{one}']")
    elif control.evaluate("e => e.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(str(value))


def papers_of(page, picture):
    """Upload a picture for every paper that must be brought."""
    inputs = page.locator("input[type=file][id^=m-]:not([capture])")
    for place in range(inputs.count()):
        inputs.nth(place).set_input_files(picture(f"paper-{place}"))
