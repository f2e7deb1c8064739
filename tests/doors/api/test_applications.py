"""A program reads the live form, checks answers, and applies only as the signed-in applicant."""

import uuid

import pytest
from django.test import Client

from openhall.applying.models import Draft
from openhall.cases.models import Case
from openhall.catalogue.models import Material
from tests.factories.forms import allowance_form, answers
from tests.rules.forms import ALLOWANCE

WANG = {"kind": "person", "name": "王芳", "number": "11010519491231002X", "phone": "13800000000"}
JSON = "application/json"


@pytest.fixture
def form(cast):
    return allowance_form(cast.version)


def application(**more):
    said = {"item": "MZ-XK-0001", "answers": answers(), "applicant": WANG, "key": str(uuid.uuid4())}
    return said | more


def apply(client, **more):
    return client.post("/api/applications", application(**more), content_type=JSON)


def test_the_live_form_is_open_data(client, form):
    told = client.get("/api/items/MZ-XK-0001/form").json()
    assert [one["key"] for one in told["fields"]] == [one["key"] for one in ALLOWANCE]
    assert (told["version"], len(told["digest"])) == (1, 16)
    assert client.get("/api/items/no-such/form").status_code == 404


def test_answers_are_checked_by_the_rule_of_the_page_and_nothing_is_kept(client, form):
    said = {"item": "MZ-XK-0001", "answers": answers(born="昨天", rank="处长")}
    told = client.post("/api/applications/check", said, content_type=JSON).json()
    assert told["valid"] is False
    assert [fault["field"] for fault in told["faults"]] == ["born", "rank"]
    assert not Draft.objects.exists()


def test_the_signed_in_applicant_applies_once(client, cast, form):
    client.force_login(cast.wang_fang)
    key = str(uuid.uuid4())
    first, again = apply(client, key=key), apply(client, key=key)
    case = Case.objects.get()
    assert (first.status_code, first.json()["case"]) == (201, case.number)
    assert again.json() == first.json()
    assert (case.account, case.channel) == (cast.wang_fang, "online")


def test_where_papers_are_demanded_it_waits_for_them(client, cast, form):
    Material.objects.create(version=cast.version, key="charter", name="章程草案")
    client.force_login(cast.wang_fang)
    told = apply(client)
    assert (told.status_code, told.json()["missing"]) == (202, ["章程草案"])
    assert not Case.objects.exists()
    assert Draft.objects.get().account == cast.wang_fang


def test_wrong_answers_are_told_question_by_question(client, cast, form):
    client.force_login(cast.wang_fang)
    told = apply(client, answers=answers(home="x"))
    assert (told.status_code, told.json()["faults"][0]["field"]) == (422, "home")
    assert not Draft.objects.exists()


def test_nobody_applies_without_sign_in_or_without_the_token_of_the_page(cast, form):
    assert apply(Client()).status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.wang_fang)
    assert apply(strict).status_code == 403
    assert not Case.objects.exists()


def test_the_description_names_the_doors_and_who_may_pass(client, db):
    told = client.get("/api/openapi.json").json()["paths"]
    assert "security" in told["/api/applications"]["post"]
    assert "security" not in told["/api/applications/check"]["post"]
    assert "security" not in told["/api/items/{code}/form"]["get"]
