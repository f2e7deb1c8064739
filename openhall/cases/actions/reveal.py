"""Reading personal data in the clear: never by accident, always with a reason that stays."""

import base64
from typing import Final

from django.utils import timezone

from openhall.cases.models import Case, Reveal
from openhall.cases.permissions import may_open
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.organs.models import Account

FIELDS: Final = ("applicant_name", "identity_number", "phone", "address", "agent_name")
REASON_AT_LEAST: Final = 4  # characters


@acting()
def reveal(case: Case, account: Account, reason: str) -> dict[str, str]:
    """The applicant's personal data by field name; who asked, when and why is recorded.

    Raises :class:`Refused` for anyone who may not open the case, and for a reason too short.
    """
    if not may_open(account, case, timezone.localdate()):
        raise Refused("只有本件所在单位的在岗人员可以查看申请人信息（个人信息保护法 51）。")
    if len(reason.strip()) < REASON_AT_LEAST:
        raise Refused("请写明查看的理由（不少于4个字），查看会留下记录。", "reason")
    Reveal.objects.create(
        case=case,
        account=account,
        field="applicant",
        sealed=Reveal.locked(base64.b64decode(case.salt), reason.strip()[:200]),
        at=timezone.now(),
    )
    return {field: getattr(case, field) for field in FIELDS if getattr(case, field)}
