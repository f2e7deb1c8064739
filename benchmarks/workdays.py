"""``add_workdays`` beside the library's own ``find_workday``; every day beside three sources.

Run: ``make bench``, or ``.venv/bin/python benchmarks/workdays.py``. Goal: at least 1,000 × it,
with no difference to the announcements, ``chinese_calendar`` or ``holidays``.
"""

import csv
import os
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhall.config.settings")
os.environ["OPENHALL_HOME"] = tempfile.mkdtemp(prefix="openhall-bench-")

import chinese_calendar  # noqa: E402
import django  # noqa: E402

django.setup()

import holidays  # noqa: E402
from django.core.management import call_command  # noqa: E402

from openhall.workdays.queries import calendar  # noqa: E402

N, OURS, THEIRS = 20, 200_000, 300
SHARED = Path(os.environ.get("OPENHALL_SHARED_DATA") or ROOT.parent / "shared" / "data")


def main() -> None:
    call_command("migrate", verbosity=0)
    days = calendar()
    first, last = date(2008, 1, 1), date(2026, 12, 31)
    whole = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    starts = [day for day in whole if day < date(2026, 10, 1)]

    begin = perf_counter()
    for n in range(OURS):
        days.add_workdays(starts[n % len(starts)], N)
    ours = (perf_counter() - begin) / OURS
    begin = perf_counter()
    for n in range(THEIRS):
        chinese_calendar.find_workday(N, starts[n * 7 % len(starts)])
    theirs = (perf_counter() - begin) / THEIRS

    differ = sum(days.is_workday(day) != chinese_calendar.is_workday(day) for day in whole)
    china = holidays.country_holidays("CN", years=range(2008, 2027))
    made_up = sum(days.is_workday(day) != china.is_working_day(day) for day in whole)
    print(f"add_workdays({N})          {ours * 1e6:10.2f} µs")
    print(
        f"chinese_calendar.find_workday {theirs * 1e6:10.2f} µs"
        f"   ÷ {theirs / ours:,.0f}  (goal 1,000)"
    )
    print(f"days that differ, 2008–2026: chinese_calendar {differ}, holidays {made_up}")
    paper = SHARED / "calendar" / "official_days.csv"
    if not paper.exists():
        print(f"official announcements: skipped, {paper} is absent")
        return
    with paper.open(encoding="utf-8-sig") as file:
        told = [row for row in csv.DictReader(file) if row["date"] >= "2008"]
    wrong = [
        row["date"]
        for row in told
        if row["kind"] in OFF | WORKED
        and days.is_workday(date.fromisoformat(row["date"])) != (row["kind"] in WORKED)
    ]
    print(f"official announcements: {len(told)} days compared, {len(wrong)} differ {wrong[:5]}")


OFF, WORKED = {"off", "holiday", "休"}, {"work", "workday", "makeup", "班"}

if __name__ == "__main__":
    main()
