"""下达: a draft of a unit's sheet, from its sheet before or from the proposed targets."""

from collections.abc import Sequence
from typing import Any

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.targets.data import proposed
from openhall.targets.kinds import SHEET
from openhall.targets.models import TargetSheet
from openhall.targets.queries import newest_sheet
from openhall.targets.rules.sheet import Target, plain
from openhall.versions import actions as versions


def begin_sheet(organ: Organ, year: int, doing: Doing) -> TargetSheet:
    """A draft for ``year``: from this year's sheet, else the last year's, else the proposal."""
    if not doing.day.year <= year <= doing.day.year + 1:
        raise Refused(
            Said(
                "只能下达当年或者下一年的工作目标。",
                "Targets are issued for this year or the next.",
            ),
            "year",
        )

    def fill(version: Any) -> None:
        if not version.targets:
            last = newest_sheet(organ, year - 1)
            version.targets = last.targets if last else plain(proposed())

    family = {"organ": organ, "year": year}
    source = newest_sheet(organ, year)
    made: TargetSheet = versions.begin(SHEET, family, doing, fill, source=source)
    return made


def save_targets(pk: int, targets: Sequence[Target], doing: Doing) -> TargetSheet:
    """Keep the draft's targets. ``doing.seen`` is its revision."""

    def change(version: Any) -> None:
        version.targets = plain(targets)

    made: TargetSheet = versions.save(SHEET, pk, doing, change)
    return made
