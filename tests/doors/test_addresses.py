"""Every address of the house, with what somebody might write in the place of a number.

The routes are read from the resolver, so a new page is tried from its first day. Whatever stands in
an address, the answer is a page, a way to sign in or a plain refusal, never a fault of ours.
"""

import os
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from openhall.cases import actions
from openhall.cases.actions import Party
from openhall.cases.terms import ApplicantKind, Channel
from openhall.organs.terms import IdentityKind

pytestmark = pytest.mark.any_database

HOSTILE = ["²", "٣", "9" * 30, "-1", "\x00", "9999-12"]
WANG = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")
ASKED = ("after", "before", "queue_after", "month", "draft", "state", "page", "unit", "entry", "q")
PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    """Every address of ours as it is written, and the module that answers it."""
    for one in resolver.url_patterns:
        here = before + str(one.pattern).lstrip("^")
        if isinstance(one, URLResolver):
            yield from routes(one, here)
        elif isinstance(one, URLPattern) and one.callback.__module__.startswith("openhall"):
            yield here, one.callback.__module__


def addresses() -> list[str]:
    return sorted({route for route, _module in routes(get_resolver()) if "(" not in route})


def names(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, str]]:
    """Each name of a route with the view it leads to."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from names(one, f"{space}{one.namespace or ''}:")
        elif isinstance(one, URLPattern) and one.name:
            view = one.callback
            yield f"{space}{one.name}", f"{view.__module__}.{getattr(view, '__name__', view)}"


def test_a_name_leads_to_one_view():
    views: dict[str, set[str]] = {}
    for name, view in names(get_resolver()):
        if view.startswith("openhall"):
            views.setdefault(name, set()).add(view)
    assert {name: sorted(those) for name, those in views.items() if len(those) > 1} == {}


@pytest.fixture
def likely(cast, doing) -> dict[str, str]:
    """For each name in an address, something that leads somewhere."""
    case = actions.submit(
        "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, "2026-11-23 09:00")
    )
    return {
        "organ": cast.organ.code,
        "desk": "window",
        "number": case.number,
        "item": "MZ-XK-0001",
        "month": "2026-11",
        "day": "2026-11-23",
        "earlier": "2026-11-20",
        "measure": "received",
    }


def filled(route: str, likely: dict[str, str], instead: dict[str, str]) -> str:
    """The address with likely words in its places, and ``instead`` where that is given."""

    def word(found: re.Match[str]) -> str:
        name, kind = found["name"], found["kind"]
        if name in instead:
            return quote(instead[name])
        if name == "code":  # an organ's or an item's
            unit = re.search(r"statistics|supervision|late/|scores/", route)
            return likely["organ"] if unit else likely["item"]
        return likely.get(name, "1" if kind in ("whole", "int") else "x")

    return "/" + PLACE.sub(word, route)


def test_the_routes_of_all_doors_are_found():
    found = addresses()
    assert len(found) > 150
    assert "statistics/<str:code>/<month:month>/<slug:measure>/" in found
    assert "office/<str:organ>/<slug:desk>/permits/<whole:pk>/" in found


def test_no_number_in_an_address_is_read_without_a_limit():
    assert [route for route in addresses() if "<int:" in route] == []


@pytest.mark.parametrize("who", [None, "li_chuang"])
@pytest.mark.parametrize("said", HOSTILE, ids=["two", "arabic", "long", "minus", "nul", "month"])
def test_no_address_is_answered_by_a_fault_of_ours(client, cast, likely, who, said):
    """Each address with two of the six words; WHOLE=1 tries all. The crawl mixes them further."""
    turn = HOSTILE.index(said) % 3
    if who:
        client.force_login(getattr(cast, who))
    client.raise_request_exception = False
    broken = {}
    for place, route in enumerate(addresses()):
        if place % 3 != turn and not os.environ.get("WHOLE"):
            continue
        names = [found["name"] for found in PLACE.finditer(route)]
        tried = [filled(route, likely, {name: said}) for name in names]
        tried.append(
            filled(route, likely, {}) + "?" + "&".join(f"{n}={quote(said)}" for n in ASKED)
        )
        for address in tried:
            status = client.get(address).status_code
            if status >= 500 or status < 200:
                broken[address] = status
    assert broken == {}


@pytest.mark.parametrize("said", ["²", "٣", "9" * 30, "-1", "x", "9999-12"])
@pytest.mark.parametrize(
    "address",
    [
        "/policies/?after=",
        "/decisions/?after=",
        "/decisions/?before=",
        "/services/?after=",
        "/statistics/?month=",
        "/supervision/?month=",
        "/supervision/rectification/?after=",
        "/supervision/entered-late/?month=",
        "/ledger/days/?month=",
    ],
)
def test_what_is_no_place_or_month_is_refused_and_not_taken_for_another(client, db, address, said):
    assert resolve(address.partition("?")[0])
    assert client.get(address + quote(said)).status_code in (400, 404)
