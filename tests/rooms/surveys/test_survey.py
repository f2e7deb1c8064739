"""A survey from its plan to its findings, and everything it refuses on the way."""

import json

import pytest

from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.lots import actions as lots
from openhall.lots.kinds import PUBLIC_DRAW
from openhall.lots.rules.protocol import commitment, drawn_from
from openhall.organs.models import Organ
from openhall.outbox.models import Message
from openhall.supervision.models import Issue
from openhall.surveys import actions
from openhall.surveys.kinds import ANSWER, KEYING, SURVEY
from openhall.surveys.models import PaperKeying, Survey, SurveyAnswer, SurveyCode
from openhall.surveys.queries import figures_of, progress
from openhall.surveys.terms import CodeSource
from tests.factories import surveys as factory
from tests.factories.hand_edits import unseen
from tests.factories.surveys import ANSWERS, ASKED, BAD, MARKS, Ceremony, fill_in, planned, seal
from tests.factories.traces import no_trace

KINDS = (PUBLIC_DRAW, SURVEY, ANSWER, KEYING)


def test_a_plan_outside_the_policy_leaves_no_trace(begun, bureau, song_jian, doing):
    """What each fault is the rules' own tests say."""
    for wrong in ({"departments": 2}, {"departments": 5}, {"districts": 4}):
        with no_trace(), pytest.raises(Refused) as refused:
            actions.begin_survey(bureau, planned(**wrong), doing(song_jian, "2026-11-01 09:00"))
        assert next(iter(wrong)) in [fault.field for fault in refused.value.faults]


def test_who_wrote_it_does_not_announce_it_and_others_do_neither(begun, song_jian, doing, cast):
    for who in (song_jian, cast.sun_pi, None):
        with no_trace(), pytest.raises(Refused, match="只有市政府办公厅"):
            actions.announce_survey(begun.pk, ASKED, doing(who, "2026-11-02 09:00"))
    with no_trace(), pytest.raises(Refused, match="只有牵头的监察机关"):
        actions.begin_survey(begun.organ, planned(), doing(cast.sun_pi, "2026-11-02 09:00"))


def test_the_draw_cannot_be_ground(announced, song_jian, doing):
    draw = announced.draw
    ceremony = Ceremony(draw, doing)
    ceremony.commit(but=(3,))
    first, second, third = draw.parties.order_by("place")
    with no_trace(), pytest.raises(Refused, match="已经作出承诺"):
        lots.commit_to(draw.pk, first.code, "a" * 64, doing(None, "2026-11-03 11:00"))
    second.refresh_from_db()
    with no_trace(), pytest.raises(Refused, match="另一方已经作出相同的承诺"):
        lots.commit_to(draw.pk, third.code, second.commitment, doing(None, "2026-11-03 11:00"))
    with no_trace(), pytest.raises(Refused, match="没有持此代码"):
        lots.commit_to(draw.pk, "2222-2222-2222", "b" * 64, doing(None, "2026-11-03 11:00"))
    with no_trace(), pytest.raises(Refused, match="不能“揭示”"):
        lots.open_commitment(draw.pk, first.code, 1, 2, "c" * 64, doing(None, "2026-11-03 11:00"))
    a, b, salt = ceremony.secrets[3]
    hashed = commitment(draw.number, third.called, draw.frame_hash, a, b, salt)
    lots.commit_to(draw.pk, third.code, hashed, doing(None, "2026-11-03 12:00"))
    opens = (draw.pk, first.code, *ceremony.secrets[1], doing(None, "2026-11-04 09:00"))
    with no_trace(), pytest.raises(Refused, match="签名检查点"):
        lots.open_commitment(*opens)
    seal()
    with no_trace(), pytest.raises(Refused, match="与承诺值不符"):
        lots.open_commitment(draw.pk, first.code, 1, 2, "c" * 64, doing(None, "2026-11-04 09:00"))
    ceremony.open(but=(3,))
    leader = song_jian
    with no_trace(), pytest.raises(Refused, match="不能“填入公开号码并抽取”"):
        lots.draw_lots(draw.pk, [1], doing(leader, "2026-11-06 22:00"))
    with no_trace(), pytest.raises(Refused, match="揭示时间还没有截止"):
        lots.end_openings(draw.pk, doing(leader, "2026-11-04 12:00"))
    lots.end_openings(draw.pk, doing(leader, "2026-11-05 19:00"))
    third.refresh_from_db()
    assert third.absent
    seal()
    with no_trace(), pytest.raises(Refused, match="到那一天才能填入"):
        lots.draw_lots(draw.pk, [1], doing(leader, "2026-11-05 22:00"))
    ceremony.draw_lots(leader)
    sources = [[n] for place in (1, 2) for n in ceremony.secrets[place][:2]]
    again = drawn_from(
        draw.strata, draw.frame.lines, [*sources, [3, 9, 14, 20, 27, 31, 8]], draw.algorithm
    )
    assert draw.drawn == again
    assert set(draw.drawn) > {"departments", "districts"}
    assert "cd-few" not in draw.frame.lines  # fewer cases than people to draw
    assert [str(one) for kind in KINDS for one in audit.of_kind(kind)] == []
    with no_trace(), pytest.raises(Refused, match="不能"):
        lots.draw_lots(draw.pk, [2], doing(leader, "2026-11-07 22:00"))


