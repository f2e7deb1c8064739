"""An archive holds everything unaltered, or is refused before anything is replaced."""

import io
import tarfile

import pytest

from openhall.config.archive import NotAnArchive, pack, unpack


def quietly(name: str, size: int) -> None:
    """Progress is not shown."""


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "one").write_bytes(b"first" * 1000)
    (tmp_path / "two").write_text("第二个")
    target = tmp_path / "all.tar.gz"
    members = {"media/一.txt": tmp_path / "one", "private/two": tmp_path / "two"}
    pack(target, members, {"city": "成都市"}, quietly)
    return target


def test_what_was_packed_comes_out_the_same(archive, tmp_path):
    contents = unpack(archive, tmp_path / "out", quietly)
    assert contents.facts["city"] == "成都市"
    assert (tmp_path / "out/media/一.txt").read_bytes() == b"first" * 1000
    assert (tmp_path / "out/private/two").read_text() == "第二个"
    assert contents.files["private/two"]["size"] == 9


def test_only_its_owner_may_read_it(archive):
    assert archive.stat().st_mode & 0o777 == 0o600


def test_no_half_written_file_is_left_behind(tmp_path):
    with pytest.raises(FileNotFoundError):
        pack(tmp_path / "all.tar.gz", {"lost": tmp_path / "lost"}, {}, quietly)
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_every_byte(tmp_path):
    (tmp_path / "one").write_bytes(b"x" * 100_000)
    told = []
    members = {"one": tmp_path / "one"}
    pack(tmp_path / "all.tar.gz", members, {}, lambda name, size: told.append(size))
    assert sum(told) == 100_000


def rewritten(archive, target, change):
    """The archive with its members passed through ``change(name, bytes) -> (name, bytes)``."""
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for entry in old:
            changed = change(entry.name, old.extractfile(entry).read())
            if changed is not None:
                entry.name, entry.size, entry.pax_headers = changed[0], len(changed[1]), {}
                new.addfile(entry, io.BytesIO(changed[1]))
    return target


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name, data: (name, data.replace(b"first", b"FIRST")), "media/一.txt is missing"),
        (lambda name, data: None if name == "private/two" else (name, data), "private/two is mis"),
        (lambda name, data: None if name == "manifest.json" else (name, data), "no manifest"),
        (lambda name, data: (name.replace("media/", "../"), data), "outside itself"),
        (lambda name, data: (name.replace("media/", "/etc/"), data), "outside itself"),
        (lambda name, data: (name.replace("media/", "added/"), data), "added/一.txt is missing"),
    ],
)
def test_an_altered_archive_is_refused(archive, tmp_path, change, said):
    altered = rewritten(archive, tmp_path / "altered.tar.gz", change)
    with pytest.raises(NotAnArchive, match=said):
        unpack(altered, tmp_path / "out", quietly)
    assert not (tmp_path / "一.txt").exists()


def test_a_link_is_refused(tmp_path):
    with tarfile.open(tmp_path / "link.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("media/passwd")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    with pytest.raises(NotAnArchive, match="not a plain file"):
        unpack(tmp_path / "link.tar.gz", tmp_path / "out", quietly)


def test_an_archive_cut_short_is_refused(archive, tmp_path):
    short = tmp_path / "short.tar.gz"
    short.write_bytes(archive.read_bytes()[:-40])
    with pytest.raises(NotAnArchive):
        unpack(short, tmp_path / "out", quietly)
