"""What the permit of a case keeps by law, from when it may be erased, and erasing it.

行政许可法 61, 78, 79; 个人信息保护法 13, 47. Named in ``settings.ERASURE_…``.
"""

from datetime import date

from django.utils import timezone

from openhall.cases.actions.forgetting import GONE, say_no_more
from openhall.cases.models import Case
from openhall.deeds.doing import Doing
from openhall.permits.models import Ban, Licence, LicenceRequest
from openhall.permits.rules.validity import state_on
from openhall.permits.terms import LicenceState


def last_day(case: Case) -> date | None:
    """The last day of the permit that the case gave: when it ended or ends; None for neither."""
    licence = Licence.objects.filter(case=case).first()
    if licence is None:
        return None
    ended = licence.events.filter(act__in=["revoke", "cancel"]).order_by("seq").first()
    if ended is not None:
        return timezone.localtime(ended.event_time).date()
    return licence.valid_until


def objection(case: Case, day: date) -> str:
    """Why the data of an ended case must stay for its permit or a ban; empty where it need not."""
    licence = Licence.objects.filter(case=case).first()
    if licence is not None:
        now = state_on(LicenceState(licence.state), licence.valid_until, day)
        if now == LicenceState.VALID:
            until = f"有效期至{licence.valid_until:%Y-%m-%d}" if licence.valid_until else "长期有效"
            return (
                f"许可证件{licence.number}{until}，持证人信息须留在许可登记中"
                "（行政许可法 61，个人信息保护法 13（3））。许可届满、撤销或者注销，"
                "并满档案保存期限后可以删除。"
            )
    ban = Ban.objects.filter(case=case, until__gte=day).order_by("-until").first()
    if ban is not None:
        return (
            f"本件申请人在{ban.until:%Y-%m-%d}以前不得再次申请，期满前须据此核对"
            "（行政许可法 78、79，个人信息保护法 13（3））。期满次日起可以删除。"
        )
    return ""


def forget(case: Case, doing: Doing) -> None:
    """The holder, the terms and what was asked; a ban keeps its day and its matter."""
    for ban in Ban.objects.filter(case=case):
        Ban.objects.filter(pk=ban.pk).update(identity_blind=f"erased-{ban.pk}", reason=GONE)
    Licence.objects.filter(case=case).update(holder="", terms="")
    say_no_more(LicenceRequest.objects.filter(licence__case=case), "words", "reason")
