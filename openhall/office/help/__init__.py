"""How each desk works, as tasks in both languages: data files, one a desk, read as they stand.

Each task may name the act it explains, so a test can hold the text against the acts that exist.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from openhall.organs.terms import Desk

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Task:
    """One thing done at a desk: its name, how it is done, and the acts it is about."""

    title: str
    steps: tuple[str, ...]
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Help:
    """What a desk is for, and its tasks."""

    purpose: str
    tasks: tuple[Task, ...]


@lru_cache(maxsize=64)
def help_of(desk: str, language: str) -> Help:
    """The help of ``desk`` in ``zh`` or ``en``. Raises ``FileNotFoundError`` for a desk without."""
    said = tomllib.loads((HERE / f"{desk}.toml").read_text(encoding="utf-8"))
    tasks = (
        Task(one[language]["title"], tuple(one[language]["steps"]), tuple(one.get("acts", ())))
        for one in said["task"]
    )
    return Help(said[f"purpose_{language}"], tuple(tasks))


def help_for(desk: Desk, language: str | None) -> Help:
    """The same in the language of a page."""
    return help_of(desk.value, "en" if (language or "").startswith("en") else "zh")
