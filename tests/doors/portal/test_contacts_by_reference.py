"""A unit's telephone stands once: guides without one of their own say it, and change with it."""

import pytest

from openhall.catalogue.guide_sheet.values import guide_told
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import guide_of
from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.organs.kinds import ORGAN
from openhall.organs.models import Organ
from openhall.portal.sheets import sheet_of
from openhall.portal.views.guide import context_of, version_to_show
from openhall.press import actions as pressing
from openhall.press.actions import making
from openhall.press.actions.making import rendered
from openhall.press.context import kind_at
from openhall.press.models import Page
from openhall.sites import actions
from tests.factories.organs import standing
from tests.factories.sites import AT, furnished
from tests.rooms.press.conftest import press

__all__ = ["press"]
GUIDE = "/services/MZ-XK-0001/"
OLD, NEW, OWN = "028-11110000", "028-22220000", "028-33330000"


@pytest.fixture
def unit(press):
    """The unit of the cast's guide with a site of its own; its guide leaves its contact to it."""
    there = furnished(press.item.organ.code)
    standing(
        there.site.organ.code,
        phone=OLD,
        complaint_phone="12388",
        address="人民中路2号",
        address_en="2 Renmin Road",
    )
    ItemVersion.objects.update(enquiry_phone="", complaint_phone="", address="", address_en="")
    return there


def settled(unit, **contacts):
    said = {"phone": NEW, "complaint_phone": "12388", "address": "人民中路2号"} | contacts
    return actions.settle(unit.site.pk, actions.Contacts(**said), unit.doing(unit.head))


def test_a_guide_without_a_telephone_says_its_units_and_changes_undrawn(unit, monkeypatch):
    assert pressing.press(GUIDE).stored
    assert f'href="tel:{OLD}"'.encode() in rendered(kind_at(GUIDE), GUIDE)[0].body
    settled(unit)
    assert not Page.objects.get(path=GUIDE).stale
    with monkeypatch.context() as no_drawing:
        no_drawing.setattr(making, "rendered", lambda *told: pytest.fail("the page was drawn"))
        made = pressing.press(GUIDE)
    assert made.body == rendered(kind_at(GUIDE), GUIDE)[0].body
    assert (made.body.count(NEW.encode()), OLD.encode() in made.body) == (4, False)


def test_one_of_its_own_stays(unit):
    ItemVersion.objects.update(enquiry_phone=OWN)
    settled(unit, address="另一处1号")
    page = rendered(kind_at(GUIDE), GUIDE)[0].body.decode()
    assert OWN in page
    assert NEW not in page
    assert "另一处1号" in page
    unit.site.organ.refresh_from_db()
    assert unit.site.organ.phone == NEW
    assert list(audit.of_kind(ORGAN)) == []  # the unit's own row changed by a deed too


def test_the_gate_the_sheet_and_programmes_read_the_same(unit):
    settled(unit)
    version = ItemVersion.objects.get(item__code="MZ-XK-0001")
    assert guide_of(version, 0).enquiry_phone == NEW
    told = guide_told(version, AT.date())
    assert (told["enquiry_phone"], told["complaint_phone"]) == (NEW, "12388")
    assert told["address"] == {"zh": "人民中路2号", "en": ""}
    shown = version_to_show("MZ-XK-0001", AT.date())
    assert NEW in str(sheet_of(context_of(shown, AT.date()), GUIDE, AT.date()))


@pytest.mark.parametrize(
    ("contacts", "field"),
    [
        ({"phone": ""}, "phone"),
        ({"complaint_phone": ""}, "complaint_phone"),
        ({"address": ""}, "address"),
        ({"complaint_phone": NEW}, "complaint_phone"),
    ],
)
def test_what_guides_rest_on_is_not_emptied(unit, contacts, field):
    with pytest.raises(Refused) as refused:
        settled(unit, **contacts)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert Organ.objects.get(pk=unit.site.organ_id).phone == OLD


def test_the_guides_are_named_before_one_confirms(unit, client):
    client.force_login(unit.head)
    page = client.get(f"/office/{unit.site.organ.code}/head/site/contacts/").content.decode()
    assert GUIDE in page
    ItemVersion.objects.update(
        enquiry_phone=OWN, complaint_phone="12388", address="一处", address_en="One"
    )
    page = client.get(f"/office/{unit.site.organ.code}/head/site/contacts/").content.decode()
    assert GUIDE not in page
