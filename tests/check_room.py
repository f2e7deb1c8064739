"""One room alone: its form, lint, types, imports and tests. ``make check ROOM=cases``.

The types are looked at while the tests run, because either waits for the disk half its time.
"""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "openhall"
BIN = Path(sys.executable).parent


def places(room: str) -> list[str]:
    """The folders and files of the tests of ``room``, where there are any."""
    folders = [ROOT / "tests" / kind / room for kind in ("rules", "rooms", "doors")]
    return [str(path.relative_to(ROOT)) for path in folders if path.exists()]


def begun(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [str(BIN / words[0]), *words[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def main(room: str) -> int:
    rooms = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))
    if room not in rooms:
        print(f"make check ROOM=…: one of {', '.join(rooms)}")
        return 2
    code, tests = f"openhall/{room}", places(room)
    began, wrong = time.monotonic(), []
    steps = [
        ("form", ("ruff", "format", "--check", "--quiet", code, *tests)),
        ("lint", ("ruff", "check", "--quiet", code, *tests)),
        ("imports", ("lint-imports",)),
    ]
    if list((HOUSE / room).glob("templates/**/*.html")):
        steps.append(("templates", ("djlint", code, "--lint", "--check", "--quiet")))
    types = begun("mypy", code)
    architecture = "tests/architecture/test_ratchets.py"
    steps.append(("tests", ("pytest", "-q", "-x", *(tests or [architecture]))))
    running = [("types", types), *((name, begun(*words)) for name, words in steps[:2])]
    running += [(name, None) for name, _words in steps[2:]]
    for name, process in running:
        if name == "types":
            continue
        process = process or begun(*dict(steps)[name])
        said = process.communicate()[0]
        wrong += _told(name, process.returncode, said, began)
    said = types.communicate()[0]
    wrong += _told("types", types.returncode, said, began)
    print(f"{room}: {'; '.join(wrong) + ' wrong' if wrong else 'all well'}")
    return 1 if wrong else 0


def _told(name: str, status: int, said: str, began: float) -> list[str]:
    print(f"{name:10} {'well' if status == 0 else 'WRONG':6} {time.monotonic() - began:5.0f} s")
    if status:
        print(said)
        return [name]
    last = said.strip().splitlines()
    if name == "tests" and last:
        print(f"{'':10} {last[-1]}")
    return []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
