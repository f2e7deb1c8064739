"""一次告知与补正: everything that is missing is asked for once, and only that is reopened.

行政许可法 32(4). Who does not answer in the time given has let the application lapse.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from openhall.cases.actions.answering import supplemented
from openhall.cases.actions.asking_again import permission_to_ask
from openhall.cases.actions.intake import REASON_AT_LEAST, refuse_part
from openhall.cases.actions.papers import give, matter_of
from openhall.cases.actions.record import Doing, record, stage_after
from openhall.cases.actions.rooms_above import gate
from openhall.cases.application.seal import sealed_papers
from openhall.cases.kinds import CASE
from openhall.cases.materials import came_on_paper, material_called, point_called
from openhall.cases.models import Case, CaseEvent, Supplement, SupplementPoint
from openhall.cases.permissions import is_applicant, may_receive
from openhall.cases.rules.clock import is_deemed_accepted
from openhall.cases.rules.packs import pack_named
from openhall.cases.rules.points import Point
from openhall.cases.terms import Act, Outcome
from openhall.catalogue.asking import is_answered, papers_named
from openhall.deeds.refusals import Fault, Refused
from openhall.deeds.writer import deed
from openhall.files.models import Folder
from openhall.glossary import Said
from openhall.paging.typed import visible
from openhall.papers.rules import words as papers
from openhall.papers.terms import PaperKind
from openhall.workdays.queries import calendar

TOO_SHORT: Final = Said(
    "写明有什么问题、怎样补正，不少于10个字。",
    "Say what is wrong and what to bring, in at least 10 characters.",
)


def _local(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _notice(case: Case, act: Act, points: Sequence[Point], doing: Doing) -> CaseEvent:
    """Give the notice, its paper and its event; ``ASK_AGAIN`` only as the head permitted it."""
    day = _local(doing.at)
    stage = stage_after(case, act)
    again = permission_to_ask(case) if act == Act.ASK_AGAIN else None
    if not points and case.part_days is None:
        raise Refused(
            Said("请至少指明一项需要补正的内容。", "Name at least one thing to be supplemented."),
            "points",
        )
    if any(bool(point.field) == bool(point.material) for point in points):
        raise Refused(
            Said(
                "每项补正须指明一个字段或者一份材料。",
                "Each point names one field or one material.",
            ),
            "points",
        )
    if short := [one for one in points if visible(one.reason) < REASON_AT_LEAST]:
        faults = [Fault(TOO_SHORT, one.place) for one in short]
        raise Refused(TOO_SHORT, "points", faults)
    named = {point.material for point in points if point.material}
    asked_for = [] if came_on_paper(case) else papers_named(case.item_version, named)
    if any(is_answered(one) for one in asked_for):
        raise Refused(
            Said(
                "申请表就是申请人在网上填写的内容，不另交表。请指明需要更正的栏目。",
                "The form is what the applicant answered online; no paper is handed in for it. "
                "Name the question to be answered again.",
            ),
            "points",
        )
    if is_deemed_accepted(case.answer_due, day):
        raise Refused(
            Said(
                "五个工作日已过，未告知即为受理（行政许可法 32（4）），不能再要求补正。",
                "Five working days have passed without a notice: the application is "
                "accepted (Administrative Licensing Law, art. 32(4)) and nothing more can "
                "be asked for.",
            )
        )
    due = calendar().add_workdays(day, pack_named(case.pack).supplement_days).on
    notice = Supplement.objects.create(
        case=case,
        number=1 if again is None else 2,
        permitted_by=None if again is None else again.by,
        asked_at=doing.at,
        due_on=due,
    )
    SupplementPoint.objects.bulk_create(
        SupplementPoint(supplement=notice, field=p.field, material=p.material, reason=p.reason)
        for p in points
    )
    event = record(
        case,
        act,
        doing,
        stage=stage,
        changes={"answer_due": None, **_place_for_files(case)},
        facts={"points": [p.field or p.material for p in points], "due_on": due.isoformat()},
        detail={p.field or p.material: p.reason for p in points},
    )
    if case.part_days is not None:  # the one paper of a joint application names all parts
        return event
    listed = [(point_called(case, point), point.reason) for point in points]
    words: Sequence[str] = papers.supplement(matter_of(case), due, listed)
    if again is not None:
        words = papers.supplement_again(matter_of(case), due, listed, again.new_facts)
    give(case, PaperKind.SUPPLEMENT, words, doing)
    return event


def _place_for_files(case: Case) -> dict[str, Folder]:
    """A folder for what will be brought: the row of a case changes only by a deed."""
    return {} if case.folder_id else {"folder": Folder.objects.create()}


def ask_once(case: Case, points: Sequence[Point], doing: Doing) -> CaseEvent:
    """The first notice, once permission is settled.

    A part of a joint application of which nothing is asked waits with the others: no point.
    """
    if Supplement.objects.filter(case=case).exists():
        raise Refused(
            Said(
                "本件已告知过一次补正，不得再次告知（一次告知，行政许可法 32（4））。"
                "请受理或不予受理；确有首次告知后才出现的新的事实的，报本机关负责人准许。",
                "A notice was given once and is not given again (everything is asked "
                "once, Administrative Licensing Law, art. 32(4)). Accept the application "
                "or decline it; where a new fact came up after the first notice, ask the "
                "head of this organ for leave.",
            )
        )
    return _notice(case, Act.ASK_FOR_SUPPLEMENT, points, doing)


def _at_the_window(case: Case, doing: Doing) -> None:
    if doing.actor is None or not may_receive(doing.actor, case, _local(doing.at)):
        raise Refused(
            Said(
                "只有本单位窗口的在岗人员可以告知补正（接办件分离，成办发〔2003〕75号）。",
                "Only staff on duty at this unit's window may ask for supplements "
                "(reception and handling are separate, 成办发〔2003〕75号).",
            )
        )


@deed(CASE, Act.ASK_FOR_SUPPLEMENT)
def ask_for_supplement(case: Case, points: Sequence[Point], doing: Doing) -> CaseEvent:
    """一次告知: everything that is missing, once. 行政许可法 32(4)."""
    _at_the_window(case, doing)
    refuse_part(case)
    gate(case, Act.ASK_FOR_SUPPLEMENT, doing)
    return ask_once(case, points, doing)


@deed(CASE, Act.ASK_AGAIN)
def ask_again(case: Case, points: Sequence[Point], doing: Doing) -> CaseEvent:
    """再次告知: the second and last notice, which the head permitted for new facts."""
    _at_the_window(case, doing)
    refuse_part(case)
    return _notice(case, Act.ASK_AGAIN, points, doing)


@deed(CASE, Act.SUPPLEMENT)
def supplement(
    case: Case, answers: Mapping[str, object], doing: Doing, *, brought: Sequence[str] = ()
) -> CaseEvent:
    """补正: only what the notice named may change, and all of it is answered.

    A material named is answered by a new upload, or by the paper brought to the window
    (``brought``: keys of materials; only the window may say so).
    """
    day = _local(doing.at)
    by_window = doing.actor is not None and may_receive(doing.actor, case, day)
    if case.account_id is not None and not (is_applicant(doing.actor, case) or by_window):
        raise Refused(
            Said(
                "只有申请人本人，或窗口代为录入，可以补正。",
                "Only the applicant may supplement, or the window for the applicant.",
            )
        )
    if case.part_days is not None:
        raise Refused(
            Said(
                "本件是联合申请的一部分，补正内容一次提交。请在联合申请的页面补正。",
                "This case is part of a joint application; supplements are sent at once "
                "for all. Use the page of the joint application.",
            )
        )
    return take_supplement(case, answers, doing, brought if by_window else ())


def take_supplement(
    case: Case, answers: Mapping[str, object], doing: Doing, brought: Sequence[str]
) -> CaseEvent:
    """The supplement itself, once permission is settled."""
    day = _local(doing.at)
    stage = stage_after(case, Act.SUPPLEMENT)
    notice = case.supplement
    named = set(notice.points.exclude(field="").values_list("field", flat=True))
    if foreign := sorted(set(answers) - named):
        raise Refused(
            Said(
                f"“{foreign[0]}”不在补正告知书所列内容中，不能修改。",
                f"“{foreign[0]}” is not listed in the notice and cannot be changed.",
            ),
            foreign[0],
        )
    if missing := sorted(named - set(answers)):
        raise Refused(
            Said("请补正告知书所列的全部内容。", "Supplement everything the notice lists."),
            missing[0],
        )
    materials = set(notice.points.exclude(material="").values_list("material", flat=True))
    fresh = case.uploads.filter(material__in=materials, at__gte=notice.asked_at, replaced=False)
    there = set(fresh.values_list("material", flat=True)) | set(brought)
    if lacking := sorted(materials - there):
        point = notice.points.get(material=lacking[0])
        raise Refused(
            Said(
                f"请补交“{material_called(case, point.material)}”。",
                f"Hand in what is missing: “{material_called(case, point.material)}”.",
            ),
            lacking[0],
        )
    merged = json.dumps(supplemented(case, answers, day), ensure_ascii=False)
    case.uploads.filter(material__in=materials, at__lt=notice.asked_at).update(replaced=True)
    Supplement.objects.filter(pk=notice.pk).update(answered_at=doing.at)
    event = record(
        case,
        Act.SUPPLEMENT,
        doing,
        stage=stage,
        changes={"answers": merged},
        facts={"points": sorted(named | materials)},
        detail={"answers": merged, "papers": sealed_papers(fresh)},
    )
    if case.part_days is not None:
        return event
    things = [point_called(case, Point("", one.field, one.material)) for one in notice.points.all()]
    words = papers.supplemented(matter_of(case), day, things)
    give(case, PaperKind.SUPPLEMENTED, words, doing)
    return event


@deed(CASE, Act.LAPSE)
def lapse(case: Case, doing: Doing) -> CaseEvent:
    """逾期未补正: the time given has passed without an answer; the case ends. 行政许可法 32."""
    refuse_part(case)
    return let_lapse(case, doing)


def let_lapse(case: Case, doing: Doing) -> CaseEvent:
    """The end itself, for a case alone or for each part of a joint application."""
    stage = stage_after(case, Act.LAPSE)
    due = case.supplement.due_on
    if _local(doing.at) <= due:
        raise Refused(
            Said(
                f"补正期限至{due:%Y-%m-%d}，尚未届满，不能终止。",
                f"Supplements can be sent until {due:%Y-%m-%d}; the case cannot be ended before.",
            )
        )
    return record(
        case,
        Act.LAPSE,
        doing,
        stage=stage,
        changes={"outcome": Outcome.LAPSED.value, "closed_at": doing.at},
        facts={"due_on": due.isoformat()},
    )
