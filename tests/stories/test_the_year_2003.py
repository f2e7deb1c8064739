"""The year 2003 as the policy dates it: targets, the June inspection, the August survey, what was
found put right, and the self-check of December, each figure counted anew.

成办发〔2003〕75号 二（三）, 二（四）.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from openhall.glossary import Said
from openhall.inspections import actions as inspections
from openhall.inspections.models import MarkSheet
from openhall.inspections.rules.lifecycle import Named
from openhall.organs.models import Organ
from openhall.supervision import actions as supervision
from openhall.supervision.models import Issue
from openhall.supervision.terms import IssueAct
from openhall.surveys import actions as surveys
from openhall.surveys.models import SurveyAnswer, SurveyCode
from openhall.targets import actions as targets
from openhall.targets.kinds import SHEET
from openhall.targets.models import TargetReport
from openhall.targets.queries import compared, totals, year_told
from openhall.versions import actions as versions
from tests.factories import surveys as factory
from tests.factories.calendar import notice
from tests.factories.organs import standing
from tests.rooms.inspections.test_inspection import MARKS, VISIT
from tests.rooms.supervision.conftest import bodies, seated
from tests.rooms.targets.test_targets import SECTION, WORDS

PEOPLE = [
    Named(f"检查员{n}", f"Inspector {n}", kind)
    for n, kind in enumerate(("congress", "consultative", "invited", "partner", "congress"))
]


def _asked(commit, opened, public):
    return replace(
        factory.ASKED,
        commit_until=factory.at(f"2003-{commit} 18:00"),
        open_until=factory.at(f"2003-{opened} 18:00"),
        public_on=date.fromisoformat(f"2003-{public}"),
    )


def _drawn(row, doing, leader, commit, opened, public):
    row.refresh_from_db()
    ceremony = factory.Ceremony(row.draw, doing)
    ceremony.commit(f"2003-{commit} 10:00")
    ceremony.open(f"2003-{opened} 10:00")
    ceremony.draw_lots(leader, f"2003-{public} 22:00")


@pytest.fixture
def heads(walk):
    """Departments and districts whose cases were closed in June 2003, each with its head."""
    off = {date(2003, 10, day): (False, "国庆节") for day in range(1, 8)}
    notice(off, 2003)  # the calendar the product brings begins with 2004
    factory.units(walk.delivered(walk.issued()), closed="2003-06-10 10:00")
    kinds = ("department", "district")
    rows = Organ.objects.filter(kind__in=kinds)
    return {organ.code: seated(f"head-{organ.code}", organ, "head") for organ in rows}


def test_the_year_as_the_policy_dates_it(heads, doing):
    bureau = bodies("cd-jcj", "市监察局", "Supervision")
    office = bodies("cd-zfb", "市政府办公厅", "Government Office")
    for organ in (bureau, office):  # judged by nobody
        standing(organ.code, kind="centre")
    song = seated("song_jian", bureau, "supervision")
    feng, xia = (seated(name, office, "government_office") for name in ("feng_ban", "xia_ban"))

    # June: targets are issued with the others and signed by each unit.
    for n, (code, head) in enumerate(heads.items()):
        organ = Organ.objects.get(code=code)
        sheet = targets.begin_sheet(organ, 2003, doing(xia, f"2003-06-02 09:{n:02d}"))
        versions.send(SHEET, sheet.pk, doing(xia, f"2003-06-02 10:{n:02d}"))
        versions.pass_on(SHEET, sheet.pk, doing(head, f"2003-06-03 10:{n:02d}"))
        issued = doing(feng, f"2003-06-04 10:{n:02d}")
        versions.publish(SHEET, sheet.pk, date(2003, 6, 4), issued)

    # The end of June: who inspects what is drawn; the sheets are unsealed when all are in.
    planned = inspections.Planned(
        "2003年政务公开检查", 3, 2, 3, date(2003, 6, 23), date(2003, 7, 4), PEOPLE
    )
    visit = inspections.begin_inspection(bureau, planned, doing(song, "2003-06-12 09:00"))
    announced = doing(feng, "2003-06-13 09:00")
    inspections.announce_inspection(visit.pk, _asked("06-15", "06-18", "06-20"), announced)
    _drawn(visit, doing, song, "06-14", "06-17", "06-20")
    inspections.assign_teams(visit.pk, doing(song, "2003-06-23 08:00"))
    visit.refresh_from_db()
    for n, sheet in enumerate(MarkSheet.objects.filter(unit__inspection=visit)):
        marks = MARKS | {"true": 70 + n, "screen": None}
        signed = (visit, sheet.inspector.code, sheet.unit.organ.code, marks, "")
        inspections.sign_sheet(*signed, doing(None, f"2003-06-25 10:{n:02d}"))
    first = visit.units.first().organ.code
    noted = replace(VISIT, day=date(2003, 6, 24))
    inspections.note_visit(visit.pk, first, noted, doing(song, "2003-06-25 16:00"))
    inspections.unseal(visit.pk, doing(song, "2003-07-07 09:00"))
    problem = inspections.Problem(first, Said("群众反映排队时间较长", "People wait long"))
    found = "检查组听取汇报、实地查看、座谈讨论，总体较好，发现的问题已列入整改台账。"
    inspections.publish_inspection(visit.pk, found, [problem], doing(feng, "2003-07-09 09:00"))

    # August: three departments and two districts are judged by whom they served.
    dates = {
        "served_from": date(2003, 1, 1),
        "served_until": date(2003, 6, 30),
        "field_from": date(2003, 8, 1),
        "field_until": date(2003, 8, 20),
    }
    plan = factory.planned(**dates)
    survey = surveys.begin_survey(bureau, plan, doing(song, "2003-07-20 09:00"))
    announced = doing(feng, "2003-07-21 09:00")
    surveys.announce_survey(survey.pk, _asked("07-24", "07-28", "07-31"), announced)
    _drawn(survey, doing, song, "07-22", "07-26", "07-31")
    surveys.go_into_field(survey.pk, doing(song, "2003-08-01 08:00"))
    for n, code in enumerate(SurveyCode.objects.filter(unit__survey=survey).order_by("pk")):
        said = factory.BAD if n % 5 == 0 else factory.ANSWERS
        surveys.answer(code.code, said, doing(None, f"2003-08-05 10:{n:02d}"))
    surveys.close_survey(survey.pk, doing(song, "2003-08-21 09:00"))
    survey.refresh_from_db()
    counted = SurveyAnswer.objects.filter(unit__survey=survey, why_not="")
    assert sum(one["valid"] for one in survey.figures["units"]) == counted.count() == 50
    worst = survey.figures["units"][0]["code"]
    problem = surveys.Problem(worst, Said("部分办件超过承诺期限", "Some cases were late"))
    words = "五个单位回收五十份答卷，多数满意，反映较多的是超过承诺期限和排队，已转整改。"
    surveys.report_survey(survey.pk, words, [problem], doing(feng, "2003-08-25 09:00"))

    # What was found is put right, verified by somebody outside the unit, and told to the public.
    for issue in Issue.objects.filter(source__in=("inspection", "survey")):
        head, day = heads[issue.organ.code], issue.due_on.isoformat()
        supervision.accept_issue(issue.pk, "增开窗口，逐件提醒。", doing(head, f"{day} 08:00"))
        supervision.start_issue(issue.pk, doing(head, f"{day} 08:30"))
        supervision.submit_issue(issue.pk, "已增开两个窗口。", doing(head, f"{day} 10:00"))
        verified = doing(song, f"{day} 14:00")
        supervision.check_issue(issue.pk, IssueAct.VERIFY, "现场核验属实。", verified)
        supervision.close_issue(issue.pk, "排队时间已经缩短。", doing(song, f"{day} 15:00"))

    # December: the self-check, its figures counted by the system, and nothing overdue but it.
    report = TargetReport.objects.get(organ__code=first, period="year")
    rows = TargetReport.objects.filter(organ__code=first)
    codes = [one["code"] for one in sheet_of(first).targets]
    said = targets.Said(
        dict.fromkeys(codes, WORDS),
        dict.fromkeys(codes, Decimal(5)),
        dict.fromkeys(("work", "problems", "putting_right", "next_year"), SECTION),
    )
    targets.submit_report(report.pk, said, doing(heads[first], "2003-12-10 09:00"))
    report.refresh_from_db()
    lines = {line["target"].code: line for line in compared(report)}
    due = Issue.objects.filter(organ__code=first)
    assert (lines["mended"]["reading"].part, lines["mended"]["reading"].whole) == (
        due.filter(closed_at__isnull=False).count(),
        due.count(),
    )
    assert lines["mended"]["computed"] == Decimal("10.00")
    scores = {"led": Decimal(9), "rules": Decimal(9), "true": Decimal(13), "mended": Decimal(10)}
    targets.accept_report(report.pk, scores, "", doing(feng, "2003-12-15 09:00"))
    targets.publish_report(report.pk, doing(feng, "2003-12-18 09:00"))
    report.refresh_from_db()
    assert totals(report)["verified"] == Decimal("91.11")  # 41 of the 45 points that apply
    told = next(line for line in year_told(2003, date(2003, 12, 31)) if line["organ"].code == first)
    assert told["totals"]["verified"] == Decimal("91.11")
    assert [one.period for one in told["late"]] == ["q2", "q3"]
    assert rows.count() == 3  # the first quarter was over before the targets were issued


def sheet_of(code):
    from openhall.targets.models import TargetSheet

    return TargetSheet.objects.get(organ__code=code)
