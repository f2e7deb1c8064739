"""The house rules a machine can read. The direction of imports is import-linter's."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "openhall"
LONGEST = 500
DRAWERS = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "tools", "lib"}
MOCKS = re.compile(r"\b(?:unittest\.mock|MagicMock|Mock|mocker|patch|monkeypatch)\b")
# Django finds a database engine by this name (docs/decisions/0004-vault-and-gate.md), and
# allauth its outermost template.
DEMANDED_BY_OTHERS = {
    "openhall/gate/base.py",
    "openhall/design/templates/allauth/layouts/base.html",
}


def sources(*, migrations: bool = False) -> Iterator[Path]:
    for path in sorted(HOUSE.rglob("*.py")):
        if migrations or "migrations" not in path.parts:
            yield path


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def rooms() -> list[Path]:
    return sorted(path.parent for path in HOUSE.glob("*/__init__.py"))


def test_a_file_tells_one_story():
    lengths = {named(path): len(path.read_text().splitlines()) for path in sources()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_there_is_no_drawer_for_odds_and_ends():
    drawers = {named(path) for path in HOUSE.rglob("*") if path.stem in DRAWERS}
    assert drawers - DEMANDED_BY_OTHERS == set()


def test_every_room_says_what_it_is_for():
    silent = [
        named(room)
        for room in rooms()
        if not ast.get_docstring(ast.parse((room / "__init__.py").read_text()))
    ]
    assert silent == []


def test_every_folder_of_code_is_a_package():
    folders = {path.parent for path in sources(migrations=True)}
    assert [
        named(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()
    ] == []


def test_a_room_with_records_has_its_floor_plan():
    lacking = {}
    for room in rooms():
        if (room / "models.py").exists() or (room / "models").is_dir():
            wanted = {"apps.py", "rules", "migrations"}
            if room.name in ("versions", "hours"):  # their one model is abstract, without a table
                wanted.remove("migrations")
            if missing := wanted - {path.name for path in room.iterdir()}:
                lacking[room.name] = sorted(missing)
    assert lacking == {}


def clock_readings(path: Path) -> list[str]:
    """Calls that ask what time it is."""
    asking = {"now", "today", "utcnow", "localdate", "localtime", "time"}
    return [
        f"{named(path)}:{call.lineno}"
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in asking
        and not call.args
    ]


def test_the_law_never_asks_the_clock():
    law = [path for path in sources() if "rules" in path.parts]
    assert law
    assert [reading for path in law for reading in clock_readings(path)] == []


def test_tests_use_real_things_and_not_mocks():
    words, tests = 0, 0
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path == Path(__file__).resolve():
            continue
        text = path.read_text()
        words += len(MOCKS.findall(text))
        tests += len(re.findall(r"^\s*(?:async )?def test_", text, re.MULTILINE))
    assert tests
    assert words / tests < 0.1


@pytest.mark.parametrize("folder", ["openhall", "tests", "docs", "benchmarks"])
def test_no_page_of_ours_names_a_machine(folder):
    kinds = {".py", ".md", ".html", ".toml", ".po", ".css", ".js"}
    place = re.compile(r"/(?:work|home|root|Users)/[\w.]")
    found = [
        named(path)
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in kinds and place.search(path.read_text())
    ]
    assert found == []


def test_a_day_is_that_of_the_city_and_not_of_greenwich():
    """A moment is read back in UTC: until eight in the morning its ``date()`` is yesterday's."""
    raw = re.compile(r"\w_at\.date\(\)")
    assert [named(path) for path in sources() if raw.search(path.read_text())] == []
