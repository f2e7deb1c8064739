"""What enters the log for ever costs its writer a moment; who uses no script has another way."""

import base64
import json
import re
import time

import pytest
from altcha import Payload, derive_key_pbkdf2, solve_challenge
from altcha.v2 import Challenge
from django.conf import settings as house
from django.test import Client

from openhall.ledger.models import Entry
from openhall.outbox.models import Message
from openhall.supervision.models import Complaint
from openhall.throttle import proof

TEXT = "窗口让我再来三次，没有说明原因。"
PHONE = "13812345678"


@pytest.fixture(autouse=True)
def asked(settings):
    settings.PROOF_OF_WORK = 4


def answered(client: Client) -> str:
    """What a browser sends after it has done the sum of the page."""
    given = Challenge.from_dict(client.get("/proof/challenge.json").json())
    solution = solve_challenge(given, derive_key_pbkdf2)
    assert solution is not None
    return Payload(given, solution).to_base64()


def complain(client, organ, **more):
    said = {"about": "window", "organ": organ.pk, "text": TEXT} | more
    named = {name if name == "key" else f"complain-{name}": word for name, word in said.items()}
    return client.post("/complaints/new/", named)


def test_a_complaint_without_a_proof_is_not_taken_and_the_ways_are_told(cast):
    entries = Entry.objects.count()
    answer = complain(Client(), cast.organ)
    assert answer.status_code == 422
    assert "12345" in answer.text
    assert TEXT in answer.text
    assert (Complaint.objects.count(), Entry.objects.count()) == (0, entries)


def test_the_browsers_sum_is_taken_once(cast):
    client = Client()
    payload = answered(client)
    assert complain(client, cast.organ, **{"proof-sum": payload}).status_code == 303
    again = complain(Client(), cast.organ, **{"proof-sum": payload})
    assert again.status_code == 422
    assert Complaint.objects.count() == 1


def test_the_same_click_sent_twice_files_one_complaint(cast):
    client = Client()
    said = {"proof-sum": answered(client), "key": "one"}
    client.get("/complaints/new/")
    first = complain(client, cast.organ, **said)
    second = complain(client, cast.organ, **said)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == 1


def test_a_proof_is_not_spent_on_a_form_with_another_mistake(cast):
    client = Client()
    payload = answered(client)
    assert complain(client, cast.organ, text="短", **{"proof-sum": payload}).status_code == 422
    assert complain(client, cast.organ, **{"proof-sum": payload}).status_code == 303


def bent(payload: str, change) -> str:
    said = json.loads(base64.b64decode(payload))
    change(said)
    return base64.b64encode(json.dumps(said).encode()).decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said["challenge"]["parameters"].update(cost=1),
        lambda said: said["challenge"]["parameters"].update(keyPrefix="00"),
        lambda said: said["challenge"]["parameters"].update(expiresAt=1),
        lambda said: said["challenge"]["parameters"].update(algorithm="SHA-256"),
        lambda said: said["challenge"]["parameters"].update(algorithm="ARGON2ID", cost=10**9),
        lambda said: said["challenge"].update(signature="0" * 64),
        lambda said: said["challenge"].pop("signature"),
        lambda said: said["solution"].update(derivedKey="00" * 32),
        lambda said: said.update(challenge=[]),
        lambda said: said.clear(),
    ],
)
def test_a_bent_answer_is_none(db, change):
    assert proof.answers(bent(answered(Client()), change)) == ""


@pytest.mark.parametrize("said", ["", "x", "²", "AAAA", "{}", "W10=", "MQ==", "A" * 5000, "\ud800"])
def test_odd_bytes_are_no_answer(db, said):
    assert proof.answers(said) == ""


def test_an_old_challenge_is_no_answer(db, monkeypatch):
    payload = answered(Client())
    later = time.time() + 4000
    monkeypatch.setattr("time.time", lambda: later)
    assert proof.answers(payload) == ""


def code_sent() -> str:
    words = Message.objects.order_by("-pk").first().words
    return re.search(r"[0-9]{6}", words)[0]


def test_without_a_script_a_code_by_text_message_serves(cast):
    client = Client()
    asked = complain(client, cast.organ, **{"proof-ask": "1", "proof-phone": PHONE})
    assert asked.status_code == 422
    assert TEXT in asked.text
    assert PHONE in asked.text
    said = {"proof-phone": PHONE, "proof-code": code_sent()}
    assert complain(client, cast.organ, **said).status_code == 303
    assert complain(client, cast.organ, **said).status_code == 422  # once
    assert Complaint.objects.get().phone == ""


def test_a_code_of_another_telephone_is_none(cast):
    client = Client()
    complain(client, cast.organ, **{"proof-ask": "1", "proof-phone": PHONE})
    said = {"proof-phone": "13900000001", "proof-code": code_sent()}
    assert complain(client, cast.organ, **said).status_code == 422


def test_nobodys_telephone_is_made_to_ring(cast):
    dressed = [PHONE, f"+86 {PHONE}", f"86{PHONE}", "138 1234 5678", "１３８１２３４５６７８"]
    for turn, phone in enumerate(dressed):
        client = Client(REMOTE_ADDR=f"203.0.113.{turn}")
        complain(client, cast.organ, **{"proof-ask": "1", "proof-phone": phone})
    assert Message.objects.count() == 3


def test_six_digits_are_not_guessed(cast):
    client = Client()
    complain(client, cast.organ, **{"proof-ask": "1", "proof-phone": PHONE})
    right = code_sent()
    for guess in range(5):
        said = {"proof-phone": PHONE, "proof-code": f"{guess:06d}"}
        assert complain(Client(), cast.organ, **said).status_code == 422
    late = complain(client, cast.organ, **{"proof-phone": PHONE, "proof-code": right})
    assert late.status_code == 422
    assert Complaint.objects.count() == 0


@pytest.mark.parametrize("phone", ["110", "+85291234567", "02886660000", "x", "²" * 11, "\x00"])
def test_a_code_goes_to_mobile_telephones_only(cast, phone):
    complain(Client(), cast.organ, **{"proof-ask": "1", "proof-phone": phone})
    assert Message.objects.count() == 0


def test_who_is_signed_in_is_not_asked(cast):
    client = Client()
    client.force_login(cast.wang_fang)
    assert "altcha-widget" not in client.get("/complaints/new/").text
    assert complain(client, cast.organ).status_code == 303


def test_the_page_brings_no_inline_script_and_no_foreign_address(cast):
    page = Client().get("/complaints/new/")
    assert "<altcha-widget" in page.text
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page.text, re.DOTALL)
    assert all("src=" in attributes and not body for attributes, body in scripts)
    assert not re.search(r'(src|challenge|data-pbkdf2)="https?:', page.text)
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert house.CONTENT_SECURITY_POLICY["DIRECTIVES"]["default-src"] == ["'self'"]
