"""Numbers that may only fall, each on its way to the goal in ``ratchets.toml``.

A ratchet fails when its number has risen, and also when it has fallen and the table still says the
old one, so that what was won cannot be lost again. The message prints the edit of one line; all of
them at once, downwards only:

    python tests/architecture/test_ratchets.py
"""

import ast
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "openhall"
TABLE = Path(__file__).with_name("ratchets.toml")
DOORS = {"portal", "office", "api", "kiosk"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# A document is named as it is printed, and what stands in quotes too: in English as well.
AS_PRINTED = re.compile(
    r"[\u4e00-\u9fff]+〔\d{4}〕\d+号( [一二三四五六]（[一二三四五六]）)?|“[^”]*”|【[^】]*】"
)
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")

Counted = dict[str, int]
COUNTERS: dict[str, Callable[[], Counted]] = {}


def counts(counter: Callable[[], Counted]) -> Callable[[], Counted]:
    """Register ``counter`` under its own name: where the thing stands, and how often there."""
    COUNTERS[counter.__name__] = counter
    return counter


def room_of(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def sources() -> dict[Path, ast.Module]:
    return {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(HOUSE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def imported(tree: ast.Module) -> Iterator[str]:
    """Full dotted names that ``tree`` imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{one.name}" for one in node.names)


def last_name(node: ast.expr) -> str:
    """``c`` of ``a.b.c`` and of ``c``."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def each(found: Iterator[tuple[Path, int]]) -> Counted:
    return {named(path): number for path, number in found if number}


# ------------------------------------------------------------------------------------ the numbers
@counts
def writers_of_the_log() -> Counted:
    """Modules outside the log, the deeds and the versions that call ``append``/``append_many``."""
    writing = re.compile(r"openhall\.ledger\.actions(\.writing)?\.(append|append_many)$")

    def calls(tree: ast.Module) -> bool:
        if any(writing.match(name) for name in imported(tree)):
            return True
        return any(
            isinstance(node, ast.Attribute)
            and node.attr in {"append", "append_many"}
            and "ledger" in ast.unparse(node.value)
            for node in ast.walk(tree)
        )

    return each(
        (path, int(calls(tree)))
        for path, tree in sources().items()
        if room_of(path) not in {"ledger", "deeds", "versions"}
    )


@counts
def refusal_classes() -> Counted:
    """Exceptions that an act raises to say no. Two stay: ``Refused`` and ``Moved`` of ``deeds``."""
    no = re.compile(r"^\w*Refused$|^Moved$|^Refused$")
    return each(
        (
            path,
            sum(
                isinstance(node, ast.ClassDef)
                and bool(no.match(node.name))
                and "NamedTuple" not in map(last_name, node.bases)
                for node in ast.walk(tree)
            ),
        )
        for path, tree in sources().items()
    )


@counts
def doors_that_take_tables() -> Counted:
    """Modules of the doors that import a room's models, or ask a table without importing it."""
    asked = {"objects", "_default_manager", "_base_manager", "get_object_or_404", "get_model"}

    def takes(tree: ast.Module) -> bool:
        named = {last_name(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute | ast.Name)}
        models = any(re.match(r"openhall\.\w+\.models\b", name) for name in imported(tree))
        return models or bool(asked & named)

    return each(
        (path, int(takes(tree))) for path, tree in sources().items() if room_of(path) in DOORS
    )


@counts
def raw_tables() -> Counted:
    """``<table>`` written in a template instead of the table component of ``design``."""
    return each(
        (path, len(re.findall(r"<table\b", path.read_text(encoding="utf-8"))))
        for path in sorted(HOUSE.glob("*/templates/**/*.html"))
        if room_of(path) != "design"
    )


@counts
def paging_by_hand() -> Counted:
    """One row more than a page asked for, to see whether there is another page."""
    more = re.compile(r"\b(?:PAGE|limit|LIMIT|page|size|SIZE) \+ 1\b")
    return each(
        (path, len(more.findall(path.read_text(encoding="utf-8"))))
        for path in sources()
        if room_of(path) != "paging" and "rules" not in path.parts  # its one home
    )


@counts
def words_cut_in_acts() -> Counted:
    """``said.strip()[:200]`` in an act: what somebody wrote is kept whole or refused (``kept``)."""

    def cut(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Subscript)
            and isinstance(node.slice, ast.Slice)
            and node.slice.lower is None
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Attribute)
            and node.value.func.attr == "strip"
        )

    return each(
        (path, sum(map(cut, ast.walk(tree))))
        for path, tree in sources().items()
        if "actions" in named(path)
    )


@counts
def digits_read_by_hand() -> Counted:
    """``.isdigit()``: numbers are read by a form's field or by the address, which say what else."""
    return each(
        (
            path,
            sum(
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "isdigit"
                for node in ast.walk(tree)
            ),
        )
        for path, tree in sources().items()
    )


@counts
def texts_of_other_rooms_parsed() -> Counted:
    """``json.loads`` of a text that another room keeps.

    In a door: of anything but what was just sent (``request.body``, ``cleaned_data``, a file).
    In a room: of an attribute of a row that the module imports from another room, told by the
    annotation of the variable, or else of an attribute that no model of this room declares and
    a model of another room does.
    """
    fields = fields_by_room()

    def foreign(path: Path, tree: ast.Module) -> int:
        room, found = room_of(path), 0
        others = {field for other, kept in fields.items() if other != room for field in kept}
        ours = fields.get(room, set())
        homes = dict(named_homes(tree))
        for inside, call in calls_of_loads(tree):
            said = ast.unparse(call.args[0]) if call.args else ""
            if room in DOORS:
                found += not re.search(r"request\.|cleaned_data|\.read\(|\.read_text\(", said)
                continue
            thing = re.match(r"(?:bytes\()?(\w+)\.(\w+)\)?$", said)
            if thing is None:
                continue
            kind = annotation(inside, thing.group(1))
            home = homes.get(kind, "")
            if home:
                found += home != room
            else:
                found += thing.group(2) not in ours and thing.group(2) in others
        return found

    return each((path, foreign(path, tree)) for path, tree in sources().items())


@cache
def fields_by_room() -> dict[str, set[str]]:
    """Names of text fields that each room's models declare."""
    found: dict[str, set[str]] = {}
    for path, tree in sources().items():
        if "models" not in path.parts and path.name != "models.py":
            continue
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Call)
                and re.search(r"(Text|Char|Binary|JSON)\w*$", last_name(node.value.func))
            ):
                found.setdefault(room_of(path), set()).update(map(last_name, node.targets))
    return found


