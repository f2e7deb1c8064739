"""What there is to find: one module a kind, named in ``settings.SEARCH_SOURCES``.

A source tells its records, all or those of some keys, and which deeds change them. It tells nothing
that is not on a public page already, and nothing of a person.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from openhall.search.rules.records import Record

Tells = Callable[[list[str] | None, date], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of records.

    ``records(keys, day)``: those of ``keys``, or all, as they are public on ``day``. ``follows``:
    by kind of deeds, the keys that a deed on a row touches.
    """

    name: str
    records: Tells
    follows: Mapping[str, Callable[[Any], Iterable[str]]] = field(default_factory=dict)
    public: Callable[[list[str], date], set[str]] | None = None  # of these keys, those still public


@cache
def _sources(paths: tuple[str, ...]) -> dict[str, Source]:
    return {source.name: source for source in map(import_string, paths)}


def sources() -> dict[str, Source]:
    """Every source by its name, in the order of the settings."""
    return _sources(tuple(settings.SEARCH_SOURCES))
