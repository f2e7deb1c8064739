"""A5, A10: what was done to the catalogue and what was published is what the log says."""

from datetime import date

import pytest
from django.db import DatabaseError, models, transaction

from openhall.catalogue import actions
from openhall.catalogue.actions import Line
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.kinds import ITEM, LIST, PHRASE
from openhall.catalogue.models import HollowPhrase, ItemEvent, ItemVersion, ListLine
from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.versions import actions as versions
from openhall.versions.audit import faults
from tests.factories.catalogue import by
from tests.factories.hand_edits import unseen
from tests.rooms.catalogue.conftest import AT, ROWS, WORDS

DAY, LATER = date(2024, 3, 4), date(2024, 4, 1)
NEW = Line("慈善信托备案", "10", "《慈善法》第四十五条")


@pytest.fixture
def everything(cast, desks, written):
    """An item with two versions, the second with every kind of row; a list that changed."""
    rows = ROWS | {"prerequisites": [{"words": "名称核准"}]}
    words = WORDS | {"no_prerequisites": False}
    actions.save_version(written.pk, words, rows, by(desks.clerk, AT))
    from openhall.catalogue.actions.forms import save_form

    asked = [{"key": "subject", "kind": "text", "label": "申请事由"}]
    save_form(written.pk, "申请表", "Form", asked, by(desks.clerk, AT))
    versions.send(ITEM_VERSION, written.pk, by(desks.clerk, AT))
    versions.pass_on(ITEM_VERSION, written.pk, by(desks.head, AT))
    versions.publish(ITEM_VERSION, written.pk, LATER, by(desks.legal, AT))
    entry = actions.add_entry(NEW, "依法列入", DAY, by(desks.legal, AT))
    lines = [Line("甲备案", "10", "《慈善法》第四十五条"), Line("乙备案", "10", "《慈善法》")]
    actions.split_entry(entry.pk, lines, "分列", LATER, by(desks.legal, AT))
    actions.add_phrase("以后再说", "空话", by(desks.legal, AT))
    written.refresh_from_db()
    return written


@pytest.mark.parametrize("kind", [ITEM, LIST, PHRASE], ids=lambda kind: kind.name)
def test_no_edit_by_hand_of_items_the_list_or_phrases_goes_unseen(kind, everything):
    assert [*audit.faults(0, 0), *faults(0, 0)] == []
    assert unseen(kind) == []


def test_what_was_sent_to_review_is_what_is_reviewed(cast, desks, written):
    versions.send(ITEM_VERSION, written.pk, by(desks.clerk, AT))
    assert list(faults(0, 0)) == []
    written.materials.update(name="送审以后改的材料")
    assert [one.place for one in faults(0, 0)] == ["item-version/MZ-XK-0001/2/content"]
    assert list(faults(1, 100)) == []  # before a sealing only deeds are looked at


def test_events_of_items_and_of_the_list_only_grow(everything):
    for change in (
        lambda: ItemEvent.objects.update(act="claimed"),
        lambda: ItemEvent.objects.all().delete(),
        lambda: models.QuerySet(LIST.events)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_line_taken_out_of_a_past_list_is_missed(everything):
    models.QuerySet(ListLine).filter(version__number=2)._raw_delete("default")
    assert [one.place.rsplit("/", 1)[0] for one in audit.of_kind(LIST)] == ["list/1/line"]


def test_a_repeated_click_does_nothing_and_nobody_spends_anothers_key(cast, desks, written):
    once = by(desks.clerk, AT, key="p:click")
    first = versions.send(ITEM_VERSION, written.pk, once)
    assert versions.send(ITEM_VERSION, written.pk, once) == first
    assert written.events.filter(act="send").count() == 1
    with pytest.raises(Refused, match="另一项办理"):
        versions.pass_on(ITEM_VERSION, written.pk, by(desks.head, AT, key="p:click"))
    entry = actions.add_entry(NEW, "依法列入", DAY, by(desks.legal, AT, key="p:add"))
    assert actions.add_entry(NEW, "依法列入", DAY, by(desks.legal, AT, key="p:add")) == entry
    claimed = actions.claim(entry.pk, cast.organ, by(desks.clerk, AT, key="p:claim"))
    assert actions.claim(entry.pk, cast.organ, by(desks.clerk, AT, key="p:claim")) == claimed
    phrase = actions.add_phrase("以后再说", "空话", by(desks.legal, AT, key="p:phrase"))
    assert actions.add_phrase("以后再说", "空话", by(desks.legal, AT, key="p:phrase")) == phrase
    assert HollowPhrase.objects.filter(phrase="以后再说").count() == 1


def test_a_step_is_not_taken_from_a_page_that_is_out_of_date(cast, desks, written):
    seen = written.seq
    versions.send(ITEM_VERSION, written.pk, by(desks.clerk, AT, seen=seen))
    with pytest.raises(Refused, match="刚刚办理"):
        versions.pass_on(ITEM_VERSION, written.pk, by(desks.head, AT, seen=seen))
    assert ItemVersion.objects.get(pk=written.pk).step == "unit"


def test_nothing_is_done_in_the_future(cast, desks):
    ahead = AT.replace(year=2999)
    with pytest.raises(Refused, match="不能晚于现在"):
        actions.suspend_item(
            cast.item.pk,
            "检修",
            DAY.replace(year=2999),
            LATER.replace(year=2999),
            by(desks.head, ahead),
        )
