"""评议指标: a draft from what is in force, its lines written by the Supervision Bureau."""

from collections.abc import Sequence
from typing import Any

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.inspections.kinds import FRAMEWORK
from openhall.inspections.models import Framework
from openhall.inspections.queries import indicators_on
from openhall.inspections.rules.indicators import Indicator, plain
from openhall.versions import actions as versions
from openhall.versions.queries import draft_of, in_force


def begin_framework(doing: Doing) -> Framework:
    """A new draft, from the version in force or from the policy's own heads."""
    if draft_of(Framework) is not None:
        raise Refused(
            Said("已经有一份草稿，请继续修改。", "There is a draft already. Go on with it.")
        )

    def fill(version: Any) -> None:
        if not version.indicators:
            version.indicators = plain(indicators_on(doing.day))

    source = in_force(Framework, doing.day)
    made: Framework = versions.begin(FRAMEWORK, {}, doing, fill, source=source)
    return made


def save_framework(pk: int, rows: Sequence[Indicator], doing: Doing) -> Framework:
    """Keep the draft's indicators. ``doing.seen`` is its revision."""

    def change(version: Any) -> None:
        version.indicators = plain(rows)

    made: Framework = versions.save(FRAMEWORK, pk, doing, change)
    return made
