"""One body a language for everybody: whoever asks for a public page is given the same bytes."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from openhall.appraisal.terms import SixFigure
from openhall.catalogue.terms import PersonEvent
from openhall.config.serving.pages import KINDS, LIVE
from openhall.organs.actions import appoint
from openhall.organs.terms import Desk
from tests.doors.test_addresses import likely, names  # noqa: F401

PLACE = re.compile(r"<[^>]+>")


def test_every_route_of_the_public_is_declared_for_everybody_or_live():
    """A new page is decided about: nobody finds out from a stored body that it held a name."""
    every = {name.lstrip(":") for name, _view in names(get_resolver())}
    routes = {name for name in every if name.startswith("portal:")}
    stored = {one.route for one in KINDS}
    assert stored & LIVE == set()
    assert routes - stored - LIVE == set(), "say in config/serving/pages.py which it is"


@pytest.fixture
def public(cast, walk, likely, tmp_path, settings):  # noqa: F811
    """An address of each kind of public page that this small hall has."""
    settings.PUBLISHED_ROOT = tmp_path
    case, code, month = walk.reviewed().number, cast.organ.code, "2026-11"
    item = cast.version.item.code
    return {
        "portal:home": "/",
        "portal:services": "/services/",
        "portal:list_versions": "/services/list/versions/",
        "portal:history": f"/services/{item}/history/",
        "portal:guide": f"/services/{item}/",
        "portal:topics": "/topics/",
        "portal:topic": f"/topics/{PersonEvent.codes()[0]}/",
        "portal:joint_matters": "/joint/",
        "portal:policies": "/policies/",
        "portal:accessibility": "/accessibility/",
        "portal:privacy": "/privacy/",
        "portal:verify": "/verify/",
        "portal:check_form": "/check/",
        "portal:statistics": "/statistics/",
        "portal:unit": f"/statistics/{code}/",
        "portal:figure": f"/statistics/{code}/{month}/received/",
        "portal:city_figure": f"/statistics/city/{month}/received/",
        "portal:owed": "/statistics/owed/overdue/",
        "portal:public_case": f"/statistics/cases/{case}/",
        "portal:ratings": "/ratings/",
        "portal:rating_figure": f"/ratings/{code}/{month}/{SixFigure.codes()[0]}/",
        "portal:oversight": "/supervision/",
        "portal:oversight_rules": "/supervision/rules/",
        "portal:oversight_unit": f"/supervision/units/{code}/{month}/",
        "portal:draws": "/supervision/draws/",
        "portal:rectification": "/supervision/rectification/",
        "portal:lag": "/supervision/entered-late/",
        "portal:lag_unit": f"/supervision/entered-late/{code}/{month}/",
        "portal:decisions": "/decisions/",
        "portal:enquiries": "/enquiries/",
        "portal:enquiry_figures": "/enquiries/figures/",
        "portal:enquiries_overdue": "/enquiries/overdue/",
        "portal:enquiry_unit": f"/enquiries/units/{code}/",
        "portal:calls": "/calls/",
        "portal:ledger": "/ledger/",
        "portal:days": "/ledger/days/",
    }


def signed_in(account):
    client = Client()
    client.force_login(account)
    return client


def with_cookies(**cookies):
    client = Client()
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


def visitors(cast):
    """Eight who ask: each with what the server might have told them apart by."""
    appoint(cast.sun_pi, cast.organ, Desk.HEAD, date(2003, 1, 1))
    return {
        "resident": (signed_in(cast.wang_fang), {}, ""),
        "official": (signed_in(cast.sun_pi), {}, ""),
        "elder": (with_cookies(elder="1"), {}, ""),
        "junk cookies": (with_cookies(district="cd-1", csrftoken="x" * 32, a="b" * 800), {}, ""),
        "junk query": (Client(), {}, "?utm_source=x&fbclid=%22%3E1&next=//evil"),
        "English browser": (Client(), {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}, ""),
        "language cookie": (with_cookies(django_language="en"), {}, ""),
        "htmx": (Client(), {"HTTP_HX_REQUEST": "true"}, ""),
    }


@pytest.mark.parametrize("language", ["", "/en"])
def test_eight_kinds_of_visitor_are_given_the_same_bytes(cast, public, language):
    said = {}
    plain = Client()
    for route, path in public.items():
        answer = plain.get(language + path)
        assert answer.status_code == 200, (route, path)
        assert not answer.cookies, (route, answer.cookies)
        for secret in (b"csrfmiddlewaretoken", b"sessionid", b"nonce"):
            assert secret not in answer.content, (route, secret)
        said[path] = answer.content
    differs, cookies = [], []
    for who, (client, headers, query) in visitors(cast).items():
        for route, path in public.items():
            answer = client.get(language + path + query, **headers)
            body = answer.content
            if who == "elder":
                assert body.lstrip().startswith(b'<!DOCTYPE html>\n<html class="elder" lang="')
                assert "Cookie" in answer.headers["Vary"]
                body = body.replace(b'<html class="elder" lang="', b'<html lang="', 1)
            if body != said[path]:
                differs.append((who, route))
            if answer.cookies:
                cookies.append((who, route))
    assert (differs, cookies) == ([], [])


def test_what_waits_to_be_said_is_not_used_up_by_a_page_for_everybody(client, cast):
    client.force_login(cast.wang_fang)
    client.post("/search/answered/", {"q": "x"})
    assert "谢谢" not in client.get("/").text
    assert "谢谢" in client.get("/search/?q=x").text


def test_the_header_of_a_page_for_everybody_has_one_link_to_what_is_mine(client, cast):
    client.force_login(cast.wang_fang)
    assert str(cast.wang_fang) not in client.get("/").text
    mine = client.get("/my/").text
    assert str(cast.wang_fang) in mine
    assert "/accounts/logout/" in mine
    asked = Client().get("/my/")
    assert asked.status_code == 200
    assert "/accounts/login/?next=/my/" in asked.text


# ---------------------------------------------------------------- what its forms send
def post(path, cast, **headers):
    client = Client(enforce_csrf_checks=True)
    return client.post(path.format(item=cast.version.item.code), {"code": "ABCD"}, **headers)


SENT_TO = ["/track/", "/resume/", "/services/{item}/apply/"]
DONE = {"/track/": 200, "/resume/": 200, "/services/{item}/apply/": 303}


@pytest.mark.parametrize("path", SENT_TO)
@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "http://testserver"},
        {"HTTP_REFERER": "http://testserver/services/1/"},
        {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"},
    ],
)
def test_a_form_of_our_own_page_is_taken_without_a_token(cast, path, headers):
    assert post(path, cast, **headers).status_code == DONE[path]


@pytest.mark.parametrize("path", SENT_TO)
@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "http://testserver.elsewhere.example"},
        {"HTTP_REFERER": "https://elsewhere.example/?http://testserver/"},
        {"HTTP_SEC_FETCH_SITE": "same-site"},
        {"HTTP_REFERER": "http://["},  # no address at all
        {"HTTP_ORIGIN": "http://[testserver"},
        {"HTTP_ORIGIN": "http://testserver\u2100/".encode().decode("latin-1")},
        {"HTTP_REFERER": "http://testserver:port/"},
    ],
)
def test_a_form_of_another_site_is_refused(cast, path, headers):
    answer = post(path, cast, **headers)
    assert answer.status_code == 403
    assert b"<form method" not in answer.content


@pytest.mark.parametrize("path", SENT_TO)
def test_who_does_not_say_whence_is_asked_to_press_once_more(cast, path):
    client = Client(enforce_csrf_checks=True)
    here = path.format(item=cast.version.item.code)
    asked = client.post(here, {"code": "ABCD"})
    assert asked.status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', asked.text)[1]
    again = client.post(here, {"code": "ABCD", "csrfmiddlewaretoken": token})
    assert again.status_code == DONE[path]


def test_other_forms_still_need_their_token(cast):
    client = Client(enforce_csrf_checks=True)
    for path in ("/complaints/new/", "/search/answered/"):
        assert client.post(path, {}, HTTP_ORIGIN="http://testserver").status_code == 403


def test_a_district_is_an_address_and_leaves_no_cookie(client, cast):
    assert not client.get("/?district=cd-510104").cookies
    assert settings.SESSION_COOKIE_NAME not in client.cookies
