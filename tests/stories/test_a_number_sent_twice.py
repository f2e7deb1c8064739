"""A number that was sent with one act is refused for another: nobody is told that it was done."""

import uuid

import pytest
from django.test import Client

from openhall.cases.actions import note
from openhall.cases.models import Case, CaseNote
from openhall.cases.terms import Stage
from openhall.deeds.refusals import KEY_SPENT, Refused
from tests.factories.clients import bearer, own_key
from tests.factories.forms import allowance_form, answers

SPENT = "已用于另一项办理"


def test_the_number_of_one_case_does_nothing_to_another_and_says_so(client, cast, walk):
    first, second = walk.submitted(), walk.submitted()
    client.force_login(cast.li_chuang)

    def accept(case):
        where = f"/office/{cast.organ.code}/window/{case.number}/accept/"
        return client.post(where, {"key": "one", "seen": str(case.seq)})

    assert accept(first).status_code == 303
    assert accept(first).status_code == 303  # the same click
    told = accept(second)
    assert told.status_code == 422
    assert SPENT in told.text
    second.refresh_from_db()
    assert second.stage == Stage.SUBMITTED.value


def test_a_second_note_under_the_first_ones_number_is_not_lost_unsaid(cast, walk, doing):
    case = walk.accepted()
    said = doing(cast.li_chuang, "2024-03-05 11:00", desk="window")
    assert note(case.pk, "甲", said).pk == note(case.pk, "甲", said).pk
    with pytest.raises(Refused, match=KEY_SPENT.zh[:12]):
        note(case.pk, "乙", said)
    assert CaseNote.objects.count() == 1


def test_words_longer_than_can_be_kept_are_refused_whole(cast, walk, doing):
    case = walk.accepted()
    said = doing(cast.li_chuang, "2024-03-05 11:00", desk="window")
    with pytest.raises(Refused, match="最多2000个字，现为2001个字"):
        note(case.pk, "字" * 2001, said)
    assert not CaseNote.objects.exists()
    made = note(case.pk, " " + "字" * 2000, said)
    assert made.words == "字" * 2000


def test_a_programme_that_sends_another_item_under_one_key_is_told(cast):
    allowance_form(cast.version)
    client = Client()
    client.force_login(cast.wang_fang)
    wang = {
        "kind": "person",
        "name": "王芳",
        "number": "11010519491231002X",
        "phone": "13800000000",
    }
    said = {"item": "MZ-XK-0001", "answers": answers(), "applicant": wang, "key": str(uuid.uuid4())}

    def apply(**more):
        return client.post("/api/applications", said | more, content_type="application/json")

    assert apply().status_code == 201
    assert apply().status_code == 201
    other = apply(item="MZ-XK-9999")
    assert other.status_code == 422
    assert SPENT in other.json()["faults"][0]["zh"]
    assert Case.objects.count() == 1


def test_a_webhook_to_another_address_under_one_key_is_refused(cast, monkeypatch):
    monkeypatch.setattr("openhall.clients.actions.hooks.fault_of_receiver", lambda _url: None)
    _key, whole = own_key(cast.wang_fang, "hooks", "cases")
    head = bearer(whole) | {"Idempotency-Key": "one"}

    def hook(url):
        body = {"url": url, "topics": ["cases"]}
        return Client().post("/api/v1/hooks", body, content_type="application/json", headers=head)

    first = hook("https://a.example/in")
    assert (first.status_code, hook("https://a.example/in").status_code) == (201, 201)
    assert hook("https://b.example/in").status_code == 422
