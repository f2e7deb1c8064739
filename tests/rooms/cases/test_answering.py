"""The act judges the answers: no door can leave it out, a refusal names its question."""

import json

import pytest

from openhall.cases import actions
from openhall.cases.models import Case
from openhall.cases.terms import Channel
from openhall.deeds.refusals import Refused
from tests.factories.cases import WANG
from tests.factories.forms import allowance_form, answers


@pytest.fixture
def form(cast):
    return allowance_form(cast.version)


def submit(cast, doing, said, channel=Channel.ONLINE):
    moment = doing(cast.wang_fang, "2026-11-18 09:00")
    return actions.submit("MZ-XK-0001", WANG, said, channel, moment)


def test_answers_are_kept_as_the_rule_gives_them(cast, doing, form):
    case = submit(cast, doing, answers(rent="1,200", age="18", address="春熙路1号"))
    kept = json.loads(Case.objects.get(pk=case.pk).answers)
    assert kept == answers(rent="1200", age="86", each="0")


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"subject": ""}, "subject"),
        ({"home": "999999"}, "home"),
        ({"delivery": "post"}, "address"),
        ({"rank": "处长"}, "rank"),
        ({"papers": [1]}, "papers"),
    ],
)
def test_a_wrong_answer_is_refused_at_every_door_beside_its_question(
    cast, doing, form, channel, said, field
):
    with pytest.raises(Refused) as refused:
        submit(cast, doing, answers(**said), channel)
    assert refused.value.field == field
    assert not Case.objects.exists()


def test_a_paper_is_brought_to_the_window_and_uploaded_online(cast, doing, form):
    with pytest.raises(Refused, match="请上传文件"):
        submit(cast, doing, answers(papers=["paper"]))
    assert submit(cast, doing, answers(papers=["paper"]), Channel.WINDOW).pk


def test_an_item_without_a_form_keeps_what_it_is_told(cast, doing):
    case = submit(cast, doing, {"anything": "goes"})
    assert json.loads(case.answers) == {"anything": "goes"}


def test_a_supplement_is_judged_by_the_same_rule_and_reckons_again(cast, doing, form):
    case = submit(cast, doing, answers())
    points = [actions.Point("出生日期与身份证不一致，请核对后更正。", field="born")]
    actions.ask_for_supplement(case.pk, points, doing(cast.li_chuang, "2026-11-19 09:00"))
    with pytest.raises(Refused) as refused:
        actions.supplement(
            case.pk, {"born": "1940-13-01"}, doing(cast.wang_fang, "2026-11-20 09:00")
        )
    assert refused.value.field == "born"
    actions.supplement(case.pk, {"born": "1930-05-26"}, doing(cast.wang_fang, "2026-11-20 09:00"))
    kept = json.loads(Case.objects.get(pk=case.pk).answers)
    assert (kept["born"], kept["age"]) == ("1930-05-26", "96")
