"""The store alone: killed while it writes, read while it is written, asked by many at once."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from openhall.search.engines.port import Torn
from openhall.search.index.finding import find
from openhall.search.index.store import Store
from openhall.search.rules.fields import analysed
from openhall.search.rules.reading import read
from openhall.search.rules.records import Record

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).resolve().parents[3]
WRITES = """
import sys
from pathlib import Path
from tests.rooms.search.test_store import record
from openhall.search.index.store import Store
store = Store(Path(sys.argv[1]), sys.argv[2])
print("begun", flush=True)
n = 100
while True:
    n += 1
    store.change([record(n), record(n % 50, "改")], [f"r{n - 60}"], {"at": str(n)})
"""


def record(n: int, more: str = "") -> Record:
    return Record(
        id=f"r{n}",
        kind="guide",
        key=str(n),
        root=f"r{n}",
        title=f"第{n}类营业执照登记{more}",
        at=("x",),
        body="申请营业执照",
    )


@pytest.mark.parametrize("engine", ["tantivy", "fts5"])
def test_killed_while_it_writes_the_index_is_whole_or_known_not_to_be(tmp_path, engine):
    folder = tmp_path / "ix"
    with_fifty = Store(folder, engine)
    with_fifty.build((record(n) for n in range(50)), {})
    with_fifty.close()
    for wait in (0.05, 0.2):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITES, str(folder), engine],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(wait)
        writer.kill()
        writer.wait()
        writer.stdout.close()
        try:
            store = Store(folder, engine)
        except Torn:
            continue
        texts = sum(store.counts().values())
        if int(store.engine.health()["records"]) == texts:
            assert find(store, read("营业执照")).every
        # What was lost or is double is done once more: the same ids, taken again.
        store.change([record(n, "再") for n in range(50)], (), {})
        assert find(store, read("营业执照")).every
        store.close()


def test_a_place_whose_record_was_lost_is_given_to_another(tmp_path):
    """The postings of r1 were kept, its text was not; the place goes to r2 and r1 comes later."""
    store = Store(tmp_path / "ix", "fts5")
    store.engine.upsert([(1, analysed(record(1)))])
    store.engine.commit()
    store.change([record(2), record(1)], (), {})
    assert {one.id for one in find(store, read("营业执照")).every} == {"r1", "r2"}


def test_who_found_nothing_to_write_leaves_the_folder_to_others(tmp_path):
    """Two processes of a node follow one index: the lock is held while something is written."""
    first = Store(tmp_path / "ix", "tantivy")
    first.build([record(1)], {})
    first.change((), (), {"at": "7"})
    second = Store(tmp_path / "ix", "tantivy")
    assert second.change([record(2)], (), {}) == (1, 0)


def test_many_read_while_one_writes(tmp_path):
    store = Store(tmp_path / "ix")
    store.build((record(n) for n in range(200)), {})
    failed: list[Exception] = []
    ends = threading.Event()

    def reads() -> None:
        reader = Store(tmp_path / "ix")
        try:
            while not ends.is_set():
                reader.follow()
                assert find(reader, read("营业执照")).every
        except Exception as error:  # a thread's fault is told to the test
            failed.append(error)
        finally:
            reader.close()

    threads = [threading.Thread(target=reads) for _one in range(3)]
    for one in threads:
        one.start()
    for n in range(200, 215):
        store.change([record(n)], [f"r{n - 200}"], {})
    ends.set()
    for one in threads:
        one.join()
    assert failed == []
    assert store.counts() == {"guide": 200}
    assert int(store.engine.health()["records"]) == 200
    store.close()


def test_what_is_no_index_is_known_as_torn(tmp_path):
    (tmp_path / "records.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(Torn):
        Store(tmp_path)
