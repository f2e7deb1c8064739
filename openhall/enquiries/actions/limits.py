"""The limits of answering: set on a document for coming days, and ended. 0022."""

from datetime import date

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.enquiries.kinds import LIMITS
from openhall.enquiries.models import AnswerLimits
from openhall.enquiries.rules.limits import Limits
from openhall.glossary import Said
from openhall.versions import actions as versions
from openhall.versions.documents import on_document


@acting()
def set_limits(limits: Limits, since: date, doing: Doing) -> AnswerLimits:
    """In force from a coming day; a question keeps the last day it was given."""

    def fill(version: AnswerLimits) -> None:
        for name in ("answer_days", "clarify_days", "transfers", "call_days", "report_days"):
            setattr(version, name, getattr(limits, name))
        version.basis = limits.basis.strip()

    if min(limits.answer_days, limits.clarify_days, limits.report_days) < 1:
        raise Refused(
            Said("期限至少一个工作日。", "A limit is at least one working day."), "answer_days"
        )
    made: AnswerLimits = on_document(LIMITS, limits.basis, since, doing, fill)
    return made


def end_limits(pk: int, until: date, reason: str, doing: Doing) -> Deed:
    """End it: afterwards those of the programme are in force again."""
    return versions.end(LIMITS, pk, until, reason, doing)
