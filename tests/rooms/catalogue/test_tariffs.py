"""A11: a fee is written after its approval, put in force by somebody else, and ends by an act."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, models, transaction

from openhall.catalogue.actions.tariffs import (
    begin_tariff,
    save_tariff,
)
from openhall.catalogue.kinds import TARIFF
from openhall.catalogue.models import Tariff
from openhall.catalogue.queries import tariffs_in_force
from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.versions import actions as verbs
from openhall.versions import audit as versions
from tests.factories.catalogue import by, charged
from tests.factories.hand_edits import unseen
from tests.rooms.catalogue.conftest import AT

DAY, LATER = date(2024, 3, 4), date(2024, 4, 1)
WORDS = {
    "name": "证书工本费",
    "amount": 1000,
    "unit": "本",
    "basis": "川价发〔2003〕8号",
    "price_approval": "川价发〔2003〕8号",
}

drop_tariff, end_tariff, publish_tariff = (
    partial(verb, TARIFF) for verb in (verbs.drop, verbs.end, verbs.publish)
)


@pytest.fixture
def draft(cast, desks):
    return begin_tariff(cast.item, "T1", WORDS, by(desks.clerk, AT))


@pytest.fixture
def in_force(draft, desks):
    publish_tariff(draft.pk, LATER, by(desks.legal, AT))
    draft.refresh_from_db()
    return draft


def amounts(item, day):
    return [one.amount for one in tariffs_in_force(item.pk, day)]


def refused(act, *args, **more):
    with pytest.raises(Refused) as found:
        act(*args, **more)
    return found.value


def test_a_fee_is_charged_from_its_first_day_to_its_last(cast, desks, in_force):
    assert amounts(cast.item, LATER - timedelta(days=1)) == []
    assert amounts(cast.item, LATER) == [1000]
    dearer = begin_tariff(cast.item, "T1", WORDS | {"amount": 1200}, by(desks.clerk, AT))
    assert dearer.number == 2
    may = date(2024, 5, 1)
    publish_tariff(dearer.pk, may, by(desks.legal, AT))
    assert (amounts(cast.item, date(2024, 4, 30)), amounts(cast.item, may)) == ([1000], [1200])
    end_tariff(dearer.pk, date(2024, 6, 30), "取消收费", by(desks.legal, AT))
    assert (amounts(cast.item, date(2024, 6, 30)), amounts(cast.item, date(2024, 7, 1))) == (
        [1200],
        [],
    )


def test_two_standards_of_one_fee_never_begin_on_one_day(cast, desks, in_force):
    again = begin_tariff(cast.item, "T1", WORDS, by(desks.clerk, AT))
    said = refused(publish_tariff, again.pk, LATER, by(desks.legal, AT))
    assert (said.field, "第1版已定于2024-04-01施行" in str(said)) == ("first_day", True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tariff.objects.filter(pk=again.pk).update(
            state="published", effective_from=LATER, published_at=AT
        )


def test_who_writes_a_fee_does_not_put_it_in_force(cast, desks):
    own = begin_tariff(cast.item, "T2", WORDS, by(desks.legal, AT))
    assert "起草的人员不能" in str(refused(publish_tariff, own.pk, LATER, by(desks.legal, AT)))


@pytest.mark.parametrize("who", ["clerk", "head", "other_clerk", "window", "citizen", None])
def test_only_the_legal_office_puts_a_fee_in_force(desks, draft, who):
    doing = by(getattr(desks, who) if who else None, AT)
    assert "只有法制办" in str(refused(publish_tariff, draft.pk, LATER, doing))


@pytest.mark.parametrize("who", ["head", "other_clerk", "window", "citizen", None])
def test_only_the_units_clerk_or_the_legal_office_writes_one(cast, desks, draft, who):
    doing = by(getattr(desks, who) if who else None, AT)
    for act, args in (
        (begin_tariff, (cast.item, "T9", WORDS)),
        (save_tariff, (draft.pk, {"amount": 5})),
        (drop_tariff, (draft.pk, "不收了")),
    ):
        assert "事项维护人员" in str(refused(act, *args, doing))


def test_what_is_not_approved_is_not_charged(cast, desks, draft):
    save_tariff(draft.pk, {"price_approval": "", "amount": 0}, by(desks.clerk, AT))
    said = refused(publish_tariff, draft.pk, LATER, by(desks.legal, AT))
    assert [fault.field for fault in said.faults] == ["amount", "price_approval"]
    assert all(fault.said.en for fault in said.faults)
    assert amounts(cast.item, LATER) == []


def test_a_colleagues_save_is_not_written_over_and_a_repeated_click_does_nothing(desks, draft):
    save_tariff(draft.pk, {"amount": 900}, by(desks.clerk, AT, seen=0))
    assert "刚刚修改" in str(
        refused(save_tariff, draft.pk, {"amount": 800}, by(desks.clerk, AT, seen=0))
    )
    once = by(desks.legal, AT, key="p:once")
    assert publish_tariff(draft.pk, LATER, once) == publish_tariff(draft.pk, LATER, once)
    assert draft.events.filter(act="publish").count() == 1


def test_no_edit_by_hand_of_a_fee_goes_unseen(cast, desks, in_force):
    charged(cast.item, code="T5", effective_from=date(2004, 1, 1), **WORDS)
    assert [*audit.faults(0, 0), *versions.faults(0, 0)] == []
    assert unseen(TARIFF.kind) == []
    models.QuerySet(Tariff).filter(pk=in_force.pk).update(amount=5000)
    places = [one.place for one in (*audit.of_kind(TARIFF.kind), *versions.of_kind(TARIFF))]
    assert places == ["tariff/MZ-XK-0001/T1/1", "tariff/MZ-XK-0001/T1/1/content"]
