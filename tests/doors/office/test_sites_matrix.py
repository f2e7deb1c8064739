"""Every address of the sites' desks × sites × roles × ways: nothing of another unit opens.

Drafts are limited to who works on them: a word that stands in drafts alone is looked for in every
answer. The addresses are read from the resolver, so that one added tomorrow is in the matrix.
"""

import re
from itertools import product

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from openhall.deeds.models import Deed
from openhall.office.views import articles
from openhall.organs.actions import appoint
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.sites.models import Article, Edition, EditionEvent, SiteDeed
from tests.factories import sites

pytestmark = pytest.mark.django_db

WAYS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
UNITS = ("cd-water", "cd-roads")
CANARY = "未公布字样"
NO = (400, 403, 404, 405)
PAGES = {  # what is offered on each page, from the page itself
    "articles/": articles.ArticleOnDesk,
    "contacts/": articles.Contacts,
    "site/": articles.Articles,
    "sites/": articles.AllSites,
}
MINE = {  # the desk of an address, and which of a unit's people sits there
    Desk.EDITOR.value: "editor",
    Desk.DECIDER.value: "checker",
    Desk.HEAD.value: "head",
}


@pytest.fixture
def people(settings):
    """Two sites, each with a draft; who works on each, and who works on neither."""
    settings.STAFF_MFA_REQUIRED = settings.THROTTLES = False
    now = timezone.now()
    there = {unit: sites.furnished(unit, now) for unit in UNITS}
    for one in there.values():
        one.draft(title=f"{CANARY}{one.site.slug}", text=f"{CANARY}{one.site.slug}正文。")
    found = {("cd-roads", name): getattr(there["cd-roads"], name) for name in MINE.values()}
    every = [one for one in Desk if one.value not in (*MINE, "informatization")]
    found["cd-roads", "every other desk"] = sites.seated(
        "others", there["cd-roads"].site.organ, *every
    )
    found["", "resident"] = Account.objects.create_user(username="resident")
    found["", "nobody"] = None
    return found


def routes(begins):
    """The routes below ``begins`` as they are written, from the resolver."""

    def walk(resolver, before):
        for one in resolver.url_patterns:
            route = before + str(one.pattern).lstrip("^").rstrip("$")
            yield from walk(one, route) if hasattr(one, "url_patterns") else [route]

    found = {re.sub(r"^en/", "", one) for one in walk(get_resolver(), "")}
    return sorted(one for one in found if one.startswith(begins))


def acts_of(route):
    """The acts below a page; of those about a row, about the first."""
    if "<str:act>" not in route:
        return ("",)
    page = next(page for words, page in PAGES.items() if words in route)
    return [f"{one.code}-1" if one.is_about_parts() else one.code for one in page.offers]


def addresses(seats):
    """Address, unit, desk, whose article, act: of every desk page about sites and articles.

    Another unit's article is asked for where somebody of ``seats`` sits; elsewhere nobody gets so
    far.
    """
    numbers = {one.site.slug: one.number for one in Article.objects.select_related("site")}
    of_sites = ("/site/", "/sites/", "<slug:desk>/contacts/")
    about = [one for one in routes("office/") if any(part in one for part in of_sites)]
    assert len(about) >= 9
    for route, unit in product(about, UNITS):
        for desk in MINE if "<slug:desk>" in route else ("informatization",):
            far = "<slug:number>" in route and (unit, MINE.get(desk)) in seats
            for act, owner in product(acts_of(route), UNITS if far else (unit,)):
                said = {"organ": unit, "desk": desk, "number": numbers[owner], "act": act}
                filled = re.sub(r"<\w+:(\w+)>", lambda found, said=said: said[found[1]], route)
                yield "/" + filled, unit, desk, owner, act


