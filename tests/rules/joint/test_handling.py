"""并联审批 as tables: opinions, limits, consent, conclusion. norms 2.5; 行政许可法 26, 42."""

from dataclasses import replace
from datetime import date

import pytest

from openhall.cases.rules.packs import PACKS, pack_on
from openhall.joint.rules.handling import (
    Asked,
    Policy,
    Whole,
    common_days,
    deemed,
    dues,
    fault_of_opinion,
    forward_by,
    objection_to_concluding,
    objection_to_reporting,
    overruled,
    policy_on,
    reasons_by,
    sign_by,
    stage_of,
    tell_by,
)
from openhall.joint.terms import DeemedBasis, JointStage
from openhall.workdays.rules.calendar import Calendar

CALENDAR = Calendar.of({}, 2024, 2026)  # weekends alone
REASONS = "选址在水源保护区内，不得经营。"
ON = Policy("某政发〔2024〕1号", date(2024, 1, 1), date(2024, 12, 31))
MONDAY = date(2024, 3, 4)


@pytest.mark.parametrize(
    ("opinion", "reason", "field"),
    [
        ("agree", "", None),
        ("agree_forward", "", None),
        ("disagree", REASONS, None),
        ("disagree", "", "reason"),
        ("disagree", "不行。", "reason"),
        ("disagree", "          不行          ", "reason"),
        ("agree_in_principle", REASONS, "opinion"),
        ("原则同意", REASONS, "opinion"),
        ("", "", "opinion"),
    ],
)
def test_an_opinion_has_one_of_three_forms(opinion, reason, field):
    found = fault_of_opinion(opinion, reason)
    assert (found.field if found else None) == field


def test_the_switch_is_dated_data_and_off_by_itself():
    later = Policy("某政发〔2024〕9号", date(2024, 9, 1))
    assert policy_on([], MONDAY) is None
    assert policy_on([ON], date(2023, 12, 31)) is None
    assert policy_on([ON], date(2024, 1, 1)) == ON
    assert policy_on([ON], date(2024, 12, 31)) == ON
    assert policy_on([ON], date(2025, 1, 1)) is None
    assert policy_on([ON, later], date(2024, 10, 1)) == later


SILENT = Asked("水务局", signed_on=MONDAY, due=date(2024, 3, 15))


@pytest.mark.parametrize(
    ("policy", "asked", "today", "absent", "ground"),
    [
        (None, SILENT, date(2024, 3, 18), False, None),  # switched off: silence is only late
        (ON, SILENT, date(2024, 3, 15), False, None),  # the last day is still the unit's
        (ON, SILENT, date(2024, 3, 16), False, DeemedBasis.SILENCE),
        (ON, replace(SILENT, signed_on=None), date(2024, 3, 18), False, None),
        (ON, replace(SILENT, signed_on=None), date(2024, 3, 11), True, None),
        (ON, replace(SILENT, opinion="disagree"), date(2024, 3, 18), False, None),
        (ON, replace(SILENT, excused=True), date(2024, 3, 18), False, None),
        (ON, replace(SILENT, over=True), date(2024, 3, 18), False, None),
        (ON, replace(SILENT, deemed=True), date(2024, 3, 18), False, None),
        (ON, SILENT, date(2024, 3, 11), True, DeemedBasis.ABSENCE),
        (ON, replace(SILENT, excused=True), date(2024, 3, 11), True, None),
        (None, SILENT, date(2024, 3, 11), True, None),
        (ON, replace(SILENT, due=None), date(2024, 3, 18), False, None),
    ],
)
def test_silence_or_absence_is_consent_only_where_switched_on_and_receipted(
    policy, asked, today, absent, ground
):
    assert deemed(policy, asked, today, absent=absent) == ground


@pytest.mark.parametrize(("published", "days"), [(None, 45), (30, 30), (45, 45), (60, 45)], ids=str)
@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.code)
def test_the_common_limit_never_exceeds_forty_five_days(pack, published, days):
    assert common_days(pack, published) == days


def test_each_units_limit_lies_inside_the_common_one():
    found = dues(MONDAY, 20, [5, 10, 30], CALENDAR)
    assert found.common == date(2024, 4, 1)
    assert found.units == (date(2024, 3, 11), date(2024, 3, 18), date(2024, 4, 1))
    longer = dues(MONDAY, 20, [5], CALENDAR, extended=15)
    assert longer.common == date(2024, 4, 22)
    assert longer.units == (date(2024, 3, 11),)


