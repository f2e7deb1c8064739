"""The years announced when this programme was made, from 2004: ``days.csv``, as in the notices."""

import csv
from datetime import date
from pathlib import Path
from typing import Final

DAYS: Final = Path(__file__).with_name("days.csv")


def announced() -> dict[int, dict[date, tuple[bool, str]]]:
    """For each year the days that differ from Monday–Friday, whether worked, and their name."""
    years: dict[int, dict[date, tuple[bool, str]]] = {}
    with DAYS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = date.fromisoformat(row["date"])
            years.setdefault(day.year, {})[day] = (row["worked"] == "1", row["name"])
    return years


def basis_of(year: int) -> str:
    """The notice that announced ``year``."""
    return f"国务院办公厅关于{year}年部分节假日安排的通知"
