"""What an organ is, and who may act for a company, is held by the log both ways."""

from datetime import date

import pytest
from django.db import IntegrityError

from openhall.deeds import audit
from openhall.ledger.models import Entry
from openhall.organs.actions import change, enter_company, entrust, found
from openhall.organs.kinds import COMPANY, ORGAN
from openhall.organs.models import Account, Agency, Company, Organ, OrganDeed
from openhall.organs.terms import AgencyKind
from tests.factories.hand_edits import unseen

SINCE = date(2024, 1, 1)


@pytest.mark.usefixtures("sound")
def test_an_organ_is_founded_and_changed_by_deeds(cast, doing):
    organ = found(code="cd-new", kind="department", name="市新局", name_en="New", short_name="新")
    first = doing(None, "2024-03-04 09:00")
    change(organ, first, phone="028-61881000", name="市新局")
    change(organ, first, phone="028-61881000")  # a repeated key, and nothing to change
    change(organ, doing(None, "2024-03-05 09:00"), closed_on=date(2024, 6, 30))
    organ.refresh_from_db()
    assert (organ.phone, organ.closed_on, organ.seq) == ("028-61881000", date(2024, 6, 30), 3)
    told = OrganDeed.objects.filter(subject="organ", about=organ.pk).order_by("seq")
    assert list(told.values_list("act", "facts")) == [
        ("found", {"kind": "department"}),
        ("change", {"changed": ["phone"]}),
        ("change", {"changed": ["closed_on"]}),
    ]
    body = bytes(Entry.objects.get(pk=told[0].entry).body).decode()
    assert '"name":"市新局","organ":"cd-new"' in body


def test_a_code_is_taken_once(cast):
    with pytest.raises(IntegrityError):
        found(code="cd-civil", kind="bureau", name="又一局", name_en="Again", short_name="又")


def test_a_renamed_and_a_slipped_in_organ_are_named(cast):
    Organ.objects.filter(code="cd-water").update(name="市水利局")
    Organ.objects.bulk_create([Organ(code="cd-x", kind="bureau", name="假局", short_name="假")])
    assert sorted(one.place for one in audit.of_kind(ORGAN)) == ["organ/cd-water", "organ/cd-x"]


def test_every_edit_of_an_organ_is_found(cast):
    assert unseen(ORGAN) == []


@pytest.mark.usefixtures("sound")
def test_an_agent_is_confirmed_once_and_every_edit_is_found(cast, doing):
    at = "2024-03-04 09:00"
    company = enter_company(doing(None, at), credit_code="91510104MA61R00000", name="读书会")
    agent = AgencyKind.AGENT
    agency = entrust(company, cast.wang_fang, agent, SINCE, doing(cast.sun_pi, at))
    assert entrust(company, cast.wang_fang, agent, SINCE, doing(cast.sun_pi, at)) == agency
    assert (agency.confirmed_by, Company.objects.get().seq) == (cast.sun_pi, 2)
    assert unseen(COMPANY) == []


def test_who_lets_himself_act_for_a_company_by_hand_is_found(cast, doing):
    at = "2024-03-04 09:00"
    company = enter_company(doing(None, at), credit_code="91510104MA61R00000", name="读书会")
    stranger = Account.objects.create_user(username="stranger")
    Agency.objects.create(company=company, account=stranger, kind="agent", since=SINCE)
    (found_wrong,) = audit.of_kind(COMPANY)
    assert found_wrong.place.startswith(f"company/{company.pk}/agency/")
