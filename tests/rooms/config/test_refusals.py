"""A refused request says what happened and keeps what was typed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.middleware.csrf import get_token
from django.test import RequestFactory

from openhall.config import refusals

OURS = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def asked(db):
    """A request as the site receives it, with a session to show in the shell."""

    def make(method: str, path: str, data: dict | None = None, **headers: str):
        from django.contrib.auth.models import AnonymousUser
        from django.contrib.sessions.backends.signed_cookies import SessionStore

        request = getattr(RequestFactory(), method)(path, data or {}, **headers)
        request.user, request.session = AnonymousUser(), SessionStore()
        return request

    return make


def test_what_was_typed_in_an_expired_form_is_offered_again(asked):
    request = asked("post", "/apply/3/?step=2", {"name": "王芳", "item": ["1", "2"]}, **OURS)
    page = refusals.csrf_failure(request, "CSRF token incorrect")
    text = page.content.decode()
    assert page.status_code == 403
    assert '<form method="post" action="/apply/3/?step=2">' in text
    assert '<input type="hidden" name="name" value="王芳">' in text
    assert text.count('name="item"') == 2
    assert 'name="csrfmiddlewaretoken"' in text
    assert get_token(request)


def test_what_was_typed_cannot_break_out_of_the_page(asked):
    request = asked("post", "/apply/", {"name": '"><script>alert(1)</script>'}, **OURS)
    assert b"<script>alert" not in refusals.csrf_failure(request).content


@pytest.mark.parametrize("name", ["password", "new_password1", "client_secret", "otp_token"])
def test_nothing_confidential_is_written_back(asked, name):
    request = asked("post", "/accounts/login/", {"login": "wang", name: "mine alone"}, **OURS)
    text = refusals.csrf_failure(request).content.decode()
    assert "mine alone" not in text
    assert 'value="wang"' in text


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_REFERER": "https://elsewhere.example/testserver"},
        {"HTTP_REFERER": "http://testserver.elsewhere.example/"},
        {},
    ],
)
def test_a_form_planted_by_a_stranger_is_not_repeated(asked, headers):
    request = asked("post", "/apply/", {"name": "planted"}, **headers)
    page = refusals.csrf_failure(request, "Origin checking failed")
    assert page.status_code == 403
    assert b"planted" not in page.content
    assert b"<form method" not in page.content


def test_a_referer_of_our_own_is_enough_where_there_is_no_origin(asked):
    request = asked("post", "/apply/", {"name": "王芳"}, HTTP_REFERER="http://testserver/apply/")
    assert "王芳" in refusals.csrf_failure(request).content.decode()


def test_the_refusing_act_says_why(asked):
    page = refusals.permission_denied(
        asked("get", "/office/"), PermissionDenied("受理人不得审批本件")
    )
    assert page.status_code == 403
    assert "受理人不得审批本件" in page.content.decode()


@pytest.mark.parametrize(
    ("refuse", "status"), [(refusals.bad_request, 400), (refusals.page_not_found, 404)]
)
def test_every_refusal_has_one_first_heading_and_a_way_on(asked, refuse, status):
    page = refuse(asked("get", "/nowhere/"), ValueError("inner words nobody should read"))
    text = page.content.decode()
    assert page.status_code == status
    assert text.count("<h1") == 1
    assert 'href="/"' in text
    assert "inner words" not in text


def test_a_broken_page_needs_no_database_and_gives_a_number_to_quote(caplog):
    page = refusals.server_error(RequestFactory().get("/apply/"))
    reference = caplog.records[0].args[0]
    assert page.status_code == 500
    assert reference in page.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_program_is_answered_in_its_own_form(status, caplog):
    request = RequestFactory().get("/api/items/")
    answer = {
        400: lambda: refusals.bad_request(request, ValueError()),
        403: lambda: refusals.csrf_failure(request, "CSRF token missing"),
        404: lambda: refusals.page_not_found(request, ValueError()),
        500: lambda: refusals.server_error(request),
    }[status]()
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/json"
