"""删除个人信息: the salt and every personal field go, the proofs stay. 个人信息保护法 47.

Events may never be changed, so what they privately say is locked with the case's salt: with the
salt it is gone too. The log keeps only commitments, which nobody can open any more. Rooms above
take part by the roof's lists (``settings.ERASURE_…``): a room may say which law keeps what it
holds and until when, and each forgets in the same transaction.
"""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from openhall.cases.actions.forgetting import forget, personal_columns, personal_of
from openhall.cases.actions.record import Doing, held, record
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, Erasure
from openhall.cases.permissions import may_erase
from openhall.cases.terms import Act, ErasureGround, Stage
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import done_before
from openhall.glossary import Said
from openhall.paging.typed import visible

REASON_AT_LEAST = 10  # characters


def erasable_from(case: Case) -> date | None:
    """The first day on which the retention period is over; None while the case is open.

    It runs from the day the case ended or, if later, from the last day that a room above names,
    as that of its permit.
    """
    if case.closed_at is None:
        return None
    last = timezone.localtime(case.closed_at).date()
    for path in settings.ERASURE_LAST_DAYS:
        last = max(last, import_string(path)(case) or last)
    return last + timedelta(days=settings.RETENTION_DAYS)


def kept_by_law(case: Case, day: date) -> Said | None:
    """Why the data of an ended case may not be erased on ``day``; None where it may."""
    said = (import_string(path)(case, day) for path in settings.ERASURE_OBJECTIONS)
    return next(filter(None, said), None)


@acting()
def erase(case_id: int, ground: ErasureGround, reason: str, doing: Doing) -> Erasure:
    """Destroy the personal data of an ended case, by the head of its organ.

    Order: repeated key → permission → ended and past its retention → reason → erase, record, log.
    """
    if done_before(CASE, doing, (Act.ERASE,), case_id):
        return Erasure.objects.get(case=case_id)
    case = held(case_id)
    day = doing.day
    if doing.actor is None or not may_erase(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本机关负责人可以决定删除个人信息（个人信息保护法 47）。",
                "Only the head of this organ may decide to erase personal information "
                "(Personal Information Protection Law, art. 47).",
            )
        )
    if Erasure.objects.filter(case=case).exists():
        raise Refused(
            Said(
                "本件的个人信息已经删除，不能重复删除。",
                "The personal information of this case was erased already.",
            )
        )
    free_from = erasable_from(case)
    if free_from is None:
        raise Refused(
            Said(
                "本件尚未办结，办理所需的个人信息不能删除（个人信息保护法 47）。",
                "This case is not concluded; the personal information it needs cannot be "
                "erased (Personal Information Protection Law, art. 47).",
            )
        )
    if kept := kept_by_law(case, day):
        raise Refused(kept)
    if day < free_from:
        raise Refused(
            Said(
                f"档案保存期限至{free_from - timedelta(days=1):%Y-%m-%d}，尚未届满，"
                "期满前只能停止除存储以外的处理（个人信息保护法 47）。",
                f"The file is kept until {free_from - timedelta(days=1):%Y-%m-%d}; until "
                "then its use can only be stopped, its keeping goes on (Personal "
                "Information Protection Law, art. 47).",
            )
        )
    if visible(reason) < REASON_AT_LEAST:
        raise Refused(
            Said(
                "请写明依据哪项请求或哪个期限（不少于10个字，不要写个人信息）。",
                "Say under which request or period it is erased (at least 10 characters, "
                "no personal information).",
            ),
            "reason",
        )
    if any(said and said in reason for said in personal_of(case)):
        raise Refused(
            Said(
                "理由将永久保存，不能写申请人的姓名、证件号码或者电话。请改写。",
                "The reason is kept for ever: leave out the applicant's name, numbers and "
                "telephone. Write it again.",
            ),
            "reason",
        )
    record(
        case,
        Act.ERASE,
        doing,
        stage=Stage(case.stage),
        changes=personal_columns(case),
        facts={"ground": ground.value},
    )
    done = Erasure.objects.create(
        case=case, account=doing.actor, ground=ground.value, reason=reason.strip(), at=doing.at
    )
    forget(case, doing)
    for path in settings.ERASURE_FORGETS:
        import_string(path)(case, doing)
    return done
