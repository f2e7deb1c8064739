"""One head for the portal, the steps of a form and every office; one foot. Issue 10."""

import pytest
from django.urls import reverse

from openhall.applying.actions.drafting import start_draft
from openhall.ledger.publishing import CHECKPOINT, folder
from openhall.organs.actions import appoint
from openhall.organs.terms import Desk
from tests.factories.pages import read

ROOT = "a" * 43 + "="


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_portal_has_menu_search_and_a_bar_and_says_who_is_signed_in(client, cast, language):
    client.force_login(cast.wang_fang)
    page = read(client, language + "/")
    assert len(page.soup.select("header.head")) == 1
    assert page.soup.select_one("header .menu-list a[href$='/statistics/']")
    assert page.soup.select_one("header a.tool-find[href$='/search/']")
    assert len(page.soup.select(".reach li")) == 4
    assert str(cast.wang_fang) not in page.soup.get_text(), "one page for everybody"
    assert page.soup.select_one("header a.tool[href$='/my/']")
    assert str(cast.wang_fang) in read(client, language + "/my/").soup.header.get_text()


def test_a_step_of_a_form_has_no_way_to_wander_off(client, cast):
    client.force_login(cast.wang_fang)
    draft = start_draft(cast.version, cast.wang_fang)
    page = read(client, reverse("portal:draft", args=[draft.pk, "applicant"]))
    assert page.status == 200
    assert not page.soup.select(".menu, .reach, .head-nav, .tool-find")
    assert page.soup.select_one("header :is(a, button)")  # the one way out
    assert page.soup.select_one("footer a[href='/privacy/']")


def test_every_office_page_says_who_is_signed_in_and_leads_to_the_desks(client, cast):
    from datetime import date

    appoint(cast.sun_pi, cast.organ, Desk.HEAD, date(2003, 1, 1))
    client.force_login(cast.sun_pi)
    for address in (
        reverse("office:desks"),
        reverse("office:erase", args=[cast.organ.code]),
        reverse("office:papers", args=[cast.organ.code]),
        reverse("office:catalogue", args=[cast.organ.code]),
    ):
        page = read(client, address)
        assert page.status == 200, address
        assert str(cast.sun_pi) in page.soup.header.get_text(), address
        assert page.soup.select_one(f"header a[href='{reverse('office:desks')}']"), address


def test_the_foot_names_who_answers_and_the_newest_checkpoint(client, db, settings, tmp_path):
    settings.PUBLISHED_ROOT, settings.SITE_CODE = tmp_path, "5101000001"
    settings.SITE_FILINGS = ["蜀ICP备00000000号"]
    foot = read(client, "/privacy/").soup.footer  # stored for everybody: it asks where it is read
    assert foot.select_one("[data-checkpoint='/ledger/checkpoint']")
    for note in ("", "not a checkpoint", "origin\n12\nnonsense\n\n— x y\n"):
        if note:
            folder().mkdir(parents=True, exist_ok=True)
            (folder() / CHECKPOINT).write_text(note, encoding="utf-8")
        assert "条记录 ·" not in " ".join(read(client, "/my/").words.split())
    (folder() / CHECKPOINT).write_text(f"city/ledger\n4821\n{ROOT}\n\n— x y\n", encoding="utf-8")
    foot = read(client, "/my/").soup.footer.get_text(" ", strip=True)
    for said in ("12345", "5101000001", "蜀ICP备00000000号", "4821", ROOT[:10]):
        assert said in foot, said


def test_the_foot_costs_no_statement(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/privacy/")
