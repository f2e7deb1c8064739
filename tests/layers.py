"""How much of each layer the tests go through, branches counted, held to ``tests/floors.toml``.

    python tests/layers.py            reads .coverage, prints the table, fails under a floor
    python tests/layers.py --missing  prints also the files with most that is never gone through

The figure of a layer is coverage.py's own: lines and branches gone through, of all lines and
branches.
"""

import re
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coverage import Coverage

ROOT = Path(__file__).resolve().parents[1]
FLOORS = Path(__file__).with_name("floors.toml")
# The first that fits. ``other``: models, permissions, tasks, commands, apps, the roof.
LAYERS = {
    "rules": re.compile(r"openhall/\w+/rules/"),
    "doors": re.compile(r"openhall/(portal|office|api|kiosk)/"),
    "actions": re.compile(r"openhall/\w+/actions(/|\.py)"),
    "queries": re.compile(r"openhall/\w+/(queries(/|\.py)|\w+_queries\.py)"),
    "other": re.compile(r"openhall/"),
}


@dataclass
class Reach:
    """What there is to go through in a layer or a file, and how much of it was."""

    wanted: int = 0
    reached: int = 0
    files: dict[str, "Reach"] = field(default_factory=dict)

    @property
    def percent(self) -> float:
        return 100 * self.reached / self.wanted if self.wanted else 100.0

    def add(self, summary: dict[str, Any]) -> None:
        self.wanted += summary["num_statements"] + summary["num_branches"]
        self.reached += summary["covered_lines"] + summary["covered_branches"]


def reached(data: Path) -> dict[str, Reach]:
    """Each layer's reach, from the data file of a run."""
    import json
    import tempfile

    measured = Coverage(data_file=data, branch=True)
    measured.load()
    with tempfile.NamedTemporaryFile(suffix=".json") as said:
        measured.json_report(outfile=said.name)
        files = json.loads(Path(said.name).read_text())["files"]
    layers: dict[str, Reach] = defaultdict(Reach)
    for name, one in files.items():
        path = Path(name).as_posix()
        if "/migrations/" in path:
            continue
        layer = next((name for name, at in LAYERS.items() if at.search(path)), "")
        if layer:
            layers[layer].add(one["summary"])
            layers[layer].files[path] = Reach()
            layers[layer].files[path].add(one["summary"])
    return layers


def main(words: list[str]) -> int:
    floors = tomllib.loads(FLOORS.read_text())["coverage"]
    layers = reached(ROOT / ".coverage")
    under = []
    print(f"{'layer':10}{'gone through':>14}{'floor':>8}{'goal':>7}")
    for name in LAYERS:
        said, held = layers[name], floors.get(name, {})
        floor, goal = held.get("floor", 0), held.get("goal", "")
        print(f"{name:10}{said.percent:>13.1f}%{floor:>8}{goal:>7}")
        if said.percent < floor:
            under.append(name)
    if "--missing" in words:
        for name in LAYERS:
            most = sorted(
                layers[name].files.items(), key=lambda one: one[1].reached - one[1].wanted
            )
            print(f"\n{name}: most that is not gone through")
            for path, one in most[:15]:
                print(f"  {one.wanted - one.reached:4}  {one.percent:5.1f}%  {path}")
    if under:
        print(f"Under its floor in {FLOORS.relative_to(ROOT)}: {', '.join(under)}")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
