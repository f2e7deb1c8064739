"""Role × act × state: who may do what in the catalogue, and that everybody else may not."""

from datetime import date

import pytest

from openhall.catalogue import actions
from openhall.catalogue.actions import Line
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.models import (
    CatalogueEntry,
    HollowPhrase,
    ItemEvent,
    ItemVersionEvent,
    ListVersion,
)
from openhall.catalogue.permissions import may_read_draft
from openhall.deeds.refusals import Refused
from openhall.ledger.models import Entry
from openhall.versions import actions as versions
from tests.factories.catalogue import by
from tests.rooms.catalogue.conftest import AT, WORDS

pytestmark = pytest.mark.any_database

ROLES = ("clerk", "head", "legal", "other_clerk", "window", "citizen", "nobody")
DAY = date(2024, 3, 4)
LATER = date(2024, 4, 1)
NEW = Line("慈善信托备案", "10", "《慈善法》第四十五条")
STATES = ("draft", "unit", "legal", "published")  # a review by the step it lies at
VERSION_ACTS = {  # act → (who may, in which states)
    "save": ({"clerk"}, {"draft"}),
    "send": ({"clerk"}, {"draft"}),
    "pass": ({"head"}, {"unit"}),
    "publish": ({"legal"}, {"legal"}),
}
OFFICE_ONLY = ("add", "change", "split", "merge", "suspend", "cancel", "phrase", "withdraw")
STANDING = {"suspend_item": {"head", "legal"}, "cancel_item": {"legal"}, "draft": {"clerk"}}


def _brought_to(state, version, desks):
    if state != "draft":
        versions.send(ITEM_VERSION, version.pk, by(desks.clerk, AT))
    if state in ("legal", "published"):
        versions.pass_on(ITEM_VERSION, version.pk, by(desks.head, AT))
    if state == "published":
        versions.publish(ITEM_VERSION, version.pk, LATER, by(desks.legal, AT))


def _on_version(act, version, who):
    if act == "save":
        actions.save_version(version.pk, {"summary": "改过的一句话说明。"}, None, by(who, AT))
    elif act == "send":
        versions.send(ITEM_VERSION, version.pk, by(who, AT))
    elif act == "pass":
        versions.pass_on(ITEM_VERSION, version.pk, by(who, AT))
    else:
        versions.publish(ITEM_VERSION, version.pk, LATER, by(who, AT))


def _on_list(act, entry, who):
    if act == "add":
        actions.add_entry(NEW, "依法列入", LATER, by(who, AT))
    elif act == "change":
        words = {"name_en": "New", "legal_basis": "《社会团体登记管理条例》第九条"}
        actions.change_entry(entry.pk, words, "补英文", LATER, by(who, AT))
    elif act == "split":
        lines = [Line("成立登记", "1", "第九条"), Line("筹备批准", "1", "第十条")]
        actions.split_entry(entry.pk, lines, "分列", LATER, by(who, AT))
    elif act == "merge":
        other = CatalogueEntry.objects.create(code="XK-2", name="筹备", kind="1")
        actions.merge_entries([entry.pk, other.pk], NEW, "合并", LATER, by(who, AT))
    elif act == "suspend":
        actions.suspend_entry(entry.pk, "修法", LATER, None, by(who, AT))
    elif act == "cancel":
        actions.cancel_entry(entry.pk, "取消", LATER, by(who, AT))
    elif act == "phrase":
        actions.add_phrase("以后再说", "空话", by(who, AT))
    else:
        phrase = HollowPhrase.objects.get(phrase="暂无")
        actions.withdraw_phrase(phrase.pk, "有时是实话", by(who, AT))


def _told():
    return (
        ItemEvent.objects.exclude(act="imported").count()
        + ItemVersionEvent.objects.exclude(version__number=1).count(),
        ListVersion.objects.count(),
        Entry.objects.count(),
    )


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", VERSION_ACTS)
def test_a_version_moves_only_by_the_right_desk_in_the_right_state(act, state, written, desks):
    _brought_to(state, written, desks)
    may, states = VERSION_ACTS[act]
    allowed = may if state in states else set()
    before = _told()
    for role in (role for role in ROLES if role not in allowed):
        with pytest.raises(Refused):
            _on_version(act, written, getattr(desks, role, None))
    assert _told() == before
    written.refresh_from_db()
    assert (written.step or written.state) == state
    assert written.summary == WORDS["summary"]
    for role in allowed:
        _on_version(act, written, getattr(desks, role))


@pytest.mark.parametrize("act", OFFICE_ONLY)
def test_the_list_and_the_phrases_are_kept_by_the_legal_office_alone(act, cast, desks):
    entry = cast.item.entry
    before = _told()
    for role in (role for role in ROLES if role != "legal"):
        with pytest.raises(Refused, match="只有法制办"):
            _on_list(act, entry, getattr(desks, role, None))
        CatalogueEntry.objects.filter(code="XK-2").delete()
    assert _told() == before
    _on_list(act, entry, desks.legal)
    assert Entry.objects.count() == before[2] + 1


@pytest.mark.parametrize("act", STANDING)
def test_an_item_is_suspended_cancelled_or_redrafted_by_who_answers_for_it(act, cast, desks):
    def does(who):
        if act == "suspend_item":
            actions.suspend_item(cast.item.pk, "设备检修", DAY, LATER, by(who, AT))
        elif act == "cancel_item":
            actions.cancel_item(cast.item.pk, "依法取消", LATER, by(who, AT))
        else:
            actions.new_version(cast.item.pk, by(who, AT))

    for role in (role for role in ROLES if role not in STANDING[act]):
        with pytest.raises(Refused):
            does(getattr(desks, role, None))
    assert _told()[0] == 0
    does(getattr(desks, sorted(STANDING[act])[0]))
    assert _told()[0] == 1


def test_a_line_is_claimed_by_the_clerk_of_the_unit_for_the_unit(cast, desks):
    entry = actions.add_entry(NEW, "依法列入", LATER, by(desks.legal, AT))
    for role in (role for role in ROLES if role != "clerk"):
        with pytest.raises(Refused):
            actions.claim(entry.pk, cast.organ, by(getattr(desks, role, None), AT))
    assert entry.items.count() == 0
    version = actions.claim(entry.pk, cast.organ, by(desks.clerk, AT))
    assert (version.state, version.name) == ("draft", "慈善信托备案")


def test_a_draft_is_read_by_its_unit_and_the_legal_office_only(written, desks):
    readers = [role for role in ROLES if may_read_draft(getattr(desks, role, None), written, DAY)]
    assert readers == ["clerk", "head", "legal"]
