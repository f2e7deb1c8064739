"""The one way a case changes: state, event, ledger entry and rollup in one transaction. A5.

An act reads the case under lock, asks permission and rules, then calls :func:`record`. A repeated
key answers with what the first deed did and does nothing.
"""

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from openhall.cases.actions.load import move
from openhall.cases.actions.rooms_above import follow_up
from openhall.cases.actions.steps import follow
from openhall.cases.actions.telling import RECENT, tell
from openhall.cases.models import Case, CaseEvent
from openhall.cases.rules.backfill import objection
from openhall.cases.rules.lifecycle import NotInTheTable, lead
from openhall.cases.rules.load import slot
from openhall.cases.rules.separation import HANDLING_ACTS
from openhall.cases.terms import Act, Stage
from openhall.deeds.doing import Doing
from openhall.deeds.fast_rows import advance, insert
from openhall.deeds.refusals import Moved, Refused
from openhall.ledger.actions import append
from openhall.ledger.rules.commitment import commit
from openhall.workdays.queries import calendar

KNOWN: Final = f"SELECT id FROM {CaseEvent._meta.db_table} WHERE key = %s"  # noqa: S608


def done_before(key: str) -> CaseEvent | None:
    """The event this key left already, if any."""
    with connection.cursor() as cursor:  # almost always none: asked in one plain statement
        cursor.execute(KNOWN, [key])
        found = cursor.fetchone()
    return None if found is None else CaseEvent.objects.get(pk=found[0])


def held(case_id: int, *, seen: int | None = None) -> Case:
    """The case under lock. With ``seen`` (the seq of the page), refuses if it moved since."""
    rows = Case.objects.select_related("organ", "item", "item_version")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    case = rows.get(pk=case_id)
    if seen is not None and case.seq != seen:
        raise Moved("另一位工作人员刚刚办理了本件。请刷新页面，核对最新状态后再操作。")
    return case


def stage_after(case: Case, act: Act, to: Stage | None = None) -> Stage:
    """Where ``act`` leads; a pair outside the table becomes a refusal people can read."""
    try:
        return lead(Stage(case.stage), act, to)
    except NotInTheTable as error:
        raise Refused(str(error)) from error


def _within_limits(case: Case, doing: Doing, now: datetime) -> None:
    last = CaseEvent.objects.filter(case=case, seq=case.seq).values_list("event_time", flat=True)
    before = last.first()
    found = objection(
        timezone.localtime(doing.at),
        timezone.localtime(now),
        timezone.localtime(before) if before else None,
        doing.backfilled or "",
        calendar(),
    )
    if found:
        raise Refused(*found)


def record(
    case: Case,
    act: Act,
    doing: Doing,
    *,
    stage: Stage,
    changes: Mapping[str, Any],
    facts: Mapping[str, Any] | None = None,
    detail: Mapping[str, str] | None = None,
) -> CaseEvent:
    """Write one act. ``facts`` are public; ``detail`` is private and only committed to."""
    now = timezone.now()
    if doing.at > now:
        raise Refused("事件时间不能晚于现在。请核对时间。", "at")
    if doing.entered is not None:
        if not settings.DEMO:
            raise Refused("录入时间由系统记录，不能自行填写（阳光作业）。", "entered")
        now = doing.entered
    salt = base64.b64decode(case.salt)
    public, private = dict(facts or {}), dict(detail or {})
    if doing.backfilled is not None:
        _within_limits(case, doing, now)
        public["backfilled"], private["late_reason"] = True, doing.backfilled.strip()
    if act in HANDLING_ACTS and doing.actor is not None and case.handler_id != doing.actor.pk:
        public["stand_in"] = True  # a colleague of the same desk acts for the handler who is away
        private["in_place_of"] = str(case.handler)
    commitments = {
        name: commit(salt, f"{case.seq + 1}.{name}", said) for name, said in private.items()
    }
    before = None if act == Act.SUBMIT else slot(case)
    entry = append(
        "case",
        {
            "v": 2,
            "log": settings.LEDGER_ORIGIN,
            "case": case.number,
            "seq": case.seq + 1,
            "act": act.value,
            "stage": stage.value,
            "organ": case.organ.code,
            "item": case.item.code,
            "desk": doing.desk,
            "event_time": doing.at.isoformat(timespec="seconds"),
            "entry_time": now.isoformat(timespec="seconds"),
            "facts": public,
            "commitments": commitments,
        },
    )
    written = {"stage": stage.value, "seq": case.seq + 1, **changes}
    if not advance(Case, case.pk, case.seq, written):
        raise Moved("另一位工作人员刚刚办理了本件。请刷新页面，核对最新状态后再操作。")
    for name, value in written.items():
        setattr(case, name, value)
    move(before, slot(case))
    follow(case, act, timezone.localtime(doing.at).date(), doing.actor)
    event = insert(
        CaseEvent,
        case=case,
        seq=case.seq,
        act=act.value,
        stage=stage.value,
        actor=doing.actor,
        desk=doing.desk,
        event_time=doing.at,
        entry_time=now,
        facts=public,
        sealed=CaseEvent.locked(salt, json.dumps(private, ensure_ascii=False)) if private else "",
        key=doing.key,
        entry=entry,
    )
    if doing.entered is None or timezone.now() - doing.at <= RECENT:
        tell(case, act, public, doing.key)
    follow_up(case, act, doing)
    return event
