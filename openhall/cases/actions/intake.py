"""Receiving: submit, accept, ask once for a supplement, decline. 行政许可法 29–32."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from openhall.cases.actions.answering import lawful_answers
from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.quotas import take_place
from openhall.cases.actions.record import Doing, record, stage_after
from openhall.cases.actions.rooms_above import admit, gate
from openhall.cases.actions.tally import count
from openhall.cases.application.seal import NOTHING, Enclosed, seal_of
from openhall.cases.desks.blinds import blind_name, blind_phone
from openhall.cases.kinds import CASE
from openhall.cases.models import Acting, Case, CaseEvent
from openhall.cases.permissions import may_receive
from openhall.cases.rules.applied import detail_of, grouped
from openhall.cases.rules.clock import (
    Limit,
    answer_due,
    deadlines,
    is_deemed_accepted,
    statutory_limit,
)
from openhall.cases.rules.packs import pack_named, pack_on
from openhall.cases.terms import Act, ApplicantKind, Channel, Outcome, Stage
from openhall.catalogue.queries import version_in_force, version_to_show
from openhall.catalogue.terms import DayUnit, ProjectType, Standing
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import deed, fresh_code, made_before, new_salt
from openhall.glossary import Said
from openhall.organs.models import Account, Organ
from openhall.organs.remedies import remedy_of
from openhall.organs.rules.identity import (
    fault_of_document,
    fault_of_person,
    fault_of_phone,
    kind_of_document,
)
from openhall.organs.terms import IdentityKind
from openhall.paging.typed import fault_of_text, visible
from openhall.papers.rules import words as papers
from openhall.papers.terms import PaperKind
from openhall.vault.fields import blind
from openhall.workdays.queries import calendar

REASON_AT_LEAST = 10  # characters; shorter is "no reason" to supervision (norms 4.2, rule 12)


@dataclass(frozen=True, slots=True)
class Party:
    """Who applies. ``number`` is checked against its check digit."""

    kind: ApplicantKind
    name: str
    identity: IdentityKind
    number: str
    phone: str = ""
    address: str = ""
    agent_name: str = ""
    agent_number: str = ""
    agent_identity: IdentityKind | None = None  # None: the form of the number says it

    @property
    def agent_document(self) -> IdentityKind | None:
        """What the agent showed; None where nobody acts."""
        if not self.agent_number:
            return None
        return self.agent_identity or kind_of_document(self.agent_number)


def _local(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _check_party(party: Party, today: date) -> None:
    if not visible(party.name):
        raise Refused(Said("请填写申请人姓名或名称。", "Give the applicant's name."), "name")
    for field, words in (("name", party.name), ("address", party.address)):
        if fault := fault_of_text(words):
            raise Refused(fault, field)
    if fault := fault_of_document(party.identity, party.number, today):
        raise Refused(fault, "number")
    if party.phone and (fault := fault_of_phone(party.phone)):
        raise Refused(fault, "phone")
    document = party.agent_document
    if document and (fault := fault_of_person(party.agent_number, today, document)):
        raise Refused(fault, "agent_number")


def _why_closed(item_code: str, day: date) -> Said:
    """Why nothing is taken in on the item on ``day``: its own state, or that it is not listed."""
    shown = version_to_show(item_code, day)
    pausing = (Standing.SUSPENDED, Standing.OUT_OF_SEASON, Standing.COMING)
    if shown is not None and shown.stands.standing in pausing:
        return Said(
            f"{shown.stands.said_in('zh')}现在不能受理（成办发〔2003〕75号 二（一））。",
            f"{shown.stands.said_in('en')} It cannot be applied for now (成办发〔2003〕75号, "
            "part 2(1)).",
        )
    stands = Said("", "")
    if shown is not None and not shown.stands.is_open:
        stands = Said(shown.stands.said_in("zh"), shown.stands.said_in("en") + " ")
    return Said(
        f"{stands.zh}{day:%Y-%m-%d} 有效的《行政审批事项目录》中没有该事项，不能受理"
        "（成办发〔2003〕75号 二（一））。请在办事指南中查找现行事项。",
        f"{stands.en}On {day:%Y-%m-%d} the list of approval items in force does not "
        "hold this item, so it cannot be applied for (成办发〔2003〕75号, part 2(1)). "
        "Look for the item in force in the service guides.",
    )


@acting()
def submit(
    item_code: str,
    party: Party,
    answers: Mapping[str, object],
    channel: Channel,
    doing: Doing,
    *,
    facts: Mapping[str, object] | None = None,
    detail: Mapping[str, str] | None = None,
    on_behalf_of: Account | None = None,
    acting: Acting | None = None,
    folder_id: int | None = None,
    part_days: int | None = None,
    followed_by: str = "",
    enclosed: Enclosed = NOTHING,
    form_on_paper: bool = False,
) -> Case:
    """Take an application in; the case with its number and query code.

    ``facts`` and ``detail`` add to what its first event says: who acted, what was signed. Where a
    desk enters it, ``on_behalf_of`` is the applicant's own account, who then sees the case.
    ``acting``, not saved yet, is the authority of an agent and says who is told. ``folder_id``
    is the folder in which the files named by the answers lie. ``part_days`` is the unit's own limit
    where the case is part of a joint application, which gives one receipt for all, with the code
    it is ``followed_by``. ``enclosed`` is what the receipt lists. ``form_on_paper``: the filled
    form itself was handed over the counter.

    Order: repeated key → item in force that day (A10) → applicant's numbers → answers, by the one
    rule of every door → case, event, ledger, rollup. Raises :class:`Refused` with the sentence and
    the field it belongs beside.
    """
    before: Case | None = made_before(CASE, doing, Act.SUBMIT)
    if before is not None:
        return before
    day = _local(doing.at)
    version = version_in_force(item_code, day)
    if version is None:
        raise Refused(_why_closed(item_code, day), "item")
    _check_party(party, day)
    admit(party.number, version.item_id, day)
    answers = lawful_answers(version, answers, day, folder_id, channel, form_on_paper=form_on_paper)
    pack = pack_on(day)
    code = fresh_code()
    case = Case(
        number=f"{day:%Y%m%d}-{secrets.token_hex(4).upper()}",
        query_code=code,
        query_blind=blind(code),
        followed_by=followed_by,
        folder_id=folder_id,
        salt=new_salt(),
        item=version.item,
        item_version=version,
        organ=version.item.organ,
        channel=channel.value,
        stage=Stage.SUBMITTED.value,
        joint=part_days is not None,
        part_days=part_days,
        pack=pack.code,
        received_at=doing.at,
        answer_due=answer_due(day, pack, calendar()),
        account=on_behalf_of if doing.desk else doing.actor,
        applicant_kind=party.kind.value,
        applicant_name=party.name,
        identity_kind=party.identity.value,
        identity_number=party.number,
        identity_blind=blind(party.number),
        name_blind=blind_name(party.name),
        phone_blind=blind_phone(party.phone),
        phone=party.phone,
        address=party.address,
        agent_name=party.agent_name,
        agent_identity=party.agent_document.value if party.agent_document else "",
        agent_number=party.agent_number,
        answers=json.dumps(dict(answers), ensure_ascii=False),
    )
    case.save(force_insert=True)
    if acting is not None:
        acting.case = case
        acting.save()
    sealed = seal_of(case, detail_of(detail or {}))
    record(
        case,
        Act.SUBMIT,
        doing,
        stage=Stage.SUBMITTED,
        changes={},
        facts={
            "channel": channel.value,
            "version": version.number,
            "pack": pack.code,
            **(facts or {}),
        },
        detail={
            "applicant": party.name,
            "number": party.number,
            "answers": case.answers,
            "form": sealed,
            **(detail or {}),
        },
    )
    if part_days is None:
        mark = grouped(sealed) if hasattr(version, "form") else ""
        told = papers.receipt(
            matter_of(case), case.answer_due, mark=mark, had=enclosed.had, to_show=enclosed.to_show
        )
        give(case, PaperKind.RECEIPT, told, doing)
    count(case.organ_id, day, received=1)
    return case


def refuse_part(case: Case) -> None:
    """Refuse what is done to a joint application as a whole, where a part of it is meant."""
    if case.part_days is not None:
        raise Refused(
            Said(
                "本件是联合申请的一部分，由主办单位对全部事项统一受理、一次告知补正或者不予受理"
                "（行政许可法 26）。请在联合申请的页面办理。",
                "This case is part of a joint application: the leading unit accepts, asks "
                "for supplements or declines for all items at once (Administrative "
                "Licensing Law, art. 26). Use the page of the joint application.",
            )
        )


def _limits(case: Case) -> tuple[Limit, Limit | None]:
    version = case.item_version
    own = (
        None
        if version.statutory_days is None
        else Limit(version.statutory_days, DayUnit(version.statutory_unit))
    )
    if case.part_days is not None:
        return Limit(case.part_days), own
    if version.promised_days is None:
        raise Refused(
            Said(
                "该事项没有公布承诺时限，不能受理。请事项维护人员先补全办事指南。",
                "This item has no published limit and cannot be accepted. Ask those who "
                "keep the item to complete its guide first.",
            ),
            "item",
        )
    return Limit(version.promised_days, DayUnit(version.promised_unit)), own


def take_up(
    case: Case, act: Act, doing: Doing, accepted_on: date, changes: dict[str, object]
) -> CaseEvent:
    """The acceptance itself, once permission is settled: limits, place, event, paper."""
    promise, own = _limits(case)
    joint = case.joint or bool(case.item_version.joint_organs.strip())
    limit = statutory_limit(own, pack_named(case.pack), joint=joint)
    due = deadlines(accepted_on, promise, limit, calendar())
    stage = stage_after(case, act)
    take_place(case, accepted_on)
    event = record(
        case,
        act,
        doing,
        stage=stage,
        changes={
            **changes,
            "joint": joint,
            "promise_due": due.promise,
            "statutory_due": due.statutory,
            "due_is_provisional": due.provisional,
            "answer_due": None,
        },
        facts={
            "accepted_on": accepted_on.isoformat(),
            "promise_due": due.promise.isoformat(),
            "statutory_due": due.statutory.isoformat() if due.statutory else None,
        },
    )
    silent = act == Act.DEEM_ACCEPTED
    words = papers.acceptance(matter_of(case), accepted_on, by_silence=silent)
    give(case, PaperKind.ACCEPTANCE, words, doing)
    count(case.organ_id, accepted_on, accepted=1)
    return event


@deed(CASE, Act.ACCEPT)
def accept(case: Case, doing: Doing) -> CaseEvent:
    """受理: the clock starts. Only the window; both due days are kept from here on."""
    day = _local(doing.at)
    if doing.actor is None or not may_receive(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本单位窗口的在岗人员可以受理（接办件分离，成办发〔2003〕75号）。",
                "Only staff on duty at this unit's window may accept an application "
                "(reception and handling are separate, 成办发〔2003〕75号).",
            )
        )
    if doing.at < case.received_at:
        raise Refused(
            Said(
                "受理时间不能早于收件时间。请核对时间。",
                "An application cannot be accepted before it was received. Check the time.",
            ),
            "at",
        )
    refuse_part(case)
    gate(case, Act.ACCEPT, doing)
    admit(case.identity_number, case.item_id, day)
    return take_up(case, Act.ACCEPT, doing, day, {"accepted_at": doing.at, "intake": doing.actor})


@deed(CASE, Act.ACCEPT_AT_ONCE, Act.ACCEPT, Act.DECIDE)
def accept_at_once(case: Case, doing: Doing) -> CaseEvent:
    """当场受理 of an instant item: accepted and laid before the decider in one act. 34(2).

    Only the form is examined, so there is no hand-over to a handler; who accepts still never
    decides (``docs/decisions/0014-the-procedure.md``).
    """
    day = _local(doing.at)
    if doing.actor is None or not may_receive(doing.actor, case, day):
        raise Refused(
            Said(
                "只有本单位窗口的在岗人员可以受理（接办件分离，成办发〔2003〕75号）。",
                "Only staff on duty at this unit's window may accept an application "
                "(reception and handling are separate, 成办发〔2003〕75号).",
            )
        )
    if case.item_version.project_type != ProjectType.INSTANT:
        raise Refused(
            Said(
                "该事项不是即办件，不能当场办理。请受理后移交承办（行政许可法 34）。",
                "This item is not concluded on the spot. Accept the application, then "
                "hand it over (Administrative Licensing Law, art. 34).",
            )
        )
    refuse_part(case)
    gate(case, Act.ACCEPT_AT_ONCE, doing)
    admit(case.identity_number, case.item_id, day)
    changes: dict[str, object] = {"accepted_at": doing.at, "intake": doing.actor}
    return take_up(case, Act.ACCEPT_AT_ONCE, doing, day, changes)


@deed(CASE, Act.DEEM_ACCEPTED)
def deem_accepted(case: Case, doing: Doing) -> CaseEvent:
    """Silence past the fifth working day: accepted as of receipt. 行政许可法 32(4)."""
    if not is_deemed_accepted(case.answer_due, _local(doing.at)):
        raise Refused(
            Said(
                "五个工作日尚未届满，不能视为受理（行政许可法 32（4））。",
                "The five working days have not passed; it does not count as accepted yet "
                "(Administrative Licensing Law, art. 32(4)).",
            )
        )
    refuse_part(case)
    changes: dict[str, object] = {"accepted_at": case.received_at, "deemed": True}
    return take_up(case, Act.DEEM_ACCEPTED, doing, _local(case.received_at), changes)


@deed(CASE, Act.DECLINE)
def decline(
    case: Case,
    outcome: Outcome,
    reason: str,
    doing: Doing,
    *,
    competent: Organ | None = None,
    competent_organ: str = "",
) -> CaseEvent:
    """不予受理, with its reason; not competent names who is. 行政许可法 32(1)(2).

    ``competent`` is a unit of the city; ``competent_organ`` names one outside it.
    """
    if doing.actor is None or not may_receive(doing.actor, case, _local(doing.at)):
        raise Refused(
            Said(
                "只有本单位窗口的在岗人员可以决定不予受理（接办件分离，成办发〔2003〕75号）。",
                "Only staff on duty at this unit's window may decline an application "
                "(reception and handling are separate, 成办发〔2003〕75号).",
            )
        )
    refuse_part(case)
    gate(case, Act.DECLINE, doing)
    return turn_down(case, outcome, reason, doing, competent, competent_organ)


def turn_down(
    case: Case,
    outcome: Outcome,
    reason: str,
    doing: Doing,
    competent: Organ | None = None,
    competent_organ: str = "",
) -> CaseEvent:
    """The refusal to accept itself, once permission is settled."""
    if outcome not in (Outcome.NOT_REQUIRED, Outcome.NOT_COMPETENT, Outcome.INELIGIBLE):
        raise Refused(
            Said(
                "不予受理的情形只有：不需办理、不属本机关职权、不符合受理条件。",
                "Choose a ground for declining: no licence needed, not within this "
                "organ's powers, or conditions not met.",
            ),
            "outcome",
        )
    if visible(reason) < REASON_AT_LEAST:
        raise Refused(
            Said(
                "不予受理须写明理由（不少于10个字，行政许可法 32、72）。",
                "Say why it is declined (at least 10 characters, Administrative Licensing "
                "Law, art. 32 and 72).",
            ),
            "reason",
        )
    if competent is not None and competent.pk == case.organ_id:
        raise Refused(
            Said(
                "有权机关不能是本机关自己（行政许可法 32（2））。请另选。",
                "Choose another organ: the competent one cannot be this one "
                "(Administrative Licensing Law, art. 32(2)).",
            ),
            "competent",
        )
    competent_organ = competent.name if competent is not None else competent_organ.strip()
    if outcome == Outcome.NOT_COMPETENT and not competent_organ:
        raise Refused(
            Said(
                "不属本机关职权的，须告知有权机关（行政许可法 32（2））。",
                "Name the competent organ: what is not within this organ's powers is "
                "directed there (Administrative Licensing Law, art. 32(2)).",
            ),
            "competent_organ",
        )
    event = record(
        case,
        Act.DECLINE,
        doing,
        stage=stage_after(case, Act.DECLINE),
        changes={
            "outcome": outcome.value,
            "closed_at": doing.at,
            "intake": doing.actor,
            "answer_due": None,
        },
        facts={
            "outcome": outcome.value,
            "competent_organ": competent_organ,
            "competent": competent.code if competent is not None else "",
        },
        detail={"reason": reason},
    )
    remedy = remedy_of(case.organ)
    words = papers.decline(matter_of(case), outcome.zh, reason, competent_organ, remedy)
    give(case, PaperKind.DECLINE, words, doing)
    count(case.organ_id, _local(doing.at), declined=1)
    return event
