"""Who looks after an article is told before its day and each week after, once each."""

from datetime import timedelta

import pytest

from openhall.organs.actions import relieve
from openhall.organs.models import Post
from openhall.outbox.models import Message
from openhall.sites import actions
from openhall.sites.actions.reminding import remind_owners
from tests.factories import sites
from tests.factories.sites import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def cared():
    """A published article that its editor looks through in thirty days."""
    there = sites.furnished()
    article = there.article(there.published())
    by = DAY + timedelta(days=30)
    actions.care(article.pk, there.editor, by, there.doing(there.head))
    article.refresh_from_db()
    return there, article, by


def told(account):
    return Message.objects.filter(account=account.pk, about__startswith="WZ-").order_by("pk")


def test_a_week_before_and_each_week_after_and_never_twice(cared):
    there, article, by = cared
    assert remind_owners(by - timedelta(days=8)) == 0
    for _again in range(2):
        assert remind_owners(by - timedelta(days=7)) == 1
        remind_owners(by)
    (first,) = told(there.editor)
    assert first.words.startswith(f"《{sites.WORDS['title']}》应于{by}前复核：")
    assert f"/office/cd-water/editor/site/articles/{article.number}/" in first.words
    for late in (1, 6, 7, 8):
        remind_owners(by + timedelta(days=late))
    assert told(there.editor).count() == 3
    assert "已逾期7天" in told(there.editor).last().words
    assert not told(there.head).exists()


def test_after_four_weeks_the_head_hears_it_too_and_by_the_way_he_chose(cared):
    there, _article, by = cared
    there.head.email = "head@example.org"
    there.head.save(update_fields=["email"])
    remind_owners(by + timedelta(days=28))
    assert [one.channel for one in told(there.head)] == ["account", "email"]


def test_an_owner_who_left_hands_it_to_the_unit(cared):
    there, _article, by = cared
    other = sites.seated("cd-water-second", there.site.organ, sites.Desk.EDITOR)
    relieve(Post.objects.get(account=there.editor), DAY)
    remind_owners(by)
    assert not told(there.editor).exists()
    assert told(other).count() == 1


def test_what_was_looked_through_or_withdrawn_is_nobodys_to_be_told(cared):
    there, article, by = cared
    actions.looked_through(article.pk, there.doing(there.editor))
    assert remind_owners(by + timedelta(days=7)) == 0
