"""What is done to questions and calls is held against the log; what is told stands in it."""

from datetime import date

import pytest

from openhall.enquiries import actions
from openhall.enquiries.actions.erasing import forget_old
from openhall.enquiries.kinds import CALL, ENQUIRY
from openhall.enquiries.models import Enquiry, EnquiryDeed
from openhall.enquiries.terms import Stance
from openhall.ledger.models import Entry
from tests.factories.hand_edits import unseen
from tests.rooms.enquiries.test_deny_matrix import WORDS


@pytest.fixture
def everything(answered, bian_ji, cast, doing):
    """A published question and an announced call."""
    enquiry = answered()
    found = actions.publishing.proposed(enquiry)
    places = frozenset(f"{part}:{one.place}" for part, one in found)
    actions.publish(enquiry.pk, actions.Hiding(places), doing(bian_ji, "2026-11-05 09:00"))
    call = actions.begin_call(cast.organ, WORDS, [], doing(bian_ji, "2026-11-05 10:00"))
    actions.announce_call(call.pk, doing(cast.sun_pi, "2026-11-05 11:00"))
    call.refresh_from_db()
    return call


def test_every_edit_by_hand_is_found(everything):
    assert unseen(ENQUIRY) == []
    assert unseen(CALL) == []


def test_before_the_last_day_the_log_says_nothing_of_an_opinion(everything, doing):
    said = actions.Asked(
        "", "建议中午不间断服务，上班的人方便。", call=everything, stance=Stance.FOR
    )
    opinion = actions.ask(said, doing(None, "2026-11-06 09:00"))
    body = bytes(Entry.objects.order_by("-pk").first().body).decode()
    assert opinion.number in body
    for told in ("cd-civil", everything.number, "中午", '"for"'):
        assert told not in body


@pytest.mark.usefixtures("sound")
def test_what_somebody_wrote_goes_when_its_time_is_over_and_the_published_stays(everything):
    assert forget_old(date(2026, 11, 20)) == 0
    assert forget_old(date(2046, 11, 20)) == 1
    enquiry = Enquiry.objects.get()
    assert (enquiry.name, enquiry.address, enquiry.code) == ("", "", "")
    assert "王小芳" not in enquiry.text
    assert enquiry.public_answer
    assert all(
        deed.detail_under(enquiry.salt) == {}
        for deed in EnquiryDeed.objects.filter(
            subject="enquiry", about=enquiry.pk, act__in=["ask", "draft"]
        )
    )