def test_two_parties_are_too_few_and_a_sealed_paper_may_be_opened(announced, song_jian, doing):
    draw = announced.draw
    ceremony = Ceremony(draw, doing)
    ceremony.commit()
    ceremony.open(but=(2,))
    seal()
    paper = (draw.pk, 2, *ceremony.secrets[2])
    lots.open_paper(*paper, doing(song_jian, "2026-11-05 19:00"))
    draw.refresh_from_db()
    assert (draw.state, draw.parties.get(place=2).by_paper) == ("awaiting", True)


def test_with_fewer_than_three_commitments_it_comes_to_nothing(announced, song_jian, doing):
    ceremony = Ceremony(announced.draw, doing)
    ceremony.commit(but=(1,))
    lots.end_commitments(announced.draw.pk, doing(song_jian, "2026-11-03 19:00"))
    announced.draw.refresh_from_db()
    assert announced.draw.state == "failed"


def test_from_the_field_to_the_findings(in_field, song_jian, feng_ban, keyers, doing, cast):
    assert in_field.units.count() == 5
    assert {unit.issued for unit in in_field.units.all()} == {factory.PER_UNIT}
    told = Message.objects.filter(subject="请您参加满意度测评").count()
    assert told == 5 * factory.PER_UNIT
    unit = in_field.units.first()
    code = SurveyCode.objects.filter(unit=unit).first().code
    lead = doing(song_jian, "2026-11-07 09:00")
    actions.issue_codes(in_field.pk, unit.organ.code, CodeSource.JUDGE, 6, lead)
    with no_trace(), pytest.raises(Refused, match="没有这个测评码"):
        actions.answer("2222-2222-2222", ANSWERS, doing(None, "2026-11-08 09:00"))
    with no_trace(), pytest.raises(Refused) as refused:
        actions.answer(code, BAD | {"timely_why": []}, doing(None, "2026-11-08 09:00"))
    assert refused.value.field == "timely_why"  # asked only because it was bad
    with no_trace(), pytest.raises(Refused, match="现在不能作答"):
        actions.answer(code, ANSWERS, doing(None, "2026-11-21 09:00"))
    fill_in(in_field, doing)
    with no_trace(), pytest.raises(Refused, match="已经用过"):
        actions.answer(code, ANSWERS, doing(None, "2026-11-09 09:00"))
    left = SurveyCode.objects.filter(unit=unit, used=False, source="drawn").get()
    actions.answer(left.code, {"served": "no", "overall": "5"}, doing(None, "2026-11-10 09:00"))
    actions.go_on(in_field.pk, unit.organ.code, 2, doing(song_jian, "2026-11-11 09:00"))
    sheets = list(SurveyCode.objects.filter(unit=unit, source="judge"))
    for place, sheet in enumerate(sheets[:5]):
        marks = MARKS | {"effect": str(70 + place)}
        paper = actions.key_paper(sheet.code, marks, doing(keyers[0], f"2026-11-12 1{place}:00"))
        other = marks | ({"content": "91"} if place == 0 else {})
        with no_trace(), pytest.raises(Refused, match="不是第一次录入"):
            actions.key_again(paper.pk, marks, doing(keyers[0], f"2026-11-12 1{place}:10"))
        actions.key_again(paper.pk, other, doing(keyers[1], f"2026-11-12 1{place}:20"))
    differs = PaperKeying.objects.get(state="differs")
    with no_trace(), pytest.raises(Refused, match="没有录入过"):
        actions.settle_paper(differs.pk, MARKS, doing(keyers[1], "2026-11-13 10:00"))
    actions.settle_paper(differs.pk, MARKS | {"effect": "70"}, doing(keyers[2], "2026-11-13 11:00"))
    assert [line["keying"] for line in progress(in_field)] == [0] * 5
    with no_trace(), pytest.raises(Refused, match="之后才能截止"):
        actions.close_survey(in_field.pk, doing(song_jian, "2026-11-20 10:00"))
    actions.close_survey(in_field.pk, doing(song_jian, "2026-11-21 10:00"))
    in_field.refresh_from_db()
    assert in_field.figures == json.loads(json.dumps(figures_of(in_field)))
    mine = next(one for one in in_field.figures["units"] if one["code"] == unit.organ.code)
    assert (mine["frame"], mine["issued"], mine["answered"], mine["valid"]) == (14, 12, 10, 9)
    assert (mine["sheet"]["value"], mine["sheet"]["sheets"], mine["sheet"]["cut"]) == (8440, 5, 1)
    assert mine["hidden"]
    assert mine["satisfied"]["value"] is None
    assert in_field.figures["invalid"] == {"not_served": 1}
    assert in_field.figures["causes"]["timely_why.over_limit"] == 10
    problem = actions.Problem(unit.organ.code, Said("超过承诺的期限，排队时间长", "Late, queues"))
    words = "五个单位回收四十六份答卷，群众反映较多的是超期和排队，已转有关单位整改。"
    with no_trace(), pytest.raises(Refused, match="只有市政府办公厅"):
        actions.report_survey(in_field.pk, words, [problem], doing(song_jian, "2026-11-22 10:00"))
    actions.report_survey(in_field.pk, words, [problem], doing(feng_ban, "2026-11-22 10:00"))
    issue = Issue.objects.get(source="survey")
    assert (issue.reference, issue.organ) == (in_field.number, unit.organ)
    assert [str(one) for kind in KINDS for one in audit.of_kind(kind)] == []
    assert SurveyAnswer.objects.exclude(taken_by=None).count() == 5


