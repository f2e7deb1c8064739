"""Somebody edits the database by hand: every column of every row that deeds left is tried.

Taken from the models: a new kind, table or column is tried without a line here. Each edit must be
found by the audit, be refused by the database, or stand among the kind's ``loose`` columns.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from openhall.appraisal.actions import rate
from openhall.appraisal.terms import RatingSource, Satisfaction
from openhall.cases import actions
from openhall.cases.actions.reveal import reveal
from openhall.cases.terms import AttemptResult, Delivery
from openhall.catalogue.models import FlowStep
from openhall.deeds import audit
from openhall.deeds.kinds import kinds
from openhall.deeds.models import Kept
from openhall.deeds.rows.snapshots import said_by
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.permits.actions import bar
from openhall.permits.actions import permits as licensing
from openhall.permits.terms import BanGround, RequestKind, RevocationGround
from tests.factories.calendar import notice
from tests.factories.cases import Walk
from tests.factories.catalogue import rewritten
from tests.factories.hand_edits import other, tables, unseen

WHY = "经调查核实，事实清楚，证据充分。"
SUPERVISION = "rooms/supervision/test_proved.py"
ELSEWHERE = {
    **dict.fromkeys(
        ("card", "complaint", "issue", "draw", "review", "score", "rule", "weights"), SUPERVISION
    ),
    **dict.fromkeys(
        ("bill", "cash-day", "reconciliation", "remittance"),
        "stories/test_fees_go_through_the_bank.py",
    ),
    "joint": "rooms/joint/test_proved.py",
    **dict.fromkeys(
        ("hall", "duty", "hall-day", "stuck", "silent-alarm", "kiosk"),
        "rooms/hall/test_proved.py",
    ),
    "errand": "stories/test_somebody_helps.py",
    **dict.fromkeys(("enquiry", "call"), "rooms/enquiries/test_proved.py"),
    **dict.fromkeys(("appointment", "booking-calendar"), "rooms/slots/test_booking.py"),
    **dict.fromkeys(("assessment", "conduct-finding", "training"), "rooms/conduct/test_a_month.py"),
    **dict.fromkeys(
        ("public-draw", "survey", "survey-answer", "survey-paper"), "rooms/surveys/test_survey.py"
    ),
    **dict.fromkeys(
        ("evidence", "inspection", "mark-sheet"), "rooms/inspections/test_inspection.py"
    ),
    "company": "rooms/organs/test_founding.py",
    "target-report": "rooms/targets/test_targets.py",
    "phrase": "rooms/catalogue/test_proved.py",
    "policy": "rooms/policies/test_texts_are_held.py",
    "policy-link": "rooms/policies/test_links.py",
    "policy-file": "rooms/policies/test_files.py",
    "client-key": "rooms/clients/test_keys.py",
    "webhook": "rooms/clients/test_webhooks.py",
    "figure": "rooms/statistics/test_publishing.py",
    **dict.fromkeys(
        ("site", "article", "designation", "subscription"), "rooms/sites/test_proved.py"
    ),
    **dict.fromkeys(
        (
            "answer-limits",
            "conduct-rules",
            "help-limits",
            "centre",
            "opening-hours",
            "calendar-rules",
            "deemed-consent",
            "edition",
            "joint-matter",
            "paper_words",
            "question-guide",
            "seal",
            "search-rules",
            "statement-format",
            "survey-instrument",
            "tariff",
            "target-sheet",
            "indicator-framework",
        ),
        "rooms/versions/test_every_kind.py",
    ),
}


@pytest.fixture
def walked(cast, doing):
    """A case from receipt to a revoked permit, with all that is done beside it."""
    head = Account.objects.create_user(username="head")
    appoint(head, cast.organ, Desk.HEAD, date(2003, 1, 1))
    colleague = Account.objects.create_user(username="colleague")
    appoint(colleague, cast.organ, Desk.HANDLER, date(2003, 1, 1))
    step = FlowStep(version=cast.version, position=1, name="审查", days=3)
    rewritten(cast.version, step, result_kind="1", result_validity="1年")
    march, april = (date(2024, 3, 1), date(2024, 3, 31)), "2024-04-01 09:00"
    actions.set_quota(cast.item, *march, 3, "民发〔2024〕1号", doing(head, "2024-03-01 09:00"))
    walk = Walk(cast, doing)
    case = walk.issued()
    posted = (Delivery.POST, AttemptResult.POSTED)
    window = doing(cast.li_chuang, "2024-03-13 09:30")
    actions.attempt(case.pk, *posted, window, tracking="EX1", note="寄往住址")
    case = walk.delivered(case)
    rated = doing(cast.wang_fang, "2026-11-20 09:30")
    rate(case.pk, Satisfaction.GOOD, [], "很快", RatingSource.ONLINE, rated)
    actions.note(case.pk, "已电话核对。", doing(cast.zhao_cheng, april))
    reveal(case, "核对住址是否有误", doing(cast.li_chuang, april))
    leave = (date(2024, 4, 2), date(2024, 4, 3), "参加培训")
    stand_in = (cast.zhao_cheng, colleague, cast.organ, Desk.HANDLER)
    actions.set_stand_in(*stand_in, *leave, doing(head, april))
    permit = case.licence.pk
    words = "法定代表人由王芳变更为李强，住所不变。"
    licensing.ask(permit, RequestKind.CHANGE, words, doing(cast.wang_fang, april))
    licensing.revoke(permit, RevocationGround.DECEIT, WHY, doing(cast.sun_pi, april))
    bar(case.pk, BanGround.DECEIT, WHY, doing(cast.sun_pi, april))
    notice({date(2025, 10, 13): (False, "临时假日")})
    return case


def test_every_edit_of_what_deeds_left_is_found(walked):
    """Columns edited, rows removed, rows slipped in; the events' own rows past their triggers."""
    assert list(audit.faults(0, 0)) == []
    found = {}
    for kind in kinds():
        if kind.all_events().exists():
            found[kind.name] = unseen(kind, every_table=False)
    assert found == {name: [] for name in found}
    assert {kind.name for kind in kinds()} - found.keys() == set(ELSEWHERE)


@pytest.mark.django_db
def test_every_column_of_every_table_is_committed_to():
    """Also of those that leave no row in any test: each column that differs is in what is said."""
    for kind in kinds():
        for model, loose in tables(kind):
            columns = {field.attname: field for field in model._meta.concrete_fields}
            wanted = {
                name
                for name, field in columns.items()
                if not field.primary_key and field.name not in loose
            }
            row = model(pk=1)
            for name in wanted:
                setattr(row, name, other(columns[name], getattr(row, name)))
            assert said_by(row, loose).keys() == wanted, model.__name__


def test_what_deeds_own_is_noted_by_itself():
    """What an act makes, changes or removes of them is in its entry without a word of the act.

    A consent alone is noted by the act that sends it: before, it may be taken back.
    """
    owned = [one for kind in kinds() for one in kind.owns]
    assert [one.label for one in owned if not issubclass(one.model, Kept)] == ["consent"]


def test_a_kind_that_leaves_no_row_here_is_tried_in_the_tests_of_its_room():
    tests = Path(__file__).resolve().parents[2]
    for name, where in ELSEWHERE.items():
        assert re.search(r"unseen\(|edits_of\(", (tests / where).read_text(encoding="utf-8")), name


def test_every_column_that_is_left_out_says_why():
    for kind in kinds():
        for loose in (kind.loose, *(owned.loose for owned in kind.owns)):
            assert all(len(reason) > 10 for reason in loose.values()), kind.name
