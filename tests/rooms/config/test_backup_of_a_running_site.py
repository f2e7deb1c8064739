"""A backup is made while people work and the log is published; elsewhere it comes back whole.

Elsewhere is another process with a folder and a database of its own, as another machine would be;
there the look at everything finds nothing. ``OPENHALL_BACKUP_ROUNDS=20`` makes it a long trial.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import threading
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from openhall.config import holdings
from openhall.config.management.commands.backup import beside
from openhall.ledger.actions import append, name_the_day, seal
from openhall.ledger.publishing import folder, publish_log, published_size
from openhall.ledger.queries import latest_checkpoint
from tests import migrated

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = int(os.environ.get("OPENHALL_BACKUP_ROUNDS", "2"))


@pytest.fixture
def db(django_db_setup, django_db_blocker, tmp_path):
    """A database of this test's own: several threads write, and the log's own locks forbid the
    emptying that tests with many connections get elsewhere."""
    own = tmp_path / "own.sqlite3"
    if connection.vendor != "sqlite" or not migrated.take_file(own):
        pytest.skip("there is no migrated SQLite file to copy")
    held = connections.settings["default"]
    before = held["NAME"]
    with django_db_blocker.unblock():
        connection.close()
        held["NAME"] = str(own)
        yield
        connection.close()
        held["NAME"] = before


@pytest.fixture
def site(cast, settings, tmp_path):
    """The city with its published log, its uploads and its keys in folders of this test."""
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    settings.PUBLISHED_ROOT = settings.HOME / "published"
    settings.MEDIA_ROOT = settings.HOME / "media"
    settings.BANK_STATEMENTS = settings.HOME / "bank"
    keys = settings.HOME / "secrets"
    keys.mkdir(mode=0o700)
    (keys / "vault_key").write_text(settings.VAULT_KEYS[0])
    (keys / "blind_key").write_text(settings.BLIND_KEYS[0])
    (keys / "vault_key").chmod(0o644)  # somebody was careless
    (keys / "ledger_origin").write_text(settings.LEDGER_ORIGIN + "\n")
    settings.LEDGER_SIGNING_KEY_FILE = keys / "ledger.key"
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": settings.HOME / "private", "base_url": None},
        }
    }
    with transaction.atomic():
        for number in range(300):
            append("test", {"n": number})
    seal()
    publish_log()
    name_the_day(timezone.localdate())
    return cast


@pytest.fixture
def busy(site, doing):
    """Two people who apply without end, and the job that seals and publishes without a pause."""
    from openhall.cases import actions
    from openhall.cases.actions import Party
    from openhall.cases.terms import ApplicantKind, Channel
    from openhall.organs.terms import IdentityKind

    over, faults, serial = threading.Event(), [], count()
    papers = settings.HOME / "private"
    papers.mkdir(exist_ok=True)
    wang = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")

    def person():
        from openhall.cases.actions import Doing

        while not over.is_set():
            number = next(serial)
            paper = papers / f"{number}.pdf"
            paper.write_bytes(b"%PDF " + str(number).encode() * 500)
            now = timezone.now()
            actions.submit(
                site.item.code, wang, {}, Channel.ONLINE, Doing(site.wang_fang, now, f"k{number}")
            )
            if number % 3 == 0:  # withdrawn again: the row first, then its file
                paper.unlink()

    def job():
        while not over.is_set():
            seal()
            publish_log()

    def working(work):
        try:
            while not over.is_set():
                work()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=working, args=(one,)) for one in (person, person, job)]
    for thread in threads:
        thread.start()
    yield serial
    over.set()
    for thread in threads:
        thread.join(60)
    assert faults == []


def elsewhere(home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """``openhall`` as on another machine: its own folder, its own database, no settings of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENHALL_")}
    own = {"OPENHALL_HOME": str(home), "DJANGO_SETTINGS_MODULE": "openhall.config.settings"}
    starter = "from openhall.config.command import main; main()"
    return subprocess.run(
        [sys.executable, "-c", starter, *words],
        env=kept | own | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def restored(archive: Path, home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    home.mkdir(mode=0o700)
    return elsewhere(home, "restore", str(archive), *words)


def test_a_backup_under_writers_comes_back_whole_every_time(busy, tmp_path):
    sizes = []
    for number in range(ROUNDS):
        archive = tmp_path / f"hall-{number}.tar.gz"
        began = published_size()
        call_command("backup", str(archive))
        home = tmp_path / f"elsewhere-{number}"
        came_back = restored(archive, home, "--keys", str(beside(archive)))
        assert came_back.returncode == 0, came_back.stderr
        audit = elsewhere(home, "audit", "--json", "--offline")
        told = json.loads(audit.stdout)
        assert told["findings"] == [], told["findings"][:3]
        assert audit.returncode == 0, audit.stderr
        assert told["log"] == "openhall.test"
        assert told["signed"] >= began >= 300
        sizes.append(told["signed"])
        assert (home / "secrets").stat().st_mode & 0o777 == 0o700
        assert (home / "private").stat().st_mode & 0o777 == 0o700
        assert (home / "secrets/vault_key").stat().st_mode & 0o777 == 0o600
    assert sizes == sorted(sizes)
    assert len(list((home / "private").iterdir())) > 0
    assert next(busy) > ROUNDS  # people went on working meanwhile


def test_the_keys_are_apart_and_asked_for(site, tmp_path):
    archive = tmp_path / "hall.tar.gz"
    call_command("backup", str(archive))
    with tarfile.open(archive) as whole:
        assert not [name for name in whole.getnames() if name.startswith("secrets")]
    with tarfile.open(beside(archive)) as keys:
        assert "secrets/ledger.key" in keys.getnames()
    assert beside(archive).stat().st_mode & 0o777 == 0o600
    refused = restored(archive, tmp_path / "without")
    assert refused.returncode == 1
    assert f"They seem to be in {beside(archive)}" in refused.stderr
    assert "Nothing was changed" in refused.stderr
    mixed = restored(archive, tmp_path / "mixed", "--keys", str(archive))
    assert "holds no keys" in mixed.stderr
    swapped = restored(beside(archive), tmp_path / "swapped")
    assert "This archive holds keys" in swapped.stderr
    assert restored(archive, tmp_path / "others", "--other-keys").returncode == 0


VAULT, INDEX = settings.VAULT_KEYS[0], settings.BLIND_KEYS[0]


@pytest.mark.parametrize(
    ("vault", "index", "ours_vault", "ours_index", "lacking"),
    [
        ([VAULT], [INDEX], [VAULT], ["another index key"], ["BLIND"]),
        ([VAULT], [INDEX], ["another key"], [INDEX], ["VAULT"]),
        ([VAULT], [INDEX], ["another key"], ["another index key"], ["VAULT", "BLIND"]),
        (["new", VAULT], [INDEX], ["new"], [INDEX], ["VAULT"]),  # not sealed anew yet, perhaps
        ([VAULT], ["new", INDEX], [VAULT], [INDEX], ["BLIND"]),
        ([VAULT], [INDEX], ["new", VAULT], ["new", INDEX], []),  # replaced since the backup
        ([VAULT], [INDEX], [VAULT], [INDEX], []),
    ],
)
def test_every_key_of_both_rings_must_be_here(
    settings, vault, index, ours_vault, ours_index, lacking
):
    settings.VAULT_KEYS, settings.BLIND_KEYS = vault, index
    told = holdings.keys_told()
    settings.VAULT_KEYS, settings.BLIND_KEYS = ours_vault, ours_index
    found = holdings.keys_lacking(told, holdings.keys_told())
    assert [one.split("_")[1] for one in found] == lacking


def test_a_backup_of_an_earlier_version_told_one_key_and_none_of_the_index():
    had = holdings.keys_told()
    early = {"vault": had["vault"][0], "ledger": had["ledger"]}
    assert holdings.keys_lacking(early, had) == []
    assert len(holdings.keys_lacking({**early, "vault": "0" * 16}, had)) == 1
    assert len(holdings.keys_lacking(had, early)) == 1  # its archive of keys does not know


def test_a_restore_under_another_key_of_the_index_is_refused(site, tmp_path, capsys):
    archive = tmp_path / "hall.tar.gz"
    (settings.HOME / "secrets/blind_key").write_text("somebody copied the wrong file here")
    call_command("backup", str(archive))
    assert "OPENHALL_BLIND_KEYS stands in the environment" in capsys.readouterr().out
    refused = restored(archive, tmp_path / "index", "--keys", str(beside(archive)))
    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr
    assert "OPENHALL_BLIND_KEYS: nobody would be found" in refused.stderr
    assert "OPENHALL_VAULT_KEYS" not in refused.stderr


def test_a_file_that_is_removed_or_published_meanwhile_is_held_as_it_was(site, tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    paper = settings.HOME / "private/1.pdf"
    paper.parent.mkdir()
    paper.write_bytes(b"%PDF as it was")
    note = (folder() / "checkpoint").read_text()
    picture = holdings.Picture(room)
    picture.hold_published()
    picture.hold_uploads()
    paper.unlink()
    with transaction.atomic():
        append("test", {"n": -1})
    seal()
    publish_log()
    picture.hold_uploads()
    members = picture.members()
    assert members["private/1.pdf"].read_bytes() == b"%PDF as it was"
    assert members["published/ledger/checkpoint"].read_text() == note
    assert (folder() / "checkpoint").read_text() != note
    began_with = int(note.splitlines()[1])
    assert 256 < began_with < latest_checkpoint().size
    assert f"published/ledger/tile/0/001.p/{began_with - 256}" in members


def test_no_other_backup_and_none_of_its_keys_is_overwritten(site, tmp_path):
    archive = tmp_path / "hall.tar.gz"
    beside(archive).write_bytes(b"last week's")
    with pytest.raises(CommandError, match=r"keys\.tar\.gz exists already"):
        call_command("backup", str(archive))
    assert not archive.exists()
    shutil.rmtree(folder())
    call_command("backup", str(archive), no_keys=True)  # nothing is published: nothing is held
    assert beside(archive).read_bytes() == b"last week's"
    with tarfile.open(archive) as whole:
        assert not [name for name in whole.getnames() if name.startswith("published")]
