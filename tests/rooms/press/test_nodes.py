"""Several processes answer from memory: none of them gives an old page after a change was answered.

On SQLite two processes of one machine share a sign; on PostgreSQL two nodes listen.
"""

import os
import threading
import time
from io import BytesIO

import pytest
from django.db import connection

from openhall.organs.models import Organ
from openhall.press.actions import making
from openhall.press.actions.marks import drain
from openhall.press.context import KINDS
from openhall.press.models import Page
from openhall.press.queries import standing
from openhall.press.serving.generation import FileSign
from openhall.press.serving.layer import StoredPages
from openhall.press.watching import triggers

PATH, HOST = "/policies/", "testserver"
PUBLISHES = int(os.environ.get("PUBLISHES", "300"))  # 10,000 for docs/measured.md
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL alone")


@pytest.fixture
def nodes(transactional_db, settings, tmp_path):
    """Two signs that hear of each other; the triggers are real and are taken away after it."""
    settings.PRESS, settings.PRESS_ROOT = True, tmp_path
    triggers.lay()
    stop, threads = threading.Event(), []
    if connection.vendor == "postgresql":
        from openhall.press.serving.listening import Heard

        signs = [Heard(), Heard()]
        for one in signs:
            thread = threading.Thread(target=one.listen_for_ever, args=(stop,), daemon=True)
            thread.start()
            threads.append(thread)
        end = time.monotonic() + 10
        while not all(one.now() for one in signs) and time.monotonic() < end:
            time.sleep(0.01)
    else:
        signs = [FileSign(tmp_path), FileSign(tmp_path)]
    assert all(one.now() for one in signs)
    yield signs
    stop.set()
    for thread in threads:
        thread.join(5)
    triggers.lift()


def layer_of(sign):
    def live(environ, start):
        start("200 OK", [])
        return [b"live"]

    return StoredPages(live, standing, sign, [HOST], 1 << 20)


def ask(layer, method="GET"):
    environ = {"REQUEST_METHOD": method, "PATH_INFO": PATH, "HTTP_HOST": HOST}
    environ |= {"wsgi.input": BytesIO(), "wsgi.url_scheme": "http"}
    return b"".join(layer(environ, lambda *told, **more: None)).decode()


def keep(organ):
    """Store a page that says the organ's name, as the press would."""
    drain()
    tags = {f"organs_organ.id={organ.pk}"}
    kind = KINDS["portal:check_form"]  # of which no past is kept
    making._write_down(PATH, kind, tags)
    page = Page.objects.get(path=PATH)
    body = Organ.objects.values_list("name", flat=True).get(pk=organ.pk).encode()
    made = making.Made(200, body, (("Content-Type", "text/html"),))
    return making._store(page, kind, made, tags, page.marked, loose=False)


def test_no_answer_is_old(nodes):
    organ = Organ.objects.create(code="o", kind="department", name="0", name_en="o", short_name="o")
    layers = [layer_of(sign) for sign in nodes]
    stored = old = 0
    for turn in range(1, PUBLISHES + 1):
        Organ.objects.filter(pk=organ.pk).update(name=str(turn))
        ask(layers[turn % 2], "POST")  # the act is answered: from now on nobody may read the old
        for layer in layers:
            said = ask(layer)
            old += said not in ("live", str(turn))
        assert keep(organ)
        for layer in layers:
            said = ask(layer)
            stored += said == str(turn)
    assert old == 0
    assert stored == 2 * PUBLISHES


@on_postgresql
def test_who_cannot_hear_answers_nothing_from_memory(nodes, settings):
    settings.PRESS_LEASE = 1
    mine, other = nodes
    other.listen_for_ever = None
    other._until = time.monotonic() - 1  # its thread could not renew
    assert other.now() == b""
    assert ask(layer_of(other)) == "live"
    begun = time.monotonic()
    mine.change()
    assert time.monotonic() - begun < settings.PRESS_WAIT + 1


@on_postgresql
def test_a_lost_connection_is_taken_up_again(nodes):
    before = [one.now() for one in nodes]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query LIKE %s AND pid <> pg_backend_pid()",
            ["%press_node%"],
        )
    end = time.monotonic() + 8
    while time.monotonic() < end:
        if all(one.now() and one.now() != was for one, was in zip(nodes, before, strict=True)):
            return
        time.sleep(0.05)
    pytest.fail("nobody listens any more")
