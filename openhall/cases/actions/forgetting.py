"""What erasing destroys in this room: every column that can say who a person is. 个人信息保护法 47.

Rows stay, because the procedure happened; what they say of a person goes. Where a constraint wants
words (a reason, a receiver), a fixed sentence takes their place.
"""

from typing import Any, Final

from django.db import models

from openhall.cases.kinds import ATTEMPT
from openhall.cases.models import (
    Acting,
    Case,
    Consultation,
    DeliveryAttempt,
    Extension,
    ExtensionRequest,
    Forwarding,
    HandOver,
    Hearing,
    SiteCheck,
    SupplementDraft,
    SupplementPoint,
)
from openhall.cases.terms import BesideAct
from openhall.deeds.doing import Doing
from openhall.deeds.writer import write
from openhall.fees.actions import forget_payer
from openhall.files import actions as files
from openhall.files.models import Upload
from openhall.outbox.actions import forget_about
from openhall.papers.actions.sealing import forget_papers

GONE: Final = "（个人信息已删除）"


def personal_of(case: Case) -> tuple[str, ...]:
    """What tells who the applicant and the agent are."""
    return (
        case.applicant_name,
        case.identity_number,
        case.phone,
        case.address,
        case.agent_name,
        case.agent_number,
    )


def personal_columns(case: Case) -> dict[str, Any]:
    """The columns of a case that say who somebody is, as they stand once that is erased."""
    return {
        "salt": "",
        "query_code": "",
        "query_blind": f"erased-{case.pk}",
        "followed_by": "",
        "applicant_name": "",
        "identity_number": "",
        "identity_blind": "",
        "name_blind": "",
        "phone_blind": "",
        "phone": "",
        "address": "",
        "agent_name": "",
        "agent_identity": "",
        "agent_number": "",
        "answers": "{}",
        "account": None,
    }


def forget(case: Case, doing: Doing) -> None:
    """Destroy what the rows beside ``case`` say of a person, here and in the rooms below."""
    Acting.objects.filter(case=case).update(scope="", phone="")
    _procedure(case)
    forget_papers(case.number, GONE, doing)
    _attempts(case, doing)
    _uploads(case)
    if case.payment_id is not None:
        forget_payer(case.payment_id, doing.part("payer"))
    forget_about(case.number)


def say_no_more(rows: models.QuerySet[Any], *fields: str) -> None:
    """The fixed sentence wherever ``rows`` say something in one of ``fields``."""
    for field in fields:
        rows.exclude(**{field: ""}).update(**{field: GONE})


def _procedure(case: Case) -> None:
    say_no_more(SupplementPoint.objects.filter(supplement__case=case), "reason")
    SupplementDraft.objects.filter(supplement__case=case).update(answers="{}")
    asked = Consultation.objects.filter(case=case)
    asked.update(shared={})
    say_no_more(asked, "question", "reason")
    say_no_more(Hearing.objects.filter(case=case), "why", "asked_by", "place", "minutes")
    say_no_more(SiteCheck.objects.filter(case=case), "place", "found")
    say_no_more(Forwarding.objects.filter(case=case), "opinion", "reply")
    say_no_more(ExtensionRequest.objects.filter(case=case), "reason", "answer")
    say_no_more(Extension.objects.filter(case=case), "reason")
    HandOver.objects.filter(case=case).update(things="[]")


def _attempts(case: Case, doing: Doing) -> None:
    for one in DeliveryAttempt.objects.select_related(*ATTEMPT.related).filter(case=case):
        said = [name for name in ("receiver", "note", "tracking") if getattr(one, name)]
        changes = dict.fromkeys(said, GONE) | {"salt": ""}
        under = doing.part(f"forget-attempt-{one.pk}")
        write(ATTEMPT, one, BesideAct.FORGET, under, changes=changes)


def _uploads(case: Case) -> None:
    files.forget(Upload.objects.filter(folder__case=case))
