"""What is done to sites, articles, designations and subscriptions is held against the log."""

from datetime import date

import pytest

from openhall.outbox.models import Message
from openhall.outbox.terms import Channel
from openhall.sites import actions
from openhall.sites.kinds import ARTICLE, DESIGNATION, SITE, SUBSCRIPTION
from openhall.sites.models import Subscription
from openhall.sites.terms import WhyWithdrawn
from tests.factories import sites
from tests.factories.hand_edits import unseen

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return sites.furnished()


def test_every_edit_by_hand_is_found(there):
    article = there.published().article
    actions.care(article.pk, there.editor, date(2027, 1, 5), there.doing(there.editor))
    because = "内容已由新公告替代"
    actions.withdraw(article.pk, WhyWithdrawn.OUTDATED, because, there.doing(there.head))
    made = actions.designate(
        there.site.organ, "请先公布表格并开通网上申报。", there.doing(there.office)
    )
    actions.advise(made.pk, "请补上英文说明和样表。", there.doing(there.office))
    contacts = actions.Contacts(phone="028-61880000", host="water.city.example")
    actions.settle(there.site.pk, contacts, there.doing(there.head))
    asked = actions.subscribe(
        "site:cd-water", Channel.EMAIL, "wang@example.org", "zh", there.doing(None)
    )
    actions.confirm(asked.pk, there.doing(None))
    for kind in (SITE, ARTICLE, DESIGNATION, SUBSCRIPTION):
        assert unseen(kind) == [], kind.name


@pytest.mark.usefixtures("sound")
def test_a_subscription_that_ended_leaves_no_address(there):
    asked = actions.subscribe(
        "site:cd-water/notices", Channel.SMS, "13812345678", "zh", there.doing(None)
    )
    assert asked.code in Message.objects.get().words
    actions.confirm(asked.pk, there.doing(None))
    actions.unsubscribe(asked.pk, there.doing(None))
    row = Subscription.objects.get()
    assert (row.address, row.code, row.salt) == ("", "", "")
