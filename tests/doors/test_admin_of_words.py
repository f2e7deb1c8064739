"""Wagtail's admin answers what no page of its own sends by 400, and nothing is changed."""

import re

import pytest
from django.test import Client
from wagtail.models import Page, Site

from openhall.organs.models import Account

pytestmark = pytest.mark.django_db

GOOD = {"hostname": "other.example", "port": "80", "site_name": "x", "root_page": "1"}


@pytest.fixture
def editor(settings):
    settings.STAFF_MFA_REQUIRED = False
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.create_superuser("root"))
    return client


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("port", "9" * 30),
        ("port", "-" + "9" * 19),
        ("port", "²"),
        ("root_page", "9" * 30),
        ("root_page", "²"),
        ("root_page", "\x00"),
        ("hostname", "a\x00b"),
        ("hostname", "长" * 4000),
        ("hostname", "[::1"),
        ("is_default_site", "9" * 400),
        ("site_name", "\x00"),
    ],
)
def test_a_site_that_cannot_be_is_refused(editor, field, said):
    before = Site.objects.count()
    answer = editor.post("/cms/sites/new/", GOOD | {field: said})
    assert answer.status_code < 500
    assert Site.objects.filter(hostname="other.example").count() + before <= before + 1


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"title=x", b"{", b"comments-TOTAL_FORMS=%C2%B2"]
)
@pytest.mark.parametrize(
    "path",
    [
        "/cms/pages/1/edit/", "/cms/pages/add/portal/guidespage/1/", "/cms/users/new/",
        "/cms/groups/new/", "/cms/redirects/import/", "/cms/redirects/import/process/",
        "/cms/images/multiple/add/", "/cms/documents/multiple/add/", "/cms/collections/add/",
        "/cms/pages/1/move/1/confirm/", "/cms/bulk/wagtailcore/page/move/?id=99999999999999999",
        "/cms/choose-page/?page_type=%00", "/cms/choose-page/search/?q=%00&p=²", "/cms/account/",
        "/cms/workflows/add/", "/cms/password_reset/", "/cms/pages/1/set_privacy/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", ["POST", "GET"])
def test_no_page_of_the_admin_breaks(editor, path, body, way):
    before = list(Page.objects.values_list("pk", "title", "path"))
    answer = editor.generic(way, path, body, "application/x-www-form-urlencoded")
    assert answer.status_code < 500, path
    assert list(Page.objects.values_list("pk", "title", "path")) == before


# ------------------------------------------------------------ who may enter it at all
WAYS = ("GET", "POST", "PUT", "DELETE")


def admin_addresses():
    """Every address of the admin, from the resolver, with 1 or x for what it asks."""
    from django.urls import get_resolver

    def walk(patterns, prefix):
        for one in patterns:
            route = prefix + str(one.pattern).lstrip("^").rstrip("$")
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns, route)
            else:
                yield route

    found = set()
    for route in walk(get_resolver().url_patterns, ""):
        if route.startswith("cms/"):
            filled = re.sub(r"<(?:int|whole|uuid):\w+>", "1", route)
            filled = re.sub(r"<[^>]+>|\(\?P<\w+>[^)]*\)", "x", filled)
            found.add("/" + re.sub(r"[\\^$?*+()|\[\]]", "", filled))
    return sorted(found)


def leaks_of(client, addresses, ways=WAYS):
    """The addresses that answer with a page of the admin; a redirect to the sign-in is none."""
    found = []
    for address in addresses:
        for way in ways:
            answer = client.generic(way, address)
            inside = answer.status_code in (200, 201, 202, 204, 405, 422)
            leads_in = answer.status_code in (301, 302, 303) and not answer["Location"].startswith(
                ("/accounts/login/", "/cms/login/")
            )
            if inside or leads_in:
                found.append((way, address))
    return found


OPEN_TO_ALL = (
    "/cms/jsi18n/",
    "/cms/sprite/",
    "/cms/login/",
    "/cms/password_reset/",
    "/cms/logout/",
)


@pytest.fixture
def seated_people(settings):
    settings.STAFF_MFA_REQUIRED = False
    from openhall.organs.terms import Desk
    from tests.factories import sites

    there = sites.furnished()
    every = sites.seated("every-desk", there.site.organ, *Desk)
    resident = Account.objects.create_user(username="resident")
    return {"nobody": None, "resident": resident, "editor": there.editor, "every desk": every}


def test_no_official_of_any_desk_enters_the_admin_of_words(seated_people):
    addresses = [one for one in admin_addresses() if not one.startswith(OPEN_TO_ALL)]
    assert len(addresses) > 150
    for who, account in seated_people.items():
        client = Client(raise_request_exception=False)
        if account is not None:
            client.force_login(account)
        ways = WAYS if who == "every desk" else ("GET",)
        assert leaks_of(client, addresses, ways) == [], who


def test_a_planted_leak_is_found(seated_people):
    from django.contrib.auth.models import Permission

    editor = seated_people["editor"]
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(pk=editor.pk))
    assert ("GET", "/cms/") in leaks_of(client, ["/cms/", "/cms/pages/"], ("GET",))
