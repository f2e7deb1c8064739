"""The checker of calls finds what it is for, and a short run of the product holds together."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hall_history import Act, faults

TOOL = Path(__file__).resolve().parents[2] / "hall_history.py"
NOTHING = {"double": 0, "lost": 0, "ghost": 0, "order": 0, "empty": 0}
TICKETS = {"A001": ("A", (3, 1, 1), True), "A002": ("A", (3, 2, 2), True)}


def issue(name, begun, ended):
    return Act(f"i{name}", "issue", "A", begun, ended, {name})


def call(key, name, begun, ended):
    return Act(key, "call", "A", begun, ended, {name})


CAME = [issue("A001", 0, 1), issue("A002", 1, 2)]


@pytest.mark.parametrize(
    ("acts", "tickets", "broken"),
    [
        ([*CAME, call("x", "A001", 3, 4), call("y", "A002", 5, 6)], TICKETS, {}),
        # Two at once may overtake each other: nobody can say who was first.
        ([*CAME, call("y", "A002", 3, 6), call("x", "A001", 4, 5)], TICKETS, {}),
        ([*CAME, call("y", "A002", 3, 4), call("x", "A001", 5, 6)], TICKETS, {"order": 1}),
        (
            [*CAME, call("x", "A001", 3, 4), call("y", "A001", 5, 6), call("z", "A002", 7, 8)],
            TICKETS,
            {"double": 1},
        ),
        ([*CAME, call("x", "A001", 3, 4)], TICKETS, {"lost": 1}),
        (
            [*CAME, call("x", "A001", 3, 4), call("y", "A009", 5, 6)],
            TICKETS,
            {"ghost": 1, "lost": 1},
        ),
        (
            [*CAME, call("x", "-", 3, 4), call("y", "A001", 5, 6), call("z", "A002", 7, 8)],
            TICKETS,
            {"empty": 1},
        ),
        (
            [*CAME, call("x", "-", 0.5, 1.5), call("y", "A001", 5, 6), call("z", "A002", 7, 8)],
            TICKETS,
            {},
        ),
    ],
)
def test_what_a_history_breaks_is_named(acts, tickets, broken):
    assert faults(acts, tickets) == NOTHING | broken


def ran(*more):
    command = [sys.executable, str(TOOL), "--processes", "3", *more]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "openhall.config.settings"},
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_short_run_holds_together():
    told = ran("--seconds", "4")
    assert told["calls"] > 0
    assert told["faults"] == NOTHING | {"stale": 0}


FAULTS = {"double": "double", "passes_over": "order", "says_nobody": "empty", "loses": "lost"}


@pytest.mark.parametrize("fault", FAULTS if os.environ.get("WHOLE") else ["double"])
def test_what_is_broken_on_purpose_is_found(fault):
    """One of four; WHOLE=1 breaks it in every way. The checker itself is tried on all above."""
    assert ran("--seconds", "4", "--fault", fault)["faults"][FAULTS[fault]] > 0
