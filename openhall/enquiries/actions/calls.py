"""意见征集: written, announced by another, open until a day; then told what was done with each.

Before the last day nothing is counted or shown. 重大行政决策程序暂行条例 15, 18.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from django.core.files.base import File

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused, led, only, worded
from openhall.deeds.writer import deed, made_before, write
from openhall.enquiries.actions.numbers import OF_CALLS, number
from openhall.enquiries.kinds import CALL
from openhall.enquiries.models import Call
from openhall.enquiries.permissions import may_announce, may_report, may_write_call
from openhall.enquiries.queries import limits_on, opinions_counted, undecided
from openhall.enquiries.rules.asking import REASON_AT_LEAST
from openhall.enquiries.rules.calling import REPORT_AT_LEAST, faults_of_call
from openhall.enquiries.rules.lifecycle import CALLS
from openhall.enquiries.terms import CallAct, CallState
from openhall.files.actions import Received, received, take
from openhall.files.models import Folder, Upload
from openhall.files.terms import TrustLevel
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.workdays.queries import calendar

MOST_FILES = 10
WRITERS = Said("单位的编辑和承办人员", "the editor or handling staff of the unit")
LEADERS = Said(
    "单位的批准人员、负责人中没有起草的人",
    "who decides or leads in the unit, and did not write it,",
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a call says. ``urgent``: why it is open for fewer days than usual."""

    title: str
    text: str
    decides: str
    until: date
    title_en: str = ""
    ways: str = ""
    urgent: str = ""


def begin_call(organ: Organ, words: Words, files: Sequence[File], doing: Doing) -> Call:
    """起草: it goes to who reviews and announces it."""
    with ExitStack() as open_files:
        stored = [open_files.enter_context(received(one, "file", public=True)) for one in files]
        return _begin(organ, words, stored, doing)


@acting()
def _begin(organ: Organ, words: Words, files: Sequence[Received], doing: Doing) -> Call:
    same = {"organ_id": organ.pk, "title": words.title.strip(), "text": words.text.strip()}
    before: Call | None = made_before(CALL, doing, CallAct.BEGIN, **same)
    if before is not None:
        return before
    only(may_write_call(doing.actor, organ, doing.day), WRITERS, Said("起草征集", "write a call"))
    _sound(words, doing)
    if len(files) > MOST_FILES:
        raise Refused(Said(f"附件最多{MOST_FILES}个。", f"{MOST_FILES} files at most."), "file")
    folder = Folder.objects.create() if files else None
    call = Call.objects.create(
        number=number(OF_CALLS, doing.day.year),
        organ=organ,
        title=words.title.strip(),
        title_en=words.title_en.strip(),
        text=words.text.strip(),
        decides=words.decides.strip(),
        ways=words.ways.strip(),
        folder=folder,
        attached=_kept(folder, files),
        state=CallState.REVIEW.value,
        written_by=doing.actor,
        until=words.until,
    )
    write(
        CALL,
        call,
        CallAct.BEGIN,
        doing,
        facts={"until": words.until.isoformat(), "files": [one["sha256"] for one in call.attached]},
        detail={"urgent": words.urgent},
        state=call.state,
    )
    return call


def _kept(folder: Folder | None, files: Sequence[Received]) -> list[dict[str, object]]:
    if folder is None:
        return []
    there = Upload.objects.filter(folder=folder)
    rows = [take(folder.pk, "call", one, there, TrustLevel.D) for one in files]
    return [
        {"upload": row.pk, "name": row.name, "size": row.size, "sha256": row.sha256}
        for row in dict.fromkeys(rows)
    ]


def _sound(words: Words, doing: Doing) -> None:
    faults = [
        Fault(said, field)
        for field, said in faults_of_call(
            words.title,
            words.text,
            words.decides,
            doing.day,
            words.until,
            limits_on(doing.day).call_days,
            words.urgent,
        )
    ]
    if faults:
        raise Refused(faults[0].said, faults[0].field, faults)


def _led(call: Call, act: CallAct) -> str:
    return str(led(CALLS, CallState(call.state), act).value)


@deed(CALL, CallAct.REWRITE)
def rewrite_call(call: Call, words: Words, doing: Doing) -> Deed:
    """重拟送审, after it was sent back."""
    only(
        may_write_call(doing.actor, call.organ, doing.day),
        WRITERS,
        Said("起草征集", "write a call"),
    )
    state = _led(call, CallAct.REWRITE)
    _sound(words, doing)
    return write(
        CALL,
        call,
        CallAct.REWRITE,
        doing,
        changes={
            "state": state,
            "title": words.title.strip(),
            "title_en": words.title_en.strip(),
            "text": words.text.strip(),
            "decides": words.decides.strip(),
            "ways": words.ways.strip(),
            "until": words.until,
            "written_by": doing.actor,
        },
        facts={"until": words.until.isoformat()},
        detail={"urgent": words.urgent},
        state=state,
    )


def _announcing(call: Call, doing: Doing, what: Said) -> None:
    only(may_announce(doing.actor, call, doing.day), LEADERS, what)


@deed(CALL, CallAct.SEND_BACK)
def send_back_call(call: Call, reason: str, doing: Doing) -> Deed:
    _announcing(call, doing, Said("退回征集", "send it back"))
    state = _led(call, CallAct.SEND_BACK)
    what = Said("退回的理由", "why it is sent back")
    written = worded(reason, REASON_AT_LEAST, what, "reason")
    return write(
        CALL,
        call,
        CallAct.SEND_BACK,
        doing,
        changes={"state": state},
        detail={"reason": written},
        state=state,
    )


