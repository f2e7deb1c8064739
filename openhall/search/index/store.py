"""One generation of a node's index: the records with their texts, and an engine's postings.

The records stand in SQLite beside the postings, so that the re-rank fetches the texts of all
candidates in one query and a page needs no other. ``counter`` grows with each commit: a reader that
sees it moved opens the postings anew.
"""

import hashlib
import json
import math
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from openhall.search.engines import Engine, engine_in
from openhall.search.engines.port import Torn
from openhall.search.rules.fields import analysed
from openhall.search.rules.plan import Only, Retrieval
from openhall.search.rules.records import Candidate, Folded, Record

TABLES: Final = """
CREATE TABLE IF NOT EXISTS record(
  n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL,
  kind TEXT NOT NULL, root TEXT NOT NULL, head INTEGER NOT NULL, level INTEGER NOT NULL,
  weight REAL NOT NULL, titles TEXT NOT NULL, body TEXT NOT NULL, english TEXT NOT NULL,
  body_en TEXT NOT NULL, said TEXT NOT NULL, digest TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS record_source ON record(source);
CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
COLUMNS: Final = "n, head, level, weight, root, kind, id, titles, body, english, body_en"


def source_of(record: Record) -> str:
    return f"{record.kind}:{record.key}"


def _said(record: Record) -> str:
    return json.dumps(asdict(record), ensure_ascii=False, default=str)


def told(said: str) -> Record:
    """The record as it was kept."""
    row: dict[str, Any] = json.loads(said)
    day = row.pop("day")
    row |= {name: tuple(row.pop(name)) for name in ("at", "names", "units", "note", "closed")}
    return Record(**row, day=date.fromisoformat(day) if day else None)


class Store:
    """A folder with one index. Reading is for any thread; one process writes at a time."""

    def __init__(self, folder: Path, engine: str = "") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.lock = threading.RLock()  # one statement at a time on the one connection
        try:
            self.base = sqlite3.connect(
                folder / "records.sqlite3",
                isolation_level=None,
                check_same_thread=False,
                timeout=10,
            )
            self.base.executescript(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;"
                + TABLES
            )
        except sqlite3.DatabaseError as error:
            raise Torn(str(error)) from error
        self.engine: Engine = engine_in(folder, engine)
        self.seen = self.counter()

    # ------------------------------------------------------------ notes
    def note(self, name: str, otherwise: str = "") -> str:
        with self.lock:
            row = self.base.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else otherwise

    def _keep(self, name: str, value: str) -> None:
        self.base.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def counter(self) -> int:
        return int(self.note("counter", "0"))

    def follow(self) -> None:
        """Open the postings anew if another process wrote."""
        if (now := self.counter()) != self.seen:
            with self.lock:
                self.engine.reload()
                self.seen = now

    # ------------------------------------------------------------ writing
    def change(
        self, upserts: Iterable[Record], gone: Iterable[str], notes: dict[str, str]
    ) -> tuple[int, int]:
        """Take in records that differ and forget those of the ids ``gone``; how many of each.

        The postings are committed before the texts: after a fall between the two the texts know
        nothing of it, ``notes`` (the place in the outbox) neither, and all is done once more.
        """
        with self.lock:
            self.base.execute("BEGIN IMMEDIATE")
            try:
                fresh = [one for one in upserts if self._differs(one)]
                lost = [one for one in gone if self._known(one)]
                # Where nothing differs no writer is opened: it would hold the folder till the end.
                if fresh or lost:
                    self.engine.delete(lost)
                    gone_ids = [(one,) for one in lost]
                    self.base.executemany("DELETE FROM record WHERE id = ?", gone_ids)
                    self.engine.upsert((self._put(one), analysed(one)) for one in fresh)
                    self.engine.commit()
                    self._keep("counter", str(self.counter() + 1))
                for name, value in notes.items():
                    self._keep(name, value)
                self.base.execute("COMMIT")
            except BaseException:
                self.base.execute("ROLLBACK")
                raise
            self.seen = self.counter()
        return len(fresh), len(lost)

    def build(self, records: Iterable[Record], notes: dict[str, str]) -> int:
        """Take ``records`` into an empty folder; how many."""
        count = 0

        def rows() -> Iterator[tuple[int, Any]]:
            nonlocal count
            for one in records:
                count += 1
                yield self._put(one), analysed(one)

        with self.lock:
            self.base.execute("BEGIN IMMEDIATE")
            self.engine.rebuild(rows())
            self._keep("counter", "1")
            for name, value in notes.items():
                self._keep(name, value)
            self.base.execute("COMMIT")
            self.seen = 1
        return count

    def _differs(self, record: Record) -> bool:
        row = self.base.execute("SELECT digest FROM record WHERE id = ?", (record.id,)).fetchone()
        return row is None or row[0] != _digest(_said(record))

    def _known(self, one: str) -> bool:
        found = self.base.execute("SELECT 1 FROM record WHERE id = ?", (one,)).fetchone()
        return found is not None

    def _put(self, record: Record) -> int:
        said, text = _said(record), record.folded
        row = self.base.execute(
            "INSERT OR REPLACE INTO record(id, source, kind, root, head, level, weight, titles, "
            "body, english, body_en, said, digest) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                record.id,
                source_of(record),
                record.kind,
                record.root,
                int(record.head),
                record.level,
                record.weight,
                "\n".join(text.titles),
                text.body,
                "\n".join(text.english),
                text.body_en,
                said,
                _digest(said),
            ),
        )
        assert row.lastrowid is not None
        return row.lastrowid

    # ------------------------------------------------------------ reading
    def ids_of(self, source: str) -> list[str]:
        """The ids of the records that a source told under ``source``; a kind alone ends in ":"."""
        with self.lock:
            if source.endswith(":"):
                rows = self.base.execute("SELECT id FROM record WHERE kind = ?", (source[:-1],))
            else:
                rows = self.base.execute("SELECT id FROM record WHERE source = ?", (source,))
            return [row[0] for row in rows]

    def search(self, asked: Retrieval | None, only: Only = Only()) -> list[tuple[int, float]]:  # noqa: B008
        """The engine's hits, kept to ``only`` beside what the plan keeps to."""
        if asked is None:
            return []
        kept = Only(
            heads=asked.only.heads or only.heads,
            kinds=only.kinds or asked.only.kinds,
            units=only.units,
            roots=only.roots or asked.only.roots,
            days=only.days,
            not_kinds=only.not_kinds,
        )
        return list(self.engine.search(Retrieval(asked.any_of, asked.most, kept)))

    def candidates(self, scores: dict[int, float]) -> list[Candidate]:
        """The records of these numbers with their texts: one query."""
        found = []
        for row in self._rows(COLUMNS, list(scores)):
            n, head, level, weight, root, kind, id_, titles, body, english, body_en = row
            folded = Folded(
                tuple(titles.split("\n")) if titles else (),
                body,
                tuple(english.split("\n")) if english else (),
                body_en,
            )
            found.append(
                Candidate(
                    n,
                    scores[n],
                    head=bool(head),
                    folded=folded,
                    level=level,
                    weight=weight,
                    root=root,
                    kind=kind,
                    id=id_,
                )
            )
        return found

    def records(self, numbers: Sequence[int]) -> dict[int, Record]:
        """The records of these numbers."""
        return {n: told(said) for n, said in self._rows("n, said", list(numbers))}

    def numbers_of(self, ids: Sequence[str]) -> dict[str, int]:
        """The numbers of records by their id."""
        with self.lock:
            rows = self.base.execute(
                "SELECT id, n FROM record WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            ).fetchall()
        return dict(rows)

    def _rows(self, columns: str, numbers: list[int]) -> list[tuple[Any, ...]]:
        with self.lock:
            return self.base.execute(
                f"SELECT {columns} FROM record WHERE n IN (SELECT value FROM json_each(?))",  # noqa: S608
                (json.dumps(numbers),),
            ).fetchall()

    def rarity(self, gram: str) -> float:
        """The idf of a pair of signs: what many records have says little."""
        count, having = self.total(), self.engine.having(gram)
        return math.log(1 + (count - having + 0.5) / (having + 0.5))

    def total(self) -> int:
        """How many records there are."""
        with self.lock:
            found: int = self.base.execute("SELECT count(*) FROM record").fetchone()[0]
        return found

    def counts(self) -> dict[str, int]:
        """How many records of each kind."""
        with self.lock:
            rows = self.base.execute("SELECT kind, count(*) FROM record GROUP BY kind").fetchall()
        return dict(rows)

    def close(self) -> None:
        self.engine.close()
        self.base.close()


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()