def leaks(client, who, ways=WAYS, every_act=True):
    """What opens although it is not theirs, or shows a draft of another unit.

    Without ``every_act`` one act a page: whose desk it is, is asked before which act.
    """
    found = []
    foreign = [f"{CANARY}{one}" for one in UNITS if one != who[0] or who[1] not in MINE.values()]
    read: set[str] = set()
    for address, unit, desk, owner, act in addresses({who}):
        page = address.removesuffix(f"{act}/") if act else address
        for way in ways:
            if (not every_act or way != "POST") and (way, page) in read and act:
                continue
            read.add((way, page))
            mine = who == (unit, MINE.get(desk)) and owner == unit
            if mine and way == "POST":
                continue
            answer = client.generic(way, address, b"", "application/x-www-form-urlencoded")
            code, body = answer.status_code, answer.content.decode(errors="replace")
            signs_in = code == 302 and answer["Location"].startswith("/accounts/")
            if not mine and not signs_in and code not in NO:
                found.append((way, address, code))
            if any(one in body for one in foreign):
                found.append((way, address, "shows a draft"))
    return found


def counted():
    models = (Article, Edition, EditionEvent, SiteDeed)
    assert all(issubclass(one, Deed) for one in models[2:])
    return [list(one.objects.order_by("pk").values_list()) for one in models]


def test_no_site_opens_to_people_of_another(people):
    before = counted()
    for who, account in people.items():
        client = Client(raise_request_exception=False)
        if account is not None:
            client.force_login(account)
        whole = who[1] == "editor"
        assert leaks(client, who, WAYS if whole else ("GET", "POST"), whole) == [], who
    assert counted() == before


def test_what_is_theirs_opens_and_a_planted_leak_is_found(people):
    editor = people["cd-roads", "editor"]
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    number = Article.objects.get(site__slug="cd-roads").number
    own = reverse("office:article", args=["cd-roads", "editor", number])
    assert CANARY in client.get(own).content.decode()
    water = Article.objects.get(site__slug="cd-water").site.organ
    appoint(editor, water, Desk.EDITOR, timezone.localdate())
    found = leaks(client, ("cd-roads", "editor"), ("GET",))
    assert any(what == "shows a draft" for _way, _address, what in found)
    assert ("GET", "/office/cd-water/editor/site/", 200) in found


def test_a_draft_is_nowhere_in_public(people):
    """Not by its number, its edition, its history, a feed, a map or the search."""
    article = Article.objects.select_related("site").get(site__slug="cd-water")
    said = {"slug": "cd-water", "number": article.number, "edition": "1", "pk": "1",
            "column": article.column}  # fmt: skip
    public = [re.sub(r"<\w+:(\w+)>", lambda one: said[one[1]], route) for route in routes("sites/")]
    assert len(public) >= 12
    public += ["sitemap.xml", "", f"search/?q={CANARY}"]
    for who, account in people.items():
        client = Client(raise_request_exception=False)
        if account is not None:
            client.force_login(account)
        for address in public if who[1] in ("nobody", "editor") else public[-3:]:
            answer = client.get("/" + address)
            body = b"".join(answer) if answer.streaming else answer.content
            shown = body.decode(errors="replace").replace(f'value="{CANARY}"', "")
            assert f"{CANARY}cd-water" not in shown, (who, address)


def test_who_edits_many_sites_reads_them_in_as_many_statements_as_who_edits_one(
    people, django_assert_num_queries
):
    """Of all desks, and of one of them: 63 posts cost what one does."""
    client = Client()
    one = people["cd-roads", "editor"]
    many = Account.objects.create_user(username="everywhere")
    for n in range(63):
        organ = found_organ(
            code=f"n-{n}", kind="department", name=f"局{n}", name_en=f"n{n}", short_name=f"局{n}"
        )
        appoint(many, organ, Desk.EDITOR, timezone.localdate())
    appoint(many, one.posts.get().organ, Desk.EDITOR, timezone.localdate())
    for who in (one, many):
        client.force_login(who)
        client.get("/office/cd-roads/editor/site/")
        with django_assert_num_queries(6):
            client.get("/office/cd-roads/editor/site/")
    with django_assert_num_queries(3):
        page = client.get("/office/")
    assert page.content.decode().count("/editor/") >= 63
