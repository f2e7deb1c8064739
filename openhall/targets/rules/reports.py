"""Reports on the targets: their days, what may be done to them, what they must say."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from openhall.glossary import Said
from openhall.paging.typed import visible
from openhall.targets.rules.sheet import Target
from openhall.targets.terms import Period, ReportAct, ReportState

S, A, P = ReportState, ReportAct, Period
REPORTS: Final[Mapping[tuple[ReportState, ReportAct], ReportState]] = MappingProxyType(
    {
        (S.OWED, A.SUBMIT): S.SUBMITTED,
        (S.RETURNED, A.SUBMIT): S.SUBMITTED,
        (S.SUBMITTED, A.RETURN): S.RETURNED,
        (S.SUBMITTED, A.ACCEPT): S.ACCEPTED,
        (S.ACCEPTED, A.PUBLISH): S.PUBLISHED,
    }
)
QUARTERS: Final = {P.Q1: 3, P.Q2: 6, P.Q3: 9}
QUARTER_DAYS: Final = 10  # days after a quarter; 成办发〔2003〕75号 leaves them to the city
SELF_CHECK: Final = (12, 20)  # 年底: the report reaches the Government Office by then
SELF_CHECK_FROM: Final = (11, 15)
REMIND_BEFORE: Final = 7  # days
WORDS_AT_LEAST: Final = 10
SECTIONS: Final = ("work", "problems", "putting_right", "next_year")
SECTION_AT_LEAST: Final = 20


def last_day_of(year: int, period: Period) -> date:
    """The last day a report is about."""
    if period == Period.YEAR:
        return date(year, 12, 31)
    month = QUARTERS[period]
    return date(year, month + 1, 1) - timedelta(days=1)


def due_of(year: int, period: Period) -> date:
    """The last day on which it is in time."""
    if period == Period.YEAR:
        return date(year, *SELF_CHECK)
    return last_day_of(year, period) + timedelta(days=QUARTER_DAYS)


def opens_on(year: int, period: Period) -> date:
    """The first day on which it may be submitted."""
    if period == Period.YEAR:
        return date(year, *SELF_CHECK_FROM)
    return last_day_of(year, period) + timedelta(days=1)


def faults_of_report(
    period: Period,
    targets: Sequence[Target],
    words: Mapping[str, str],
    claimed: Mapping[str, Decimal | None],
    sections: Mapping[str, str],
) -> Iterator[tuple[str, Said]]:
    """Each fault with its field: what a person must say, and scores within their weights."""
    for one in targets:
        if visible(words.get(one.code, "")) < WORDS_AT_LEAST:
            yield (
                f"words_{one.code}",
                Said(
                    f"请写明这一项做了什么，不少于{WORDS_AT_LEAST}个字。",
                    f"Say what was done, in at least {WORDS_AT_LEAST} characters.",
                ),
            )
        if period != Period.YEAR:
            continue
        score = claimed.get(one.code)
        if score is None or not 0 <= score <= one.weight:
            yield (
                f"score_{one.code}",
                Said(f"自评分为0—{one.weight}分。", f"Your own score is 0 to {one.weight} points."),
            )
    if period == Period.YEAR:
        for name in SECTIONS:
            if visible(sections.get(name, "")) < SECTION_AT_LEAST:
                yield (
                    name,
                    Said(
                        f"这一部分由人写，不少于{SECTION_AT_LEAST}个字。",
                        f"A person writes this part, in at least {SECTION_AT_LEAST} characters.",
                    ),
                )
