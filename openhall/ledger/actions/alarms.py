"""A fault in the log stops publication; only the supervision bureau lets it go on. A5, 二(三)."""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from openhall.ledger.actions.writing import append
from openhall.ledger.models import Alarm
from openhall.ledger.rules.finding import Finding
from openhall.ledger.terms import AlarmState

MOST: int = 50  # of one look; more say nothing new
log = logging.getLogger(__name__)


@transaction.atomic
def raise_alarm(finding: Finding, by: str) -> Alarm | None:
    """Stop publication at ``finding``; None when it is open already or is known for good.

    ``by`` says what found it. The alarm itself is an entry of the log.
    """
    before = Alarm.objects.filter(place=finding.place)
    if before.filter(state=AlarmState.OPEN.value).exists():
        return None
    if before.filter(state=AlarmState.KNOWN.value, sentence=finding.sentence).exists():
        return None
    alarm = Alarm.objects.create(
        place=finding.place,
        sentence=finding.sentence,
        sentence_en=finding.sentence_en,
        raised_by=by,
        found_at=timezone.now(),
        state=AlarmState.OPEN.value,
    )
    said = {"place": finding.place, "sentence": finding.sentence, "by": by}
    append("alarm", {"v": 1, "log": settings.LEDGER_ORIGIN, **said})
    log.critical("The public log is halted at %s: %s", finding.place, finding.sentence_en)
    transaction.on_commit(lambda: _tell(alarm))
    return alarm


def raise_alarms(findings: Iterable[Finding], by: str) -> int:
    """Every finding once, at most :data:`MOST` of them; how many alarms are new."""
    raised = 0
    for number, finding in enumerate(findings):
        if number == MOST:
            break
        raised += raise_alarm(finding, by) is not None
    return raised


def _tell(alarm: Alarm) -> None:
    """Call whoever the roof has named (``settings.LEDGER_ALARM_TELLS``); none may stop the rest."""
    for path in settings.LEDGER_ALARM_TELLS:
        try:
            import_string(path)(alarm)
        except Exception:
            log.exception("%s could not be told of the alarm at %s.", path, alarm.place)


@transaction.atomic
def close_alarm(alarm_id: int, state: AlarmState, by: str, reason: str) -> Alarm | None:
    """End an open alarm with who did it and why, written in the log; None if it is not open.

    Whoever calls has asked for the permission: this room knows no posts.
    """
    changed = Alarm.objects.filter(pk=alarm_id, state=AlarmState.OPEN.value).update(
        state=state.value, resolved_at=timezone.now(), resolved_by=by, reason=reason
    )
    if not changed:
        return None
    alarm = Alarm.objects.get(pk=alarm_id)
    said = {"place": alarm.place, "state": state.value, "by": by, "reason": reason}
    append("alarm_resolved", {"v": 1, "log": settings.LEDGER_ORIGIN, **said})
    return alarm
