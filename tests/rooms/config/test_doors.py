"""The doors of the roof: who reads the copy, what an editor may run, which files are open."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from openhall.config.replicas import PublicReads, ReadReplica, using_replica
from openhall.organs.models import Organ

router = ReadReplica()


def test_reading_goes_to_the_primary_unless_said_otherwise():
    assert router.db_for_read(Organ) == "default"


def test_public_reading_goes_to_the_copy_and_back():
    with using_replica():
        assert router.db_for_read(Organ) == "replica"
    assert router.db_for_read(Organ) == "default"


def test_who_writes_reads_what_was_written():
    with using_replica():
        assert router.db_for_write(Organ) == "default"
        assert router.db_for_read(Organ) == "default"
    with using_replica():
        assert router.db_for_read(Organ) == "replica"


def test_tables_are_made_on_the_primary_only():
    assert router.allow_migrate("default", "organs")
    assert not router.allow_migrate("replica", "organs")


@pytest.mark.parametrize(
    ("method", "cookies", "database"),
    [
        ("get", {}, "replica"),
        ("head", {}, "replica"),
        ("post", {}, "default"),
        ("get", {settings.SESSION_COOKIE_NAME: "x"}, "default"),
    ],
)
def test_only_a_visitor_who_asks_reads_the_copy(method, cookies, database):
    request = getattr(RequestFactory(), method)("/")
    request.COOKIES.update(cookies)
    seen = PublicReads(lambda request: HttpResponse(router.db_for_read(Organ)))(request)
    assert seen.content.decode() == database


@pytest.mark.django_db
def test_an_editor_signs_in_where_everyone_does(client):
    answer = client.get("/cms/login/?next=/cms/pages/")
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/cms/pages/")


@pytest.mark.django_db
def test_only_the_editors_room_may_run_inline_scripts(client, django_user_model):
    django_user_model.objects.create_superuser(username="root", password="a long pass phrase")
    client.login(username="root", password="a long pass phrase")
    inside = client.get("/cms/").headers["Content-Security-Policy"]
    outside = client.get("/styleguide/").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" in inside
    assert "'unsafe-inline'" not in outside


@pytest.fixture
def stored():
    kept = []

    def keep(name: str, content: bytes) -> None:
        path = settings.MEDIA_ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        kept.append(path)

    yield keep
    for path in kept:
        path.unlink()


def test_a_picture_is_shown_and_cannot_run_anything(db, client, stored):
    stored("images/seal.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    answer = client.get("/media/images/seal.svg")
    assert answer.status_code == 200
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"<svg")
    answer.close()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["documents/secret.pdf", "images/../documents/secret.pdf", "", "/etc/passwd"]
)
def test_no_other_stored_file_is_open(client, stored, path):
    stored("documents/secret.pdf", b"%PDF")
    assert client.get(f"/media/{path}").status_code == 404
