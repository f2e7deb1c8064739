"""帮办代办 and 跨域通办: taken over by a named helper, handed on, received, told. A1.

Who goes in a person's place has it in writing (行政许可法 29). What is for another place is handed
on whole with its list of papers, and whoever of the competent unit receives it says so.
"""

from typing import Any

from openhall.cases.models import Case
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused
from openhall.deeds.writer import deed, locked, made_before, write
from openhall.glossary import Said
from openhall.hall.actions import refusals as said
from openhall.hall.actions.numbers import number
from openhall.hall.kinds import ERRAND
from openhall.hall.models import Errand, Hall, Residency
from openhall.hall.permissions import may_manage, may_receive_people, may_sit
from openhall.hall.queries import help_limits_on
from openhall.hall.terms import ErrandAct, ErrandKind, ErrandState
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import works_for
from openhall.organs.queries import in_office
from openhall.organs.rules.identity import fault_of_phone
from openhall.paging.typed import fault_of_text, visible
from openhall.workdays.queries import calendar

SHORTEST = 4  # characters
S, A = ErrandState, ErrandAct
NOT_HELPER = Said("由指定的帮办人员办理。", "The named helper does that.")


@acting()
def take_over(
    hall: Hall,
    kind: ErrandKind,
    organ: Organ,
    helper: Account,
    what: str,
    doing: Doing,
    *,
    name: str = "",
    phone: str = "",
    papers: str = "",
    authorized: bool = False,
) -> Errand:
    """Take a matter over for somebody, with who helps and until when."""
    same = {"hall_id": hall.pk, "kind": kind.value, "organ_id": organ.pk, "what": what.strip()}
    before: Errand | None = made_before(ERRAND, doing, A.TAKE, **same)
    if before is not None:
        return before
    if not may_receive_people(doing.actor, hall, doing.day):
        raise Refused(said.NOT_RECEPTION)
    faults = list(_faults(hall, kind, organ, helper, what, phone, papers, authorized, doing))
    if faults:
        raise Refused(faults[0].said, faults[0].field, faults)
    made = Errand.objects.create(
        number=number(Errand, "BB", hall, doing.day.year),
        hall=hall,
        kind=kind.value,
        organ=organ,
        helper=helper,
        authorized=authorized,
        what=what.strip(),
        name=name.strip(),
        phone=phone.strip(),
        papers=papers.strip(),
        taken_at=doing.at,
        due_on=calendar().add_workdays(doing.day, help_limits_on(doing.day).days(kind)).on,
        state=S.TAKEN.value,
    )
    facts = {"kind": kind.value, "organ": organ.code, "due_on": made.due_on.isoformat()}
    write(ERRAND, made, A.TAKE, doing, facts=facts)
    return made


def _faults(
    hall: Hall,
    kind: ErrandKind,
    organ: Organ,
    helper: Account,
    what: str,
    phone: str,
    papers: str,
    authorized: bool,
    doing: Doing,
) -> Any:
    if visible(what) < SHORTEST:
        yield Fault(Said("请写明办什么事。", "Say what it is about."), "what")
    for words, field in ((what, "what"), (papers, "papers")):
        if fault := fault_of_text(words):
            yield Fault(fault, field)
    if phone and (wrong := fault_of_phone(phone)):
        yield Fault(wrong, "phone")
    if kind == ErrandKind.ERRAND and not authorized:
        yield Fault(
            Said(
                "代办须有书面委托（行政许可法 29）。",
                "Who acts in their place has it in writing (行政许可法 29).",
            ),
            "authorized",
        )
    here = Residency.objects.filter(in_office(doing.day), hall=hall, organ=organ).exists()
    if kind == ErrandKind.CROSS and here:
        yield Fault(
            Said("这个单位就在本大厅，请直接受理。", "This unit is here: take it in directly."),
            "organ",
        )
    if kind == ErrandKind.CROSS and not papers.strip():
        yield Fault(Said("请列出收到的材料。", "List the papers taken."), "papers")
    if not may_sit(helper, hall, doing.day):
        yield Fault(
            Said("请指定本大厅的一位工作人员。", "Name somebody who works in this hall."), "helper"
        )


def _helps(errand: Errand, doing: Doing) -> None:
    own = doing.actor is not None and doing.actor.pk == errand.helper_id
    if not own and not may_manage(doing.actor, errand.hall, doing.day):
        raise Refused(NOT_HELPER)


@deed(ERRAND, A.HAND_ON)
def hand_on(errand: Errand, doing: Doing) -> Deed:
    """The papers go to the unit that is competent."""
    _helps(errand, doing)
    if errand.kind != ErrandKind.CROSS or errand.state != S.TAKEN:
        raise Refused(said.MOVED_ON)
    facts = {"late": doing.day > errand.due_on}
    changes = {"state": S.HANDED.value, "handed_at": doing.at}
    return write(ERRAND, errand, A.HAND_ON, doing, changes=changes, facts=facts)


@deed(ERRAND, A.RECEIVE)
def receive(errand: Errand, doing: Doing) -> Deed:
    """Somebody of the competent unit has them."""
    if doing.actor is None or not works_for(doing.actor, errand.organ, doing.day):
        raise Refused(
            Said("由接收单位的人员确认接收。", "Staff of the unit that receives it confirm that.")
        )
    if errand.state != S.HANDED:
        raise Refused(said.MOVED_ON)
    changes = {"state": S.RECEIVED.value, "received_by": doing.actor, "received_at": doing.at}
    return write(ERRAND, errand, A.RECEIVE, doing, changes=changes)


@deed(ERRAND, A.LINK)
def link_case(errand: Errand, case: Case, doing: Doing) -> Deed:
    """The case it became; of the competent unit."""
    there = doing.actor is not None and works_for(doing.actor, errand.organ, doing.day)
    if not there:
        _helps(errand, doing)
    if case.organ_id != errand.organ_id:
        raise Refused(
            Said("这个办件不是该单位的。", "This case is not of that unit."),
            "case",
        )
    if errand.state == S.DONE:
        raise Refused(said.MOVED_ON)
    return write(ERRAND, errand, A.LINK, doing, changes={"case": case}, facts={"case": case.number})


@deed(ERRAND, A.FINISH)
def finish(errand: Errand, outcome: str, doing: Doing) -> Deed:
    """It is done and the person was told what came of it."""
    _helps(errand, doing)
    waits = S.RECEIVED if errand.kind == ErrandKind.CROSS else S.TAKEN
    if errand.state != waits:
        raise Refused(
            Said(
                "材料转交并由对方接收以后才能办结。" if waits == S.RECEIVED else said.MOVED_ON.zh,
                "It is finished once the other unit has received the papers."
                if waits == S.RECEIVED
                else said.MOVED_ON.en,
            )
        )
    if visible(outcome) < SHORTEST:
        raise Refused(Said("请写明结果。", "Say what came of it."), "outcome")
    changes = {"state": S.DONE.value, "outcome": outcome.strip(), "ended_at": doing.at}
    late = errand.kind != ErrandKind.CROSS and doing.day > errand.due_on
    return write(ERRAND, errand, A.FINISH, doing, changes=changes, facts={"late": late})


@acting()
def forget(case: Case, doing: Doing) -> None:
    """Who it was goes with the data of the case. 个人信息保护法 47."""
    for one in Errand.objects.filter(case=case).exclude(salt=""):
        fresh = locked(ERRAND, one.pk)
        gone = {"what": "", "name": "", "phone": "", "papers": "", "outcome": "", "salt": ""}
        write(ERRAND, fresh, A.FORGET, doing.part(f"errand-{one.pk}"), changes=gone)
