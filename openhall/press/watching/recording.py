"""What a page is made from, noted while it is being made.

Every query that the ORM compiles is read as it is: an equality that must hold for each row of its
answer (on a key, a foreign key or a unique column) names these rows; anything else names the whole
table. Rows that are loaded beside others name themselves. A statement written by hand names every
table that stands in it. Nothing is forgotten that way; what is named too widely costs a making and
is found equal (``docs/decisions/0047``).
"""

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.db.models import Field, Model
from django.db.models.expressions import Col
from django.db.models.lookups import Exact, In
from django.db.models.sql import compiler
from django.db.models.sql.constants import INNER
from django.db.models.sql.where import AND, OR, WhereNode

from openhall.press.rules.tags import MOST, of, of_each, whole
from openhall.press.watching.tables import models_by_table, watched

WORDS: Final = re.compile(r"[a-z][a-z0-9_]+")
HOPS: Final = 3


@dataclass(slots=True)
class Recorder:
    """The tags of one page; ``loose``: tables it read that nobody watches."""

    tags: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    inside: int = 0  # a query of the ORM is being executed; it was read when it was compiled
    paused: bool = False
    parts: list["Drawn"] = field(default_factory=list)

    def table(self, name: str) -> None:
        """Any row of the table."""
        if name in watched():
            self.tags.add(whole(name))
        else:
            self.loose.add(name)

    def least(self) -> set[str]:
        """The tags without those of rows whose whole table is one."""
        tables = {tag for tag in self.tags if "=" not in tag}
        return tables | {
            tag for tag in self.tags if tag.endswith("#") or tag.partition(".")[0] not in tables
        }

    def rows(self, name: str, column: str, values: Iterable[Any]) -> None:
        """The rows of a table by the values of a column."""
        one = watched().get(name)
        if one is None:
            self.loose.add(name)
        elif column not in one.columns:
            self.tags.add(whole(name))
        else:
            self.tags |= of_each(name, column, values)


@dataclass(slots=True)
class Drawn:
    """One part of a page: its name, what it is about, its words and what these were made from."""

    name: str
    about: str
    html: str
    recorder: Recorder


_recorder: ContextVar[Recorder | None] = ContextVar("what the page is made from", default=None)


def _here() -> Recorder | None:
    found = _recorder.get()
    return None if found is None or found.paused else found


def noted(row: Any) -> None:
    """A column that only parts show was read of ``row``."""
    recorder = _here()
    if recorder is not None and row.pk is not None:
        meta = row._meta
        recorder.tags.add(of(meta.db_table, meta.pk.column, row.pk) + "#")


def here() -> Recorder | None:
    """Who notes now; None where nothing is noted."""
    return _here()


@contextmanager
def apart() -> Iterator[Recorder]:
    """What is read inside is noted apart."""
    recorder = Recorder()
    token = _recorder.set(recorder)
    try:
        yield recorder
    finally:
        _recorder.reset(token)


# ---------------------------------------------------------------- reading a query
Held = dict[str, list[tuple[Field, list[Any]]]]  # by alias: what must hold for each row


def _values(field_: Field, said: Iterable[Any]) -> list[Any] | None:
    found = []
    for value in said:
        if hasattr(value, "as_sql") or hasattr(value, "resolve_expression"):
            return None
        if isinstance(value, Model):
            value = value.pk
        if value is not None:
            found.append(field_.get_db_prep_value(value, connection, prepared=False))
    return found


def _equality(node: Any) -> tuple[str, Field, list[Any]] | None:
    """Alias, column and values of a condition that is an equality with what is known."""
    if not isinstance(node, Exact | In) or not isinstance(node.lhs, Col):
        return None
    target = node.lhs.target
    if isinstance(node, In):
        said = node.rhs
        if hasattr(said, "as_sql") or hasattr(said, "query") or not hasattr(said, "__iter__"):
            return None
        values = _values(target, said)
    else:
        values = _values(target, [node.rhs])
    if values is None or len(values) > MOST:
        return None
    return node.lhs.alias, target, values


