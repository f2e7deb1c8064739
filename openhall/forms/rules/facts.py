"""Facts: what an answer is, whatever a form calls it. Declared in ``facts.json``, named by a field.

Two units that ask for one fact ask it once in a joint application. A field names its fact; of the
words that can mean nothing else in any form, the fact is known without. 行政许可法 26.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from openhall.forms.rules.definition import Field
from openhall.forms.terms import FieldKind
from openhall.glossary import Said

FILE: Final = Path(__file__).resolve().parents[1] / "facts.json"


@dataclass(frozen=True, slots=True)
class Fact:
    """One declared fact; ``kind``: the one kind of question that asks it."""

    code: str
    name: Said
    kind: FieldKind


@cache
def facts() -> Mapping[str, Fact]:
    """Every declared fact by its code."""
    return MappingProxyType(
        {
            one["code"]: Fact(one["code"], Said(one["zh"], one["en"]), FieldKind(one["kind"]))
            for one in _told()
        }
    )


@cache
def _words() -> Mapping[str, str]:
    return {word: one["code"] for one in _told() for word in one.get("words", ())}


@cache
def _told() -> list[dict[str, str]]:
    read: list[dict[str, str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return read


def fact_of(field: Field) -> str:
    """The fact that ``field`` asks for; empty where it names none and its words leave it open."""
    if field.fact:
        return field.fact
    known = _words().get(field.label.strip(), "")
    return known if known and facts()[known].kind == field.kind else ""
