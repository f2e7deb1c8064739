"""The one way a joint case changes: state, event, entry in the log, one message. A5.

The cases of its units change by their own acts, each with its own event; what binds them together
has a chain of its own, because it begins before and ends after any one of them
(``docs/decisions/0019-joint-handling.md``).
"""

import base64
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from openhall.cases.actions.record import Doing
from openhall.cases.actions.telling import RECENT, carry
from openhall.cases.models import Case
from openhall.cases.rules.tidings import day_in
from openhall.deeds.fast_rows import advance, insert
from openhall.deeds.refusals import Moved, Refused
from openhall.glossary import Said
from openhall.joint.models import JointCase, JointEvent, JointTask
from openhall.joint.rules.words import TIDINGS, compose
from openhall.joint.terms import JointAct
from openhall.ledger.actions import append
from openhall.ledger.rules.commitment import commit
from openhall.organs.models import Organ
from openhall.outbox.models import Preference
from openhall.vault.rules.shred import lock


def joint_done_before(key: str) -> JointEvent | None:
    """The event this key left already, if any."""
    return JointEvent.objects.select_related("joint").filter(key=key).first()


def held_joint(joint_id: int, *, seen: int | None = None) -> JointCase:
    """The joint case under lock. With ``seen`` (the seq of the page), refuses if it moved since."""
    rows = JointCase.objects.select_related("lead__parent", "version__matter")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",))
    joint = rows.get(pk=joint_id)
    if seen is not None and joint.seq != seen:
        raise Moved(
            Said(
                "另一位工作人员刚刚办理了本联合申请。请刷新页面，核对最新状态后再操作。",
                "A colleague has just acted on this joint application. Reload the page, "
                "check where it stands, then act again.",
            )
        )
    return joint


def tasks_of(joint: JointCase) -> list[JointTask]:
    """Every unit's task, in the order of the matter, with its case."""
    rows = JointTask.objects.filter(joint=joint).select_related(
        "organ", "case__organ", "case__item", "case__item_version", "case__payment"
    )
    return list(rows.order_by("position"))


def lead_case(joint: JointCase, tasks: list[JointTask]) -> Case:
    """The case on which the papers of the whole stand: the lead's own part, else the first."""
    mine = [task.case for task in tasks if task.organ_id == joint.lead_id]
    return (mine or [task.case for task in tasks])[0]


def day_of(doing: Doing) -> date:
    return timezone.localtime(doing.at).date()


def under(doing: Doing, what: str) -> Doing:
    """The same deed on one of the cases, under a key of its own."""
    return Doing(doing.actor, doing.at, f"{doing.key}-{what}"[-80:], doing.desk, doing.entered)


def record_joint(
    joint: JointCase,
    act: JointAct,
    doing: Doing,
    *,
    organ: Organ,
    changes: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    detail: Mapping[str, str] | None = None,
    told: Case | None = None,
) -> JointEvent:
    """Write one act of ``organ``. ``facts`` are public; ``detail`` is private, only committed to.

    ``told``: the case by whose applicant the one message goes out, where the act has one.
    """
    now = timezone.now()
    if doing.at > now:
        raise Refused(
            Said(
                "事件时间不能晚于现在。请核对时间。",
                "The time cannot be later than now. Check the time.",
            ),
            "at",
        )
    if doing.entered is not None:
        if not settings.DEMO:
            raise Refused(
                Said(
                    "录入时间由系统记录，不能自行填写（阳光作业）。",
                    "The entry time is recorded by the system and cannot be filled in "
                    "(成办发〔2003〕75号).",
                ),
                "entered",
            )
        now = doing.entered
    salt, seq = base64.b64decode(joint.salt), joint.seq + 1
    public, private = dict(facts or {}), dict(detail or {})
    entry = append(
        "joint",
        {
            "v": 1,
            "log": settings.LEDGER_ORIGIN,
            "joint": joint.number,
            "seq": seq,
            "act": act.value,
            "lead": joint.lead.code,
            "organ": organ.code,
            "matter": joint.version.matter.code,
            "desk": doing.desk,
            "event_time": doing.at.isoformat(timespec="seconds"),
            "entry_time": now.isoformat(timespec="seconds"),
            "facts": public,
            "commitments": {
                name: commit(salt, f"joint.{seq}.{name}", said) for name, said in private.items()
            },
        },
    )
    written = {"seq": seq, **(changes or {})}
    if not advance(JointCase, joint.pk, joint.seq, written):
        raise Moved(
            Said(
                "另一位工作人员刚刚办理了本联合申请。请刷新页面，核对最新状态后再操作。",
                "A colleague has just acted on this joint application. Reload the page, "
                "check where it stands, then act again.",
            )
        )
    for name, value in written.items():
        setattr(joint, name, value)
    said = json.dumps(private, ensure_ascii=False) if private else ""
    event = insert(
        JointEvent,
        joint=joint,
        seq=seq,
        act=act.value,
        organ=organ,
        actor=doing.actor,
        desk=doing.desk,
        event_time=doing.at,
        entry_time=now,
        facts=public,
        sealed=lock(salt, "joint", said) if said else "",
        key=doing.key,
        entry=entry,
    )
    if told is not None and (doing.entered is None or timezone.now() - doing.at <= RECENT):
        _tell(joint, act, public, told, doing.key)
    return event


def _tell(joint: JointCase, act: JointAct, facts: Mapping[str, Any], case: Case, key: str) -> None:
    if act not in TIDINGS:
        return
    preference = None
    if case.account_id is not None:
        preference = Preference.objects.filter(account=case.account_id).first()
    language = preference.language if preference else "zh"
    english = language == "en"
    due = facts.get("due_on")
    values = {
        "title": (english and joint.version.title_en) or joint.version.title,
        "lead": (english and joint.lead.name_en) or joint.lead.name,
        "number": joint.number,
        "parts": str(facts.get("parts", "")),
        "answer": day_in(language, joint.answer_due),
        "due": day_in(language, date.fromisoformat(due) if due else None),
    }
    said = compose(act, values, language)
    if said is not None:
        carry(case, preference, said, language, key, about=joint.number)
