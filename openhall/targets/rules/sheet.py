"""A sheet of targets: written line by line, weights that make a hundred, what each one scores."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from openhall.glossary import Said
from openhall.paging.typed import Unreadable
from openhall.paging.whole import whole
from openhall.statistics.rules.figures import Reading
from openhall.targets.terms import Counted

HUNDRED: Final = 100
PLACES: Final = Decimal("0.01")
COLUMNS: Final = 7
WITH_ENGLISH: Final = 8  # of the evidence too
MOST_TARGETS: Final = 40
EVIDENCE_AT_LEAST: Final = 4


@dataclass(frozen=True, slots=True)
class Target:
    """One target. ``aim``: percent to be reached at least, of what is counted; 0 where judged."""

    code: str
    title: str
    title_en: str
    weight: int
    counted: str
    aim: int
    evidence: str
    evidence_en: str = ""

    @property
    def proof(self) -> Said:
        """What shows it."""
        return Said(self.evidence, self.evidence_en or self.evidence)

    @property
    def is_counted(self) -> bool:
        return self.counted != Counted.JUDGED


def targets_in(rows: Sequence[Mapping[str, Any]]) -> list[Target]:
    """The targets as a sheet keeps them."""
    return [Target(**row) for row in rows]


def plain(targets: Sequence[Target]) -> list[dict[str, Any]]:
    """The targets as a column keeps them."""
    return [asdict(one) for one in targets]


def targets_of(text: str) -> list[Target]:
    """A line each: ``code | title | English | weight | what is counted | percent | evidence``;
    after them, if wanted, the evidence in English."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [one.strip() for one in line.replace("｜", "|").split("|")]
        if len(cells) not in (COLUMNS, WITH_ENGLISH):
            raise Unreadable(
                Said(
                    f"第{number}行有{len(cells)}栏，应为{COLUMNS}栏（含英文为{WITH_ENGLISH}栏），用“|”隔开。",
                    f"Line {number} has {len(cells)} cells; write {COLUMNS} ({WITH_ENGLISH} with "
                    "English), apart by “|”.",
                )
            )
        weight, aim = whole(cells[3]), whole(cells[5])
        if weight is None or aim is None or cells[4] not in Counted.codes():
            raise Unreadable(
                Said(
                    f"第{number}行：权重和目标值是整数，计数方式是{'、'.join(Counted.codes())}之一。",
                    f"Line {number}: weight and percent are whole numbers, what is counted is one "
                    f"of {', '.join(Counted.codes())}.",
                )
            )
        found.append(Target(cells[0], cells[1], cells[2], weight, cells[4], aim, *cells[6:]))
    return found


def as_text(targets: Sequence[Target]) -> str:
    """The lines :func:`targets_of` reads."""
    return "\n".join(
        " | ".join((one.code, one.title, one.title_en, f"{one.weight}", one.counted, f"{one.aim}"))
        + f" | {one.evidence}"
        + (f" | {one.evidence_en}" if one.evidence_en else "")
        for one in targets
    )


def faults_of_targets(targets: Sequence[Target]) -> Iterator[Said]:
    """What forbids issuing them."""
    total = sum(one.weight for one in targets)
    if total != HUNDRED:
        yield Said(
            f"各项权重合计应为100，现为{total}。", f"The weights make 100 together, not {total}."
        )
    codes = [one.code for one in targets]
    if len(set(codes)) != len(codes) or not all(code.isalnum() for code in codes):
        yield Said(
            "每项目标的代码由字母和数字组成，不能重复。",
            "Each target has a code of its own, of letters and digits.",
        )
    if len(targets) > MOST_TARGETS:
        yield Said(f"目标最多{MOST_TARGETS}项。", f"{MOST_TARGETS} targets at most.")
    for one in targets:
        if not one.title or one.weight <= 0:
            yield Said(
                f"目标“{one.code}”须有名称和大于0的权重。",
                f"Target “{one.code}” has a title and a weight above 0.",
            )
        if one.is_counted and not 0 < one.aim <= HUNDRED:
            yield Said(
                f"目标“{one.code}”由系统计数，目标值为1—100。",
                f"Target “{one.code}” is counted; its percent is 1 to 100.",
            )
        if len(one.evidence) < EVIDENCE_AT_LEAST:
            yield Said(
                f"目标“{one.code}”须写明以什么为据、怎样核验。",
                f"Target “{one.code}” says what is evidence and how it is verified.",
            )


def score_of(target: Target, reading: Reading | None) -> Decimal | None:
    """What a counted target scores: its whole weight once the percent is reached, else its share.

    None where it is judged, and where there was nothing to count: then it drops out.
    """
    percent = reading.percent if reading is not None and target.is_counted else None
    if percent is None:
        return None
    share = min(percent / target.aim, Decimal(1))
    return (share * target.weight).quantize(PLACES, ROUND_HALF_UP)


def total_of(targets: Sequence[Target], scores: Mapping[str, Decimal | None]) -> Decimal | None:
    """Out of a hundred, over the targets that apply; None where none does."""
    told = [(one.weight, scores.get(one.code)) for one in targets]
    weight = sum(w for w, score in told if score is not None)
    if not weight:
        return None
    reached = sum((score for _w, score in told if score is not None), Decimal(0))
    return (reached * HUNDRED / weight).quantize(PLACES, ROUND_HALF_UP)
