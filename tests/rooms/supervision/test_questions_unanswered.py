"""A question left unanswered is a card, once, whether it is found owed or answered late. A8."""

from datetime import date

import pytest

from openhall.enquiries import actions as enquiries
from openhall.supervision import actions
from openhall.supervision.models import Card, Cursor
from tests.rooms.enquiries.conftest import *  # noqa: F403
from tests.rooms.enquiries.conftest import ANSWER


@pytest.mark.usefixtures("sound")
def test_what_is_owed_past_its_day_raises_one_card(asked):
    enquiry = asked(at="2026-11-02 09:00")  # due on the 9th
    assert actions.sweep(date(2026, 11, 9))["enquiries"] == 0
    assert actions.sweep(date(2026, 11, 11))["enquiries"] == 1
    assert actions.sweep(date(2026, 11, 12))["enquiries"] == 0
    card = Card.objects.get()
    assert (card.reference, card.signal, card.organ) == (enquiry.number, "yellow", enquiry.organ)
    assert card.values == {"due": "2026-11-09", "on": "2026-11-11", "over": 2}


@pytest.mark.usefixtures("sound")
def test_an_answer_that_went_out_late_is_read_from_the_events_once(asked, cast, doing):
    for at, number in (("2026-11-03 09:00", 1), ("2026-11-12 09:00", 2)):
        enquiry = asked(at="2026-11-02 09:00", text=f"我想成立一个协会，第{number}次问。")
        actions_of(enquiry, cast, doing, at)
    assert actions.observe_enquiries() == 6
    assert Card.objects.get().reference == enquiry.number
    Cursor.objects.filter(name=Cursor.ENQUIRIES).update(last_event_id=0)
    assert actions.observe_enquiries() == 6
    assert Card.objects.count() == 1


def actions_of(enquiry, cast, doing, at):
    enquiries.draft(enquiry.pk, ANSWER, doing(cast.zhao_cheng, at))
    enquiries.send_answer(enquiry.pk, doing(cast.sun_pi, at))
