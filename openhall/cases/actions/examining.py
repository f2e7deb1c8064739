"""Examining on site, and the superior's leg of a case. 行政许可法 34, 35, 43."""

from collections.abc import Sequence
from datetime import date

from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing, record, stage_after
from openhall.cases.days import due_changes, due_facts, recomputed
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent, Forwarding, SiteCheck
from openhall.cases.permissions import may_handle
from openhall.cases.rules.clock import superior_days
from openhall.cases.rules.packs import pack_named
from openhall.cases.terms import Act
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed
from openhall.glossary import Said
from openhall.organs.models import Account, Organ
from openhall.organs.permissions import works_for
from openhall.paging.typed import visible
from openhall.papers.rules import procedure_words
from openhall.papers.terms import PaperKind
from openhall.workdays.queries import calendar

OPINION_AT_LEAST = 10  # characters


@deed(CASE, Act.SITE_CHECK)
def site_check(
    case: Case,
    on: date,
    place: str,
    officers: Sequence[Account],
    found: str,
    passed: bool,
    doing: Doing,
) -> CaseEvent:
    """实地核查 by two officers or more, with what they found. 行政许可法 34(3)."""
    day = doing.day
    if doing.actor is None or not may_handle(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本件的承办人可以记录实地核查。",
                "Only the handler of this case may record a site check.",
            )
        )
    stage = stage_after(case, Act.SITE_CHECK)
    people = list(dict.fromkeys(officers))
    if len(people) < 2:
        raise Refused(
            Said(
                "实地核查应当指派两名以上工作人员（行政许可法 34）。请至少选两人。",
                "Choose at least two: a site check is made by two or more officials "
                "(Administrative Licensing Law, art. 34).",
            ),
            "officers",
        )
    if strangers := [one for one in people if not works_for(one, case.organ, day)]:
        raise Refused(
            Said(
                f"{strangers[0]}不是本机关的工作人员，不能核查。",
                f"{strangers[0]} does not work for this organ and cannot check.",
            ),
            "officers",
        )
    if case.intake_id in [one.pk for one in people]:
        raise Refused(
            Said(
                "受理人不参加本件的核查（接办件分离，成办发〔2003〕75号）。",
                "Who accepted this case takes no part in its site check (reception and "
                "handling are separate, 成办发〔2003〕75号).",
            ),
            "officers",
        )
    if on > day:
        raise Refused(
            Said("核查日期不能晚于今天。", "The day of the check cannot be later than today."), "on"
        )
    if not place.strip():
        raise Refused(Said("请写明核查的地点。", "Say where it was checked."), "place")
    if visible(found) < OPINION_AT_LEAST:
        raise Refused(
            Said(
                "请写明核查情况（不少于10个字）。", "Say what was found (at least 10 characters)."
            ),
            "found",
        )
    SiteCheck.objects.create(
        case=case,
        on=on,
        place=place.strip(),
        first=people[0],
        second=people[1],
        found=found.strip(),
        passed=passed,
    )
    names = [str(one) for one in people]
    event = record(
        case,
        Act.SITE_CHECK,
        doing,
        stage=stage,
        changes={},
        facts={"on": on.isoformat(), "officers": len(people), "passed": passed},
        detail={"place": place.strip(), "found": found.strip(), "officers": "、".join(names)},
    )
    words = procedure_words.site_check(matter_of(case), on, place.strip(), names, found.strip())
    give(case, PaperKind.SITE_CHECK, words, doing)
    return event


@deed(CASE, Act.FORWARD)
def forward(
    case: Case,
    to: str,
    opinion: str,
    doing: Doing,
    *,
    to_organ: Organ | None = None,
) -> CaseEvent:
    """转报: the lower organ's examination is done; the superior's clock begins. 35, 43."""
    day = doing.day
    if doing.actor is None or not may_handle(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本件的承办人可以转报上级机关。",
                "Only the handler of this case may forward it to the organ above.",
            )
        )
    stage = stage_after(case, Act.FORWARD)
    if case.suspended_since is not None:
        raise Refused(
            Said(
                "本件正在中止计时，请先恢复计时再转报（行政许可法 45）。",
                "The clock is suspended. Resume it, then forward the case (Administrative "
                "Licensing Law, art. 45).",
            )
        )
    name = to_organ.name if to_organ is not None else to.strip()
    if not name or (to_organ is not None and to_organ.pk == case.organ_id):
        raise Refused(Said("请写明上级行政机关。", "Name the organ above."), "to")
    if visible(opinion) < OPINION_AT_LEAST:
        raise Refused(
            Said(
                "请写明初步审查意见（不少于10个字，行政许可法 35）。",
                "Write the opinion of the first examination (at least 10 characters, "
                "Administrative Licensing Law, art. 35).",
            ),
            "opinion",
        )
    due = calendar().add_workdays(day, superior_days(pack_named(case.pack)))
    Forwarding.objects.create(
        case=case,
        to=name,
        to_organ=to_organ,
        opinion=opinion.strip(),
        since=day,
        due_on=due.on,
        own_due=case.statutory_due or case.promise_due,
    )
    event = record(
        case,
        Act.FORWARD,
        doing,
        stage=stage,
        changes={
            "promise_due": due.on,
            "statutory_due": due.on,
            "due_is_provisional": due.provisional,
        },
        facts={"to": name, "due_on": due.on.isoformat()},
        detail={"opinion": opinion.strip()},
    )
    words = procedure_words.forwarding(matter_of(case), name, opinion.strip(), due.on)
    give(case, PaperKind.FORWARDING, words, doing)
    return event


@deed(CASE, Act.REPLY)
def reply(case: Case, said: str, doing: Doing) -> CaseEvent:
    """上级批复: the superior's leg ends; this organ's clock goes on where it had stopped."""
    day = doing.day
    if doing.actor is None or not may_handle(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本件的承办人可以记录上级批复。",
                "Only the handler of this case may record the reply from above.",
            )
        )
    stage = stage_after(case, Act.REPLY)
    if visible(said) < OPINION_AT_LEAST:
        raise Refused(
            Said(
                "请写明上级机关的审查决定（不少于10个字）。",
                "Write what the organ above decided (at least 10 characters).",
            ),
            "said",
        )
    Forwarding.objects.filter(case=case, until__isnull=True).update(until=day, reply=said.strip())
    due = recomputed(case, day)
    return record(
        case,
        Act.REPLY,
        doing,
        stage=stage,
        changes=due_changes(due),
        facts=due_facts(due),
        detail={"reply": said.strip()},
    )
