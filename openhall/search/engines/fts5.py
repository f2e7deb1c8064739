"""SQLite's FTS5, fed with the same grams apart by blanks: searches where no wheel is installed.

Its weights are by column, so a plan's own weights (skipped pairs at .4) count in full here; bonuses
are asked for in further statements. Slower on large libraries and a little less exact; see
docs/decisions/0032 for the figures of both.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from openhall.search.engines.port import Hit, Torn
from openhall.search.rules.fields import EXACT, TEXTS, TOKENS, WEIGHTS, Analysed
from openhall.search.rules.grams import grams
from openhall.search.rules.plan import Nearly, OneOf, Only, Retrieval

GRAMS: Final = {"name": TOKENS, "body": tuple(TEXTS)}  # two tables: bm25 pays for each column
TOKENIZER: Final = "unicode61 remove_diacritics 0 categories 'L* N* Co' tokenchars '^$'"
TABLES: Final = (
    "".join(
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5("
        f'{", ".join(columns)}, detail=column, tokenize="{TOKENIZER}");\n'
        for table, columns in GRAMS.items()
    )
    + f"""
CREATE TABLE IF NOT EXISTS word(
  n INTEGER PRIMARY KEY, head INTEGER NOT NULL, day INTEGER NOT NULL,
  {", ".join(f'"{name}" TEXT NOT NULL' for name in EXACT)});
