"""A page after a key: on and back, in every order, with rows that have no value."""

from datetime import date

import pytest
from django.http import Http404

from openhall.catalogue.models import CatalogueEntry
from openhall.catalogue.terms import ItemKind
from openhall.paging.keyset import START, Page, Place, paged, place
from openhall.paging.whole import whole
from openhall.policies.models import PolicyDocument

pytestmark = pytest.mark.django_db
BY_DAY = ("-published_on", "-pk")


@pytest.fixture
def documents():
    days = [
        date(2003, 5, 26),
        date(2003, 5, 26),
        None,
        date(2004, 1, 1),
        None,
        date(1999, 1, 1),
        None,
    ]
    PolicyDocument.objects.bulk_create(
        PolicyDocument(source_id=str(n), title=f"第{n}号", published_on=day, text="", digest="")
        for n, day in enumerate(days)
    )
    return PolicyDocument.objects.all()


def walked(rows, order, size, turn):
    """All pages in one direction, each as the ids it shows; and the last page."""
    page, seen = paged(rows, order, START, size), []
    while True:
        seen.append([one.pk for one in page])
        key = page.after if turn == "after" else page.before
        if not key:
            return seen, page
        page = paged(rows, order, Place(**{turn: str(key)}), size)


@pytest.mark.parametrize("order", [("pk",), ("-pk",), BY_DAY, ("published_on", "pk")])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 10])
def test_every_row_is_shown_once_and_the_way_back_shows_the_same_pages(documents, order, size):
    plain = sorted(
        documents,
        key=lambda one: [
            (
                value is None,
                (value.toordinal() if hasattr(value, "toordinal") else value or 0) * sign,
            )
            for name in order
            for sign in (-1 if name.startswith("-") else 1,)
            for value in (getattr(one, name.removeprefix("-")),)
        ],
    )
    pages, last = walked(documents, order, size, "after")
    assert [pk for page in pages for pk in page] == [one.pk for one in plain]
    back = [pages[-1]]
    while last.before:
        last = paged(documents, order, Place(before=last.before), size)
        back.insert(0, [one.pk for one in last])
    assert [pk for page in back for pk in page] == [one.pk for one in plain]
    assert all(len(page) == size for page in back[1:-1])


def test_the_ways_on_and_back_are_offered_only_where_there_are_rows(documents):
    first = paged(documents, ("-pk",), START, 3)
    assert (first.before, first.after) == ("", first[-1].pk)
    second = paged(documents, ("-pk",), Place(after=first.after), 3)
    assert (second.before, second.after) == (second[0].pk, second[-1].pk)
    third = paged(documents, ("-pk",), Place(after=second.after), 3)
    assert (len(third), third.before, third.after) == (1, third[0].pk, "")
    again = paged(documents, ("-pk",), Place(before=second.before), 3)
    assert (list(again), again.before, again.after) == (list(first), "", first[-1].pk)


def test_a_page_costs_one_statement_and_one_more_where_the_order_is_not_the_key(
    documents, django_assert_num_queries
):
    keys = list(documents.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        paged(documents, ("-pk",), Place(after=keys[3]), 2)
    with django_assert_num_queries(2):
        paged(documents, BY_DAY, Place(after=keys[3]), 2)


def test_a_key_of_words_is_a_place_too():
    for code in ("A-1", "A-2", "B-1"):
        CatalogueEntry.objects.create(
            code=code, name=code, kind=ItemKind.PERMIT.value, legal_basis="法"
        )
    rows = CatalogueEntry.objects.filter(code__in=("A-1", "A-2", "B-1"))
    page = paged(rows, ("code",), START, 2)
    assert ([one.code for one in page], page.after) == (["A-1", "A-2"], "A-2")
    assert [one.code for one in paged(rows, ("code",), Place(after="A-2"), 2)] == ["B-1"]


@pytest.mark.parametrize("key", ["²", "٣", "9" * 30, "-1", "\x00", "9999-12", "a", " "])
@pytest.mark.parametrize("turn", ["after", "before"])
@pytest.mark.parametrize("order", [("-pk",), BY_DAY])
def test_a_key_that_is_none_leads_nowhere(documents, key, turn, order):
    assert whole(key) is None
    with pytest.raises(Http404):
        paged(documents, order, place({turn: key}))


def test_a_row_that_is_not_there_leads_nowhere_where_the_order_needs_its_value(documents):
    with pytest.raises(Http404):
        paged(documents, BY_DAY, Place(after=999_999))


def test_a_page_keeps_its_ways_whatever_is_made_of_its_rows():
    page = Page([1, 2], after=2, before=1, name="queue_")
    assert page.map(str) == Page(["1", "2"], 2, 1, "queue_")
    assert page.of(["x"]) == Page(["x"], 2, 1, "queue_")
    assert not Page([])
    assert place({"queue_after": "3", "after": "4"}, "queue_") == Place("3", "", "queue_")
