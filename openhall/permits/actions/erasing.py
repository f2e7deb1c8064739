"""What the permit of a case keeps by law, from when it may be erased, and erasing it.

行政许可法 61, 78, 79; 个人信息保护法 13, 47. Named in ``settings.ERASURE_…``.
"""

from datetime import date

from django.utils import timezone

from openhall.cases.actions.forgetting import GONE, say_no_more
from openhall.cases.models import Case
from openhall.deeds.doing import Doing
from openhall.deeds.writer import write
from openhall.glossary import Said
from openhall.permits.kinds import BAN, LICENCE
from openhall.permits.models import Ban, Licence, LicenceRequest, RegisterLine
from openhall.permits.queries import deeds_of
from openhall.permits.rules.validity import state_on
from openhall.permits.terms import BanAct, LicenceAct, LicenceState


def last_day(case: Case) -> date | None:
    """The last day of the permit that the case gave: when it ended or ends; None for neither."""
    licence = Licence.objects.filter(case=case).first()
    if licence is None:
        return None
    ended = deeds_of(licence).filter(act__in=["revoke", "cancel"]).first()
    if ended is not None:
        return timezone.localtime(ended.event_time).date()
    return licence.valid_until


def objection(case: Case, day: date) -> Said | None:
    """Why the data of an ended case must stay for its permit or a ban; None where it need not."""
    licence = Licence.objects.filter(case=case).first()
    if licence is not None:
        now = state_on(LicenceState(licence.state), licence.valid_until, day)
        if now == LicenceState.VALID:
            until = (
                Said(
                    f"有效期至{licence.valid_until:%Y-%m-%d}",
                    f", valid until {licence.valid_until:%Y-%m-%d}",
                )
                if licence.valid_until
                else Said("长期有效", ", valid without end")
            )
            return Said(
                f"许可证件{licence.number}{until.zh}，持证人信息须留在许可登记中"
                "（行政许可法 61，个人信息保护法 13（3））。许可届满、撤销或者注销，"
                "并满档案保存期限后可以删除。",
                f"Permit {licence.number}{until.en}: its holder stays in the register of "
                "permits (Administrative Licensing Law, art. 61; Personal Information "
                "Protection Law, art. 13(3)). Erase once it has expired or was revoked or "
                "cancelled, and its file need not be kept any longer.",
            )
    ban = Ban.objects.filter(case=case, until__gte=day).order_by("-until").first()
    if ban is not None:
        return Said(
            f"本件申请人在{ban.until:%Y-%m-%d}以前不得再次申请，期满前须据此核对"
            "（行政许可法 78、79，个人信息保护法 13（3））。期满次日起可以删除。",
            "The applicant of this case may not apply again before "
            f"{ban.until:%Y-%m-%d} and is checked against it until then "
            "(Administrative Licensing Law, art. 78 and 79; Personal Information "
            "Protection Law, art. 13(3)). Erase from the day after.",
        )
    return None


def forget(case: Case, doing: Doing) -> None:
    """The holder, the terms and what was asked; a ban keeps its day and its matter."""
    for ban in Ban.objects.select_related(*BAN.related).filter(case=case):
        changes = {"identity_blind": f"erased-{ban.pk}", "reason": GONE, "salt": ""}
        write(BAN, ban, BanAct.FORGET, doing.part(f"forget-ban-{ban.pk}"), changes=changes)
    RegisterLine.objects.filter(case=case, named="masked").update(holder="")
    for licence in Licence.objects.select_related(*LICENCE.related).filter(case=case):
        say_no_more(LicenceRequest.objects.filter(licence=licence), "words", "reason")
        changes = {"holder": "", "terms": "", "salt": ""}
        write(LICENCE, licence, LicenceAct.FORGET, doing.part("forget-permit"), changes=changes)
