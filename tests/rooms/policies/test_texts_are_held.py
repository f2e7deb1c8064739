"""A law of the library is what it was when it was taken in, or the night says so."""

import pytest

from openhall.deeds.audit import of_kind
from openhall.ledger.models import Entry
from openhall.policies.actions.importing import import_policies, of_record
from openhall.policies.kinds import POLICY
from openhall.policies.models import PolicyDeed, PolicyDocument, PolicySection
from openhall.policies.rules.pages import NotADocument
from tests.factories.hand_edits import unseen

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

LAW = {
    "id": "law-1",
    "title": "中华人民共和国行政许可法",
    "number": "主席令第7号",
    "date": "2003-08-27",
    "text": "第一章 总则\n第一条 为了规范行政许可，制定本法。\n第二条 本法所称行政许可。",
}


def taken(record, **more):
    return import_policies([of_record(record)], lambda count: None, **more)


@pytest.mark.usefixtures("cast")  # somebody who could be named as having done it
def test_every_edit_by_hand_of_a_text_is_found():
    assert taken(LAW) == (1, 0, 0)
    assert PolicySection.objects.count() >= 2
    # There is no file here to which a section could be made to point.
    assert set(unseen(POLICY)) <= {"PolicySection.file"}


def test_a_text_that_changed_is_a_deed_of_its_own_and_the_same_one_is_none():
    taken(LAW)
    assert taken(LAW) == (0, 0, 1)
    assert taken(LAW | {"text": LAW["text"] + "\n第三条 适用本法。"}) == (0, 1, 0)
    assert taken(LAW) == (0, 1, 0)  # and back again
    acts = list(PolicyDeed.objects.filter(subject="policy").values_list("act", flat=True))
    assert acts == ["take", "replace", "replace"]
    assert list(of_kind(POLICY)) == []


def test_a_trial_run_leaves_nothing_in_the_log():
    before = Entry.objects.count()
    assert taken(LAW, dry_run=True) == (1, 0, 0)
    assert (PolicyDocument.objects.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize(("name", "most"), [("title", 500), ("number", 120), ("issuer", 300)])
def test_what_is_longer_than_can_be_kept_is_refused_not_cut(name, most):
    with pytest.raises(NotADocument, match=f"“{name}”有{most + 1}个字"):
        taken(LAW | {name: "法" * (most + 1)})
    assert not PolicyDocument.objects.exists()
    taken(LAW | {name: "法" * most})
    assert len(getattr(PolicyDocument.objects.get(), name)) == most
