"""What every act of joint handling does: its deed, and the one message. A5.

The cases of its units change by their own acts, each with its own event; what binds them together
has a chain of its own, because it begins before and ends after any one of them
(``docs/decisions/0019-joint-handling.md``).
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any, cast

from django.utils import timezone

from openhall.cases.actions.telling import RECENT, carry
from openhall.cases.models import Case
from openhall.cases.rules.tidings import day_in
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, write
from openhall.glossary import Said
from openhall.joint.kinds import JOINT
from openhall.joint.models import JointCase, JointEvent, JointTask
from openhall.joint.permissions import may_receive_joint
from openhall.joint.rules.words import TIDINGS, compose
from openhall.joint.terms import JointAct
from openhall.joint.units import lead_case
from openhall.organs.models import Organ
from openhall.outbox.models import Preference


def about_unit(
    *acts: JointAct,
) -> Callable[[Callable[..., JointEvent]], Callable[..., JointEvent]]:
    """A deed on the joint case of one unit: callers give its task's key, the act gets both rows."""

    def around(act: Callable[..., JointEvent]) -> Callable[..., JointEvent]:
        @deed(JOINT, *acts)
        def done(joint: JointCase, task_id: int, *args: Any, **more: Any) -> JointEvent:
            rows = JointTask.objects.select_related("organ", "case__organ", "case__item_version")
            return act(joint, rows.get(pk=task_id), *args, **more)

        @wraps(act)
        def by_task(task_id: int, *args: Any, **more: Any) -> JointEvent:
            joint = JointTask.objects.values_list("joint_id", flat=True).get(pk=task_id)
            return done(joint, task_id, *args, **more)

        return by_task

    return around


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
    event = write(
        JOINT, joint, act, doing, changes=changes, facts=facts, detail=detail, organ=organ
    )
    if told is not None and (doing.entered is None or timezone.now() - doing.at <= RECENT):
        _tell(joint, act, event.facts, told, doing.key)
    return cast(JointEvent, event)


def by_the_lead(joint: JointCase, doing: Doing) -> None:
    """Refuse whoever does not sit at the leading unit's window."""
    if doing.actor is None or not may_receive_joint(doing.actor, joint, doing.day):
        raise Refused(
            Said(
                "只有主办单位窗口的在岗人员可以对联合申请统一受理、告知补正或者不予受理"
                "（行政许可法 26，接办件分离）。",
                "Only staff on duty at the leading unit's window may accept a joint "
                "application, ask for supplements or decline it (Administrative Licensing "
                "Law, art. 26; reception and handling are separate).",
            )
        )


def refuse_answered(joint: JointCase) -> None:
    """Refuse what may only be done before the whole is accepted or ended."""
    if joint.closed_at is not None:
        raise Refused(Said("本联合申请已经终止或者办结。", "This joint application has ended."))
    if joint.accepted_at is not None:
        raise Refused(
            Said(
                "本联合申请已经统一受理，不必重复办理。",
                "This joint application was accepted already.",
            )
        )


def end_whole(
    joint: JointCase,
    act: JointAct,
    doing: Doing,
    tasks: list[JointTask],
    facts: Mapping[str, object],
) -> JointEvent:
    """The whole ends without a conclusion."""
    return record_joint(
        joint,
        act,
        doing,
        organ=joint.lead,
        changes={"closed_at": doing.at, "answer_due": None},
        facts=facts,
        told=lead_case(joint, tasks),
    )


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