def _held(node: WhereNode, found: Held) -> None:
    """Fill ``found`` with the equalities that hold for every row of the answer."""
    if node.negated:
        return
    if node.connector == AND:
        for child in node.children:
            if isinstance(child, WhereNode):
                _held(child, found)
            elif equal := _equality(child):
                found.setdefault(equal[0], []).append(equal[1:])
    elif node.connector == OR:
        either = [_either(child) for child in node.children]
        keys = {(one[0], one[1]) for one in either if one is not None}
        if len(keys) == 1 and all(one is not None for one in either):
            alias, target = keys.pop()
            values = [value for one in either if one is not None for value in one[2]]
            found.setdefault(alias, []).append((target, values))


def _either(child: Any) -> tuple[str, Field, list[Any]] | None:
    if isinstance(child, WhereNode):
        if child.negated or len(child.children) != 1:
            return None
        return _either(child.children[0])
    return _equality(child)


def _best(held: list[tuple[Field, list[Any]]], table: str) -> tuple[Field, list[Any]] | None:
    """The equality that names the fewest rows: a key before a unique column before the rest."""
    one = watched().get(table)
    known = [pair for pair in held if one is not None and pair[0].column in one.columns]
    if not known:
        return None
    return min(known, key=lambda pair: (not pair[0].primary_key, not pair[0].unique, len(pair[1])))


def _loaded_whole(compiled: Any) -> set[str]:
    """Aliases whose rows become instances beside the first: each names itself when it is made.

    Not backwards, where the row may come later; nor where rows are cut off in an order that hangs
    on them.
    """
    query, found = compiled.query, set()
    order = query.order_by or (query.get_meta().ordering if query.default_ordering else ())
    if query.is_sliced and any("__" in str(one) for one in order):
        return set()
    waiting = list((compiled.klass_info or {}).get("related_klass_infos", ()))
    while waiting:
        one = waiting.pop()
        waiting += one.get("related_klass_infos", ())
        if one["select_fields"] and not one["reverse"]:
            found.add(compiled.select[one["select_fields"][0]][0].alias)
    return found


def _read(compiled: Any, recorder: Recorder) -> None:
    """The tags of one compiled query."""
    query: Any = compiled.query
    found: Held = {}
    _held(query.where, found)
    aliases = {
        alias: join
        for alias, join in query.alias_map.items()
        if query.alias_refcount.get(alias) and join.table_name
    }
    first = query.base_table
    whole_rows = _loaded_whole(compiled)
    _parts_read(compiled, aliases, recorder)
    for alias, join in aliases.items():
        best = _best(found.get(alias, []), join.table_name)
        if best is not None:
            recorder.rows(join.table_name, str(best[0].column), best[1])
        elif alias == first and (via := _through(query, aliases, found, first, HOPS)):
            recorder.rows(join.table_name, *via)
        elif alias == first or alias not in whole_rows or found.get(alias):
            narrowed = _through(query, aliases, found, alias, HOPS)
            if narrowed is not None:
                recorder.rows(join.table_name, *narrowed)
            else:
                recorder.table(join.table_name)
        elif _conditioned(query.where, alias):
            recorder.table(join.table_name)


def _parts_read(compiled: Any, aliases: dict[str, Any], recorder: Recorder) -> None:
    """Columns that only parts show, asked for by value, by condition or by order: any row's."""
    for alias, join in aliases.items():
        one = watched().get(join.table_name)
        if one is None or not one.parts:
            continue
        said = [compiled.query.where]
        if compiled.klass_info is None:  # values, and no rows that note it themselves
            said += [shown[0] for shown in compiled.select]
        if any(_names(node, alias, one.parts) for node in said):
            recorder.tags.add(whole(join.table_name) + "#")


def _names(node: Any, alias: str, columns: frozenset[str]) -> bool:
    if isinstance(node, Col):
        return bool(node.alias == alias and node.target.column in columns)
    if isinstance(node, WhereNode):
        return any(_names(child, alias, columns) for child in node.children)
    if hasattr(node, "get_source_expressions"):
        return any(
            _names(one, alias, columns) for one in node.get_source_expressions() if one is not None
        )
    return False


def _conditioned(node: Any, alias: str) -> bool:
    """Whether some condition of the query looks at ``alias``."""
    if isinstance(node, Col):
        return bool(node.alias == alias)
    if isinstance(node, WhereNode):
        return any(_conditioned(child, alias) for child in node.children)
    if hasattr(node, "get_source_expressions"):
        return any(
            _conditioned(one, alias) for one in node.get_source_expressions() if one is not None
        )
    return False


