"""Figures of a month: frozen once, in the log, corrected as corrections, opened by a stranger."""

import json
from datetime import date, datetime

import pytest
import time_machine

from openhall.cases import actions as cases
from openhall.deeds.audit import faults as deed_faults
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.ledger.actions import seal
from openhall.ledger.models import Entry
from openhall.ledger.signing import public_verifier_key
from openhall.statistics.actions import correct, correct_due, freeze, freeze_due
from openhall.statistics.bundles import bundle
from openhall.statistics.kinds import FIGURE
from openhall.statistics.models import Publication, PublicationRows
from openhall.statistics.queries import (
    editions,
    publication,
    published_figure,
    published_figures,
    standing,
)
from openhall.statistics.queries.published import faults
from openhall.statistics.rules.measures import DEFINITIONS, OF_CASES
from openhall.statistics.terms import FigureState, Measure
from tests.factories.hand_edits import unseen
from tests.rooms.statistics.conftest import SIXTH, checked, files_of

MARCH = date(2024, 3, 1)
FIGURES = {
    "received": (4, None),
    "accepted": (4, None),
    "closed": (3, None),
    "on_time": (2, 3),
    "late": (1, 3),
    "overdue": (1, 1),
    "satisfied": (None, 2),
    "answered": (0, 0),
    "rectified": (0, 0),
}


def test_each_figure_of_a_month_is_published_once_and_stands_in_the_log(frozen):
    found = {one.id: one.months[0] for one in published_figures()}
    assert {code: (one.part, one.whole) for code, one in found.items()} == FIGURES
    assert {one.state for one in found.values()} == {FigureState.FROZEN}
    told = [json.loads(bytes(one.body)) for one in Entry.objects.filter(kind="figure")]
    assert {one["facts"]["sha256"] for one in told} == {one.digest for one in found.values()}
    assert {one["facts"]["definition"] for one in told} == {
        versions[-1].digest for versions in DEFINITIONS.values()
    }
    assert freeze_due(SIXTH) == 0
    assert (list(faults(0, 0)), list(deed_faults(0, 10**9))) == ([], [])
    assert unseen(FIGURE) == []


@pytest.mark.parametrize("measure", FIGURES)
def test_a_stranger_recomputes_it_from_its_bundle(frozen, tmp_path, measure):
    row = standing(Measure(measure), MARCH)
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundle(row))
    status, said = checked(path, "--key", public_verifier_key())
    assert status == 0, said
    part, whole = FIGURES[measure]
    told = "hidden" if part is None else f"{part}" if whole is None else f"{part} / {whole}"
    assert f"2024-03: {told}" in said
    assert bundle(row) == bundle(row)


def test_no_bundle_names_a_person_and_that_of_opinions_no_case(frozen):
    for measure in DEFINITIONS:
        packed = b"".join(files_of(bundle(standing(measure, MARCH))).values()).decode()
        for hidden in ("王芳", "11010519491231002X", "li_chuang", "zhao_cheng"):
            assert hidden not in packed
        if measure == Measure.SATISFIED:
            assert not any(one.number in packed for one in frozen.values())
            assert json.loads(files_of(bundle(standing(measure, MARCH)))["figure.json"])["tables"][
                0
            ]["values"] == {"": {"part": None, "whole": 2}}


def test_rows_lead_to_the_entries_that_count(frozen):
    rows = files_of(bundle(standing(Measure.CLOSED, MARCH)))["rows/cases.jsonl"].splitlines()
    from openhall.ledger.queries import body_of, leaf_at

    for row in map(json.loads, rows):
        body = body_of(leaf_at(row[-1]).entry)
        assert (body["case"], body["act"]) == (row[0], "decide")
        assert body["event_time"][:10] == row[3]


def test_what_is_entered_afterwards_is_a_correction_beside_what_it_corrects(frozen, walk, tmp_path):
    with time_machine.travel("2024-05-06T05:10:00+08:00", tick=False):
        late = walk.accepted(walk.submitted(moment="2024-03-05 10:00"), "2024-03-07 09:00")
        seal()
        now = datetime.fromisoformat("2024-05-06T05:10:00+08:00")
        freeze_due(now)
        assert correct_due(now) == 3  # received, accepted, and open when March ended
        assert correct_due(now) == 0
        seal()
    first, second = editions(Measure.RECEIVED, MARCH)
    assert (first.part, second.part) == (4, 5)
    said = json.loads(second.statement)
    assert said["corrects"] == first.digest
    assert "补录" in said["reason"]["zh"]
    assert [one.state for one in published_figure("received").months] == [
        FigureState.FROZEN,
        FigureState.CORRECTED,
    ]
    assert publication("received", MARCH, 1) == first
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundle(second))
    assert checked(path, "--key", public_verifier_key())[0] == 0
    files = files_of(bundle(second))
    assert late.number.encode() in files["rows/cases.jsonl"]
    assert files["earlier/1.json"] == first.statement.encode()


def test_who_may_correct_and_when(frozen, cast, doing, seat):
    bureau = seat("jian_cha", cast.organ, "supervision")
    why = Said("核对后发现一件漏计。", "One was left out.")
    with pytest.raises(Refused, match="监察岗位"):
        correct(Measure.RECEIVED, MARCH, why, doing(cast.li_chuang, "2024-04-06 05:00"))
    by = lambda key: doing(bureau, "2024-04-06 05:00", key=key)  # noqa: E731
    with pytest.raises(Refused, match="原因"):
        correct(Measure.RECEIVED, MARCH, Said("短", ""), by("a"))
    with pytest.raises(Refused, match="还没有公布"):
        correct(Measure.RECEIVED, date(2024, 2, 1), why, by("b"))
    assert correct(Measure.RECEIVED, MARCH, why, by("c")) is None  # nothing changed
    with pytest.raises(Refused, match="没有结束"):
        freeze(Measure.RECEIVED, date(2024, 4, 1), by("d"))


