"""听证: told, asked for, called with its notice, held with its minutes. 行政许可法 36, 46–48."""

from datetime import date

from openhall.cases.actions.handling import run_again
from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing, record, stage_after
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent, Hearing, Suspension
from openhall.cases.permissions import is_applicant, may_handle, may_receive
from openhall.cases.rules.hearing import ask_by, hold_by, objection_to_day, objection_to_host
from openhall.cases.terms import Act, SuspensionGround
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed
from openhall.glossary import Said
from openhall.organs.models import Account
from openhall.organs.permissions import works_for
from openhall.paging.typed import visible
from openhall.papers.rules import procedure_words
from openhall.papers.terms import PaperKind
from openhall.workdays.queries import calendar


def _handler(case: Case, doing: Doing, what: Said) -> Account:
    day = doing.day
    if doing.actor is None or not may_handle(doing.actor, case, day):
        raise Refused(
            Said(
                f"只有本件的承办人可以{what.zh}。", f"Only the handler of this case may {what.en}."
            )
        )
    actor: Account = doing.actor
    return actor


@deed(CASE, Act.TELL_HEARING)
def tell_hearing(case: Case, why: str, doing: Doing) -> CaseEvent:
    """告知听证权利 to the applicant and whoever is concerned: whose interest, and until when."""
    actor = _handler(case, doing, Said("告知听证权利", "tell of the right to a hearing"))
    stage = stage_after(case, Act.TELL_HEARING)
    if Hearing.objects.filter(case=case).exists():
        raise Refused(Said("本件已告知过听证权利。", "The right to a hearing was told already."))
    if visible(why) < 10:
        raise Refused(
            Said(
                "请写明涉及谁的重大利益（不少于10个字，行政许可法 47）。",
                "Say whose major interest is concerned (at least 10 characters, "
                "Administrative Licensing Law, art. 47).",
            ),
            "why",
        )
    until = ask_by(doing.day, calendar())
    Hearing.objects.create(
        case=case, why=why.strip(), told_at=doing.at, ask_by=until, reviewer=case.handler or actor
    )
    event = record(
        case,
        Act.TELL_HEARING,
        doing,
        stage=stage,
        changes={},
        facts={"ask_by": until.isoformat()},
        detail={"why": why.strip()},
    )
    words = procedure_words.hearing_right(matter_of(case), why.strip(), until)
    give(case, PaperKind.HEARING_RIGHT, words, doing)
    return event


@deed(CASE, Act.ASK_HEARING)
def ask_hearing(case: Case, name: str, doing: Doing) -> CaseEvent:
    """申请听证 within five working days: the applicant, or the window for whom it concerns."""
    day = doing.day
    by_window = doing.actor is not None and may_receive(doing.actor, case, day)
    if not (by_window or is_applicant(doing.actor, case)):
        raise Refused(
            Said(
                "只有申请人本人，或窗口代申请人、利害关系人录入，可以申请听证。",
                "Only the applicant may ask for a hearing, or the window for the "
                "applicant or an interested party.",
            )
        )
    stage = stage_after(case, Act.ASK_HEARING)
    hearing = Hearing.objects.filter(case=case).first()
    if hearing is None:
        raise Refused(
            Said(
                "本件没有告知听证权利。请先由承办人告知（行政许可法 47）。",
                "The right to a hearing was not told in this case. Ask the handler to "
                "tell it first (Administrative Licensing Law, art. 47).",
            )
        )
    if hearing.asked_at is not None:
        raise Refused(
            Said(
                "已有人申请听证，不必重复申请。",
                "A hearing was asked for already; there is no need to ask again.",
            )
        )
    if day > hearing.ask_by:
        raise Refused(
            Said(
                f"申请听证的期限至{hearing.ask_by:%Y-%m-%d}，已经届满（行政许可法 47：五日内）。",
                f"A hearing could be asked for until {hearing.ask_by:%Y-%m-%d}; that day "
                "has passed (Administrative Licensing Law, art. 47: within five days).",
            )
        )
    if not name.strip():
        raise Refused(Said("请填写申请听证的人。", "Name who asks for the hearing."), "name")
    last = hold_by(day, calendar())
    Hearing.objects.filter(pk=hearing.pk).update(
        asked_at=doing.at, asked_by=name.strip(), hold_by=last
    )
    return record(
        case,
        Act.ASK_HEARING,
        doing,
        stage=stage,
        changes={},
        facts={"hold_by": last.isoformat()},
        detail={"asked_by": name.strip()},
    )


