"""Only an act writes: every legal effect is one verb, one transaction, one event."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ON_ROWS = {
    "create",
    "acreate",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}
# Rooms whose trade is writing: leased jobs are rows, the demo city is built, the roof restores.
# Deeds and versions are what every act writes through; a throttle counts, and nothing rests on it.
MAY_WRITE = {"actions", "actions.py", "migrations", "jobs", "demo", "management", "deeds"}
MAY_WRITE |= {"throttle"}
# Things with a ``save`` that are not rows.
NOT_ROWS = {
    "acts",
    "inner",
    "form",
    "formset",
    "image",
    "picture",
    "workbook",
    "book",
    "storage",
    "file",
}


def writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Calls that change rows, with their line."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
            continue
        receiver = ast.unparse(call.func.value)
        verb = call.func.attr
        on_manager = "objects" in receiver.split("(")[0].split(".") or ".filter(" in receiver
        saving = verb in {"save", "asave"} and receiver.split(".")[-1] not in NOT_ROWS
        if (verb in ON_ROWS and on_manager) or saving:
            yield call.lineno, f"{receiver}.{verb}"


def may_write(path: Path) -> bool:
    return bool(MAY_WRITE & set(path.relative_to(ROOT / "openhall").parts))


def test_nothing_is_written_outside_an_act():
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{line}: {what}"
        for path in sorted((ROOT / "openhall").rglob("*.py"))
        if not may_write(path)
        for line, what in writes(ast.parse(path.read_text()))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "Case.objects.create(stage=stage)",
        "Case.objects.filter(pk=1).update(stage=stage)",
        "case.organ.cases.filter(pk=1).delete()",
        "case.save()",
        "Case.objects.bulk_create(rows)",
    ],
)
def test_a_write_is_recognised(source):
    assert [what for _line, what in writes(ast.parse(source))]


@pytest.mark.parametrize("source", ["seen.update(b'1')", "found.update(one=1)", "form.save()"])
def test_what_only_looks_like_a_write_is_left_alone(source):
    assert list(writes(ast.parse(source))) == []