def test_the_short_limits_are_working_days():
    friday = date(2024, 3, 8)
    assert sign_by(friday, CALENDAR) == date(2024, 3, 11)
    assert tell_by(friday, CALENDAR) == date(2024, 3, 12)
    assert forward_by(friday, CALENDAR) == date(2024, 3, 13)
    assert reasons_by(friday, CALENDAR) == date(2024, 3, 22)


AGREES = Asked("工信局", opinion="agree")
OBJECTS = Asked("水务局", opinion="disagree")
WAITS = Asked("消防局")
WITHDRAWN = Asked("林业局", over=True)
CONSENTS = Asked("城管局", deemed=True)
SAID = "各单位意见齐备，同意办理。"


@pytest.mark.parametrize(
    ("units", "meeting", "held", "said", "refused"),
    [
        ([AGREES], False, False, SAID, ""),
        ([AGREES, OBJECTS, CONSENTS, WITHDRAWN], False, False, SAID, ""),
        ([AGREES, WAITS], False, False, SAID, "消防局"),
        ([AGREES], True, False, SAID, "联审会议"),
        ([AGREES], True, True, SAID, ""),
        ([AGREES], False, False, "同意。", "综合意见"),
    ],
)
def test_the_lead_concludes_when_every_opinion_is_in(units, meeting, held, said, refused):
    found = objection_to_concluding(units, meeting=meeting, held=held, said=said)
    assert (found is not None) == bool(refused)
    assert refused in (found.said.zh if found else "")


def test_only_an_approval_owes_reasons_to_who_objected_with_reasons():
    assert overruled([AGREES, OBJECTS, CONSENTS], approve=True) == [OBJECTS]
    assert overruled([AGREES, OBJECTS], approve=False) == []
    assert overruled([replace(OBJECTS, over=True)], approve=True) == []


DECIDED = replace(AGREES, decided=True)
OWED = replace(OBJECTS, decided=True, reasons_due=date(2024, 4, 1))


@pytest.mark.parametrize(
    ("units", "concluded", "refused"),
    [
        ([DECIDED], True, ""),
        ([DECIDED], False, "综合意见"),
        ([DECIDED, AGREES], True, "工信局"),
        ([DECIDED, WITHDRAWN], True, ""),
        ([DECIDED, OWED], True, "水务局"),
        ([DECIDED, replace(OWED, reasons_on=date(2024, 3, 29))], True, ""),
    ],
)
def test_the_lead_reports_when_each_unit_has_decided_and_nothing_is_owed(units, concluded, refused):
    found = objection_to_reporting(units, concluded=concluded)
    assert (found is not None) == bool(refused)
    assert refused in (found.said.zh if found else "")


FRESH = Whole(False, False, False, False, False, False, (WAITS,))


@pytest.mark.parametrize(
    ("whole", "stage"),
    [
        (FRESH, JointStage.SUBMITTED),
        (replace(FRESH, asked=True), JointStage.ASKED),
        (replace(FRESH, closed=True), JointStage.ENDED),
        (replace(FRESH, accepted=True), JointStage.OPINIONS),
        (replace(FRESH, accepted=True, meeting=True, units=(AGREES,)), JointStage.MEETING),
        (
            replace(FRESH, accepted=True, meeting=True, held=True, units=(AGREES,)),
            JointStage.CONCLUSION,
        ),
        (replace(FRESH, accepted=True, units=(AGREES,)), JointStage.CONCLUSION),
        (replace(FRESH, accepted=True, concluded=True, units=(AGREES,)), JointStage.DECISIONS),
        (replace(FRESH, accepted=True, concluded=True, units=(DECIDED,)), JointStage.REPORT),
        (replace(FRESH, accepted=True, closed=True), JointStage.CLOSED),
    ],
)
def test_where_it_stands_is_told_from_what_was_done(whole, stage):
    assert stage_of(whole) == stage


def test_every_pack_knows_how_long_units_may_act_together():
    assert pack_on(MONDAY).joint_decision_days == 45
    assert pack_on(MONDAY).joint_extension_days == 15