@deed(CASE, Act.CALL_HEARING)
def call_hearing(case: Case, held_on: date, place: str, host: Account, doing: Doing) -> CaseEvent:
    """通知听证 seven working days before; the notice also excludes the time from the limits."""
    day = doing.day
    _handler(case, doing, Said("通知听证", "call the hearing"))
    stage = stage_after(case, Act.CALL_HEARING)
    hearing = Hearing.objects.filter(case=case, asked_at__isnull=False).first()
    if hearing is None or hearing.hold_by is None:
        raise Refused(
            Said(
                "没有人申请听证，或尚未告知听证权利（行政许可法 47）。",
                "Nobody asked for a hearing, or the right to it was not told "
                "(Administrative Licensing Law, art. 47).",
            )
        )
    if hearing.called_at is not None:
        raise Refused(Said("听证已经通知。", "The hearing was called already."))
    if case.suspended_since is not None:
        raise Refused(
            Said(
                "本件正在中止计时。请先恢复计时再通知听证。",
                "The clock is suspended. Resume it, then call the hearing.",
            )
        )
    if fault := objection_to_day(held_on, day, hearing.hold_by, calendar()):
        raise Refused(fault, "held_on")
    if fault := objection_to_host(host.pk, case.handler_id, case.intake_id):
        raise Refused(fault, "host")
    if not works_for(host, case.organ, day):
        raise Refused(
            Said(
                "听证主持人须是本机关的工作人员。请另选主持人。",
                "Choose another host: the hearing is presided over by an official of this organ.",
            ),
            "host",
        )
    if not place.strip():
        raise Refused(
            Said(
                "请写明听证的地点（行政许可法 48）。",
                "Say where the hearing is held (Administrative Licensing Law, art. 48).",
            ),
            "place",
        )
    days = calendar().workdays_between(day, held_on)
    words = procedure_words.hearing(matter_of(case), held_on, place.strip(), str(host), days)
    paper = give(case, PaperKind.HEARING, words, doing)
    Hearing.objects.filter(pk=hearing.pk).update(
        called_at=doing.at, held_on=held_on, place=place.strip(), host=host
    )
    Suspension.objects.create(
        case=case,
        ground=SuspensionGround.HEARING.value,
        basis="行政许可法 45、48",
        planned_days=days,
        notice_number=paper.number,
        since=day,
    )
    return record(
        case,
        Act.CALL_HEARING,
        doing,
        stage=stage,
        changes={"suspended_since": day},
        facts={"held_on": held_on.isoformat(), "planned_days": days, "notice": paper.number},
        detail={"place": place.strip(), "host": str(host)},
    )


@deed(CASE, Act.HOLD_HEARING)
def hold_hearing(case: Case, minutes: str, doing: Doing) -> CaseEvent:
    """举行听证: its minutes are kept and given; the clock runs again. 行政许可法 48."""
    day = doing.day
    _handler(case, doing, Said("记录听证笔录", "record the minutes of the hearing"))
    stage_after(case, Act.HOLD_HEARING)
    hearing = Hearing.objects.filter(case=case, called_at__isnull=False).first()
    if hearing is None or hearing.held_on is None:
        raise Refused(
            Said(
                "听证尚未通知。请先通知时间、地点和主持人（行政许可法 48）。",
                "The hearing was not called. Notify its time, place and host first "
                "(Administrative Licensing Law, art. 48).",
            )
        )
    if hearing.held_at is not None:
        raise Refused(
            Said(
                "听证已经举行，笔录已经记录。", "The hearing was held and its minutes are recorded."
            )
        )
    if day < hearing.held_on:
        raise Refused(
            Said(
                f"听证定于{hearing.held_on:%Y-%m-%d}举行，尚未到期。",
                f"The hearing is set for {hearing.held_on:%Y-%m-%d}; that day has not come.",
            )
        )
    if visible(minutes) < 20:
        raise Refused(
            Said(
                "听证应当制作笔录（不少于20个字，行政许可法 48）。",
                "Write the minutes of the hearing (at least 20 characters, Administrative "
                "Licensing Law, art. 48).",
            ),
            "minutes",
        )
    Hearing.objects.filter(pk=hearing.pk).update(held_at=doing.at, minutes=minutes.strip())
    event = run_again(
        case,
        Act.HOLD_HEARING,
        doing,
        facts={"held_on": hearing.held_on.isoformat()},
        detail={"minutes": minutes.strip()},
    )
    words = procedure_words.minutes(
        matter_of(case), hearing.held_on, str(hearing.host), minutes.strip()
    )
    give(case, PaperKind.MINUTES, words, doing)
    return event
