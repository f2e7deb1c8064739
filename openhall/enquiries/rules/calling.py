"""What a call for opinions must say, and what is counted of its opinions. 国务院令第713号."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from openhall.enquiries.terms import EnquiryState, Stance, Taken
from openhall.glossary import Said
from openhall.paging.typed import visible

TITLE_AT_LEAST: Final = 6
TEXT_AT_LEAST: Final = 50
DECIDES_AT_LEAST: Final = 4
REPORT_AT_LEAST: Final = 30


def faults_of_call(
    title: str, text: str, decides: str, today: date, until: date, least_days: int, urgent: str
) -> Iterator[tuple[str, Said]]:
    """Each fault with the field it stands beside. ``urgent``: why it is open for fewer days."""
    for name, said, least, what in (
        ("title", title, TITLE_AT_LEAST, Said("征集的名称", "what it is called")),
        (
            "text",
            text,
            TEXT_AT_LEAST,
            Said("征求意见的正文或者说明", "the text or what it is about"),
        ),
        ("decides", decides, DECIDES_AT_LEAST, Said("由谁决定", "who decides in the end")),
    ):
        if visible(said) < least:
            yield (
                name,
                Said(
                    f"请写明{what.zh}，不少于{least}个字。",
                    f"Write {what.en}, in at least {least} characters.",
                ),
            )
    open_for = (until - today).days
    if open_for < 7 or (open_for < least_days and visible(urgent) < 10):
        yield (
            "until",
            Said(
                f"征求意见一般不少于{least_days}日；情况紧急的不少于7日，并写明理由"
                "（重大行政决策程序暂行条例 15）。",
                f"A call is open for {least_days} days at least; where it is urgent for 7, with "
                "the reason in writing "
                "(Interim Regulation on Major Administrative Decisions, art. 15).",
            ),
        )


def counted(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The figures of a report: how many, in time and late, by stance, and what was done.

    ``rows`` say ``state``, ``late``, ``stance`` and ``taken``. What was withdrawn counts nowhere.
    """
    stances: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    told = {"opinions": 0, "in_time": 0, "late": 0, "closed": 0}
    for row in rows:
        if row["state"] == EnquiryState.WITHDRAWN:
            continue
        told["opinions"] += 1
        told["late" if row["late"] else "in_time"] += 1
        if row["state"] == EnquiryState.CLOSED:
            told["closed"] += 1
            continue
        stances[row["stance"]] += 1
        taken[row["taken"]] += 1
    return told | {
        "stances": {one.value: stances[one.value] for one in Stance},
        "taken": {one.value: taken[one.value] for one in Taken},
    }
