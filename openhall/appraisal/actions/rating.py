"""Rating a served stage, once. 国办发〔2019〕51号. Silence is never a rating."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from openhall.appraisal.kinds import RATING
from openhall.appraisal.models import Rating, RatingMonth, RatingSerial
from openhall.appraisal.permissions import may_key_in, may_rate
from openhall.appraisal.rules.packs import RatingPack, pack_called, pack_on
from openhall.appraisal.rules.rating import fault_of_rating, is_satisfied
from openhall.appraisal.terms import (
    BadReason,
    RatingAct,
    RatingSource,
    RatingState,
    Satisfaction,
    ServedStage,
)
from openhall.cases.actions.record import held
from openhall.cases.models import Case
from openhall.cases.terms import Stage
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import made_before, write
from openhall.glossary import Said
from openhall.workdays.queries import calendar

COPIED: Final = (RatingSource.PAPER, RatingSource.HOTLINE)
TABLE: Final = RatingSerial._meta.db_table
NEXT: Final = (
    f"INSERT INTO {TABLE} (year, last) VALUES (%s, 1)"  # noqa: S608
    f" ON CONFLICT (year) DO UPDATE SET last = {TABLE}.last + 1 RETURNING last"
)


def _number(year: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [year])
        return f"PJ-{year}-{int(cursor.fetchone()[0]):06d}"


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
    stage: ServedStage = ServedStage.DELIVERY,
) -> Rating:
    """Rate one served stage of a case; a repeated click answers with the one rating.

    ``holds_code`` says that the query code of the case was shown. A paper slip and a call to the
    hotline are copied by a centre. Raises :class:`Refused` for officials, strangers, stages not yet
    served, a second rating, one that comes too late and a bad one without reason.
    """
    column = "case_id" if stage == ServedStage.DELIVERY else "accepted_id"
    before: Rating | None = made_before(RATING, doing, RatingAct.RATE, **{column: case_id})
    if before is not None:
        return before
    case = held(case_id)
    _may(case, source, doing, holds_code=holds_code)
    served_on = _served(case, stage)
    if Rating.objects.filter(**{column: case.pk}).exists():
        raise Refused(
            Said(
                "本件已经评价过，每件只评价一次（国办发〔2019〕51号）。",
                "This case has been rated; each case is rated once (国办发〔2019〕51号).",
            )
        )
    pack = pack_on(served_on)
    _in_the_period(pack, served_on, doing.day)
    score = int(satisfaction.value)
    if fault := fault_of_rating(score, len(reasons), comment):
        raise Refused(fault[1], fault[0])
    said, bad = sorted({reason.value for reason in reasons}), not is_satisfied(score)
    state = RatingState.RECEIVED if bad else RatingState.COUNTED
    days = calendar()
    rating = Rating.objects.create(
        number=_number(doing.day.year),
        **{column: case.pk},
        organ=case.organ,
        score=score,
        reasons=said,
        comment=comment,
        source=source.value,
        at=doing.at,
        served_on=served_on,
        pack=pack.code,
        state=state.value,
        due=days.add_workdays(doing.day, pack.assign_days).on if bad else None,
        fed_back_due=days.add_workdays(doing.day, pack.simple_days).on if bad else None,
    )
    write(
        RATING,
        rating,
        RatingAct.RATE,
        doing,
        facts={
            "score": score,
            "reasons": said,
            "source": source.value,
            "stage": stage.value,
            "pack": pack.code,
        },
        detail={"comment": comment},
    )
    _count(rating)
    return rating


def _may(case: Case, source: RatingSource, doing: Doing, *, holds_code: bool) -> None:
    if source in COPIED:
        if not may_key_in(doing.actor, case.organ, doing.day):
            raise Refused(
                Said(
                    "只有政务服务中心可以录入纸质评价和热线评价，被评价单位的人员不能录入"
                    "（国办发〔2019〕51号）。",
                    "Only a service centre copies paper slips and hotline calls; nobody of the "
                    "unit that is rated may (国办发〔2019〕51号).",
                )
            )
        return
    if not may_rate(doing.actor, case, holds_code=holds_code):
        raise Refused(
            Said(
                "只有申请人可以评价本件，工作人员不能代为评价（国办发〔2019〕51号）。",
                "Only the applicant rates this case; staff may not do it for them "
                "(国办发〔2019〕51号).",
            )
        )


def _served(case: Case, stage: ServedStage) -> date:
    """The day on which the stage was served; refused where it was not yet."""
    if stage == ServedStage.ACCEPTANCE:
        if case.accepted_at is None:
            raise Refused(
                Said(
                    "受理之后才能评价受理环节。",
                    "The taking in can be rated once the application is accepted.",
                )
            )
        return timezone.localtime(case.accepted_at).date()
    if case.stage != Stage.DELIVERED:
        raise Refused(
            Said(
                "结果送达后才能评价。送达时会提醒您。",
                "You can rate once the result is delivered. You will be told when it is.",
            )
        )
    return timezone.localtime(case.delivered_at or case.closed_at or timezone.now()).date()


def last_day_to_rate(pack: RatingPack, served_on: date) -> date | None:
    """The last day on which it may be rated; None where the rules name none."""
    if pack.rate_days is None:
        return None
    return calendar().add_workdays(served_on, pack.rate_days).on


def _in_the_period(pack: RatingPack, served_on: date, day: date) -> None:
    last = last_day_to_rate(pack, served_on)
    if last is not None and day > last:
        raise Refused(
            Said(
                f"评价截至{last.isoformat()}，已经过期。意见可以通过投诉、咨询提出。",
                f"It could be rated until {last.isoformat()}. You may still complain or ask.",
            )
        )


def _count(rating: Rating) -> None:
    good, delivered = is_satisfied(rating.score), rating.case_id is not None
    month = timezone.localtime(rating.at).date()
    points = pack_called(rating.pack).points[rating.score]
    add_up(rating.organ_id, month, every=1, good=int(good), bad=int(not good), points=points)
    if delivered:
        add_up(rating.organ_id, month, rated=1, satisfied=int(good), score=rating.score)
    if rating.served_on is not None:
        add_up(rating.organ_id, rating.served_on, of_served=1)


def add_up(organ_id: int, day: date, **more: int) -> None:
    """Add to the figures of a unit in the month of ``day``."""
    where: dict[str, Any] = {"organ_id": organ_id, "month": day.replace(day=1)}
    steps = {name: F(name) + count for name, count in more.items()}
    if not RatingMonth.objects.filter(**where).update(**steps):
        RatingMonth.objects.get_or_create(**where)
        RatingMonth.objects.filter(**where).update(**steps)


@acting()
def forget_comment(case: Case, doing: Doing) -> None:
    """What a rating says of a person goes with the data of its case. 个人信息保护法 47.

    The score and its reasons name nobody and stay; the roof names this in ``ERASURE_FORGETS``.
    """
    rows = Rating.objects.select_related(*RATING.related)
    for rating in rows.filter(Q(case=case) | Q(accepted=case)).order_by("pk"):
        words = ("comment", "finding", "objection", "ruling", "reply")
        write(
            RATING,
            rating,
            RatingAct.FORGET,
            doing.part(f"rating-{rating.pk}"),
            changes={**dict.fromkeys(words, ""), "salt": ""},
        )
