"""What deeds of this room are done to: questions, calls for opinions, the limits in force."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from openhall.deeds.kinds import Kind, register
from openhall.deeds.refusals import Fault
from openhall.enquiries.models import (
    AnswerLimits,
    AnswerLimitsEvent,
    Call,
    Enquiry,
    EnquiryDeed,
)
from openhall.enquiries.permissions import may_set_limits
from openhall.enquiries.terms import CallAct, EnquiryAct, EnquiryKind, LimitAct, Subject
from openhall.glossary import Said
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

BINDS: Final = ("answer_days", "clarify_days", "transfers", "call_days", "report_days", "basis")


def _its_unit(row: Enquiry) -> dict[str, str]:
    """The unit; not of an opinion: before the last day nobody counts them in the public log."""
    return {} if row.kind == EnquiryKind.OPINION else {"organ": row.organ.code}


ENQUIRY = register(
    Kind(
        name=Subject.ENQUIRY.value,
        model=Enquiry,
        events=EnquiryDeed,
        acts=EnquiryAct,
        title=Said(Subject.ENQUIRY.zh, Subject.ENQUIRY.en),
        columns=("state",),
        related=("organ", "call", "item"),
        tells=_its_unit,
        loose={
            "code_blind": "An index of the query code, made from it; the code is committed to.",
        },
    )
)
CALL = register(
    Kind(
        name=Subject.CALL.value,
        model=Call,
        events=EnquiryDeed,
        acts=CallAct,
        title=Said(Subject.CALL.zh, Subject.CALL.en),
        columns=("state",),
        related=("organ",),
        tells=lambda row: {"organ": row.organ.code},
        loose={
            "folder": "Where the attached files lie; their names and digests are committed to.",
        },
    )
)

SETS: Final = Step(
    "government_office",
    Said("市政府办公厅", "Government Office"),
    Said(
        "只有市政府办公厅可以登记答复期限的规定（国办秘函〔2019〕19号）。",
        "Only the City Government Office writes down the limits of answering "
        "(国办秘函〔2019〕19号).",
    ),
    lambda account, version, day: may_set_limits(account, day),
)


def _faults(version: AnswerLimits, first_day: date) -> Iterator[Fault]:
    if version.answer_days > 90:
        yield Fault(
            Said(
                "答复期限不能超过90天：三个月未答复的，网站检查一票否决（国办秘函〔2019〕19号）。",
                "An answer may not take more than 90 days: a site with a question unanswered for "
                "three months fails (国办秘函〔2019〕19号).",
            ),
            "answer_days",
        )


def _says(version: Any) -> dict[str, Any]:
    return {name: getattr(version, name) for name in BINDS}


LIMITS = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name=LimitAct.LIMITS.value,
                model=AnswerLimits,
                events=AnswerLimitsEvent,
                acts=VersionAct,
                title=Said(LimitAct.LIMITS.zh, LimitAct.LIMITS.en),
                fk="version",
                number=lambda version: str(version.number),
            )
        ),
        family=(),
        route=Route(
            write=SETS,
            publish=SETS,
            alone=Said(
                "期限由所依据的文件规定，这里只登记其施行与失效。",
                "The limits are set by the document they rest on; here they only begin and end.",
            ),
        ),
        content=_says,
        gate=_faults,
        names={
            "answer_days": Said("咨询答复工作日", "Working days to answer"),
            "clarify_days": Said("提问人补充工作日", "Working days to add something"),
            "transfers": Said("最多转交次数", "Transfers at most"),
            "call_days": Said("征集意见最少天数", "Days a call is open at least"),
            "report_days": Said("公布采纳情况工作日", "Working days to report"),
            "basis": Said("依据的文件", "Document it rests on"),
        },
    )
)
