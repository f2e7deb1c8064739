"""The one way anything of supervision changes: state, deed and ledger entry in one transaction."""

import base64
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from openhall.cases.actions import Doing
from openhall.deeds.refusals import Moved, Refused
from openhall.glossary import Term
from openhall.ledger.actions import append
from openhall.ledger.rules.commitment import commit
from openhall.supervision.locks import secret_of
from openhall.supervision.models import Deed
from openhall.supervision.rules.lifecycle import NoSuchStep, lead
from openhall.supervision.terms import Subject

MOVED = "另一位工作人员刚刚处理了本事项。请刷新页面，核对最新状态后再操作。"


def day_of(doing: Doing) -> date:
    return timezone.localtime(doing.at).date()


def entered(doing: Doing) -> datetime:
    """When it is written down: now, except in the demonstration's invented past."""
    if doing.entered is None:
        return timezone.now()
    if not settings.DEMO:
        raise Refused("录入时间由系统记录，不能自行填写（阳光作业）。", "entered")
    return doing.entered


def done_before(key: str) -> Deed | None:
    """The deed this key left already, if any."""
    return Deed.objects.filter(key=key).first()


def led(table: Mapping[Any, Any], state: Term, act: Term) -> Any:
    """Where ``act`` leads; a pair outside the table becomes a refusal people can read."""
    try:
        return lead(table, state, act)
    except NoSuchStep as error:
        raise Refused(str(error)) from error


def under_lock(model: Any, pk: int, *related: str) -> Any:
    """The row of ``model`` under lock, with ``related``."""
    rows = model.objects.select_related(*related)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    return rows.get(pk=pk)


def record(
    subject: Subject,
    row: Any,
    act: Term | str,
    state: str,
    doing: Doing,
    *,
    facts: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Deed:
    """Write one act on ``row``. ``facts`` are public; ``words`` private and only committed to."""
    if doing.at > timezone.now():
        raise Refused("事件时间不能晚于现在。请核对时间。", "at")
    said = {name: text for name, text in (words or {}).items() if text}
    salt = secrets.token_bytes(16)
    seq, at = row.seq + 1, entered(doing)
    name = act.value if isinstance(act, Term) else act
    number = getattr(row, "number", None) or str(row.pk)
    entry = append(
        "supervision",
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "subject": subject.value,
            "number": number,
            "seq": seq,
            "act": name,
            "state": state,
            "event_time": doing.at.isoformat(timespec="seconds"),
            "entry_time": at.isoformat(timespec="seconds"),
            "facts": dict(facts or {}),
            "commitments": {
                field: commit(salt, f"{subject.value}.{seq}.{field}", text)
                for field, text in said.items()
            },
        },
    )
    written: dict[str, Any] = {**(changes or {}), "seq": seq}
    if any(field.name == "state" for field in row._meta.fields):
        written["state"] = state
    _advance(row, written)
    return Deed.objects.create(
        subject=subject.value,
        about=row.pk,
        seq=seq,
        act=name,
        state=state,
        actor=doing.actor,
        desk=doing.desk,
        event_time=doing.at,
        entry_time=at,
        facts=dict(facts or {}),
        sealed=Deed.locked(secret_of(row), said, base64.b64encode(salt).decode()) if said else "",
        key=doing.key,
        entry=entry,
    )


def _advance(row: Model, written: Mapping[str, Any]) -> None:
    seq = row.seq  # type: ignore[attr-defined]
    if not type(row)._default_manager.filter(pk=row.pk, seq=seq).update(**written):
        raise Moved(MOVED)
    for name, value in written.items():
        setattr(row, name, value)