def test_every_edit_by_hand_is_found(in_field, keyers, doing, song_jian):
    unit = in_field.units.first()
    lead = doing(song_jian, "2026-11-07 09:00")
    actions.issue_codes(in_field.pk, unit.organ.code, CodeSource.HALL, 2, lead)
    one = SurveyCode.objects.filter(source="hall").first()
    actions.key_paper(one.code, ANSWERS, doing(keyers[0], "2026-11-12 10:00"))
    drawn = SurveyCode.objects.filter(source="drawn").first()
    actions.answer(drawn.code, BAD, doing(None, "2026-11-12 10:00"))
    for kind in KINDS:
        assert unseen(kind) == [], kind.name


def test_nobody_of_the_unit_keys_its_papers_or_calls(in_field, song_jian, doing):
    from openhall.organs.actions import appoint
    from openhall.organs.terms import Desk
    from tests.rooms.supervision.conftest import SINCE

    unit = in_field.units.first()
    code = SurveyCode.objects.filter(unit=unit).first().code
    appoint(song_jian, unit.organ, Desk.HANDLER, SINCE)
    for act in (actions.key_paper, actions.answer_by_phone):
        with no_trace(), pytest.raises(Refused, match="与被测评单位无关"):
            act(code, ANSWERS, doing(song_jian, "2026-11-08 10:00"))
    assert Organ.objects.filter(pk=unit.organ_id).exists()
    assert Survey.objects.get().state == "field"
