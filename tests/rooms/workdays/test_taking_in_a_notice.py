"""``openhall recalendar --load``: tried first, asked for, and no day is touched but those named."""

from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from openhall.cases import actions
from openhall.cases.actions import Party
from openhall.cases.models import Case, CaseEvent, Recomputation
from openhall.cases.terms import Act, ApplicantKind, Channel
from openhall.organs.terms import IdentityKind
from openhall.workdays.queries import announced_years, calendar, standing_days
from tests.rules.workdays.test_notices import WHOLE

NOTICE = "国务院办公厅关于部分节假日安排的通知"
WANG = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")


@pytest.fixture
def last(cast, doing):
    """Two cases accepted ten days before the last announced year ends, and that year."""
    year = calendar().announced_through.year
    day = f"{year}-12-21"
    with time_machine.travel(f"{day}T18:00:00+08:00", tick=False):
        for _case in range(2):
            case = actions.submit(
                "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, f"{day} 09:00")
            )
            actions.accept(case.pk, doing(cast.li_chuang, f"{day} 10:00"))
        yield year


def written(tmp_path, text, coding="utf-8"):
    path = tmp_path / "notice.csv"
    path.write_bytes(text.encode(coding))
    return path


def rows(days):
    said = "".join(f"{day},{int(worked)},{name}\n" for day, (worked, name) in days.items())
    return "date,worked,name\n" + said


def loaded(path, **words):
    out = StringIO()
    call_command("recalendar", load=path, **({"basis": NOTICE} | words), stdout=out)
    return out.getvalue()


def standing():
    return standing_days(), announced_years(), Recomputation.objects.count()


def test_a_notice_that_reaches_into_the_year_before_changes_that_day_alone(last, tmp_path):
    before, years, _runs = standing()
    saturday = next(
        day
        for day in (date(last, 12, n) for n in range(22, 32))
        if day.weekday() == 5 and day not in before
    )
    notice = {day.replace(year=last + 1): said for day, said in WHOLE.items()}
    path = written(tmp_path, rows(notice | {saturday: (True, "元旦")}), "gb18030")
    said = loaded(path, yes=True)
    after, announced, _runs = standing()
    assert announced == years | {last + 1}
    assert {day: one for day, one in after.items() if day.year == last} == {
        day: one for day, one in before.items() if day.year == last
    } | {saturday: (True, "元旦")}
    assert all(after[day] == one for day, one in before.items() if day != saturday)
    assert f"{last + 1}: announced, {len(notice)} days named." in said
    assert "2 open cases move." in said
    assert CaseEvent.objects.filter(act=Act.RECALENDAR.value).count() == 2
    assert calendar().announced_through == date(last + 1, 12, 31)
    assert calendar().is_workday(saturday)


def test_a_trial_run_tells_the_days_and_the_cases_and_changes_nothing(last, tmp_path):
    before, dues = standing(), list(Case.objects.values_list("promise_due", flat=True))
    friday = next(
        day
        for day in (date(last, 12, n) for n in range(22, 32))
        if day.weekday() == 4 and calendar().is_workday(day)
    )
    path = written(tmp_path, rows({friday: (False, "临时休息")}))
    said = loaded(path, dry_run=True, basis="")
    assert "1 days change." in said
    assert f"{friday}" in said
    assert "2 open cases move." in said
    assert standing() == before
    assert list(Case.objects.values_list("promise_due", flat=True)) == dues
    with pytest.raises(CommandError, match="add --yes"):  # nobody there to be asked
        loaded(path)
    assert standing() == before
    assert "2 open cases move." in loaded(path, yes=True)
    assert not calendar().is_workday(friday)
    loaded(written(tmp_path, rows({friday: (True, "")})), yes=True)  # undone by a new notice
    assert calendar().is_workday(friday)
    assert list(Case.objects.values_list("promise_due", flat=True)) == dues


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("date,worked,name\n", "names no day"),
        ("date,worked,name\n2072-01-01,0,元旦\n", "2072 is not announced yet"),
        ("date,worked,name\n2025-10-13,0,假\n", "days that are over: 2025-10-13"),
        ("date,worked,name\n2026-12-30,0,假\n2026-12-30,1,假\n", "at once"),
    ],
)
def test_what_is_refused_changes_nothing_and_counts_nothing_anew(last, tmp_path, text, said):
    before = standing()
    with pytest.raises(CommandError, match=said):
        loaded(written(tmp_path, text), yes=True)
    assert standing() == before


def test_a_missing_file_and_a_missing_notice_are_sentences(last, tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        loaded(tmp_path / "nowhere.csv", yes=True)
    with pytest.raises(CommandError, match="--basis"):
        loaded(written(tmp_path, rows(WHOLE)), basis=" ", yes=True)


def test_a_past_day_is_corrected_only_by_saying_so(last, tmp_path):
    path = written(tmp_path, "date,worked,name\n2025-10-13,0,假\n")
    assert "1 days change." in loaded(path, yes=True, past=True)
    assert not calendar().is_workday(date(2025, 10, 13))
