"""The supervision bureau over the public log: verify the whole of it, resolve an alarm. 二(三)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.ledger.actions import begin_verification, close_alarm
from openhall.ledger.models import Alarm, Verification
from openhall.ledger.tasks import verify_whole
from openhall.ledger.terms import AlarmState, VerificationState
from openhall.organs.models import Account
from openhall.paging.typed import visible
from openhall.statistics.permissions import may_audit_log

REASON_AT_LEAST = 10  # characters


@transaction.atomic
def verify_the_whole_log(account: Account, at: datetime) -> Verification:
    """Ask for a verification in the background; the running one, if there is one already."""
    if not may_audit_log(account, timezone.localtime(at).date()):
        raise Refused(
            Said(
                "只有监察岗位的在岗人员可以核验整本公开账（成办发〔2003〕75号 二（三））。",
                "Only who is on duty at a supervision desk verifies the whole log "
                "(成办发〔2003〕75号 二（三）).",
            )
        )
    going = (VerificationState.WAITING.value, VerificationState.RUNNING.value)
    if standing := Verification.objects.filter(state__in=going, asked_at__date=at.date()).first():
        return standing
    asked = begin_verification(account.username)
    verify_whole.enqueue(asked.pk)
    asked.refresh_from_db()
    return asked


@transaction.atomic
def resolve_alarm(
    alarm_id: int, state: AlarmState, reason: str, account: Account, at: datetime
) -> Alarm:
    """解除警报: publication goes on when none is open; who and why stand in the log for ever.

    ``KNOWN`` is for what cannot be repaired: it stays on the public page and no longer stops it.
    """
    if not may_audit_log(account, timezone.localtime(at).date()):
        raise Refused(
            Said(
                "只有监察岗位的在岗人员可以解除公开账警报（成办发〔2003〕75号 二（三））。",
                "Only who is on duty at a supervision desk resolves an alarm of the log "
                "(成办发〔2003〕75号 二（三）).",
            )
        )
    if state == AlarmState.OPEN:
        raise Refused(
            Said(
                "请说明警报是已修复，还是无法修复而须永久公示。",
                "Say whether it was repaired, or cannot be and stays on the public page.",
            ),
            "state",
        )
    if visible(reason) < REASON_AT_LEAST:
        raise Refused(
            Said(
                f"请写明查明的原因和处理结果（不少于{REASON_AT_LEAST}个字），它将公开。",
                f"Write the cause and what was done, in at least {REASON_AT_LEAST} characters; it "
                "will be public.",
            ),
            "reason",
        )
    closed = close_alarm(alarm_id, state, str(account), reason.strip())
    if closed is None:
        raise Refused(
            Said("这条警报已经解除。请刷新页面。", "This alarm is resolved. Reload the page.")
        )
    return closed
