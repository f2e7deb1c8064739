"""What lies on the disk or in the bucket is no applicant's paper to whoever reads it there."""

import hashlib
import io
import os
import random
import stat
import tracemalloc
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import InMemoryStorage, storages
from hypothesis import given
from hypothesis import strategies as st

from openhall.vault.keys import CannotDecrypt
from openhall.vault.modes import open_to_others, tighten
from openhall.vault.storage import HEAD, PART, TAG, SealedStorage, plain_size, sealed_parts

pytestmark = pytest.mark.any_database

SIZES = [0, 1, 15, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 7]


@pytest.fixture
def store(tmp_path):
    place = {"location": tmp_path / "private", "base_url": None}
    local = "django.core.files.storage.FileSystemStorage"
    return SealedStorage({"BACKEND": local, "OPTIONS": place})


def bytes_of(size: int) -> bytes:
    return random.Random(size).randbytes(size)


@pytest.mark.parametrize("size", SIZES)
def test_a_file_comes_back_as_it_was_and_lies_there_as_nothing(store, size, tmp_path):
    plain = bytes_of(size)
    name = store.save("uploads/ab/one", ContentFile(plain))
    with store.open(name) as file:
        assert file.read() == plain
    raw = (tmp_path / "private" / name).read_bytes()
    assert size < 16 or plain[:16] not in raw
    assert store.size(name) == size
    assert stat.S_IMODE((tmp_path / "private" / name).stat().st_mode) == 0o600


@given(st.data())
def test_any_stretch_is_read_as_it_is(data):
    size = data.draw(st.sampled_from(SIZES[2:]))
    store = SealedStorage({"BACKEND": "django.core.files.storage.InMemoryStorage"})
    plain = bytes_of(size)
    with store.open(store.save("a", ContentFile(plain))) as file:
        for _turn in range(3):
            begin = data.draw(st.integers(0, size + 10))
            many = data.draw(st.integers(0, size + 10))
            file.seek(begin)
            assert file.read(many) == plain[begin : begin + many]


def damaged(store, name: str, change) -> None:
    path = Path(store.storage.path(name))
    path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw[:-1],
        lambda raw: raw[: HEAD + PART + TAG],  # cut between two parts
        lambda raw: raw + b"\0",
        lambda raw: raw[:HEAD],
        lambda raw: b"",
        lambda raw: raw[:4] + b"\0\0\0\0" + raw[8:],  # another key's name
        lambda raw: raw[:10] + bytes([raw[10] ^ 1]) + raw[11:],
        lambda raw: raw[: HEAD + 5] + bytes([raw[HEAD + 5] ^ 1]) + raw[HEAD + 6 :],
        lambda raw: (  # two parts exchanged
            raw[:HEAD]
            + raw[HEAD + PART + TAG : HEAD + 2 * (PART + TAG)]
            + raw[HEAD : HEAD + PART + TAG]
            + raw[HEAD + 2 * (PART + TAG) :]
        ),
        lambda raw: b"%PDF-1.4 a paper laid there by somebody else",
    ],
)
def test_a_changed_file_does_not_open(store, change):
    name = store.save("uploads/ab/one", ContentFile(bytes_of(2 * PART + 100)))
    damaged(store, name, change)
    with pytest.raises(CannotDecrypt):
        store.open(name).read()


def test_a_file_in_anothers_place_does_not_open(store):
    mine = store.save("uploads/ab/mine", ContentFile(b"mine"))
    theirs = store.save("uploads/ab/theirs", ContentFile(b"theirs"))
    damaged(store, mine, lambda _raw: Path(store.storage.path(theirs)).read_bytes())
    with pytest.raises(CannotDecrypt):
        store.open(mine).read()


def test_two_files_alike_lie_there_unlike(store):
    one, two = (store.save(f"uploads/ab/{n}", ContentFile(b"same")) for n in "ab")
    assert Path(store.storage.path(one)).read_bytes() != Path(store.storage.path(two)).read_bytes()


def test_twenty_megabytes_are_never_held_whole(store):
    def giver():
        for _turn in range(320):
            yield b"x" * PART

    class Long(File):
        def chunks(self, chunk_size=None):
            return giver()

    tracemalloc.start()
    name = store.save("uploads/ab/long", Long(io.BytesIO()))
    digest = hashlib.sha256()
    with store.open(name) as file:
        while piece := file.read(PART):
            digest.update(piece)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert digest.hexdigest() == hashlib.sha256(b"x" * PART * 320).hexdigest()
    assert most < 6_000_000


def test_a_bucket_keeps_the_same_sealed_bytes():
    store = SealedStorage({"BACKEND": "django.core.files.storage.InMemoryStorage"})
    assert isinstance(store.storage, InMemoryStorage)
    name = store.save("uploads/x", ContentFile(b"a paper"))
    assert b"a paper" not in store.storage.open(name).read()
    assert store.open(name).read() == b"a paper"


@pytest.mark.parametrize("size", SIZES)
def test_the_size_told_is_the_size_given(size):
    sealed = b"".join(sealed_parts(iter([bytes_of(size)]), "a"))
    assert plain_size(len(sealed)) == size


def test_an_upload_is_sealed_and_its_digest_is_of_the_bytes_as_given(db):
    from openhall.files.actions import received
    from tests.factories.odd_files import picture

    plain = picture()
    with received(File(io.BytesIO(plain), name="身份证.jpg")) as got:
        assert got.sha256 == hashlib.sha256(plain).hexdigest()
        inner = storages["private"].storage
        assert got.small
        for name in (got.stored, got.small):
            with inner.open(name) as file:
                assert file.read(4) == b"OHS1"
        with storages["private"].open(got.stored) as file:
            assert file.read() == plain


def test_both_kinds_of_store_are_sealed_in_the_settings():
    assert settings.STORAGES["private"]["BACKEND"].endswith("SealedStorage")
    text = (Path(settings.ROOT) / "config/settings.py").read_text()
    assert text.count('"inner": {"BACKEND": _bucket') == 1


# ------------------------------------------------------------------------------------ modes
def test_what_stands_open_in_a_home_is_found_and_closed(tmp_path):
    (tmp_path / "private").mkdir(mode=0o755)
    (tmp_path / "private/paper").touch(mode=0o644)
    (tmp_path / "db").touch(mode=0o600)
    (tmp_path / "link").symlink_to("/etc/passwd")
    tmp_path.chmod(0o755)
    (tmp_path / "private").chmod(0o755)
    (tmp_path / "private/paper").chmod(0o644)
    assert {one.name for one in open_to_others(tmp_path)} == {tmp_path.name, "private", "paper"}
    assert tighten(tmp_path) == 3
    assert list(open_to_others(tmp_path)) == []
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o700
    assert stat.S_IMODE(Path("/etc/passwd").stat().st_mode) & 0o044


def test_what_a_command_writes_is_the_citys_alone(tmp_path, monkeypatch):
    import subprocess
    import sys

    home = tmp_path / "home"
    said = os.environ | {
        "OPENHALL_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        "DJANGO_SETTINGS_MODULE": "openhall.config.settings",
    }
    run = (
        "import os; os.umask(0o022); from openhall.config.command import main;"
        " main(['migrate', 'sessions'])"  # one table is enough to make every file of a home
    )
    subprocess.run([sys.executable, "-c", run], env=said, check=True, capture_output=True)
    assert (home / "openhall.sqlite3").exists()
    assert [str(one) for one in open_to_others(home)] == []
