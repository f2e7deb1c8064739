"""办不成事: taken by a named official with a limit, answered, and put into the one ledger. A8."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from openhall.cases.models import Case
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused
from openhall.deeds.writer import deed, locked, made_before, write
from openhall.glossary import Said
from openhall.hall.actions import refusals as said
from openhall.hall.actions.numbers import number
from openhall.hall.kinds import ALARM, STUCK
from openhall.hall.models import Hall, HallAlarm, StuckMatter, Ticket, Window
from openhall.hall.permissions import may_manage, may_receive_people, may_sit, on_duty_at
from openhall.hall.queries import help_limits_on
from openhall.hall.terms import AlarmAct, StuckAct, StuckOutcome, StuckState
from openhall.organs.models import Account, Organ
from openhall.organs.rules.identity import fault_of_phone
from openhall.paging.typed import fault_of_text, visible
from openhall.workdays.queries import calendar

SHORTEST = 6  # characters that say what got stuck


@lru_cache(maxsize=4)
def _followers(paths: tuple[str, ...]) -> tuple[Callable[..., Any], ...]:
    return tuple(import_string(path) for path in paths)


@acting()
def take(
    hall: Hall,
    organ: Organ,
    official: Account,
    what: str,
    doing: Doing,
    *,
    tries: int = 2,
    case: Case | None = None,
    ticket: Ticket | None = None,
    name: str = "",
    phone: str = "",
) -> StuckMatter:
    """Take down what got stuck twice, and who answers for it until when.

    Rooms above hear of it (``STUCK_FOLLOWS``): the ledger of rectification opens a line.
    """
    same = {"hall_id": hall.pk, "organ_id": organ.pk, "what": what.strip()}
    before: StuckMatter | None = made_before(STUCK, doing, StuckAct.TAKE, **same)
    if before is not None:
        return before
    if not may_receive_people(doing.actor, hall, doing.day):
        raise Refused(said.NOT_RECEPTION)
    limit = help_limits_on(doing.day)
    faults = []
    if visible(what) < SHORTEST:
        faults.append(
            Fault(
                Said("请写明什么事、卡在哪里。", "Say what it is and where it got stuck."), "what"
            )
        )
    if tries < limit.stuck_tries:
        faults.append(
            Fault(
                Said(
                    f"跑了{limit.stuck_tries}次以上没有办成的，在这里登记；其他请先到受理窗口。",
                    f"Taken here is what failed {limit.stuck_tries} times; "
                    "else go to the window first.",
                ),
                "tries",
            )
        )
    if fault := fault_of_text(what):
        faults.append(Fault(fault, "what"))
    if phone and (wrong := fault_of_phone(phone)):
        faults.append(Fault(wrong, "phone"))
    if not may_sit(official, hall, doing.day):
        faults.append(
            Fault(
                Said("请指定本大厅的一位工作人员。", "Name somebody who works in this hall."),
                "official",
            )
        )
    if faults:
        raise Refused(faults[0].said, faults[0].field, faults)
    matter = StuckMatter.objects.create(
        number=number(StuckMatter, "BBC", hall, doing.day.year),
        hall=hall,
        organ=organ,
        official=official,
        tries=tries,
        case=case,
        ticket=ticket,
        what=what.strip(),
        name=name.strip(),
        phone=phone.strip(),
        taken_at=doing.at,
        due_on=calendar().add_workdays(doing.day, limit.stuck_days).on,
        state=StuckState.TAKEN.value,
    )
    write(
        STUCK,
        matter,
        StuckAct.TAKE,
        doing,
        facts={"organ": organ.code, "due_on": matter.due_on.isoformat(), "tries": tries},
    )
    for follows in _followers(settings.STUCK_FOLLOWS):
        follows(matter, limit.stuck_days, limit.basis, doing)
    return matter


@deed(STUCK, StuckAct.REASSIGN)
def reassign(matter: StuckMatter, official: Account, doing: Doing) -> Deed:
    """Another named official; the limit stays."""
    if not may_manage(doing.actor, matter.hall, doing.day):
        raise Refused(said.NOT_MANAGER)
    if matter.state != StuckState.TAKEN or not may_sit(official, matter.hall, doing.day):
        raise Refused(said.MOVED_ON, "official")
    return write(STUCK, matter, StuckAct.REASSIGN, doing, changes={"official": official})


@deed(STUCK, StuckAct.ANSWER)
def answer(matter: StuckMatter, outcome: StuckOutcome, words: str, doing: Doing) -> Deed:
    """The named official answers, or the management for them."""
    own = doing.actor is not None and doing.actor.pk == matter.official_id
    if not own and not may_manage(doing.actor, matter.hall, doing.day):
        raise Refused(
            Said("由指定的承办人答复。", "The named official answers."),
        )
    if matter.state != StuckState.TAKEN:
        raise Refused(said.MOVED_ON)
    if visible(words) < SHORTEST:
        raise Refused(Said("请写明答复的内容。", "Say what the answer is."), "words")
    changes = {
        "state": StuckState.ANSWERED.value,
        "outcome": outcome.value,
        "answer": words.strip(),
        "answered_at": doing.at,
    }
    facts = {"outcome": outcome.value, "late": doing.day > matter.due_on}
    return write(STUCK, matter, StuckAct.ANSWER, doing, changes=changes, facts=facts)


@acting()
def forget(case: Case, doing: Doing) -> None:
    """Who came and what was said goes with the data of the case. 个人信息保护法 47."""
    for one in StuckMatter.objects.filter(case=case).exclude(salt=""):
        part = doing.part(f"stuck-{one.pk}")
        fresh = locked(STUCK, one.pk)
        gone = {"what": "", "name": "", "phone": "", "answer": "", "salt": ""}
        write(STUCK, fresh, StuckAct.FORGET, part, changes=gone)


# ------------------------------------------------------------------ the silent alarm
@acting()
def raise_alarm(window: Window, doing: Doing) -> HallAlarm:
    """Call for help without a sound: only the management sees it."""
    before: HallAlarm | None = made_before(ALARM, doing, AlarmAct.RAISE, window_id=window.pk)
    if before is not None:
        return before
    if not on_duty_at(doing.actor, window, doing.day):
        raise Refused(said.NOT_ON_DUTY)
    standing = HallAlarm.objects.filter(window=window, answered_at__isnull=True).first()
    if standing is not None:
        return standing
    alarm = HallAlarm.objects.create(
        hall=window.hall, window=window, raised_by=doing.actor, raised_at=doing.at
    )
    write(ALARM, alarm, AlarmAct.RAISE, doing)
    return alarm


@deed(ALARM, AlarmAct.ANSWER)
def answer_alarm(alarm: HallAlarm, doing: Doing) -> Deed:
    """Somebody came to the window."""
    if not may_receive_people(doing.actor, alarm.hall, doing.day):
        raise Refused(said.NOT_RECEPTION)
    if alarm.answered_at is not None:
        raise Refused(said.MOVED_ON)
    changes = {"answered_by": doing.actor, "answered_at": doing.at}
    return write(ALARM, alarm, AlarmAct.ANSWER, doing, changes=changes)