def named_homes(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Imported names with the room they come from."""
    for name in imported(tree):
        if found := re.match(r"openhall\.(\w+)\..*\b(\w+)$", name):
            yield found.group(2), found.group(1)


def calls_of_loads(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.Call]]:
    """Calls of ``json.loads`` with the function that holds them."""

    def walk(node: ast.AST, inside: ast.AST) -> Iterator[tuple[ast.AST, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call) and ast.unparse(child.func) == "json.loads":
                yield inside, child
            holds = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef))
            yield from walk(child, child if holds else inside)

    yield from walk(tree, tree)


def annotation(inside: ast.AST, variable: str) -> str:
    """The class that the function says its argument ``variable`` has."""
    if isinstance(inside, (ast.FunctionDef, ast.AsyncFunctionDef)):
        for one in (*inside.args.posonlyargs, *inside.args.args, *inside.args.kwonlyargs):
            if one.arg == variable and one.annotation is not None:
                return last_name(one.annotation)
    return ""


@counts
def refusals_without_english() -> Counted:
    """``raise …Refused(…)`` with a Chinese sentence that has no English beside it."""
    return each(
        (path, sum(only_chinese(node) for node in ast.walk(tree)))
        for path, tree in sources().items()
    )


def only_chinese(node: ast.AST) -> bool:
    if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
        return False
    if not re.search(r"(Refused|Moved|Refused)$", last_name(node.exc.func)):
        return False
    return alone(node.exc)


def alone(call: ast.Call) -> bool:
    """Whether a Chinese sentence stands in ``call`` and no English one."""
    arguments = [*call.args, *(one.value for one in call.keywords)]
    inside = [
        node
        for argument in arguments
        for node in ast.walk(argument)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return any(CHINESE.search(node.value) for node in inside) and not any(
        ENGLISH.search(node.value) and not CHINESE.search(AS_PRINTED.sub("", node.value))
        for node in inside
    )


@counts
def modules_in_a_room_root() -> Counted:
    """Modules beside a room's ``__init__``: more than a dozen is a room that was not built."""
    return {
        room.name: sum(path.name != "__init__.py" for path in room.glob("*.py"))
        for room in sorted(HOUSE.iterdir())
        if (room / "__init__.py").exists()
    }


@counts
def share_of_the_house_in_percent() -> Counted:
    """A room's part of all lines of Python, migrations left out."""
    lines = Counter(
        {
            room: sum(
                len(path.read_text(encoding="utf-8").splitlines())
                for path in sources()
                if room_of(path) == room
            )
            for room in {room_of(path) for path in sources()} - {"__init__.py"}
        }
    )
    return {room: 100 * number // lines.total() for room, number in lines.items()}


@counts
def migrations_of_a_room() -> Counted:
    """Nothing was released: the tables, what only grows, and what a city begins with."""
    return Counter(
        room_of(path)
        for path in HOUSE.glob("*/migrations/[0-9]*.py")
        if "seed" not in path.name and "begins_with" not in path.name
    )


# ------------------------------------------------------------------------------------ the ratchet
def table() -> dict[str, dict]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def lines_of(name: str, row: dict, found: Counted) -> Iterator[tuple[str, int, int, int]]:
    """Each number of a ratchet: its line in the table, what it says, what is found, the slack."""
    if "today" in row:
        yield f"[{name}] today", row["today"], sum(found.values()), row.get("slack", 0)
        return
    for room in sorted({*row["rooms"], *(key for key in found if found[key] > row["goal"])}):
        said = row["rooms"].get(room, row["goal"])
        yield f"[{name}.rooms] {room}", said, max(found.get(room, 0), row["goal"]), row["slack"]


def test_every_ratchet_stands_in_the_table():
    assert list(table()) == list(COUNTERS)


@pytest.mark.parametrize("name", COUNTERS)
def test_a_number_only_falls(name):
    row, found = table()[name], COUNTERS[name]()
    wrong = []
    for line, said, now, slack in lines_of(name, row, found):
        if now > said + slack:
            most = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
            wrong.append(f"{line}: risen from {said} to {now}. It stands in: {most}")
        elif now < said - slack:
            wrong.append(
                f"{line}: fallen from {said} to {now}. In {named(TABLE)}: {edit(line, now)}"
            )
    assert not wrong, "\n".join(wrong)


def edit(line: str, now: int) -> str:
    return f"under {line.split()[0]} write `{line.split()[1]} = {now}`"


@pytest.mark.parametrize(
    ("source", "counted"),
    [
        ('raise Refused("事项已公布。")', True),
        ('raise Refused(f"版本“{one}”已公布。", field="day")', True),
        ('raise Refused(Said("已公布。", "It is published."))', False),
        ('raise Refused(Said(f"{one}已公布。", f"{one} is published."), field="day")', False),
        ("raise Refused(SENTENCES[one])", False),
        ('raise ValueError("一")', False),
        ('raise Refused(Said("请找窗口。", "Ask the window (成办发〔2003〕75号)."))', False),
        ('raise Refused(Said("请核验。", "Verify it (成办发〔2003〕75号 二（三）)."))', False),
        ('raise Refused(Said("请找窗口。", "Ask the 窗口, please."))', True),
    ],
)
def test_a_refusal_without_english_is_told(source, counted):
    assert any(map(only_chinese, ast.walk(ast.parse(source)))) is counted


# ------------------------------------------------------------------------------------ lowering
def lowered(text: str) -> str:
    """The table with every number that has fallen; none is raised."""
    rows, section = table(), ""
    kept = []
    for line in text.splitlines():
        if heading := re.match(r"\[(\w+)(\.rooms)?\]", line):
            section = heading.group(1)
        number = re.match(r"(\w+) = (\d+)$", line)
        if number and number.group(1) not in {"goal", "slack"}:
            key, row = number.group(1), rows[section]
            found = COUNTERS[section]()
            if key == "today":
                now = sum(found.values())
            else:
                now = found.get(key, 0)
                if now <= row["goal"]:
                    continue
            line = f"{key} = {min(int(number.group(2)), now)}"
        kept.append(line)
    return "\n".join(kept) + "\n"


if __name__ == "__main__":
    if "--show" in sys.argv:
        for one, counter in COUNTERS.items():
            print(one, sum(counter().values()), counter())
    else:
        TABLE.write_text(lowered(TABLE.read_text(encoding="utf-8")), encoding="utf-8")
