"""One code answers once, on its own form; one click is one answer; a wrong code is counted."""

import pytest

from openhall.deeds.refusals import Refused
from openhall.paging.typed import visible
from openhall.surveys import actions, checking
from openhall.surveys.models import PaperKeying, SurveyAnswer, SurveyCode
from openhall.surveys.terms import CodeSource, Instrument
from tests.factories.surveys import ANSWERS, MARKS
from tests.factories.traces import no_trace


def test_two_of_one_household_at_one_page_are_two_answers_or_told(in_field, doing):
    one, two = SurveyCode.objects.filter(unit=in_field.units.first(), source="drawn")[:2]
    click = doing(None, "2026-11-08 09:00")
    actions.answer(one.code, ANSWERS, click)
    actions.answer(one.code, ANSWERS, click)  # the same click again
    with no_trace(), pytest.raises(Refused, match="已用于"):
        actions.answer(two.code, ANSWERS, click)  # "back", and the other's code
    actions.answer(two.code, ANSWERS, doing(None, "2026-11-08 09:01"))
    assert SurveyAnswer.objects.count() == 2


def test_a_code_answers_only_the_form_that_was_before_its_holder(in_field, song_jian, doing):
    unit = in_field.units.first()
    lead = doing(song_jian, "2026-11-07 09:00")
    actions.issue_codes(in_field.pk, unit.organ.code, CodeSource.JUDGE, 1, lead)
    judge = SurveyCode.objects.get(source="judge")
    with no_trace(), pytest.raises(Refused, match="另一份答卷"):
        actions.answer(
            judge.code,
            MARKS,
            doing(None, "2026-11-08 09:00"),
            asked=(in_field, Instrument.QUESTIONS),
        )
    actions.answer(
        judge.code, MARKS, doing(None, "2026-11-08 09:01"), asked=(in_field, Instrument.SHEET)
    )


def test_an_interview_comes_in_once_and_late_ones_do_not_count(in_field, keyers, doing):
    one, two, three = SurveyCode.objects.filter(unit=in_field.units.first(), source="drawn")[:3]
    asked = (in_field, Instrument.QUESTIONS)
    click = doing(keyers[0], "2026-11-08 10:00")
    actions.answer_in_person(one.code, ANSWERS, click, asked=asked)
    actions.answer_in_person(one.code, ANSWERS, click, asked=asked)  # sent again
    again = doing(keyers[1], "2026-11-08 10:01")
    with no_trace(), pytest.raises(Refused, match="已经用过"):
        actions.answer_in_person(one.code, ANSWERS, again, asked=asked)
    with no_trace(), pytest.raises(Refused, match="无关的人员"):
        actions.answer_in_person(two.code, ANSWERS, doing(None, "2026-11-08 10:02"), asked=asked)
    late = doing(keyers[0], "2026-11-29 10:00")
    actions.answer_in_person(two.code, ANSWERS, late, asked=asked)
    with no_trace(), pytest.raises(Refused, match="现在不能作答"):
        actions.answer(three.code, ANSWERS, doing(None, "2026-11-29 10:01"))
    told = SurveyAnswer.objects.order_by("pk").values_list("way", "why_not")
    assert list(told) == [("visit", ""), ("visit", "late")]


def test_a_paper_keyed_with_the_key_of_another_is_refused(in_field, keyers, doing):
    one, two = SurveyCode.objects.filter(unit=in_field.units.first(), source="drawn")[:2]
    click = doing(keyers[0], "2026-11-08 10:00")
    actions.key_paper(one.code, ANSWERS, click)
    assert actions.key_paper(one.code, ANSWERS, click).code_id == one.pk
    with no_trace(), pytest.raises(Refused, match="已用于"):
        actions.key_paper(two.code, ANSWERS, click)
    assert PaperKeying.objects.count() == 1


@pytest.mark.parametrize(
    "reason",
    [
        "\u200b" * 30,
        "\u2060\ufeff" * 9,
        "\u3164" * 20,
        " \u00a0\u3000" * 9,
        "好\u200d" + "\u200b" * 20,
    ],
)
def test_signs_that_nobody_sees_are_no_reason(begun, feng_ban, doing, reason):
    assert visible(reason) < 5
    with no_trace(), pytest.raises(Refused, match="不少于5个字"):
        actions.send_back_survey(begun.pk, reason, doing(feng_ban, "2026-11-01 10:00"))


def _slip_in(code):
    code.pk, code.place, code.code_blind = None, code.place + 500, "0" * 64
    SurveyCode.objects.bulk_create([code])


@pytest.mark.parametrize(
    ("by_hand", "told"),
    [
        (lambda code: SurveyCode.objects.filter(pk=code.pk).update(used=False), "重复作答"),
        (_slip_in, "绕过系统"),
        (lambda code: SurveyCode.objects.filter(place__gt=code.place).delete(), "绕过系统"),
        (lambda code: SurveyCode.objects.filter(unit=code.unit).update(source="hall"), "绕过系统"),
    ],
)
def test_a_ballot_box_stuffed_by_hand_is_told_in_the_morning(in_field, doing, by_hand, told):
    code = SurveyCode.objects.filter(unit=in_field.units.first(), source="drawn").first()
    actions.answer(code.code, ANSWERS, doing(None, "2026-11-08 09:00"))
    assert list(checking.faults(0, 0)) == []
    code.refresh_from_db()
    by_hand(code)
    found = list(checking.faults(0, 0))
    assert found
    assert told in found[0].sentence
