"""什么时候变了什么: what differs between two versions, field by field and row by row. Pure.

Rows are matched by what makes them the same thing to people: a material by its key, a step by its
name, a law by its name and article, a question by its words, a prerequisite by its item or words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any, Final

from openhall.catalogue.rules.fields import ROW_FIELDS, Family, VersionField, in_words
from openhall.glossary import Term

KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        Family.MATERIALS.value: ("key",),
        Family.STEPS.value: ("name",),
        Family.LAWS.value: ("law", "article"),
        Family.FAQS.value: ("question",),
        Family.PREREQUISITES.value: ("item", "words"),
    }
)
SILENT: Final = frozenset({VersionField.CHANGE_NOTE.value})  # said apart, not a change itself


class Kind(Term):
    """What happened to a field or a row."""

    ADDED = "added", "新增", "Added"
    REMOVED = "removed", "删去", "Removed"
    CHANGED = "changed", "修改", "Changed"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A version as plain values; each family's rows in their order."""

    words: Mapping[str, Any]
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``family`` is empty for the version itself; ``row`` names the row."""

    kind: Kind
    family: str
    field: str
    row: str
    before: Any
    after: Any

    def where(self, language: str) -> str:
        """What changed, as people call it."""
        if not self.family:
            return VersionField(self.field).said_in(language)
        place = Family(self.family).said_in(language)
        colon = ": " if language.startswith("en") else "："
        named = f"{place}{colon}{self.row}"
        if not self.field:
            return named
        return f"{named} · {ROW_FIELDS[self.family](self.field).said_in(language)}"

    def said_before(self, language: str) -> str:
        return in_words(self.family, self.field, self.before, language)

    def said_after(self, language: str) -> str:
        return in_words(self.family, self.field, self.after, language)


def difference(before: Snapshot, after: Snapshot) -> list[Change]:
    """Everything that differs, the version's own fields first; empty when nothing does."""
    return [*_fields(before, after), *_all_rows(before, after)]


def _fields(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    for term in VersionField:
        name = term.value
        if name in SILENT:
            continue
        old, new = before.words.get(name), after.words.get(name)
        if _same(old, new):
            continue
        yield Change(_kind(old, new), "", name, "", old, new)


def _all_rows(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    for family in Family:
        old = _by_key(family.value, before.rows.get(family.value, ()))
        new = _by_key(family.value, after.rows.get(family.value, ()))
        for key, row in old.items():
            if key not in new:
                yield Change(Kind.REMOVED, family.value, "", _named(row), _named(row), None)
        for key, row in new.items():
            if key not in old:
                yield Change(Kind.ADDED, family.value, "", _named(row), None, _named(row))
                continue
            for term in ROW_FIELDS[family.value]:
                was, now = old[key].get(term.value), row.get(term.value)
                if not _same(was, now):
                    yield Change(_kind(was, now), family.value, term.value, _named(row), was, now)


def _by_key(
    family: str, rows: Sequence[Mapping[str, Any]]
) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    found: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for row in rows:
        key = tuple(row.get(name) or "" for name in KEYS[family])
        again = 1
        while (*key, again) in found:  # the same question twice is two rows
            again += 1
        found[(*key, again)] = row
    return found


def _named(row: Mapping[str, Any]) -> str:
    for name in ("name", "law", "question", "words", "item"):
        if said := row.get(name):
            return f"《{said}》{row.get('article', '')}" if name == "law" else str(said)
    return ""


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == ()


def _same(old: Any, new: Any) -> bool:
    return (_empty(old) and _empty(new)) or old == new


def _kind(old: Any, new: Any) -> Kind:
    if _empty(old):
        return Kind.ADDED
    return Kind.REMOVED if _empty(new) else Kind.CHANGED


def marked(before: str, after: str) -> list[tuple[str, str]]:
    """``before`` and ``after`` woven together: pieces that are ``kept``, ``gone`` or ``new``."""
    pieces: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for verb, start, end, at, to in matcher.get_opcodes():
        if verb == "equal":
            pieces.append(("kept", before[start:end]))
            continue
        if end > start:
            pieces.append(("gone", before[start:end]))
        if to > at:
            pieces.append(("new", after[at:to]))
    return pieces
