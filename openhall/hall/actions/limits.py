"""The limits of helping: set on a document for coming days. 0022."""

from dataclasses import asdict
from datetime import date
from typing import Any

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.hall.kinds import HELP_LIMITS
from openhall.hall.models import HelpLimitsVersion
from openhall.hall.rules.limits import HelpLimits
from openhall.versions.documents import on_document


@acting()
def set_limits(limits: HelpLimits, since: date, doing: Doing) -> HelpLimitsVersion:
    """In force from a coming day; what was taken over keeps the last day it was given."""

    def fill(version: Any) -> None:
        for name, value in asdict(limits).items():
            setattr(version, name, value.strip() if name == "basis" else value)

    numbers = {name: value for name, value in asdict(limits).items() if name != "basis"}
    if short := next((name for name, value in numbers.items() if value < 1), ""):
        raise Refused(
            Said("期限和次数至少为一。", "Limits and numbers of tries are at least one."), short
        )
    made: HelpLimitsVersion = on_document(HELP_LIMITS, limits.basis, since, doing, fill)
    return made
