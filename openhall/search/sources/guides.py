"""办事指南: one entry for the city and all its districts, with its questions as passages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final

from openhall.catalogue.exchange.library import library
from openhall.catalogue.queries import (
    ItemVersion,
    last_words_of_closed_items,
    standing_of,
    versions_in_force,
)
from openhall.organs.terms import OrganKind
from openhall.search.rules.records import Record, names_in
from openhall.search.sources import Source
from openhall.search.terms import RecordKind

BODY: Final = 1500
CLOSED: Final = 0.6
SHARED_NAMES: Final = 2  # so many popular names in common: the same matter


@cache
def _english_names() -> list[tuple[frozenset[str], tuple[str, ...]]]:
    """What the library's matters are called in English, by what they are called in Chinese."""
    return [
        (
            frozenset([*matter["plain_names"]["zh"], matter["name"]["zh"]]),
            tuple(matter["plain_names"]["en"]),
        )
        for matter in library().values()
    ]


@cache
def _english_of() -> dict[str, str]:
    """The English of each name that the library has in both languages: of a matter, of what it
    gives, of a paper it asks for. A name of several papers is told by the first."""
    found: dict[str, str] = {}
    for matter in library().values():
        for one in (matter, matter["result"], *matter.get("materials", ())):
            found.setdefault(one["name"]["zh"], one["name"]["en"])
    for known, names in _english_names():
        for name in known:
            found.setdefault(name, names[0])
    return found


def english_of(word: str) -> str:
    """An official word in English; empty where nobody has it."""
    return _english_of().get(word, "")


def popular_names(version: ItemVersion) -> tuple[str, ...]:
    """Its popular names, and those of the library's matter that it came from in English."""
    told = names_in(version.plain_names.replace(" ", ","))
    mine = {*told, version.name}
    english = [
        names
        for known, names in _english_names()
        if version.name in known or len(mine & known) >= SHARED_NAMES
    ]
    result = (version.result_name,) if version.result_name not in ("", version.name) else ()
    return tuple(dict.fromkeys([*told, *result, *(english[0] if english else ())]))


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    rows = versions_in_force(day).prefetch_related("materials", "faqs")
    if keys is not None:
        rows = rows.filter(item__entry__code__in=keys)
    alike: dict[tuple[str, str], list[ItemVersion]] = defaultdict(list)
    for version in rows.order_by("item__entry__code", "item_id"):
        alike[(version.item.entry.code, version.name)].append(version)
    for (code, _name), versions in alike.items():
        yield from _of(code, versions)
    yield from _closed(keys, day, set(alike))


def _closed(keys: list[str] | None, day: date, open_now: set[tuple[str, str]]) -> Iterator[Record]:
    """What cannot be applied for now: found with its state, not hidden."""
    rows = last_words_of_closed_items().prefetch_related("materials", "faqs")
    if keys is not None:
        rows = rows.filter(item__entry__code__in=keys)
    for version in rows.order_by("item_id"):
        stands = standing_of(version, day)
        if (version.item.entry.code, version.name) not in open_now and not stands.is_open:
            state = (stands.standing.zh, stands.standing.en)
            for one in _of(version.item.entry.code, [version]):
                yield replace(one, closed=state, weight=CLOSED)


def _of(code: str, versions: list[ItemVersion]) -> Iterator[Record]:
    """The city's own item stands for its districts'."""
    first = min(
        versions,
        key=lambda one: (
            one.item.inherits_id is not None,
            one.item.organ.kind != OrganKind.DEPARTMENT.value,
            one.item_id,
        ),
    )
    organ = first.item.organ
    root = f"guide:{first.item.code}"
    papers = [material.name for material in first.materials.all()]
    yield Record(
        id=root,
        kind=RecordKind.GUIDE.value,
        key=code,
        root=root,
        title=first.name,
        title_en=first.name_en,
        names=popular_names(first),
        at=("portal:guide", first.item.code),
        body="\n".join([first.summary, first.conditions, "、".join(papers)])[:BODY]
        + "\n"
        + "、".join(dict.fromkeys(one.item.organ.name for one in versions)),
        body_en="\n".join([first.summary_en, first.conditions_en])[:BODY]
        + "\n"
        + ", ".join(dict.fromkeys(one.item.organ.name_en for one in versions)),
        unit=organ.code,
        units=(organ.name, organ.name_en),
        day=first.effective_from,
        level=2,
        weight=1.1,
        note=(first.summary, first.summary_en),
        more=len(versions) - 1,
    )
    for faq in first.faqs.all():
        yield Record(
            id=f"{root}#{faq.position}",
            kind=RecordKind.GUIDE.value,
            key=code,
            root=root,
            head=False,
            title=first.name,
            title_en=first.name_en,
            at=("portal:guide", first.item.code),
            body=f"{faq.question}\n{faq.answer}"[:BODY],
            body_en=f"{faq.question_en}\n{faq.answer_en}"[:BODY],
            unit=organ.code,
            units=(organ.name, organ.name_en),
            level=2,
        )


def _entry(item: Any) -> Iterable[str]:
    return (item.entry.code,)


def _words(version: Any) -> Iterable[str]:
    """Nobody finds a draft: only what is in force, or was, is looked at."""
    return (version.item.entry.code,) if version.is_public else ()


def _lines(central_list: Any) -> Iterable[str]:
    """A deed on the list may touch any of its lines: all are compared."""
    return ("",)


def _public(keys: list[str], day: date) -> set[str]:
    path = "item__entry__code"
    still = [
        rows.filter(**{f"{path}__in": keys}).values_list(path, flat=True)
        for rows in (versions_in_force(day), last_words_of_closed_items())
    ]
    return {code for rows in still for code in rows}


FOLLOWS: Final = {"item": _entry, "item-version": _words, "list": _lines}
GUIDES: Final = Source(RecordKind.GUIDE.value, _records, FOLLOWS, _public)
