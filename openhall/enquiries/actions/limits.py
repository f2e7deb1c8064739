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
from openhall.paging.typed import visible
from openhall.versions import actions as versions

BASIS_AT_LEAST = 5  # characters


@acting()
def set_limits(limits: Limits, since: date, doing: Doing) -> AnswerLimits:
    """In force from a coming day; a question keeps the last day it was given."""

    def fill(version: AnswerLimits) -> None:
        for name in ("answer_days", "clarify_days", "transfers", "call_days", "report_days"):
            setattr(version, name, getattr(limits, name))
        version.basis = limits.basis.strip()

    if visible(limits.basis) < BASIS_AT_LEAST:
        raise Refused(
            Said("请写明依据的文件名称和文号。", "Name the document it rests on, with its number."),
            "basis",
        )
    if min(limits.answer_days, limits.clarify_days, limits.report_days) < 1:
        raise Refused(
            Said("期限至少一个工作日。", "A limit is at least one working day."), "answer_days"
        )
    if since <= doing.day:
        raise Refused(
            Said(
                "施行日期应当晚于今天：已经收到的咨询，期限不变。",
                "The first day must be later than today: what was asked already keeps its limit.",
            ),
            "since",
        )
    made: AnswerLimits = versions.begin(LIMITS, {}, doing, fill)
    versions.publish(LIMITS, made.pk, since, doing.part("publish"))
    made.refresh_from_db()
    return made


def end_limits(pk: int, until: date, reason: str, doing: Doing) -> Deed:
    """End it: afterwards those of the programme are in force again."""
    return versions.end(LIMITS, pk, until, reason, doing)