CREATE UNIQUE INDEX IF NOT EXISTS word_id ON word("id");
CREATE INDEX IF NOT EXISTS word_art ON word("art") WHERE "art" <> '';
CREATE INDEX IF NOT EXISTS word_no ON word("no") WHERE "no" <> '';
CREATE INDEX IF NOT EXISTS word_nd ON word("nd") WHERE "nd" <> '';
"""
)
KEPT_TO: Final = ' AND word."{field}" {sign} (SELECT value FROM json_each(?))'
RANKS: Final = {
    table: f"bm25({table}, {', '.join(str(WEIGHTS[name]) for name in columns)})"
    for table, columns in GRAMS.items()
}


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def _text(one: Analysed, name: str) -> str:
    if name in TOKENS:
        return " ".join(one.tokens.get(name, ()))
    least, most = TEXTS[name]
    told = one.texts[name]
    return " ".join(gram for size in range(least, most + 1) for gram in grams(told, size))


class Fts5Engine:
    """An index in ``folder``/fts5.sqlite3."""

    name = "fts5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "fts5.sqlite3"
        try:
            self.base = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
            self.base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;" + TABLES)
        except sqlite3.DatabaseError as error:
            raise Torn(str(error)) from error

    # ------------------------------------------------------------ writing
    def _begin(self) -> None:
        if not self.base.in_transaction:
            self.base.execute("BEGIN IMMEDIATE")

    def upsert(self, rows: Iterable[tuple[int, Analysed]]) -> None:
        self._begin()
        for n, one in rows:
            self.delete([one.exact["id"]])
            self._free(n)  # after a fall the texts may give the same place to another record
            self._add(n, one)

    def _add(self, n: int, one: Analysed) -> None:
        for table, columns in GRAMS.items():
            told = [_text(one, name) for name in columns]
            if any(told):
                marks = ",".join("?" * (len(columns) + 1))
                self.base.execute(
                    f"INSERT INTO {table}(rowid, {', '.join(columns)}) VALUES ({marks})",  # noqa: S608
                    (n, *told),
                )
        marks = ",".join("?" * (len(EXACT) + 3))
        self.base.execute(
            f"INSERT INTO word VALUES ({marks})",  # noqa: S608
            (n, int(one.head), one.day, *(one.exact[name] for name in EXACT)),
        )

    def delete(self, ids: Iterable[str]) -> None:
        self._begin()
        for one in ids:
            row = self.base.execute('SELECT n FROM word WHERE "id" = ?', (one,)).fetchone()
            if row is not None:
                self._free(row[0])

    def _free(self, n: int) -> None:
        self.base.execute("DELETE FROM name WHERE rowid = ?", (n,))
        self.base.execute("DELETE FROM body WHERE rowid = ?", (n,))
        self.base.execute("DELETE FROM word WHERE n = ?", (n,))

    def commit(self) -> None:
        if self.base.in_transaction:
            self.base.execute("COMMIT")

    def rebuild(self, rows: Iterable[tuple[int, Analysed]]) -> None:
        self._begin()
        self.base.execute("DELETE FROM word")
        self.base.execute("DELETE FROM name")
        self.base.execute("DELETE FROM body")
        for n, one in rows:
            self._add(n, one)
        self.commit()

    # ------------------------------------------------------------ reading
    def reload(self) -> None:
        """A statement sees what was last committed."""

    def search(self, asked: Retrieval) -> list[Hit]:
        if not asked.any_of:
            return []
        table = "body" if asked.any_of[0].field in TEXTS else "name"
        loose = [
            f"{{{node.field}}}: ({' OR '.join(map(_quoted, tokens))})"
            for node in asked.any_of
            if isinstance(node, OneOf) and (tokens := _worth(node))
        ]
        scores: dict[int, float] = {}
        if loose:
            for n, score in self._matching(table, " OR ".join(loose), asked):
                scores[n] = -score
        for node in asked.any_of:
            if isinstance(node, Nearly) and not node.lacking:
                told = f"{{{node.field}}}: ({' AND '.join(map(_quoted, node.tokens))})"
                for n, _score in self._matching(table, told, asked):
                    scores[n] = scores.get(n, 0.0) + node.bonus
        best = sorted(scores.items(), key=lambda one: (-one[1], one[0]))[: asked.most]
        return [Hit(n, score) for n, score in best]

    def suggest(self, asked: Retrieval) -> list[Hit]:
        return self.search(replace(asked, only=replace(asked.only, heads=True)))

    def _matching(self, table: str, told: str, asked: Retrieval) -> list[tuple[int, float]]:
        where, values = _where(asked.only)
        found: list[tuple[int, float]] = self.base.execute(
            f"SELECT {table}.rowid, {RANKS[table]} AS score FROM {table} "  # noqa: S608
            f"JOIN word ON word.n = {table}.rowid "
            f"WHERE {table} MATCH ?{where} ORDER BY score LIMIT ?",
            (told, *values, asked.most),
        ).fetchall()
        return found

    def exact(self, field: str, word: str, most: int) -> list[int]:
        if field not in EXACT:
            raise ValueError(field)
        rows = self.base.execute(
            f'SELECT n FROM word WHERE "{field}" = ? AND "{field}" <> \'\' ORDER BY n LIMIT ?',  # noqa: S608
            (word, most),
        )
        return [row[0] for row in rows]

    def having(self, gram: str) -> int:
        told = f"{{b}}: {_quoted(gram)}"
        row = self.base.execute("SELECT count(*) FROM body WHERE body MATCH ?", (told,)).fetchone()
        return int(row[0])

    def health(self) -> dict[str, int | str]:
        count = self.base.execute("SELECT count(*) FROM word").fetchone()[0]
        size = self.path.stat().st_size
        return {"engine": self.name, "records": count, "bytes": size}

    def close(self) -> None:
        self.base.close()


def _worth(node: OneOf) -> list[str]:
    """The tokens worth asking for: a single sign stands in most texts, and costs most time."""
    if len(node.tokens) == 1:
        return list(node.tokens)
    return [token for token in node.tokens if len(token) > 1 or node.field != "b"]


def _where(only: Only) -> tuple[str, list[int | str]]:
    told: str = ""
    values: list[int | str] = []
    if only.heads:
        told += " AND word.head = 1"
    for field, words, sign in (
        ("kind", only.kinds, "IN"),
        ("unit", only.units, "IN"),
        ("root", only.roots, "IN"),
        ("kind", only.not_kinds, "NOT IN"),
    ):
        if words:
            told += KEPT_TO.format(field=field, sign=sign)
            values.append(json.dumps(list(words)))
    if only.days:
        told += " AND word.day BETWEEN ? AND ?"
        values += list(only.days)
    return told, values
