"""Who may act is proved like the acts themselves: appointed and relieved by deeds."""

from datetime import date

import pytest

from openhall.deeds import audit
from openhall.ledger.models import Entry
from openhall.organs.actions import appoint, relieve
from openhall.organs.kinds import POSTING
from openhall.organs.models import Account, OrganDeed, Post
from openhall.organs.terms import Desk
from tests.factories.hand_edits import unseen

SINCE = date(2024, 1, 1)


@pytest.mark.usefixtures("sound")
def test_appointed_once_and_relieved_once(cast):
    account = Account.objects.create_user(username="newcomer")
    post = appoint(account, cast.organ, Desk.HANDLER, SINCE)
    assert appoint(account, cast.organ, Desk.HANDLER, SINCE) == post
    relieve(post, date(2024, 6, 30))
    assert relieve(post, date(2024, 6, 30)).until == date(2024, 6, 30)
    acts = OrganDeed.objects.filter(about=post.pk).order_by("seq")
    assert list(acts.values_list("act", "facts")) == [
        ("appoint", {"since": "2024-01-01"}),
        ("relieve", {"until": "2024-06-30"}),
    ]
    body = bytes(Entry.objects.get(pk=acts[0].entry).body).decode()
    assert '"organ":"cd-civil"' in body
    assert account.username not in body  # committed to, not said


def test_a_post_dated_back_by_hand_is_found(cast):
    """Truth row 34: the decider's post made to begin before the decision."""
    Post.objects.filter(account=cast.sun_pi).update(since=date(2000, 1, 1))
    (found,) = audit.of_kind(POSTING)
    assert found.place.startswith("posting/")


def test_every_edit_of_a_post_is_found(cast):
    relieve(Post.objects.get(account=cast.zhou_wai), date(2024, 6, 30))
    assert unseen(POSTING) == []
