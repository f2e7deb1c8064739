"""A unit's telephone stands once: guides without one of their own say it, and change with it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from openhall.catalogue.guide_sheet.values import guide_told
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import guide_of, guides_of_contact
from openhall.catalogue.rules.guide import OF_UNIT
from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.hall.actions import centres
from openhall.hall.kinds import CENTRE, OPENING
from openhall.hall.models import Centre, Opening
from openhall.hours.rules.week import WORKING, Span
from openhall.office.catalogue_forms import VersionForm
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
from openhall.versions import actions as versions
from tests.factories.hall import furnished as furnished_hall
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
        hours="工作日 9:00–17:00",
        hours_en="Working days 9:00–17:00",
    )
    ItemVersion.objects.update(**dict.fromkeys(OF_UNIT, ""))
    return there


def settled(unit, **contacts):
    said = {"phone": NEW, "complaint_phone": "12388", "address": "人民中路2号"}
    said |= {"hours": "工作日 9:00–17:00", **contacts}
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
        ({"hours": ""}, "hours"),
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
    page = client.get(f"/office/{unit.site.organ.code}/head/contacts/").content.decode()
    assert GUIDE in page
    ItemVersion.objects.update(
        enquiry_phone=OWN, complaint_phone="12388", address="一处", hours="周一"
    )
    page = client.get(f"/office/{unit.site.organ.code}/head/contacts/").content.decode()
    assert GUIDE not in page


@pytest.fixture
def hall(unit):
    """The hall into which the unit of the guide moved yesterday; open all day and every day."""
    there = furnished_hall(unit=unit.site.organ, signed_in=False)
    yesterday = timezone.localdate() - timedelta(days=1)
    where = {"address": "示范路8号", "address_en": "8 Shifan Road"}
    Centre.objects.update(effective_from=yesterday, **where)
    Opening.objects.update(effective_from=yesterday)
    return there


def published(hall, kind, draft):
    who = hall.office if kind is CENTRE else hall.second
    versions.publish(kind, draft.pk, timezone.localdate(), hall.doing(who))


def hours(hall, *spans):
    rows = [Span(WORKING, *one) for one in spans]
    return centres.begin_hours(hall.hall, rows, hall.doing(hall.manager))


def test_address_and_hours_are_the_halls_and_change_with_it_undrawn(hall, monkeypatch):
    assert pressing.press(GUIDE).stored
    page = rendered(kind_at(GUIDE), GUIDE)[0].body.decode()
    assert "周一至周日 0:00–24:00" in page
    assert ("示范路8号" in page, "人民中路2号" in page) == (True, False)
    published(hall, OPENING, hours(hall, (540, 720), (780, 1020)))
    assert not Page.objects.get(path=GUIDE).stale
    with monkeypatch.context() as no_drawing:
        no_drawing.setattr(making, "rendered", lambda *told: pytest.fail("the page was drawn"))
        made = pressing.press(GUIDE)
    assert "工作日 9:00–12:00，13:00–17:00" in made.body.decode()
    version = ItemVersion.objects.get(item__code="MZ-XK-0001")
    told = guide_told(version, AT.date())
    assert told["hours"] == {
        "zh": "工作日 9:00–12:00，13:00–17:00",
        "en": "Working days 9:00–12:00 and 13:00–17:00",
    }
    assert told["address"] == {"zh": "示范路8号", "en": "8 Shifan Road"}
    assert guide_of(version, 0).hours == "工作日 9:00–12:00，13:00–17:00"


def test_a_matter_outside_the_hall_and_one_of_a_suspended_hall_say_the_unit(hall):
    ItemVersion.objects.update(in_centre=False)
    version = ItemVersion.objects.get(item__code="MZ-XK-0001")
    assert version.reached("address") == "人民中路2号"
    assert version.reached("hours") == "工作日 9:00–17:00"
    assert [one.pk for one in guides_of_contact(hall.unit, ["hours"], AT.date())] == [version.pk]
    ItemVersion.objects.update(in_centre=True)
    assert guides_of_contact(hall.unit, ["hours"], AT.date()) == []
    words = {"name": "锦江", "standing": "suspended", "address": "示范路8号", "basis": "2"}
    published(hall, CENTRE, centres.begin_centre(hall.hall, words, hall.doing(hall.manager)))
    version.refresh_from_db()
    assert version.reached("address") == "人民中路2号"


def test_who_publishes_new_hours_sees_the_guides_that_change(hall, client):
    draft = hours(hall, (510, 1080))
    client.force_login(hall.second)
    page = client.get(f"/office/cd-zx/centre_manager/versions/opening-hours/{draft.pk}/")
    assert GUIDE in page.content.decode()


def test_the_editor_does_not_ask_what_hall_and_unit_say(unit):
    version = ItemVersion.objects.get(item__code="MZ-XK-0001")
    how, contacts = _sections(version, "how", "contacts")
    assert {one.name for one in how["shown"]}.isdisjoint(OF_UNIT)
    assert [said for _label, said in how["known"] if "9:00" in said][:1] == ["工作日 9:00–17:00"]
    assert {one.name for one in contacts["folded"]} >= {"enquiry_phone", "complaint_phone"}
    version.hours = "周一"
    (how,) = _sections(version, "how")
    assert "hours" in {one.name for one in how["shown"]}


def _sections(version, *keys):
    return [one for one in VersionForm(version).sections() if one["key"] in keys]


def test_who_leads_a_unit_without_a_site_settles_its_contacts(unit, client):
    """A district's bureau has guides and no site."""
    organ = Organ.objects.get(pk=unit.site.organ_id)
    unit.site.delete()
    client.force_login(unit.head)
    at = f"/office/{organ.code}/head/contacts/"
    page = client.get(at).content.decode()
    assert GUIDE in page
    labels = {
        one["for"].removeprefix("id_settle-"): "选填" in one.text
        for one in BeautifulSoup(page, "html.parser").select("label[for]")
    }
    assert not labels["phone"], "a guide rests on it"
    assert labels["place_en"]
    typed = {name: getattr(organ, name) for name in ("complaint_phone", "hours", "hours_en")}
    typed |= {"phone": NEW, "place": organ.address, "place_en": organ.address_en}
    sent = {f"settle-{name}": said for name, said in typed.items()}
    seen = Organ.objects.get(pk=organ.pk).seq
    answer = client.post(f"{at}settle/", {"key": "s-1", "seen": seen, **sent})
    assert answer.status_code == 303
    assert Organ.objects.get(pk=organ.pk).phone == NEW
    assert list(audit.of_kind(ORGAN)) == []
    refused = client.post(f"{at}settle/", {"key": "s-2", **sent, "settle-hours": ""})
    assert refused.status_code == 422
    client.force_login(unit.editor)
    assert client.get(at).status_code == 403
