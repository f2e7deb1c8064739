"""Rating a served case, once. 国办发〔2019〕51号."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone

from openhall.appraisal.kinds import RATING
from openhall.appraisal.models import Rating, RatingMonth
from openhall.appraisal.permissions import may_rate
from openhall.appraisal.rules.rating import fault_of_rating, is_satisfied
from openhall.appraisal.terms import BadReason, RatingAct, RatingSource, Satisfaction
from openhall.cases.actions.record import held
from openhall.cases.models import Case
from openhall.cases.terms import Stage
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import made_before, write
from openhall.glossary import Said
from openhall.supervision.actions import open_issue
from openhall.supervision.terms import IssueSource, Severity


@acting()
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
    before: Rating | None = made_before(RATING, doing, RatingAct.RATE, case_id=case_id)
    if before is not None:
        return before
    case = held(case_id)
    if not may_rate(doing.actor, case, holds_code=holds_code):
        raise Refused(
            Said(
                "只有申请人可以评价本件，工作人员不能代为评价（国办发〔2019〕51号）。",
                "Only the applicant rates this case; staff may not do it for them "
                "(国办发〔2019〕51号).",
            )
        )
    if case.stage != Stage.DELIVERED:
        raise Refused(
            Said(
                "结果送达后才能评价。送达时会提醒您。",
                "You can rate once the result is delivered. You will be told when it is.",
            )
        )
    if Rating.objects.filter(case=case).exists():
        raise Refused(
            Said(
                "本件已经评价过，每件只评价一次（国办发〔2019〕51号）。",
                "This case has been rated; each case is rated once (国办发〔2019〕51号).",
            )
        )
    score = int(satisfaction.value)
    if fault := fault_of_rating(score, len(reasons), comment):
        raise Refused(fault[1], fault[0])
    said = sorted({reason.value for reason in reasons})
    rating = Rating.objects.create(
        case=case,
        organ=case.organ,
        score=score,
        reasons=said,
        comment=comment,
        source=source.value,
        at=doing.at,
    )
    write(
        RATING,
        rating,
        RatingAct.RATE,
        doing,
        facts={"score": score, "reasons": said, "source": source.value},
        detail={"comment": comment},
    )
    _count(rating)
    if not is_satisfied(score):
        _to_be_put_right(rating, doing)
    return rating


@acting()
def forget_comment(case: Case, doing: Doing) -> None:
    """What a rating says of a person goes with the data of its case. 个人信息保护法 47.

    The score and its reasons name nobody and stay; the roof names this in ``ERASURE_FORGETS``.
    """
    rating = Rating.objects.select_related(*RATING.related).filter(case=case).first()
    if rating is not None:
        write(
            RATING,
            rating,
            RatingAct.FORGET,
            doing.part("rating"),
            changes={"comment": "", "salt": ""},
        )


def _to_be_put_right(rating: Rating, doing: Doing) -> None:
    """差评: verified, put right and fed back in five working days. 国办发〔2019〕51号."""
    said = [BadReason(code) for code in rating.reasons]
    open_issue(
        IssueSource.RATING,
        rating.case.number,
        rating.organ,
        Said(
            "差评：" + "、".join(reason.zh for reason in said),
            "Bad rating: " + "; ".join(reason.en for reason in said),
        ),
        "国办发〔2019〕51号",
        Severity.MINOR,
        Doing(None, doing.at, system_key("rating", rating.pk), entered=doing.entered),
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
