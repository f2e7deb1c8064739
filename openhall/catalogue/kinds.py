"""What deeds of this room are done to, and the digest of what a version says."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.db.models import CASCADE, Model

from openhall.catalogue.models import (
    CatalogueDeed,
    CatalogueEntry,
    CentralList,
    HollowPhrase,
    Item,
    ItemEvent,
    ItemVersion,
    ListLine,
    ListVersion,
    Origin,
    Prerequisite,
)
from openhall.catalogue.terms import ItemStep, ListAct, PhraseAct
from openhall.deeds.kinds import Founding, Kind, Owned, register
from openhall.deeds.rules.values import plain_json
from openhall.deeds.snapshots import snapshot
from openhall.glossary import Said

SEEDS: Final = Path(__file__).parent / "seeds"
PHRASES_SINCE: Final = datetime(2026, 11, 25, tzinfo=UTC)
PHRASES_REASON: Final = "随系统预置（国办函〔2016〕108号）"
Rows = Mapping[str, Sequence[Model]]  # the rows of one version, by relation

# Every table whose rows live and die with their version, by the name of its relation.
CHILDREN: Final[Mapping[str, type[Model]]] = {
    str(relation.get_accessor_name()): relation.related_model
    for relation in ItemVersion._meta.related_objects
    if relation.on_delete is CASCADE
}
# Columns of a version and of its rows that the digest leaves out, each with its reason.
NOT_DIGESTED: Final[Mapping[str, Mapping[str, str]]] = {
    "version": {
        "item": "Said by its code.",
        "state": "Where the version stands; a deed moves it and commits to it.",
        "effective_from": "Given at publication, after the words; committed to with the row.",
        "effective_until": "Given when the next version is published; committed to with the row.",
        "saved_at": "When it was last written; committed to with the row.",
        "published_at": "When it was published; committed to with the row.",
        "digest": "The digest itself.",
    },
    "laws": {"document": "A link into the policy library; the law is named in words beside it."},
    "prerequisites": {"item": "Said by its code."},
}


def _phrases() -> Iterator[Founding]:
    for phrase in json.loads((SEEDS / "hollow_phrases.json").read_text(encoding="utf-8")):
        yield Founding(HollowPhrase(phrase=phrase, added_at=PHRASES_SINCE, reason=PHRASES_REASON))


ITEM = register(
    Kind(
        name="item",
        model=Item,
        events=ItemEvent,
        acts=ItemStep,
        title=Said("事项", "Item"),
        fk="item",
        number=lambda item: item.code,
        tells=lambda item: {"organ": item.organ.code},
        columns=("version",),
        related=("organ", "entry"),
        owns=[Owned("version", ItemVersion, "item")],
    )
)
LIST = register(
    Kind(
        name="list",
        model=CentralList,
        events=CatalogueDeed,
        acts=ListAct,
        title=Said("行政审批事项目录", "The central list"),
        founding=lambda: [Founding(CentralList(pk=1))],  # a city begins with an empty list
        owns=[
            Owned("entry", CatalogueEntry, "central_list"),
            Owned("origin", Origin, "entry__central_list"),
            Owned("version", ListVersion, "central_list"),
            Owned("line", ListLine, "version__central_list"),
        ],
    )
)
PHRASE = register(
    Kind(
        name="phrase",
        model=HollowPhrase,
        events=CatalogueDeed,
        acts=PhraseAct,
        title=Said("占位用语", "Phrase that says nothing"),
        number=lambda phrase: phrase.phrase,
        founding=_phrases,
    )
)


def rows_of(versions: Iterable[ItemVersion]) -> dict[int, dict[str, list[Model]]]:
    """The rows of each version by its key; one statement a table."""
    found: dict[int, dict[str, list[Model]]] = defaultdict(lambda: defaultdict(list))
    keys = [version.pk for version in versions]
    for name, table in CHILDREN.items():
        rows = table._base_manager.filter(version__in=keys)
        for row in rows.select_related("item") if table is Prerequisite else rows:
            found[row.version_id][name].append(row)  # type: ignore[attr-defined]
    return found


def content_of(version: ItemVersion, rows: Rows) -> dict[str, Any]:
    """Everything ``version`` says, as plain values: its words, ``rows`` and form."""
    said: dict[str, Any] = {
        "item": version.item.code,
        "words": snapshot(version, NOT_DIGESTED["version"]),
    }
    for name in CHILDREN:
        loose = {"version", *NOT_DIGESTED.get(name, ())}
        said[name] = sorted(snapshot(row, loose) + _needed(row) for row in rows.get(name, ()))
    return said


def _needed(row: Model) -> str:
    return row.item.code if isinstance(row, Prerequisite) and row.item else ""


def digest_of(version: ItemVersion, rows: Rows | None = None) -> str:
    """SHA-256 of the canonical bytes of what ``version`` says, as 64 hexadecimal digits.

    ``rows`` where they are at hand; else they are read.
    """
    if rows is None:
        rows = rows_of([version])[version.pk]
    return hashlib.sha256(plain_json(content_of(version, rows)).encode()).hexdigest()
