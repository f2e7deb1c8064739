"""Two acts of the catalogue's desk: the head returns a guide; Legal splits a line. A7, A10."""

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.catalogue import actions
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.models import CatalogueEntry
from openhall.versions import actions as versions
from tests.factories.catalogue import by
from tests.factories.pages import read
from tests.factories.traces import everything, logged, no_trace, refused, refused_to
from tests.rooms.catalogue.conftest import *  # noqa: F403
from tests.rooms.catalogue.conftest import AT, ROWS, WORDS


@pytest.fixture
def sent(cast, desks):
    """Version 2, whole, before the head of the unit."""
    version = actions.new_version(cast.item.pk, by(desks.clerk, AT))
    actions.save_version(version.pk, WORDS, ROWS, by(desks.clerk, AT))
    versions.send(ITEM_VERSION, version.pk, by(desks.clerk, AT))
    return version


@pytest.fixture
def review(client, cast, desks, sent):
    address = reverse("office:catalogue_version", args=[cast.organ.code, sent.pk])
    return lambda who=desks.head: read(client, address, who)


def returning(page, reason="办理时限与内部流程不符，请再核。"):
    return page.form("确认：退回修改").fill({"理由和依据": reason})


def test_the_head_returns_it_and_the_clerk_reads_why_and_writes_again(review, sent, desks):
    before = everything()
    assert returning(review()).send().done
    sent.refresh_from_db()
    assert (sent.state, sent.remark) == ("draft", "办理时限与内部流程不符，请再核。")
    table = "catalogue.ItemVersionEvent"
    assert len(everything()[table]) > len(before[table])
    page = review(desks.clerk)
    assert "请再核" in page.words
    assert page.offers("提交")


def test_a_return_without_its_reason_is_refused_beside_the_field(review, sent):
    with no_trace():
        page = returning(review(), "").send()
    assert page.beside("理由和依据")
    assert (page.status, page.offers("确认：退回修改")) == (422, True)


def test_nobody_but_the_head_returns_it_before_it_is_with_legal(review, desks, sent):
    form = returning(review())
    refused_to(form, (desks.other_clerk, desks.window, desks.citizen, None))
    for account in (desks.clerk, desks.legal):
        with no_trace():
            answer = form.send_as(account)
        assert answer.status in (403, 404, 409, 422)


def test_what_was_returned_is_not_returned_again_from_an_old_page(review, sent):
    old = returning(review(), "另一条理由，也请再核。")
    assert returning(review()).send().done
    with no_trace():
        page = old.send(key="another")
    assert page.status in (409, 422)


# ------------------------------------------------------------------------------ split
@pytest.fixture
def line(client, cast, desks):
    CatalogueEntry.objects.filter(pk=cast.item.entry_id).update(legal_basis="条例第十二条")
    organ = desks.legal.posts.get().organ
    address = reverse("office:catalogue_line", args=[organ.code, cast.item.entry.code])
    return lambda who=desks.legal: read(client, address, who)


NAMES = "社会团体成立登记（全市性）\n社会团体成立登记（区域性）"


def splitting(page, **more):
    today = timezone.localdate().isoformat()
    typed = {"拆分后的事项名称": NAMES, "理由和依据": "职权划分调整。", "自哪一日起": today}
    return page.form("确认：拆分本事项").fill(typed | more)


def test_a_line_is_split_into_two_that_name_where_they_came_from(line, cast, client):
    before = everything()
    page = splitting(line()).send()
    assert page.done
    assert logged(before)
    made = CatalogueEntry.objects.filter(came_from=cast.item.entry)
    assert sorted(one.name for one in made) == sorted(NAMES.splitlines())
    for name in NAMES.splitlines():
        assert name in page.words
    guide = read(client, reverse("portal:guide", args=[cast.item.code]))
    assert guide.status in (200, 410)
    assert not guide.offers("在线申请")
    history = read(client, reverse("portal:list_versions"))
    assert "拆分" in history.words


def test_nobody_but_legal_splits_a_line(line, desks):
    people = desks.clerk, desks.head, desks.other_clerk, desks.window, desks.citizen, None
    refused_to(splitting(line()), people)


@pytest.mark.parametrize(
    ("label", "typed", "words"),
    [
        ("拆分后的事项名称", "只有一个事项", "至少应有两个"),
        ("拆分后的事项名称", "同名事项\n同名事项", "不能相同"),
        ("拆分后的事项名称", "", ""),
        ("理由和依据", "", ""),
        ("自哪一日起", "2003-01-01", ""),
        ("自哪一日起", "soon", ""),
    ],
)
def test_a_fault_of_a_split_stands_beside_its_field(line, label, typed, words):
    with no_trace():
        page = splitting(line(), **{label: typed}).send()
    assert page.beside(label), page.words
    refused(page, label, words)


def test_a_line_is_split_once(line):
    old = splitting(line())
    assert splitting(line()).send().done
    with no_trace():
        page = old.send(key="another")
    assert page.status in (409, 422)