def _through(
    query: Any, aliases: dict[str, Any], found: Held, alias: str, hops: int
) -> tuple[str, list[Any]] | None:
    """The rows of ``alias`` by a foreign key, where what it leads to is known: its values are asked
    for. A change of what it leads to has a tag of its own, so the answer holds as long as that."""
    if hops == 0:
        return None
    for other, join in aliases.items():
        if getattr(join, "parent_alias", None) != alias or join.join_type != INNER:
            continue
        if len(join.join_cols) != 1 or (to := models_by_table().get(join.table_name)) is None:
            continue
        near, far = join.join_cols[0]
        best = _best(found.get(other, []), join.table_name)
        known = (str(best[0].column), best[1]) if best else None
        known = known or _through(query, aliases, found, other, hops - 1)
        if known is None:
            continue
        values = _asked(to, known, far)
        if values is not None:
            return near, values
    return None


def _asked(model: type[Model], known: tuple[str, list[Any]], column: str) -> list[Any] | None:
    """The values of ``column`` in the rows of ``model`` that are ``known``; None for too many."""
    meta: Any = model._meta
    if known[0] == column:
        return known[1]
    names = connection.ops.quote_name
    places = ", ".join(["%s"] * len(known[1]))
    if not places:
        return []
    sql = (
        f"SELECT DISTINCT {names(column)} FROM {names(meta.db_table)} "  # noqa: S608
        f"WHERE {names(known[0])} IN ({places}) LIMIT {MOST + 1}"
    )
    with paused(), connection.cursor() as cursor:
        cursor.execute(sql, known[1])
        values = [row[0] for row in cursor.fetchall()]
    return values if len(values) <= MOST else None


# ---------------------------------------------------------------- where queries pass
_patch = threading.Lock()
_patched = False


def _watch() -> None:
    """Have compiled queries and loaded rows pass by here, once for the process."""
    global _patched
    with _patch:
        if _patched:
            return
        as_sql, execute = compiler.SQLCompiler.as_sql, compiler.SQLCompiler.execute_sql
        from_db = Model.from_db.__func__  # type: ignore[attr-defined]

        def noted_as_sql(self: Any, *args: Any, **kwargs: Any) -> Any:
            answer = as_sql(self, *args, **kwargs)
            recorder = _here()
            if recorder is not None and not self.query.combinator:
                _read(self, recorder)
            return answer

        def noted_execute(self: Any, *args: Any, **kwargs: Any) -> Any:
            recorder = _here()
            if recorder is None:
                return execute(self, *args, **kwargs)
            recorder.inside += 1
            try:
                return execute(self, *args, **kwargs)
            finally:
                recorder.inside -= 1

        def noted_from_db(cls: Any, db: Any, names: Any, values: Any) -> Any:
            row = from_db(cls, db, names, values)
            recorder = _here()
            if recorder is not None and not cls._meta.proxy:
                recorder.rows(cls._meta.db_table, cls._meta.pk.column, [row.pk])
            return row

        compiler.SQLCompiler.as_sql = noted_as_sql  # type: ignore[method-assign]
        compiler.SQLCompiler.execute_sql = noted_execute  # type: ignore[method-assign]
        Model.from_db = classmethod(noted_from_db)  # type: ignore[assignment]
        _patched = True


def _by_hand(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """Statements that no compiler made name each table that stands in them."""
    recorder = _here()
    if recorder is not None and not recorder.inside:
        known = models_by_table()
        for word in set(WORDS.findall(sql.lower())):
            if word in known:
                recorder.table(word)
    return execute(sql, params, many, context)


@contextmanager
def recording() -> Iterator[Recorder]:
    """Note what is read inside."""
    _watch()
    recorder = Recorder()
    token = _recorder.set(recorder)
    try:
        with connection.execute_wrapper(_by_hand):
            yield recorder
    finally:
        _recorder.reset(token)


@contextmanager
def paused() -> Iterator[None]:
    """What is read inside is not the page's."""
    recorder = _recorder.get()
    if recorder is None:
        yield
        return
    before, recorder.paused = recorder.paused, True
    try:
        yield
    finally:
        recorder.paused = before
