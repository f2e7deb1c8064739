"""The numbers by which a government site is checked, from what was measured. 国办秘函〔2019〕19号.

Three kinds of measures: a *veto* fails the site at once, what is *weak* is to be put right, the
rest is good. What was not measured is not judged. The thresholds are those of the document.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from openhall.glossary import Said
from openhall.sites.rules.columns import DATED, STANDING, Column
from openhall.sites.terms import LookPart, Verdict

V, P = Verdict, LookPart


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the check counts as failing."""

    slow_seconds: int = 15  # a page that takes longer counts as not open
    visits: int = 20  # a day, for a week, before the share is judged
    unreachable_percent: int = 5
    home_days: int = 14
    stale_dated: int = 5  # columns with news, notices or policies
    empty: int = 5
    unanswered_days: int = 90
    basis: str = "国办秘函〔2019〕19号"


CHECKED: Final = Thresholds()


@dataclass(frozen=True, slots=True)
class Visits:
    """Requests of a week: how many, and how many were not answered in time."""

    tries: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column as it was found: how much there is, and the day of its last change."""

    column: Column
    count: int
    changed: date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """All that one night found of a site. Lists hold evidence: words for people, as addresses."""

    day: date
    made: date
    columns: Sequence[ColumnSeen]
    visits: Visits = Visits()
    last_change: date | None = None
    unanswered: Sequence[str] = ()  # numbers of questions without an answer past the limit of days
    incomplete: Sequence[str] = ()  # items whose guide lacks something
    items: int = 0
    broken: Sequence[str] | None = ()  # None: nobody could be asked
    lost: Sequence[str] = ()  # files that cannot be opened
    wrong: Sequence[tuple[str, str, str]] = ()  # where, what is wrong, what is meant
    overdue_care: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: what it came to, the number behind it, and the evidence."""

    part: LookPart
    verdict: Verdict
    said: Said
    number: int = 0
    evidence: tuple[str, ...] = field(default=())

    def plain(self) -> dict[str, Any]:
        return {
            "part": self.part.value,
            "verdict": self.verdict.value,
            "zh": self.said.zh,
            "en": self.said.en,
            "number": self.number,
            "evidence": list(self.evidence),
        }


def measures(seen: Seen, limits: Thresholds = CHECKED) -> list[Measure]:
    """Every measure of a site, in the order of the check."""
    return [
        _reach(seen, limits),
        _home(seen, limits),
        *_columns(seen, limits),
        _answers(seen, limits),
        _services(seen),
        _links(seen.broken),
        _listed(P.FILES, seen.lost, Said("打不开的附件", "files that cannot be opened")),
        _words(seen),
        _listed(
            P.CARE, seen.overdue_care, Said("过了复核日期的稿件", "articles past their review")
        ),
    ]


def verdict_of(found: Iterable[Mapping[str, Any] | Measure]) -> Verdict:
    """What the site as a whole came to."""
    said = {one.verdict.value if isinstance(one, Measure) else one["verdict"] for one in found}
    for worst in (V.VETO, V.WEAK):
        if worst.value in said:
            return worst
    return V.GOOD if V.GOOD.value in said else V.UNKNOWN


def _reach(seen: Seen, limits: Thresholds) -> Measure:
    tries, failed = seen.visits.tries, seen.visits.failed
    if tries < limits.visits * 7:
        return Measure(
            P.REACH, V.UNKNOWN,
            Said(f"近七天访问{tries}次，不足{limits.visits * 7}次，不作判断。",
                 f"{tries} visits in seven days; it is judged from {limits.visits * 7} on."),
            failed,
        )  # fmt: skip
    share = failed * 100 / tries
    said = Said(
        f"近七天访问{tries}次，{failed}次打不开或者超过{limits.slow_seconds}秒（{share:.1f}%）。",
        f"{tries} visits in seven days, {failed} without an answer in {limits.slow_seconds} "
        f"seconds ({share:.1f} %).",
    )
    return Measure(P.REACH, V.VETO if share >= limits.unreachable_percent else V.GOOD, said, failed)


def _home(seen: Seen, limits: Thresholds) -> Measure:
    since = seen.last_change or seen.made
    days = (seen.day - since).days
    said = Said(
        f"最近一次更新距今{days}天（标准：不超过{limits.home_days}天）。",
        f"Last changed {days} days ago (the limit is {limits.home_days}).",
    )
    return Measure(P.HOME, V.VETO if days > limits.home_days else V.GOOD, said, days)


def is_stale(one: ColumnSeen, day: date) -> bool:
    """Whether a column that must move has not; a column without a day counts as not kept up."""
    if one.column.days is None or one.count == 0:
        return False
    return one.changed is None or (day - one.changed).days > one.column.days


def _columns(seen: Seen, limits: Thresholds) -> Iterator[Measure]:
    stale = [one for one in seen.columns if is_stale(one, seen.day)]
    empty = [
        one for one in seen.columns if one.count == 0 and one.column.holds in (DATED, STANDING)
    ]
    names = tuple(one.column.kind.value for one in stale)
    # A portal fails by five columns; a unit's site has fewer that must move: it fails by all.
    moving = sum(1 for one in seen.columns if one.column.days is not None)
    fails = len(stale) >= min(limits.stale_dated, max(moving, 2))
    yield Measure(
        P.DATED,
        V.VETO if fails else V.WEAK if stale else V.GOOD,
        Said(
            f"{len(stale)}个栏目超过规定天数没有更新。",
            f"{len(stale)} columns stayed without a change for longer than they may.",
        ),
        len(stale),
        names,
    )
    yield Measure(
        P.EMPTY,
        V.VETO if len(empty) >= limits.empty else V.WEAK if empty else V.GOOD,
        Said(f"{len(empty)}个栏目没有内容。", f"{len(empty)} columns are empty."),
        len(empty),
        tuple(one.column.kind.value for one in empty),
    )


def _answers(seen: Seen, limits: Thresholds) -> Measure:
    many = len(seen.unanswered)
    said = Said(
        f"近一年有{many}个留言超过三个月没有答复。",
        f"{many} questions of the past year waited longer than three months.",
    )
    return Measure(P.ANSWERS, V.VETO if many else V.GOOD, said, many, tuple(seen.unanswered))


def _services(seen: Seen) -> Measure:
    many = len(seen.incomplete)
    said = Said(
        f"{seen.items}个事项中，{many}个的办事指南要素不全。",
        f"Of {seen.items} items the guides of {many} lack something.",
    )
    return Measure(P.SERVICES, V.WEAK if many else V.GOOD, said, many, tuple(seen.incomplete))


def _listed(part: LookPart, evidence: Sequence[str], what: Said) -> Measure:
    many = len(evidence)
    said = Said(f"{what.zh}：{many}个。", f"{many} {what.en}.")
    return Measure(part, V.WEAK if many else V.GOOD, said, many, tuple(evidence))


def _links(broken: Sequence[str] | None) -> Measure:
    if broken is None:
        said = Said(
            "网站还没有对外服务，链接没有测。", "The site is not served yet; no link was tried."
        )
        return Measure(P.LINKS, V.UNKNOWN, said)
    return _listed(P.LINKS, broken, Said("打不开的链接", "links that lead nowhere"))


def _words(seen: Seen) -> Measure:
    told = tuple(
        f"{where}：{wrong}→{right}" if right else f"{where}：{wrong}"
        for where, wrong, right in seen.wrong
    )
    return _listed(P.WORDS, told, Said("用错的字词", "words that are written wrong"))
