"""Three people stand behind each page; what was published stays, and says when it was."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from openhall.deeds.refusals import Refused
from openhall.sites import actions, queries
from openhall.sites.kinds import EDITION
from openhall.sites.models import Edition, Site, SiteDeed
from openhall.sites.terms import ColumnKind, Secrecy, WhyWithdrawn
from openhall.versions import actions as versions
from openhall.versions.queries import differences
from tests.factories import sites
from tests.factories.sites import DAY, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def there():
    return sites.furnished()


def test_one_step_makes_every_site_that_is_missing_and_no_other(there):
    assert Site.objects.count() == 2
    assert actions.make_sites(there.doing(there.office)) == []
    assert len(Site.objects.get(slug="cd-water").columns) == 11
    with pytest.raises(Refused, match="信息化办"):
        actions.make_sites(there.doing(there.editor))


def test_it_is_written_checked_and_published_by_three_people(there):
    edition = there.draft()
    versions.send(EDITION, edition.pk, there.doing(there.editor))
    for wrong in (there.editor, there.head):
        with pytest.raises(Refused):
            actions.check_secrecy(edition.pk, Secrecy.CLEAR, there.doing(wrong))
    with pytest.raises(Refused):
        actions.publish_edition(edition.pk, DAY, there.doing(there.head))
    checked = actions.check_secrecy(edition.pk, Secrecy.HIDDEN, there.doing(there.checker))
    assert checked.facts["secrecy"] == "hidden"
    with pytest.raises(Refused):
        actions.publish_edition(edition.pk, DAY, there.doing(there.editor))
    actions.publish_edition(edition.pk, DAY, there.doing(there.head))
    assert list(queries.current(DAY)) == [edition]


def test_nobody_of_another_unit_writes_checks_or_publishes_here(there):
    other = sites.furnished("cd-roads")
    with pytest.raises(Refused):
        actions.open_article(there.site, ColumnKind.NEWS, sites.WORDS, there.doing(other.editor))
    edition = there.draft()
    with pytest.raises(Refused):
        actions.save_words(edition.pk, {"title": "改成别的标题"}, there.doing(other.editor))
    versions.send(EDITION, edition.pk, there.doing(there.editor))
    with pytest.raises(Refused):
        actions.check_secrecy(edition.pk, Secrecy.CLEAR, there.doing(other.checker))
    with pytest.raises(Refused):
        actions.publish_edition(edition.pk, DAY, there.doing(other.head), urgent="管道爆裂来不及")


def test_the_day_of_publication_cannot_lie_in_the_past(there):
    edition = there.sent(there.draft())
    with pytest.raises(Refused, match="不能早于公布之日"):
        actions.publish_edition(edition.pk, DAY - timedelta(days=1), there.doing(there.head))


def test_what_is_scheduled_is_read_from_its_day_and_not_before(there):
    edition = there.sent(there.draft())
    tomorrow = DAY + timedelta(days=1)
    actions.publish_edition(edition.pk, tomorrow, there.doing(there.head))
    assert not queries.current(DAY).exists()
    assert queries.current(tomorrow).get() == edition
    edition.refresh_from_db()
    assert queries.begins_at(edition).isoformat() == "2026-11-21T00:00:00+08:00"


def test_what_expires_is_not_listed_afterwards(there):
    edition = there.published()
    versions.end(EDITION, edition.pk, DAY, "检修已经结束", there.doing(there.head))
    assert queries.current(DAY).exists()
    assert not queries.current(DAY + timedelta(days=1)).exists()


def test_a_mistake_is_put_right_on_the_same_day_and_both_stay(there):
    first = there.published()
    source = queries.edition_by_pk(first.pk)
    by = there.doing(there.editor)
    second = versions.begin(EDITION, {"article": first.article}, by, source=source)
    actions.save_words(second.pk, {"summary": "改为12月2日至4日。"}, there.doing(there.editor))
    there.sent(second)
    actions.publish_edition(second.pk, DAY, there.doing(there.head), "日期写错")
    assert queries.current(DAY).get() == second
    assert [one.number for one in queries.public_editions(first.article, DAY)] == [2, 1]
    second.refresh_from_db()
    first.refresh_from_db()
    assert [one.path for one in differences(EDITION, first, second)] == ["summary"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=second.pk).update(number=1)


def test_what_cannot_wait_is_published_at_once_and_its_check_is_owed(there):
    edition = there.draft()
    with pytest.raises(Refused, match="理由"):
        actions.publish_edition(edition.pk, DAY, there.doing(there.head), urgent="急")
    done = actions.publish_edition(
        edition.pk, DAY, there.doing(there.head), urgent="主管道爆裂，全城停水"
    )
    assert done.facts["urgent"] == "主管道爆裂，全城停水"
    article = there.article(edition)
    assert article.check_due == date(2026, 11, 24)
    with pytest.raises(Refused):
        actions.checked_afterwards(article.pk, Secrecy.CLEAR, there.doing(there.head))
    actions.checked_afterwards(article.pk, Secrecy.CLEAR, there.doing(there.checker))
    assert there.article(edition).check_due is None


def test_who_wrote_it_does_not_publish_it_urgently_either(there):
    both = seated(
        "both", there.site.organ, *[desk for desk, _held in queries.could_edit(there.site, DAY)]
    )
    edition = actions.open_article(there.site, ColumnKind.NEWS, sites.WORDS, there.doing(both))
    with pytest.raises(Refused, match="起草"):
        actions.publish_edition(edition.pk, DAY, there.doing(both), urgent="主管道爆裂，全城停水")


def test_withdrawn_is_not_deleted(there):
    edition = there.published()
    article = edition.article
    with pytest.raises(Refused, match="理由"):
        actions.withdraw(article.pk, WhyWithdrawn.WRONG, "错", there.doing(there.head))
    actions.withdraw(article.pk, WhyWithdrawn.PRIVATE, "误登了住户姓名", there.doing(there.head))
    assert not queries.current(DAY).exists()
    kept = there.article(edition)
    assert kept.is_withdrawn
    assert kept.is_hidden
    assert queries.shown_edition(kept, DAY) == edition
    assert SiteDeed.objects.get(act="withdraw").facts["because"] == "误登了住户姓名"


def test_a_text_not_everybody_can_read_is_not_published(there):
    edition = there.sent(there.draft(text="@图片 a.jpg | 图\n请[点击这里](/halls/)，帐户不变。"))
    with pytest.raises(Refused) as refused:
        actions.publish_edition(edition.pk, DAY, there.doing(there.head))
    assert len(refused.value.faults) == 4


def test_what_the_catalogue_shows_is_not_written_again(there):
    with pytest.raises(Refused, match="办事指南"):
        there.draft(ColumnKind.GUIDES)


def test_who_could_edit_is_told_for_any_day(there):
    late = seated("late", there.site.organ)
    from openhall.organs.actions import appoint
    from openhall.organs.terms import Desk

    appoint(late, there.site.organ, Desk.EDITOR, date(2026, 11, 1))
    before = dict(queries.could_edit(there.site, date(2026, 10, 31)))
    after = dict(queries.could_edit(there.site, date(2026, 11, 1)))
    assert [post.account for post in before[Desk.EDITOR]] == [there.editor]
    assert {post.account for post in after[Desk.EDITOR]} == {there.editor, late}