@deed(CALL, CallAct.DROP)
def drop_call(call: Call, reason: str, doing: Doing) -> Deed:
    """Given up before it was announced; the record stays."""
    only(
        may_write_call(doing.actor, call.organ, doing.day),
        WRITERS,
        Said("不再发布", "give it up"),
    )
    state = _led(call, CallAct.DROP)
    what = Said("不再发布的理由", "why it is given up")
    written = worded(reason, REASON_AT_LEAST, what, "reason")
    return write(
        CALL,
        call,
        CallAct.DROP,
        doing,
        changes={"state": state},
        detail={"reason": written},
        state=state,
    )


@deed(CALL, CallAct.ANNOUNCE)
def announce_call(call: Call, doing: Doing) -> Deed:
    """发布: everybody may answer until the last day."""
    _announcing(call, doing, Said("发布征集", "announce it"))
    state = _led(call, CallAct.ANNOUNCE)
    if (call.until - doing.day).days < 7:
        raise Refused(
            Said(
                "离截止日不足7日。请退回起草人改期（重大行政决策程序暂行条例 15）。",
                "Fewer than 7 days are left. Send it back for another last day "
                "(Interim Regulation on Major Administrative Decisions, art. 15).",
            )
        )
    due = calendar().add_workdays(call.until, limits_on(doing.day).report_days).on
    return write(
        CALL,
        call,
        CallAct.ANNOUNCE,
        doing,
        changes={
            "state": state,
            "announced_by": doing.actor,
            "announced_at": doing.at,
            "report_due": due,
        },
        facts={"until": call.until.isoformat(), "report_due": due.isoformat()},
        state=state,
    )


@deed(CALL, CallAct.PROLONG)
def prolong_call(call: Call, until: date, reason: str, doing: Doing) -> Deed:
    """延长, while it is open; never shortened."""
    _announcing(call, doing, Said("延长征集期", "prolong it"))
    state = _led(call, CallAct.PROLONG)
    if doing.day > call.until or until <= call.until:
        raise Refused(
            Said(
                "只能在截止前延长到更晚的一天，不能缩短，也不能截止后再开。",
                "It is prolonged before its end and to a later day; never shortened, never "
                "opened again.",
            ),
            "until",
        )
    what = Said("延长的理由", "why it is prolonged")
    written = worded(reason, REASON_AT_LEAST, what, "reason")
    due = calendar().add_workdays(until, limits_on(doing.day).report_days).on
    return write(
        CALL,
        call,
        CallAct.PROLONG,
        doing,
        changes={"state": state, "until": until, "report_due": due},
        facts={"until": until.isoformat(), "report_due": due.isoformat(), "reason": written},
        state=state,
    )


@deed(CALL, CallAct.DRAFT_REPORT)
def draft_report(call: Call, words: str, doing: Doing) -> Deed:
    """拟写采纳情况, when every opinion has its answer."""
    only(
        may_write_call(doing.actor, call.organ, doing.day),
        WRITERS,
        Said("拟写采纳情况", "write the report"),
    )
    state = _led(call, CallAct.DRAFT_REPORT)
    if doing.day <= call.until:
        raise Refused(
            Said(
                f"征集至{call.until.isoformat()}截止，截止后才能汇总。",
                f"The call is open until {call.until.isoformat()}; it is summed up afterwards.",
            )
        )
    if left := undecided(call):
        raise Refused(
            Said(
                f"还有{left}条意见没有写明采纳情况。每条都要有答复，才能公布。",
                f"{left} opinions have no answer yet. Each is answered before the report is "
                "published.",
            )
        )
    what = Said("征集的情况和采纳的情况", "what was said and what was done")
    written = worded(words, REPORT_AT_LEAST, what)
    return write(
        CALL,
        call,
        CallAct.DRAFT_REPORT,
        doing,
        changes={"state": state, "report": written, "report_by": doing.actor},
        detail={"report": written},
        state=state,
    )


def _reporting(call: Call, doing: Doing, what: Said) -> None:
    only(may_report(doing.actor, call, doing.day), LEADERS, what)


@deed(CALL, CallAct.RETURN_REPORT)
def return_report(call: Call, reason: str, doing: Doing) -> Deed:
    _reporting(call, doing, Said("退回采纳情况", "send the report back"))
    state = _led(call, CallAct.RETURN_REPORT)
    what = Said("退回的理由", "why it is sent back")
    written = worded(reason, REASON_AT_LEAST, what, "reason")
    return write(
        CALL,
        call,
        CallAct.RETURN_REPORT,
        doing,
        changes={"state": state},
        detail={"reason": written},
        state=state,
    )


@deed(CALL, CallAct.REPORT)
def publish_report(call: Call, doing: Doing) -> Deed:
    """公布采纳情况, with the figures as they are counted now; they stand in the public log."""
    _reporting(call, doing, Said("公布采纳情况", "publish the report"))
    state = _led(call, CallAct.REPORT)
    if undecided(call):
        raise Refused(
            Said(
                "又收到了新的意见，还没有写明采纳情况。请先退回补写。",
                "New opinions came that have no answer yet. Send the report back first.",
            )
        )
    figures = opinions_counted(call)
    return write(
        CALL,
        call,
        CallAct.REPORT,
        doing,
        changes={
            "state": state,
            "figures": figures,
            "reported_by": doing.actor,
            "reported_at": doing.at,
        },
        facts={"figures": figures},
        state=state,
    )
