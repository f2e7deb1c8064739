"""The switch 超时默许、缺席默认: set and ended as dated data with its basis; off by itself.

行政许可法 knows no consent by silence between organs; a city that wants it names the document it
rests on, and the days on which it holds (norms 2.5).
"""

from datetime import date

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.joint.kinds import SWITCH
from openhall.joint.models import DeemedConsent
from openhall.versions import actions as versions

BASIS_AT_LEAST = 5  # characters


@acting()
def switch_on(since: date, until: date | None, basis: str, doing: Doing) -> DeemedConsent:
    """Switch it on from a coming day, on a named document; never for days that are past."""

    def fill(switch: DeemedConsent) -> None:
        switch.basis = basis.strip()

    made: DeemedConsent = versions.begin(SWITCH, {}, doing, fill)
    if len(made.basis) < BASIS_AT_LEAST:
        raise Refused(
            Said("请写明依据的文件名称和文号。", "Name the document it rests on, with its number."),
            "basis",
        )
    if since <= doing.day:
        raise Refused(
            Said(
                "施行日期应当晚于今天：已经过去的沉默不能追认为同意。",
                "The first day must be later than today: past silence is never made "
                "consent afterwards.",
            ),
            "since",
        )
    if until is not None and until < since:
        raise Refused(
            Said("失效日期不能早于施行日期。", "The last day cannot be earlier than the first."),
            "until",
        )
    versions.publish(SWITCH, made.pk, since, doing.part("publish"))
    if until is not None:
        versions.end(SWITCH, made.pk, until, made.basis, doing.part("end"))
    made.refresh_from_db()
    return made


def switch_off(pk: int, until: date, reason: str, doing: Doing) -> Deed:
    """End it: ``until`` is the last day in force, today or later."""
    return versions.end(SWITCH, pk, until, reason, doing)
