"""``docs/verify.md`` says what the log holds and what it does not, table by table: nothing drifts.

The rows of what is held are written from the code:

    python tests/architecture/test_held.py
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "verify.md"
IN_CHINESE = PAGE.with_suffix(".zh-CN.md")
HELD = re.compile(r"(<!-- held -->\n).*?(<!-- /held -->)", re.DOTALL)
NOT_HELD = re.compile(r"<!-- not held -->\n(.*?)<!-- /not held -->", re.DOTALL)


def held_lines() -> Iterator[str]:
    """One row a kind: its name in the log, what it is, what it owns, what is left out and why."""
    from openhall.deeds.kinds import kinds

    yield "| in the log | what | with its | left out |\n|---|---|---|---|\n"
    for kind in kinds():
        owned = ", ".join(one.model._meta.verbose_name for one in kind.owns) or "–"
        loose = dict(kind.loose)
        for one in kind.owns:
            loose |= {f"{one.label}.{name}": why for name, why in one.loose.items()}
        left = " ".join(f"`{name}`: {why}" for name, why in loose.items()) or "–"
        yield f"| `{kind.name}` | {kind.title.en} ({kind.title.zh}) | {owned} | {left} |\n"


def held_in_chinese() -> Iterator[str]:
    """The same kinds by their names, in one paragraph."""
    from openhall.deeds.kinds import kinds

    yield "、".join(f"{kind.title.zh}（`{kind.name}`）" for kind in kinds()) + "。\n"


def written_in_chinese(page: str) -> str:
    """With the kinds, and a row for each table that the English page names and this one does not
    yet: it stands there until somebody translates its reason."""
    page = HELD.sub(lambda found: found[1] + "".join(held_in_chinese()) + found[2], page)
    new = not_held(PAGE.read_text(encoding="utf-8")).keys() - not_held(page).keys()
    rows = "".join(f"| `{name}` | 原因见[英文版](verify.md)。 |\n" for name in sorted(new))
    return page.replace("<!-- /not held -->", f"{rows}<!-- /not held -->")


def written(page: str) -> str:
    return HELD.sub(lambda found: found[1] + "".join(held_lines()) + found[2], page)


def not_held(page: str) -> dict[str, str]:
    """Each table named as not held, with its reason."""
    rows: dict[str, str] = {}
    found = NOT_HELD.search(page)
    assert found is not None
    for line in found[1].splitlines():
        if cells := re.match(r"\| (`.+`) \| (.+) \|$", line):
            rows |= dict.fromkeys(re.findall(r"`([\w.]+)`", cells[1]), cells[2])
    return rows


def ours() -> tuple[set[str], set[str]]:
    """The tables of the house: those that deeds hold, and the others."""
    from django.apps import apps

    from openhall.deeds.kinds import kinds

    held = set()
    for kind in kinds():
        held |= {kind.model, kind.events, *(one.model for one in kind.owns)}
    rest = {one for one in apps.get_models() if one.__module__.startswith("openhall")} - held
    return {one._meta.label for one in held}, {one._meta.label for one in rest}


def test_the_page_says_what_deeds_hold():
    page = PAGE.read_text(encoding="utf-8")
    assert page == written(page), "run: python tests/architecture/test_held.py"


def test_the_chinese_page_says_the_same():
    page = IN_CHINESE.read_text(encoding="utf-8")
    assert page == written_in_chinese(page), "run: python tests/architecture/test_held.py"
    english = not_held(PAGE.read_text(encoding="utf-8"))
    assert not_held(page).keys() == english.keys()
    assert [name for name, why in not_held(page).items() if len(why) < 8] == []


def test_every_table_that_no_deed_holds_is_named_with_its_reason():
    named = not_held(PAGE.read_text(encoding="utf-8"))
    held, rest = ours()
    assert sorted(rest - named.keys()) == [], "name it in docs/verify.md, or make its acts deeds"
    assert sorted(held & named.keys()) == [], "deeds hold it now: take it out of docs/verify.md"
    assert sorted(named.keys() - rest - held) == [], "there is no such table"
    assert [name for name, why in named.items() if len(why) < 20] == []


@pytest.mark.parametrize(
    ("line", "said"),
    [("| `a.B`, `a.C` | because of that |", ["a.B", "a.C"]), ("| a.B | because |", [])],
)
def test_a_row_may_name_several_tables(line, said):
    assert list(not_held(f"<!-- not held -->\n{line}\n<!-- /not held -->")) == said


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhall.config.settings")
    import django

    django.setup()
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    chinese = written_in_chinese(IN_CHINESE.read_text(encoding="utf-8"))
    IN_CHINESE.write_text(chinese, encoding="utf-8")
