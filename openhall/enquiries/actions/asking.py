"""Asking a unit: online, by telephone or at the counter; an opinion on a call; once a follow-up."""

import secrets
from dataclasses import dataclass, replace

from openhall.catalogue.models import Item
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Fault, Refused, only
from openhall.deeds.rules.codes import SIGNS
from openhall.deeds.writer import fresh_code, locked, made_before, write
from openhall.enquiries.actions.numbers import OF_OPINIONS, OF_QUESTIONS, number
from openhall.enquiries.actions.telling import CHANNELS
from openhall.enquiries.kinds import CALL, ENQUIRY
from openhall.enquiries.models import Call, Enquiry
from openhall.enquiries.permissions import may_take
from openhall.enquiries.queries import limits_on, transfer_desk
from openhall.enquiries.rules.asking import faults_of_question
from openhall.enquiries.terms import (
    CallState,
    CameBy,
    EnquiryAct,
    EnquiryKind,
    EnquiryState,
    Stance,
    ToldBy,
)
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.organs.rules.addresses import address_of
from openhall.outbox.rules.addresses import fault_of_address
from openhall.vault.fields import blind
from openhall.workdays.queries import calendar

LOT = 6  # signs of an opinion's number


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked. Without ``organ`` the centre names the unit; without ``name`` it has none."""

    title: str
    text: str
    organ: Organ | None = None
    item: Item | None = None
    call: Call | None = None
    follows: Enquiry | None = None
    came_by: CameBy = CameBy.ONLINE
    name: str = ""
    told_by: ToldBy = ToldBy.NONE
    address: str = ""
    may_publish: bool = False
    stance: Stance | None = None
    language: str = "zh"

    @property
    def kind(self) -> EnquiryKind:
        return EnquiryKind.OPINION if self.call is not None else EnquiryKind.CONSULTATION


@acting()
def ask(said: Asked, doing: Doing) -> Enquiry:
    """提问. The code on the page that answers opens it again."""
    text = said.text.strip()
    before: Enquiry | None = made_before(ENQUIRY, doing, EnquiryAct.ASK, text=text)
    if before is not None:
        return before
    if said.came_by != CameBy.ONLINE:
        only(
            may_take(doing.actor, doing.day),
            Said("窗口人员和中心管理人员", "the staff of a window or of a centre's management"),
            Said("登记电话和当面的咨询", "write down what is asked by telephone or in person"),
        )
    said = _as_it_stands(said)
    _may_be_taken(said, text)
    organ, state = _whose(said)
    day, code = doing.day, fresh_code()
    opinion = said.call is not None
    enquiry = Enquiry.objects.create(
        number=_lot(day.year) if opinion else number(OF_QUESTIONS, day.year),
        code=code,
        code_blind=blind("enquiry:" + code),
        kind=said.kind.value,
        organ=organ,
        item=said.item,
        call=said.call,
        follows=said.follows,
        came_by=said.came_by.value,
        title=said.title.strip(),
        text=text,
        name=said.name.strip(),
        told_by=said.told_by.value,
        address=said.address if said.told_by != ToldBy.NONE else "",
        language="en" if said.language.startswith("en") else "zh",
        may_publish=said.may_publish,
        state=state.value,
        received_at=doing.at,
        due=said.call.report_due
        if said.call is not None and said.call.report_due
        else calendar().add_workdays(day, limits_on(day).answer_days).on,
        stance=(said.stance or Stance.NONE).value if opinion else "",
        late=said.call is not None and day > said.call.until,
    )
    facts = (
        {}
        if opinion
        else {
            "came_by": said.came_by.value,
            "due": enquiry.due.isoformat(),
            "item": said.item.code if said.item else "",
            "follows": said.follows.number if said.follows else "",
        }
    )
    write(
        ENQUIRY,
        enquiry,
        EnquiryAct.ASK,
        doing,
        facts=facts,
        detail={"title": enquiry.title, "text": text},
        state=state.value,
    )
    return enquiry


def _as_it_stands(said: Asked) -> Asked:
    """The call, or the question that is followed up, under lock: it may have ended meanwhile; and
    the address in its one spelling."""
    call = said.call and locked(CALL, said.call.pk)
    return replace(
        said,
        call=call,
        follows=said.follows and locked(ENQUIRY, said.follows.pk),
        address=address_of(CHANNELS.get(said.told_by.value), said.address),
    )


def _lot(year: int) -> str:
    return f"{OF_OPINIONS}-{year}-{''.join(secrets.choice(SIGNS) for _ in range(LOT))}"


def _whose(said: Asked) -> tuple[Organ, EnquiryState]:
    organ = said.organ or (said.item.organ if said.item else None)
    if said.call is not None:
        organ = said.call.organ
    elif said.follows is not None:
        organ = said.follows.organ
    if organ is not None:
        return organ, EnquiryState.WITH_UNIT
    centre = transfer_desk()
    if centre is None:
        raise Refused(
            Said(
                "请选择答复的单位：本市还没有统一转办的政务服务中心。",
                "Choose the unit that answers: there is no centre yet that would name it.",
            ),
            "organ",
        )
    return centre, EnquiryState.TO_ASSIGN


def _may_be_taken(said: Asked, text: str) -> None:
    faults = [Fault(one, field) for field, one in faults_of_question(said.title.strip(), text)]
    if said.call is not None:
        faults = [one for one in faults if one.field != "title"]
    channel = CHANNELS.get(said.told_by.value)
    if channel is not None and (fault := fault_of_address(channel, said.address)):
        faults.append(Fault(fault, "address"))
    if faults:
        raise Refused(faults[0].said, faults[0].field, faults)
    if said.call is not None:
        _call_is_open(said.call)
    if said.follows is not None:
        _may_follow(said.follows)


def _call_is_open(call: Call) -> None:
    if call.state not in (CallState.ANNOUNCED, CallState.REPORT_DRAFTED):
        raise Refused(
            Said(
                "这次征集没有开放，或者采纳情况已经公布，不再收取意见。",
                "This call is not open, or its report is out; no more opinions are taken.",
            )
        )


def _may_follow(before: Enquiry) -> None:
    if before.state != EnquiryState.ANSWERED or before.follows_id is not None:
        raise Refused(
            Said(
                "答复之后可以追问一次。还有不明白的，请重新提问或者到窗口当面咨询。",
                "After the answer one follow-up may be asked. If it is still unclear, ask anew or "
                "come to a window.",
            )
        )
    if Enquiry.objects.filter(follows=before).exists():
        raise Refused(
            Said(
                "这个咨询已经追问过一次。请重新提问，或者到窗口当面咨询。",
                "This question was followed up once already. Ask anew, or come to a window.",
            )
        )
