"""Receiving: submit, accept, ask once for a supplement, decline. 行政许可法 29–32."""

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from openhall.cases.actions.papers import REMEDY, give, matter_of
from openhall.cases.actions.record import Doing, done_before, held, record, stage_after
from openhall.cases.actions.tally import count
from openhall.cases.models import Case, CaseEvent, Supplement, SupplementPoint
from openhall.cases.permissions import is_applicant, may_receive
from openhall.cases.refusals import Refused
from openhall.cases.rules import papers
from openhall.cases.rules.clock import (
    Limit,
    answer_due,
    deadlines,
    is_deemed_accepted,
    statutory_limit,
)
from openhall.cases.rules.codes import BODY_SIGNS, SIGNS, check_sign
from openhall.cases.rules.packs import pack_named, pack_on
from openhall.cases.terms import Act, ApplicantKind, Channel, Outcome, PaperKind, Stage
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import version_in_force
from openhall.catalogue.terms import DayUnit
from openhall.organs.rules.identity import fault_of_credit_code, fault_of_resident_id
from openhall.organs.terms import IdentityKind
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


@dataclass(frozen=True, slots=True)
class Point:
    """One field or material to supplement, with its reason."""

    reason: str
    field: str = ""
    material: str = ""


def _local(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _check_party(party: Party) -> None:
    if not party.name.strip():
        raise Refused("请填写申请人姓名或名称。", "name")
    fault = None
    if party.identity == IdentityKind.RESIDENT_ID:
        fault = fault_of_resident_id(party.number)
    elif party.identity == IdentityKind.CREDIT_CODE:
        fault = fault_of_credit_code(party.number)
    if fault:
        raise Refused(fault, "number")
    if party.agent_number and (fault := fault_of_resident_id(party.agent_number)):
        raise Refused(fault, "agent_number")


def _new_code() -> str:
    body = "".join(secrets.choice(SIGNS) for _ in range(BODY_SIGNS))
    return body + check_sign(body)


@transaction.atomic
def submit(
    item_code: str, party: Party, answers: Mapping[str, object], channel: Channel, doing: Doing
) -> Case:
    """Take an application in; the case with its number and query code.

    Order: repeated key → item in force that day (A10) → applicant's numbers → case, event, ledger,
    rollup. Raises :class:`Refused` with the sentence and the field it belongs beside.
    """
    if before := done_before(doing.key):
        return before.case
    day = _local(doing.at)
    version = version_in_force(item_code, day)
    if version is None:
        raise Refused(
            f"{day:%Y-%m-%d} 有效的《行政审批事项目录》中没有该事项,不能受理"
            "(成办发〔2003〕75号 二(一))。请在办事指南中查找现行事项。",
            "item",
        )
    _check_party(party)
    pack = pack_on(day)
    code = _new_code()
    case = Case(
        number=f"{day:%Y%m%d}-{secrets.token_hex(4).upper()}",
        query_code=code,
        query_blind=blind(code),
        salt=base64.b64encode(secrets.token_bytes(32)).decode(),
        item=version.item,
        item_version=version,
        organ=version.item.organ,
        channel=channel.value,
        stage=Stage.SUBMITTED.value,
        pack=pack.code,
        received_at=doing.at,
        answer_due=answer_due(day, pack, calendar()),
        account=doing.actor if not doing.desk else None,
        applicant_kind=party.kind.value,
        applicant_name=party.name,
        identity_kind=party.identity.value,
        identity_number=party.number,
        identity_blind=blind(party.number),
        phone=party.phone,
        address=party.address,
        agent_name=party.agent_name,
        agent_number=party.agent_number,
        answers=json.dumps(dict(answers), ensure_ascii=False),
    )
    case.save(force_insert=True)
    record(
        case,
        Act.SUBMIT,
        doing,
        stage=Stage.SUBMITTED,
        changes={},
        facts={"channel": channel.value, "version": version.number, "pack": pack.code},
        detail={"applicant": party.name, "number": party.number, "answers": case.answers},
    )
    give(case, PaperKind.RECEIPT, papers.receipt(matter_of(case), case.answer_due), doing)
    count(case.organ_id, day, received=1)
    return case


def _limits(version: ItemVersion) -> tuple[Limit, Limit | None]:
    own = (
        None
        if version.statutory_days is None
        else Limit(version.statutory_days, DayUnit(version.statutory_unit))
    )
    if version.promised_days is None:
        raise Refused("该事项没有公布承诺时限,不能受理。请事项维护人员先补全办事指南。", "item")
    return Limit(version.promised_days, DayUnit(version.promised_unit)), own


def _accept(
    case: Case, act: Act, doing: Doing, accepted_on: date, changes: dict[str, object]
) -> CaseEvent:
    promise, own = _limits(case.item_version)
    due = deadlines(accepted_on, promise, statutory_limit(own, pack_named(case.pack)), calendar())
    event = record(
        case,
        act,
        doing,
        stage=stage_after(case, act),
        changes={
            **changes,
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


@transaction.atomic
def accept(case_id: int, doing: Doing, *, seen: int | None = None) -> CaseEvent:
    """受理: the clock starts. Only the window; both due days are kept from here on."""
    if before := done_before(doing.key):
        return before
    case = held(case_id, seen=seen)
    day = _local(doing.at)
    if doing.actor is None or not may_receive(doing.actor, case, day):
        raise Refused("只有本单位窗口的在岗人员可以受理(接办件分离,成办发〔2003〕75号)。")
    if doing.at < case.received_at:
        raise Refused("受理时间不能早于收件时间。请核对时间。", "at")
    return _accept(case, Act.ACCEPT, doing, day, {"accepted_at": doing.at, "intake": doing.actor})


@transaction.atomic
def deem_accepted(case_id: int, doing: Doing) -> CaseEvent:
    """Silence past the fifth working day: accepted as of receipt. 行政许可法 32(4)."""
    if before := done_before(doing.key):
        return before
    case = held(case_id)
    if not is_deemed_accepted(case.answer_due, _local(doing.at)):
        raise Refused("五个工作日尚未届满,不能视为受理(行政许可法 32(4))。")
    changes: dict[str, object] = {"accepted_at": case.received_at, "deemed": True}
    return _accept(case, Act.DEEM_ACCEPTED, doing, _local(case.received_at), changes)


@transaction.atomic
def ask_for_supplement(
    case_id: int, points: Sequence[Point], doing: Doing, *, seen: int | None = None
) -> CaseEvent:
    """一次告知: everything that is missing, once. 行政许可法 32(4)."""
    if before := done_before(doing.key):
        return before
    case = held(case_id, seen=seen)
    day = _local(doing.at)
    if doing.actor is None or not may_receive(doing.actor, case, day):
        raise Refused("只有本单位窗口的在岗人员可以告知补正(接办件分离,成办发〔2003〕75号)。")
    if Supplement.objects.filter(case=case).exists():
        raise Refused(
            "本件已告知过一次补正,不得再次告知(一次告知,行政许可法 32(4))。请受理或不予受理。"
        )
    if not points:
        raise Refused("请至少指明一项需要补正的内容。", "points")
    for point in points:
        if bool(point.field) == bool(point.material) or len(point.reason.strip()) < REASON_AT_LEAST:
            raise Refused("每项补正须指明一个字段或材料,并写明理由(不少于10个字)。", "points")
    if is_deemed_accepted(case.answer_due, day):
        raise Refused("五个工作日已过,未告知即为受理(行政许可法 32(4)),不能再要求补正。")
    due = calendar().add_workdays(day, pack_named(case.pack).supplement_days).on
    notice = Supplement.objects.create(case=case, asked_at=doing.at, due_on=due)
    SupplementPoint.objects.bulk_create(
        SupplementPoint(supplement=notice, field=p.field, material=p.material, reason=p.reason)
        for p in points
    )
    event = record(
        case,
        Act.ASK_FOR_SUPPLEMENT,
        doing,
        stage=stage_after(case, Act.ASK_FOR_SUPPLEMENT),
        changes={"answer_due": None},
        facts={"points": [p.field or p.material for p in points], "due_on": due.isoformat()},
        detail={p.field or p.material: p.reason for p in points},
    )
    listed = [(_called(case, point), point.reason) for point in points]
    words = papers.supplement(matter_of(case), due, listed)
    give(case, PaperKind.SUPPLEMENT, words, doing)
    return event


def _called_material(case: Case, key: str) -> str:
    rows = case.item_version.materials.filter(key=key)
    return str(rows.values_list("name", flat=True).first() or key)


def _called(case: Case, point: Point) -> str:
    """The name under which the applicant knows the field or material."""
    if point.material:
        return _called_material(case, point.material)
    version = case.item_version
    asked = version.form.fields if hasattr(version, "form") else []
    return next((one["label"] for one in asked if one["key"] == point.field), point.field)


@transaction.atomic
def supplement(
    case_id: int, answers: Mapping[str, object], doing: Doing, *, brought: Sequence[str] = ()
) -> CaseEvent:
    """补正: only what the notice named may change, and all of it is answered.

    A material named is answered by a new upload, or by the paper brought to the window
    (``brought``: keys of materials; only the window may say so).
    """
    if before := done_before(doing.key):
        return before
    case = held(case_id)
    day = _local(doing.at)
    by_window = doing.actor is not None and may_receive(doing.actor, case, day)
    if case.account_id is not None and not (is_applicant(doing.actor, case) or by_window):
        raise Refused("只有申请人本人,或窗口代为录入,可以补正。")
    stage = stage_after(case, Act.SUPPLEMENT)
    notice = case.supplement
    named = set(notice.points.exclude(field="").values_list("field", flat=True))
    if foreign := sorted(set(answers) - named):
        raise Refused(f"“{foreign[0]}”不在补正告知书所列内容中,不能修改。", foreign[0])
    if missing := sorted(named - set(answers)):
        raise Refused("请补正告知书所列的全部内容。", missing[0])
    materials = set(notice.points.exclude(material="").values_list("material", flat=True))
    fresh = case.uploads.filter(material__in=materials, at__gte=notice.asked_at)
    there = set(fresh.values_list("material", flat=True)) | (set(brought) if by_window else set())
    if lacking := sorted(materials - there):
        point = notice.points.get(material=lacking[0])
        raise Refused(f"请补交“{_called_material(case, point.material)}”。", lacking[0])
    case.uploads.filter(material__in=materials, at__lt=notice.asked_at).update(replaced=True)
    merged = json.dumps(json.loads(case.answers) | dict(answers), ensure_ascii=False)
    Supplement.objects.filter(pk=notice.pk).update(answered_at=doing.at)
    return record(
        case,
        Act.SUPPLEMENT,
        doing,
        stage=stage,
        changes={"answers": merged},
        facts={"points": sorted(named | materials)},
        detail={"answers": merged},
    )


@transaction.atomic
def decline(
    case_id: int,
    outcome: Outcome,
    reason: str,
    doing: Doing,
    *,
    competent_organ: str = "",
    seen: int | None = None,
) -> CaseEvent:
    """不予受理, with its reason; not competent names who is. 行政许可法 32(1)(2)."""
    if before := done_before(doing.key):
        return before
    case = held(case_id, seen=seen)
    if doing.actor is None or not may_receive(doing.actor, case, _local(doing.at)):
        raise Refused("只有本单位窗口的在岗人员可以决定不予受理(接办件分离,成办发〔2003〕75号)。")
    if outcome not in (Outcome.NOT_REQUIRED, Outcome.NOT_COMPETENT, Outcome.INELIGIBLE):
        raise Refused("不予受理的情形只有:不需办理、不属本机关职权、不符合受理条件。", "outcome")
    if len(reason.strip()) < REASON_AT_LEAST:
        raise Refused("不予受理须写明理由(不少于10个字,行政许可法 32、72)。", "reason")
    if outcome == Outcome.NOT_COMPETENT and not competent_organ.strip():
        raise Refused("不属本机关职权的,须告知有权机关(行政许可法 32(2))。", "competent_organ")
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
        facts={"outcome": outcome.value, "competent_organ": competent_organ},
        detail={"reason": reason},
    )
    words = papers.decline(matter_of(case), outcome.zh, reason, competent_organ, REMEDY)
    give(case, PaperKind.DECLINE, words, doing)
    count(case.organ_id, _local(doing.at), declined=1)
    return event
