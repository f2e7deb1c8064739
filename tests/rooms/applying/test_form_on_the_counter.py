"""The filled form on the counter is the application; what is typed beside it is judged."""

import pytest

from openhall.cases.actions.answering import lawful_answers, says_nothing
from openhall.cases.terms import Channel
from openhall.catalogue.models import Form
from openhall.deeds.refusals import Refused

FIELDS = [
    {"key": "name", "kind": "text", "label": "社团名称", "required": True},
    {"key": "people", "kind": "number", "label": "会员人数", "required": True},
]


@pytest.mark.parametrize(
    ("value", "nothing"),
    [
        (None, True),
        ("", True),
        (" \u3000", True),
        (False, True),
        ([], True),
        ([{"name": "", "share": None}], True),
        ({"region": "", "street": ""}, True),
        (0, False),
        ("0", False),
        ([{"name": "王芳"}], False),
        (True, False),
    ],
)
def test_nothing_typed_is_told_from_a_nought(value, nothing):
    assert says_nothing(value) is nothing


@pytest.fixture
def version(cast):
    Form.objects.create(version=cast.version, title="申请书", fields=FIELDS)
    return cast.version


@pytest.mark.parametrize("channel", [Channel.WINDOW, Channel.POST])
def test_with_the_form_on_paper_nothing_need_be_typed(version, channel, doing):
    day = doing(None, "2024-03-04 09:00").day
    assert lawful_answers(version, {}, day, None, channel, form_on_paper=True) == {}


def test_what_is_typed_beside_it_is_judged(version, doing):
    day = doing(None, "2024-03-04 09:00").day
    with pytest.raises(Refused) as wrong:
        lawful_answers(version, {"people": "五十人"}, day, None, Channel.WINDOW, form_on_paper=True)
    assert wrong.value.field == "people"


@pytest.mark.parametrize(
    ("channel", "on_paper"),
    [(Channel.ONLINE, True), (Channel.ONLINE, False), (Channel.WINDOW, False)],
)
def test_without_the_paper_or_online_every_question_is_asked(version, channel, on_paper, doing):
    day = doing(None, "2024-03-04 09:00").day
    with pytest.raises(Refused):
        lawful_answers(version, {}, day, None, channel, form_on_paper=on_paper)
