"""Rating a served case, once. 国办发〔2019〕51号."""

import base64
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from openhall.appraisal.models import Rating, RatingMonth
from openhall.appraisal.permissions import may_rate
from openhall.appraisal.rules.rating import fault_of_rating, is_satisfied
from openhall.appraisal.terms import BadReason, RatingSource, Satisfaction
from openhall.cases.actions import Doing
from openhall.cases.actions.record import held
from openhall.cases.models import Case
from openhall.cases.terms import Stage
from openhall.deeds.refusals import Refused
from openhall.ledger.actions import append
from openhall.ledger.rules.commitment import commit
from openhall.supervision.actions import open_issue
from openhall.supervision.terms import IssueSource, Severity


@transaction.atomic
def rate(
    case_id: int,
    satisfaction: Satisfaction,
    reasons: Sequence[BadReason],
    comment: str,
    source: RatingSource,
    doing: Doing,
    *,
    holds_code: bool = False,
) -> Rating:
    """Rate the service of a delivered case; a repeated click answers with the one rating.

    ``holds_code`` says that the query code of the case was shown. Raises :class:`Refused` for
    officials, strangers, cases not yet served, a second rating and a bad one without reason.
    """
    if before := Rating.objects.filter(key=doing.key).first():
        return before
    case = held(case_id)
    if not may_rate(doing.actor, case, holds_code=holds_code):
        raise Refused("只有申请人可以评价本件，工作人员不能代为评价（国办发〔2019〕51号）。")
    if case.stage != Stage.DELIVERED:
        raise Refused("结果送达后才能评价。送达时会提醒您。")
    if Rating.objects.filter(case=case).exists():
        raise Refused("本件已经评价过，每件只评价一次（国办发〔2019〕51号）。")
    score = int(satisfaction.value)
    if fault := fault_of_rating(score, len(reasons), comment):
        raise Refused(fault[1], fault[0])
    at = doing.at
    entered = doing.entered if doing.entered and settings.DEMO else timezone.now()
    said = sorted({reason.value for reason in reasons})
    entry = append(
        "rating",
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "case": case.number,
            "organ": case.organ.code,
            "score": score,
            "reasons": said,
            "source": source.value,
            "event_time": at.isoformat(timespec="seconds"),
            "entry_time": entered.isoformat(timespec="seconds"),
            "commitments": (
                {"comment": commit(base64.b64decode(case.salt), "rating.comment", comment)}
                if comment
                else {}
            ),
        },
    )
    rating = Rating.objects.create(
        case=case,
        organ=case.organ,
        score=score,
        reasons=said,
        comment=comment,
        source=source.value,
        at=at,
        key=doing.key,
        entry=entry,
    )
    _count(rating)
    if not is_satisfied(score):
        _to_be_put_right(rating, doing)
    return rating


def forget_comment(case: Case) -> None:
    """What a rating says of a person goes with the data of its case. 个人信息保护法 47.

    The score and its reasons name nobody and stay; the roof names this in ``ERASURE_FORGETS``.
    """
    Rating.objects.filter(case=case).update(comment="")


def _to_be_put_right(rating: Rating, doing: Doing) -> None:
    """差评: verified, put right and fed back in five working days. 国办发〔2019〕51号."""
    said = [BadReason(code) for code in rating.reasons]
    open_issue(
        IssueSource.RATING,
        rating.case.number,
        rating.organ,
        "差评：" + "、".join(reason.zh for reason in said),
        "国办发〔2019〕51号",
        Severity.MINOR,
        Doing(None, doing.at, f"rating-{rating.pk}", entered=doing.entered),
        title_en="Bad rating: " + "; ".join(reason.en for reason in said),
        case=rating.case,
        due_workdays=5,
    )


def _count(rating: Rating) -> None:
    where: dict[str, Any] = {
        "organ_id": rating.organ_id,
        "month": timezone.localtime(rating.at).date().replace(day=1),
    }
    steps = {
        "rated": F("rated") + 1,
        "satisfied": F("satisfied") + int(is_satisfied(rating.score)),
        "score": F("score") + rating.score,
    }
    if not RatingMonth.objects.filter(**where).update(**steps):
        RatingMonth.objects.get_or_create(**where)
        RatingMonth.objects.filter(**where).update(**steps)