def test_a_changed_statement_or_row_is_named_in_the_morning(frozen):
    row = standing(Measure.RECEIVED, MARCH)
    text = row.statement.replace('"edition":1', '"edition":2')
    Publication.objects.filter(pk=row.pk).update(statement=text)
    assert [one.place for one in faults(0, 0)] == ["figure/received-2024-03-1"]
    assert "被改动" in next(iter(faults(0, 0))).sentence
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError), transaction.atomic():
        PublicationRows.objects.all().delete()


def test_listing_figures_is_one_statement(frozen, django_assert_num_queries):
    with django_assert_num_queries(1):
        published_figures()
    with django_assert_num_queries(1):
        published_figure("received")


@pytest.fixture
def log_of(settings, tmp_path):
    """Publishes the log: files in a folder."""
    from openhall.ledger.publishing import publish_log

    def published():
        settings.PUBLISHED_ROOT = tmp_path / "published"
        publish_log(whole=True)
        return tmp_path / "published" / "ledger"

    return published


@pytest.fixture
def log(frozen, log_of):
    return log_of()


def looked_up(row, log, tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundle(row))
    return checked(path, "--key", public_verifier_key(), "--log", str(log))


@pytest.mark.parametrize("measure", OF_CASES)
def test_with_the_log_no_row_is_made_up_and_no_case_left_out(frozen, log, tmp_path, measure):
    status, said = looked_up(standing(measure, MARCH), log, tmp_path)
    assert status == 0, said
    assert "与公开账逐条相符" in said


def moved_after(month, walk, doing):
    """A case that stood with the organ above when March ended; what it owes moved in April."""
    case = walk.handed_over(month["waits"], "2024-03-07 09:00")
    said = "初步审查认为符合条件，报请审查决定。"
    cases.forward(case.pk, "省民政厅", said, doing(walk.cast.zhao_cheng, "2024-03-08 09:00"))
    case.refresh_from_db()
    before = case.promise_due
    cases.reply(
        case.pk, "省厅审查，同意初步审查意见。", doing(walk.cast.zhao_cheng, "2024-04-03 09:00")
    )
    case.refresh_from_db()
    assert case.promise_due != before
    return case, before


def test_what_was_overdue_at_the_end_of_a_month_is_counted_anew_at_any_time(
    month, walk, doing, log_of, tmp_path
):
    with time_machine.travel(SIXTH, tick=False):
        case, before = moved_after(month, walk, doing)
        seal()
        freeze_due(SIXTH)
        seal()
    row = standing(Measure.OVERDUE, MARCH)
    assert (row.part, row.whole) == (0, 1)
    (told,) = files_of(bundle(row))["rows/cases.jsonl"].splitlines()
    assert json.loads(told)[:6] == [
        case.number,
        case.organ.code,
        case.item.code,
        "2024-03-06",
        before.isoformat(),
        0,
    ]
    with time_machine.travel("2024-06-06T05:10:00+08:00", tick=False):
        decided = walk.refused(walk.reviewed(case, "2024-05-06 09:00"), "2024-05-06 10:00")
        assert decided.closed_at
        assert correct_due(datetime.fromisoformat("2024-06-06T05:10:00+08:00")) == 0
    status, said = looked_up(row, log_of(), tmp_path)
    assert status == 0, said


@pytest.mark.parametrize(
    "made", [lambda rows: [], lambda rows: [(*rows[0][:4], "2024-04-30", *rows[0][5:])]]
)
def test_an_overdue_case_left_out_or_dated_otherwise_is_found_in_the_log(
    month, walk, doing, log_of, tmp_path, made, monkeypatch
):
    from openhall.statistics import behind
    from openhall.statistics.actions import freezing

    honest = behind.ROWS[Measure.OVERDUE]
    changed = {**behind.ROWS, Measure.OVERDUE: lambda on: {"cases": made(honest(on)["cases"])}}
    monkeypatch.setattr(freezing, "ROWS", changed)
    with time_machine.travel(SIXTH, tick=False):
        case, _before = moved_after(month, walk, doing)
        seal()
        freeze_due(SIXTH)
        seal()
    status, said = looked_up(standing(Measure.OVERDUE, MARCH), log_of(), tmp_path)
    assert status == 1
    assert f"{case.number} stood otherwise on 2024-03-31" in said


def test_a_case_left_out_before_the_freeze_is_found_in_the_log(month, settings, tmp_path):
    from openhall.ledger.publishing import publish_log
    from openhall.statistics import behind
    from openhall.statistics.actions import freezing

    def fewer(when):
        rows = behind.ROWS[Measure.CLOSED](when)
        return {"cases": [row for row in rows["cases"] if row[0] != month["late"].number]}

    settings.PUBLISHED_ROOT = tmp_path / "published"
    honest = freezing.ROWS[Measure.ON_TIME]
    freezing.ROWS[Measure.ON_TIME] = fewer  # an office that leaves its late case out
    try:
        freeze_due(SIXTH)
    finally:
        freezing.ROWS[Measure.ON_TIME] = honest
    seal()
    publish_log(whole=True)
    row = standing(Measure.ON_TIME, MARCH)
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundle(row))
    assert checked(path, "--key", public_verifier_key())[0] == 0  # in itself it is sound
    status, said = looked_up(row, tmp_path / "published" / "ledger", tmp_path)
    assert status == 1
    assert f"{month['late'].number} was left out" in said
