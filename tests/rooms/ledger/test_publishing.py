"""The published files alone prove the whole log; a changed byte is found."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.urls import reverse

from openhall.ledger.actions import append, seal
from openhall.ledger.publishing import folder, publish_log, published_size


@pytest.fixture
def log(db, settings, tmp_path):
    settings.PUBLISHED_ROOT = tmp_path

    def grow(count):
        with transaction.atomic():
            for number in range(count):
                append("test", {"n": number})
        seal()
        return publish_log()

    return grow


def verified(*words):
    out = StringIO()
    call_command("verify", *words, stdout=out)
    return out.getvalue()


def test_the_files_are_enough_to_verify_the_whole_log(log):
    log(300)
    assert "300 entries" in verified("--files", str(folder()))
    log(5)
    assert published_size() == 305
    assert "305 entries" in verified("--files", str(folder()))


def test_what_is_published_already_is_not_written_again(log):
    log(300)
    assert publish_log() == 0
    assert log(1) == 4  # the tile and the bundle that grew, the key, the checkpoint


def test_one_changed_byte_in_a_published_entry_is_found(log):
    log(300)
    bundle = folder() / "tile/entries/000"
    bundle.write_bytes(bundle.read_bytes().replace(b'"n":7', b'"n":8'))
    with pytest.raises(CommandError, match="NOT VERIFIED"):
        verified("--files", str(folder()))


def test_a_kept_checkpoint_is_held_against_the_files(log, tmp_path):
    log(10)
    kept = tmp_path / "kept"
    kept.write_bytes((folder() / "checkpoint").read_bytes())
    log(10)
    assert "10 entries" in verified("--files", str(folder()), "--against", str(kept))


def test_the_pages_and_files_of_the_log_are_public(client, log):
    log(300)
    page = client.get(reverse("portal:ledger"))
    assert "300" in page.text
    entry = client.get(reverse("portal:entry", args=[299]))
    assert "&quot;n&quot;: 299" in entry.text
    receipt = client.get(reverse("portal:receipt", args=[0])).json()
    assert receipt["format"] == "openhall-receipt/1"
    tile = client.get("/ledger/tile/0/000")
    assert len(b"".join(tile.streaming_content)) == 256 * 32
    assert "immutable" in tile.headers["Cache-Control"]
    checkpoint = client.get("/ledger/checkpoint")
    assert b"300" in b"".join(checkpoint.streaming_content)
    assert checkpoint.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["../secrets/ledger.key", "tile/../../x", "tile/0/.x", "other"])
def test_nothing_else_of_the_disk_is_served(client, log, path):
    log(1)
    assert client.get(f"/ledger/{path}").status_code == 404
    assert client.get("/ledger/entries/99/").status_code == 404
