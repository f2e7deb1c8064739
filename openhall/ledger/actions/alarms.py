"""A fault in the log stops publication; only the supervision bureau lets it go on. A5, 二(三)."""

import logging
from collections.abc import Iterable, Sequence
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from openhall.ledger.actions.writing import append
from openhall.ledger.models import Alarm
from openhall.ledger.rules.finding import Finding
from openhall.ledger.terms import ALARM, RESOLVED, AlarmState

MOST: int = 50  # of one look; more say nothing new
log = logging.getLogger(__name__)


def raise_alarm(finding: Finding, by: str) -> Alarm | None:
    """Stop publication at ``finding``; None when it is open already or is known for good."""
    return next(iter(raise_alarms([finding], by)), None)


@transaction.atomic
def raise_alarms(findings: Iterable[Finding], by: str) -> list[Alarm]:
    """Stop publication at every finding, at most :data:`MOST` of them; the alarms that are new.

    ``by`` says what found them. Each alarm is an entry of the log itself, and one look tells
    people once, in the same transaction: an alarm that stands has been told.
    """
    first = islice(findings, MOST)
    raised = [alarm for finding in first if (alarm := _raised(finding, by)) is not None]
    if raised:
        _tell(raised)
    return raised


def _raised(finding: Finding, by: str) -> Alarm | None:
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
    append(ALARM, {"v": 1, "log": settings.LEDGER_ORIGIN, **said})
    log.critical("The public log is halted at %s: %s", finding.place, finding.sentence_en)
    return alarm


def _tell(alarms: Sequence[Alarm]) -> None:
    """Call whoever the roof has named (``settings.LEDGER_ALARM_TELLS``); none may stop the rest."""
    for path in settings.LEDGER_ALARM_TELLS:
        try:
            with transaction.atomic():
                import_string(path)(alarms)
        except Exception:
            log.exception("%s could not be told of the alarm at %s.", path, alarms[0].place)


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
    append(RESOLVED, {"v": 1, "log": settings.LEDGER_ORIGIN, **said})
    return alarm
