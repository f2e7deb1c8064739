"""Pages are stored, found stale in the transaction of a change, and made anew."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from openhall.catalogue.models import CatalogueEntry, Item
from openhall.organs.models import Organ
from openhall.press import actions
from openhall.press.actions import making
from openhall.press.actions.making import make, rendered
from openhall.press.actions.marks import drain
from openhall.press.bodies import body_of
from openhall.press.context import kind_at
from openhall.press.models import Page, Touched
from openhall.press.queries import standing
from openhall.press.serving.middleware import asked_for
from openhall.press.watching import triggers
from openhall.vault.fields import decrypt, encrypt
from openhall.vault.shut import VaultShut, vault_shut

GUIDE = "/services/MZ-XK-0001/"


def stored(*addresses):
    for address in addresses:
        made = actions.press(address)
        assert made.stored, (address, made.why)
    return [standing(address) for address in addresses]


def stale(*addresses):
    return [address for address in addresses if standing(address) is None]


def test_what_is_stored_is_what_a_visitor_is_given(press, settings):
    (found,) = stored(GUIDE)
    settings.PRESS = False
    live = Client().get(GUIDE)
    assert found.body() == live.content
    said = {name.lower(): value for name, value in found.head}
    for name in ("Content-Type", "Content-Security-Policy", "X-Frame-Options", "Referrer-Policy"):
        assert said[name.lower()] == live.headers[name]
    assert "set-cookie" not in said
    assert said["vary"] == "Accept-Encoding, Cookie"


def test_a_change_makes_stale_in_its_own_transaction_what_was_made_from_it(press):
    there = "/policies/"
    stored(GUIDE, "/services/", there)
    with transaction.atomic():
        CatalogueEntry.objects.filter(code="XK-1").update(name="另一名称")
        assert stale(GUIDE, "/services/", there) == [GUIDE, "/services/"]
        transaction.set_rollback(True)
    assert stale(GUIDE, "/services/", there) == []
    Organ.objects.filter(pk=press.organ.pk).update(name="民政局（新）")
    assert GUIDE in stale(GUIDE, there)
    assert there not in stale(there)
    assert drain() >= 1
    assert not Touched.objects.exists()
    assert GUIDE in stale(GUIDE)  # the mark stays when what was touched is forgotten
    (again,) = stored(GUIDE)
    assert "民政局（新）" in again.body().decode()


def test_an_equal_page_is_stored_once(press):
    (before,) = stored(GUIDE)
    Organ.objects.filter(pk=press.organ.pk).update(name="别名")
    Organ.objects.filter(pk=press.organ.pk).update(name="市民政局")
    assert stale(GUIDE) == [GUIDE]
    (after,) = stored(GUIDE)
    assert after.sha256 == before.sha256


def test_a_row_that_comes_in_touches_the_pages_it_will_stand_on(press):
    stored("/services/", GUIDE)
    Item.objects.create(code="NEW-1", entry=press.item.entry, organ=press.organ)
    assert "/services/" in stale("/services/")


def test_a_slow_making_does_not_overwrite_a_newer_state(press, monkeypatch):
    stored(GUIDE)
    Organ.objects.filter(pk=press.organ.pk).update(name="先前的名称")
    turns = []

    def slow(kind, address):
        found = rendered(kind, address)
        if not turns:  # while it was being drawn, somebody changed it
            Organ.objects.filter(pk=press.organ.pk).update(name="后来的名称")
        turns.append(address)
        return found

    monkeypatch.setattr(making, "rendered", slow)
    made = make(kind_at(GUIDE), GUIDE)
    assert made.stored
    assert len(turns) == 2
    assert "后来的名称" in standing(GUIDE).body().decode()


def test_a_page_that_changes_at_each_making_is_not_kept(press, monkeypatch):
    turns = iter(range(99))

    def restless(kind, address):
        found = rendered(kind, address)
        Organ.objects.filter(pk=press.organ.pk).update(name=f"名称{next(turns)}")
        return found

    monkeypatch.setattr(making, "rendered", restless)
    assert not make(kind_at(GUIDE), GUIDE).stored
    assert standing(GUIDE) is None


def test_who_asks_first_makes_the_page_for_the_next(press, client):
    assert standing(GUIDE) is None
    client.force_login(press.wang_fang)
    first = client.get(GUIDE)
    assert first.content == standing(GUIDE).body()
    assert not first.cookies
    assert first.headers["Cache-Control"] == making.CACHE


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=x",
        "/my/",
        "/track/",
        "/complaints/new/",
        "/office/",
        "/services/?q=x",
        "/services/?utm=1",
        "/accounts/login/",
        "/check/?code=x",
        "/policies/?category=",
        "/none/",
    ],
)
def test_what_is_of_somebody_or_of_typed_words_is_never_stored(press, client, rf, address):
    client.get(address)
    assert asked_for(rf.get(address)) is None
    assert not Page.objects.filter(path=address).exists()


def test_what_is_gone_is_stored_no_longer(press):
    stored("/calls/")
    page = Page.objects.get(path="/calls/")
    Page.objects.filter(pk=page.pk).update(path="/services/GONE/", kind="portal:guide", stale=True)
    assert actions.press("/services/GONE/").status == 404
    assert standing("/services/GONE/") is None


def test_the_vault_is_shut_while_a_page_is_made(press, monkeypatch):
    sealed = encrypt("王芳", "t.c", 1)
    with vault_shut(), pytest.raises(VaultShut):
        decrypt(sealed, "t.c", 1)
    assert decrypt(sealed, "t.c", 1) == "王芳"
    from openhall.portal.views import guide

    shown = guide.context_of
    monkeypatch.setattr(
        guide, "context_of", lambda *told: {**shown(*told), "summary": decrypt(sealed, "t.c", 1)}
    )
    made = actions.press(GUIDE)
    assert not made.stored
    assert "t.c" in made.why


def test_what_nobody_watches_is_not_stored(press, monkeypatch):
    from openhall.portal.views import guide

    shown = guide.context_of

    def spying(*told):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM outbox_message")
        return shown(*told)

    monkeypatch.setattr(guide, "context_of", spying)
    made = actions.press(GUIDE)
    assert not made.stored
    assert "outbox_message" in made.why


def test_triggers_that_were_lost_are_laid_again_and_all_is_stale(press):
    stored("/policies/")
    name = next(iter(triggers.laid()))
    table = triggers.laid()[name]
    with connection.cursor() as cursor:
        triggers._drop(cursor, name, table)
    assert triggers.missing() == {name}
    assert triggers.lay() == 1
    assert stale("/policies/") == ["/policies/"]
    assert triggers.lift() > 100
    assert triggers.laid() == {}


def test_a_look_at_what_is_stored_finds_what_was_altered(press):
    stored(GUIDE, "/policies/")
    assert actions.look(1) == []
    with connection.cursor() as cursor:  # past the triggers: a fault of the press itself
        cursor.execute("DELETE FROM press_madefrom")
    Organ.objects.filter(pk=press.organ.pk).update(name="谁也没听见")
    drain()
    (told,) = actions.look(1)
    assert told.startswith(GUIDE)
    assert stale(GUIDE) == [GUIDE]


def test_what_begins_with_a_day_is_touched_by_the_calendar(press, time_machine):
    from openhall.press.actions.marks import touch_dated

    stored(GUIDE)
    assert touch_dated(press.version.effective_from) >= 1
    assert stale(GUIDE) == [GUIDE]
    assert touch_dated(press.version.effective_from) == 0  # once a day


def test_everything_stored_can_be_read_back(press):
    for found in stored(GUIDE, "/services/", "/en/services/", "/policies/", "/topics/"):
        assert body_of(found.sha256) == found.body()
    assert reverse("portal:services") == "/services/"
