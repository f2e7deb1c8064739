"""Lists bring items by the hundred: each is a deed of its own, and nothing under review changes."""

from datetime import date

import pytest
from django.utils import timezone

from openhall.catalogue import actions
from openhall.catalogue.actions.exchange import import_list
from openhall.catalogue.actions.importing import import_items
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.exchange.writing import record_of
from openhall.catalogue.kinds import ITEM, LIST
from openhall.catalogue.models import CatalogueEntry, Item, ItemVersion
from openhall.catalogue.rules.columns import Row
from openhall.catalogue.terms import ItemKind, ItemStep
from openhall.deeds import audit
from openhall.deeds.refusals import Moved, Refused
from openhall.deeds.rows.first import write_first
from openhall.ledger.models import Entry
from openhall.versions import actions as versions
from openhall.versions.audit import faults
from tests.factories.catalogue import by
from tests.rooms.catalogue.conftest import AT, WORDS

pytestmark = pytest.mark.django_db


def row(number: int, name: str, code: str = "") -> Row:
    source = (("name", name),)
    code = code or f"N-{number}"
    return Row(number, name, code, ItemKind.PERMIT, "市民政局", "", "", "", source)


def names(rows, actor=None):
    return import_items(rows, "names.csv", by(actor, timezone.now()))


def whole(version, **words):
    record = record_of(version) | words
    return import_list(lambda: [(1, record)], "list.json", by(None, timezone.now()), agreed=True)


def test_each_item_of_a_list_has_its_own_deed_and_so_has_its_draft(cast):
    before = Entry.objects.count()
    names([row(number, f"事项{number}") for number in range(3)])
    made = ItemVersion.objects.filter(item__code__startswith="N-")
    assert [(one.seq, one.item.seq, one.events.get().act) for one in made] == [(1, 1, "begin")] * 3
    assert made[0].item.events.get().facts == {"file": "names.csv", "line": 0}
    assert Entry.objects.count() == before + 1 + 3 + 3  # the list, the items, their drafts
    assert [*audit.faults(0, 0), *faults(0, 0)] == []
    names([row(number, f"事项{number}") for number in range(3)])
    assert Entry.objects.count() == before + 7  # the same list says nothing new


def test_a_changed_row_renews_the_draft_as_a_save_does(cast):
    names([row(1, "旧名称")])
    names([row(1, "新名称")])
    draft = ItemVersion.objects.get(item__code="N-1")
    assert (draft.name, draft.number, draft.revision) == ("新名称", 1, 1)
    assert [event.act for event in draft.item.events.order_by("pk")] == ["imported", "reimported"]
    assert [*audit.faults(0, 0), *faults(0, 0)] == []


def test_what_is_under_review_is_not_changed_by_a_list(cast, desks, written):
    versions.send(ITEM_VERSION, written.pk, by(desks.clerk, AT))
    before = Entry.objects.count()
    done = whole(ItemVersion.objects.get(pk=written.pk), summary="清单里的另一句话。")
    assert [(fault.line, "正在审核" in fault.said.zh) for fault in done.faults] == [(1, True)]
    Item.objects.filter(pk=cast.item.pk).update(source_row={"name": "old"})
    with pytest.raises(Refused, match="正在审核"):
        names([row(1, "另一名称", "MZ-XK-0001")])
    written.refresh_from_db()
    assert (written.summary, Entry.objects.count()) == (WORDS["summary"], before)
    assert whole(ItemVersion.objects.get(pk=written.pk)).unchanged == 1


def test_a_draft_given_up_is_not_what_the_next_list_is_compared_with(cast, desks, written):
    versions.drop(ITEM_VERSION, written.pk, "不再修改。", by(desks.clerk, AT))
    in_force = ItemVersion.objects.get(item=cast.item, number=1)
    done = whole(in_force, summary="清单里的一句话。")
    assert (done.changed, done.faults) == (1, [])
    newest = ItemVersion.objects.filter(item=cast.item).order_by("-number").first()
    assert (newest.number, newest.state, newest.summary) == (3, "draft", "清单里的一句话。")
    assert actions.new_version(cast.item.pk, by(desks.clerk, AT)) == newest
    assert [*audit.of_kind(ITEM), *audit.of_kind(ITEM_VERSION.kind), *faults(0, 0)] == []


def test_a_first_deed_is_not_written_on_a_row_that_has_one(cast):
    doing, before = by(None, timezone.now()), Entry.objects.count()
    item = Item.objects.get(pk=cast.item.pk)
    with pytest.raises(Moved):
        write_first(ITEM, ItemStep.IMPORTED, [item], lambda _item: doing, lambda _item: {})
    with pytest.raises(ValueError, match="commit to other rows"):
        write_first(LIST, ItemStep.IMPORTED, [], lambda _row: doing, lambda _row: {})
    assert Entry.objects.count() == before


def test_a_line_comes_onto_the_list_with_its_first_publication_alone(cast, desks, written):
    CatalogueEntry.objects.filter(pk=cast.item.entry_id).update(listed_from=None)
    versions.send(ITEM_VERSION, written.pk, by(desks.clerk, AT))
    versions.pass_on(ITEM_VERSION, written.pk, by(desks.head, AT))
    versions.publish(ITEM_VERSION, written.pk, date(2024, 4, 1), by(desks.legal, AT))
    entry = CatalogueEntry.objects.get(pk=cast.item.entry_id)
    assert entry.listed_from == date(2024, 4, 1)
    assert list(LIST.all_events().values_list("act", flat=True)).count("list") == 1


def test_nothing_is_done_to_the_guide_of_a_cancelled_item(cast, desks, written):
    versions.send(ITEM_VERSION, written.pk, by(desks.clerk, AT))
    actions.cancel_item(cast.item.pk, "依法取消", date(2024, 4, 1), by(desks.legal, AT))
    with pytest.raises(Refused, match="已经取消"):
        versions.pass_on(ITEM_VERSION, written.pk, by(desks.head, AT))
    versions.send_back(ITEM_VERSION, written.pk, "事项已取消。", by(desks.head, AT))
    for act in (
        lambda: versions.send(ITEM_VERSION, written.pk, by(desks.clerk, AT)),
        lambda: actions.save_version(written.pk, {}, None, by(desks.clerk, AT)),
    ):
        with pytest.raises(Refused, match="已经取消"):
            act()
    versions.drop(ITEM_VERSION, written.pk, "事项已取消。", by(desks.clerk, AT))
    with pytest.raises(Refused, match="已经取消"):
        actions.new_version(cast.item.pk, by(desks.clerk, AT))
