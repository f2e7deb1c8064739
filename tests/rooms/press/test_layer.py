"""The outermost layer: what it answers itself, what it lets through, what everybody then knows."""

import gzip
from io import BytesIO

import pytest
from django.db import connection  # noqa: F401
from django.test import Client

from openhall.catalogue.models import CatalogueEntry
from openhall.press import actions
from openhall.press.models import Page
from openhall.press.queries import standing
from openhall.press.serving.generation import FileSign
from openhall.press.serving.layer import StoredPages

GUIDE = "/services/MZ-XK-0001/"
HOST = "testserver"


class Asked:
    """What a WSGI server would send for one request."""

    def __init__(self, layer, inside):
        self.layer, self.inside = layer, inside

    def __call__(self, path, method="GET", query="", **headers):
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": HOST,
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            **headers,
        }
        said = {}

        def start(status, headers):
            said.update(status=int(status[:3]), headers=dict(headers))

        before = len(self.inside)
        said["body"] = b"".join(self.layer(environ, start))
        said["live"] = len(self.inside) > before
        return said


@pytest.fixture
def asked(press, settings, tmp_path):
    inside = []

    def inner(environ, start):
        inside.append(environ["PATH_INFO"])
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"live"]

    settings.BASE_URL = f"http://{HOST}"
    layer = StoredPages(inner, standing, FileSign(tmp_path), [HOST], 1 << 20)
    assert actions.press(GUIDE).stored
    return Asked(layer, inside)


def test_a_stored_page_needs_nothing_behind(asked, django_assert_num_queries):
    first = asked(GUIDE)
    assert (first["status"], first["live"]) == (200, False)
    with django_assert_num_queries(0):
        again = asked(GUIDE)
        zipped = asked(GUIDE, HTTP_ACCEPT_ENCODING="br, gzip")
        head = asked(GUIDE, method="HEAD")
        had = asked(GUIDE, HTTP_IF_NONE_MATCH=f'"x", W/{first["headers"]["ETag"]}')
        large = asked(GUIDE, HTTP_COOKIE="a=1; elder=1", HTTP_ACCEPT_ENCODING="gzip")
    assert again["body"] == first["body"] == standing(GUIDE).body()
    assert gzip.decompress(zipped["body"]) == first["body"]
    assert zipped["headers"]["ETag"] != first["headers"]["ETag"]
    assert zipped["headers"]["Content-Length"] == str(len(zipped["body"]))
    assert (head["status"], head["body"]) == (200, b"")
    assert head["headers"] == first["headers"]
    assert (had["status"], had["body"]) == (304, b"")
    assert "Content-Length" not in had["headers"]
    assert b'<html class="elder" lang="' in gzip.decompress(large["body"])[:60]


@pytest.mark.parametrize(
    ("path", "more"),
    [
        (GUIDE, {"HTTP_HOST": "evil.example"}),
        (GUIDE, {"HTTP_HOST": "testserver:99"}),
        (GUIDE, {"HTTP_AUTHORIZATION": "Bearer x"}),
        (GUIDE, {"query": "utm=1"}),
        ("/services//MZ-XK-0001/", {}),
        ("/services/MZ-XK-0001", {}),
        ("/services/MZ-XK-0001/\x00", {}),
        ("/" + "a" * 900, {}),
        ("/services/\xe4\xb8\xad/", {}),
        ("/my/", {}),
    ],
)
def test_what_is_asked_for_otherwise_is_let_through(asked, path, more):
    asked(GUIDE)
    assert asked(path, **more)["live"]


def test_junk_cookies_change_nothing(asked):
    plain = asked(GUIDE)
    junk = asked(GUIDE, HTTP_COOKIE="x" * 8000 + "; sessionid=y; elder=0")
    assert (junk["body"], junk["live"]) == (plain["body"], False)


def test_a_change_is_seen_by_the_next_request_and_a_new_page_by_the_one_after(asked, press):
    asked(GUIDE)
    CatalogueEntry.objects.filter(code="XK-1").update(name="另一名称")
    asked("/act/", method="POST")  # answered only when everybody knows
    assert asked(GUIDE)["live"]
    assert actions.press(GUIDE).stored
    assert not asked(GUIDE)["live"]


def test_an_answer_to_an_act_waits_until_all_know(asked, monkeypatch):
    order = []
    monkeypatch.setattr(asked.layer.sign, "change", lambda: order.append("known"))

    def start(status, headers):
        order.append("answered")

    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/act/", "wsgi.input": BytesIO()}
    assert b"".join(asked.layer(environ, start)) == b"live"
    assert order == ["known", "answered"]


def test_figures_may_stand_a_minute_and_no_longer(press, asked, time_machine):
    time_machine.move_to("2026-11-24T10:00:00+08:00", tick=False)
    assert actions.press("/statistics/").stored
    CatalogueEntry.objects.filter(code="XK-1").update(name="不影响")
    Page.objects.filter(path="/statistics/").update(stale=True)
    assert not asked("/statistics/")["live"]
    time_machine.move_to("2026-11-24T10:01:01+08:00", tick=False)
    assert asked("/statistics/")["live"]


def test_a_new_day_and_a_new_month_make_old(press, asked, time_machine):
    time_machine.move_to("2026-11-24T10:00:00+08:00", tick=False)
    assert actions.press(GUIDE).stored
    assert not asked(GUIDE)["live"]
    time_machine.move_to("2026-11-25T00:01:00+08:00", tick=False)
    assert asked(GUIDE)["live"]  # nobody has looked yet at what begins with this day
    actions.turn()
    assert not asked(GUIDE)["live"]
    time_machine.move_to("2026-12-01T00:03:00+08:00", tick=False)
    actions.turn()
    assert asked(GUIDE)["live"]  # "how long it took" is of the last thirteen months


def test_another_programme_makes_every_page_old(press, asked, monkeypatch):
    from openhall.press import queries

    assert not asked(GUIDE)["live"]
    monkeypatch.setattr(queries, "shell", lambda: "another")
    asked("/act/", method="POST")
    assert asked(GUIDE)["live"]


def test_memory_is_bounded(press, asked):
    asked.layer.memory = 60_000
    for path in (GUIDE, "/policies/", "/topics/", "/services/", "/en/policies/"):
        assert actions.press(path).stored
        asked(path)
    assert asked.layer.held <= 60_000 or len(asked.layer.entries) == 1
    assert list(asked.layer.entries)[-1] == "/en/policies/"


def test_the_sign_of_a_machine_is_seen_by_every_process(tmp_path):
    mine, other = FileSign(tmp_path), FileSign(tmp_path)
    before = other.now()
    assert mine.now() == before
    mine.change()
    assert other.now() == mine.now() != before


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="there it is listened for")
def test_what_is_committed_unheard_is_seen_at_the_next_look(db, tmp_path):
    from openhall.press.actions.marks import touch

    mine = FileSign(tmp_path)
    mine.look()
    before = mine.now()
    mine.look()
    assert mine.now() == before
    touch({"organs_organ"})
    mine.look()
    assert mine.now() != before


def test_live_pages_are_zipped_but_for_those_with_a_secret(press, settings):
    settings.PRESS = False
    for path, zipped in (("/search/?q=x", True), ("/track/", True), ("/complaints/new/", False)):
        answer = Client().get(path, HTTP_ACCEPT_ENCODING="gzip")
        assert (answer.headers.get("Content-Encoding") == "gzip") is zipped, path
