"""What a survey or an inspection found of units: each problem opens a line of the one ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused, worded
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.supervision.actions.issues import open_issue
from openhall.supervision.terms import IssueSource, Severity

LEAST: Final = 6  # characters that say what is to be put right


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a unit must put right."""

    unit: str
    words: Said


def open_problems(
    source: IssueSource,
    reference: str,
    units: Mapping[str, Organ],
    problems: Sequence[Problem],
    rule: str,
    doing: Doing,
) -> list[str]:
    """The numbers of the findings opened; refused for a unit that was not looked at."""
    opened = []
    for place, one in enumerate(problems, start=1):
        if one.unit not in units:
            raise Refused(Said("没有抽中这个单位。", "This unit was not drawn."), "problems")
        worded(one.words.zh, LEAST, Said("要整改的问题", "the problem"), "problems")
        issue = open_issue(
            source,
            reference,
            units[one.unit],
            Said(one.words.zh.strip(), one.words.en.strip()),
            rule,
            Severity.ORDINARY,
            doing.part(f"problem-{place}"),
        )
        opened.append(issue.number)
    return opened
