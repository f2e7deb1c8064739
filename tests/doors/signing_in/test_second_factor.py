"""An official without a second factor gets nothing at any door; a sign-in ends."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings as house
from django.test import Client
from django.urls import get_resolver

from openhall.cases.models import Reveal
from openhall.organs.models import Account
from tests.doors.test_addresses import filled, likely, names, routes  # noqa: F401

PASSWORD = "一个很长的密码 Aa1"


@pytest.fixture(autouse=True)
def wanted(settings):
    settings.STAFF_MFA_REQUIRED = True


def test_no_address_answers_an_official_without_one(cast, client, likely):  # noqa: F811
    client.force_login(cast.li_chuang)
    wrong = {}
    for route, _module in routes(get_resolver()):
        if "(" in route or route.startswith(("proof/", "elder")):
            continue
        address = filled(route, likely, {})
        answer = client.get(address)
        if (answer.status_code, answer.headers.get("Location")) != (302, "/accounts/2fa/"):
            wrong[address] = answer.status_code
    allowed = {path: status for path, status in wrong.items() if status in (403, 404)}
    assert {path: status for path, status in wrong.items() if path not in allowed} == {}


def test_a_paper_with_the_applicants_name_is_not_handed_out(cast, client, walk):
    case = walk.submitted()
    paper = case.papers.first()
    client.force_login(cast.li_chuang)
    address = f"/cases/{case.number}/papers/{paper.pk}.pdf"
    assert client.get(address)["Location"] == "/accounts/2fa/"
    assert Reveal.objects.count() == 0
    Authenticator.objects.create(
        user=cast.li_chuang, type="totp", data={"secret": generate_totp_secret()}
    )
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("kind", ["is_official", "is_staff", "is_superuser"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_editors_and_operators_too(db, client, kind, method):
    account = Account.objects.create_user("li", **{kind: True})
    client.force_login(account)
    assert getattr(client, method)("/cms/")["Location"] == "/accounts/2fa/"
    assert getattr(client, method)("/my/")["Location"] == "/accounts/2fa/"


def test_a_program_is_refused_in_its_own_form(db, client):
    account = Account.objects.create_user("li", is_official=True)
    client.force_login(account)
    answer = client.get("/api/items/MZ-XK-0001/form")
    assert answer.status_code == 403
    assert "第二" in answer.json()["detail"] or "双" in answer.json()["detail"]


def test_residents_are_not_asked(cast, client):
    client.force_login(cast.wang_fang)
    assert client.get("/my/").status_code == 200


def signed_in_at(client, seconds_ago, used_ago=0):
    session = client.session
    session["signed_in_at"] = int(time.time()) - seconds_ago
    session["used_at"] = int(time.time()) - used_ago
    session.save()


def test_a_sign_in_ends_whatever_is_done_in_it(cast, client):
    client.force_login(cast.wang_fang)
    signed_in_at(client, house.SESSION_MOST_SECONDS - 60)
    assert client.get("/my/messages/").status_code == 200
    signed_in_at(client, house.SESSION_MOST_SECONDS + 60)
    assert "/accounts/login/" in client.get("/my/messages/")["Location"]


def test_a_session_in_use_is_renewed_and_not_at_each_page(cast, client):
    client.force_login(cast.wang_fang)
    signed_in_at(client, 4000, used_ago=10)
    assert house.SESSION_COOKIE_NAME not in client.get("/my/messages/").cookies
    signed_in_at(client, 4000, used_ago=400)
    assert house.SESSION_COOKIE_NAME in client.get("/my/messages/").cookies
    assert time.time() - client.session["used_at"] < 60


def test_a_session_that_says_it_began_in_the_future_is_over(cast, client):
    client.force_login(cast.wang_fang)
    signed_in_at(client, -5000)
    assert "/accounts/login/" in client.get("/my/messages/")["Location"]


def codes_now(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_six_digits_are_not_guessed_and_the_owner_is_not_locked_out(db):
    account = Account.objects.create_user("yanhui", password=PASSWORD, is_official=True)
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    mine = Client(REMOTE_ADDR="203.0.113.1")
    said = {"login": "yanhui", "password": PASSWORD}
    mine.post("/accounts/login/", said)
    assert mine.post("/accounts/2fa/authenticate/", {"code": codes_now(secret)}).status_code == 302
    mine.post("/accounts/logout/")
    thief = Client(REMOTE_ADDR="198.51.100.1")
    assert thief.post("/accounts/login/", said)["Location"] == "/accounts/2fa/authenticate/"
    tries = [thief.post("/accounts/2fa/authenticate/", {"code": f"{n:06d}"}) for n in range(7)]
    assert [one.status_code for one in tries] == [200] * 5 + [429] * 2
    mine.post("/accounts/login/", said)
    cached = mine.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert cached.status_code == 200  # wrong, yet asked


def test_the_names_that_stay_open_are_known_ones():
    from openhall.organs.signing_in.middleware import OPEN

    known = {name.lstrip(":") for name, _view in names(get_resolver())} | {"set_language"}
    django_s = {"account_", "mfa_"}
    assert {one for one in OPEN if one not in django_s and one not in known} == set()
