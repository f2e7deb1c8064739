"""Statements about things, written as Turtle or as JSON-LD. Pure.

A small part of RDF 1.1 is enough here: things with addresses, their types, words with a language,
numbers, durations, and other things. No blank nodes, so the same guide is always the same text.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any, Final

PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
NOT_IN_AN_ADDRESS: Final = re.compile(r'[\x00-\x20<>"{}|^`\\]')
ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class To:
    """Another thing, by its address or by a prefixed name."""

    address: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words in a language."""

    said: str
    language: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A value of a datatype: ``xsd:duration`` ``P20D``."""

    said: str
    kind: str


Value = To | Words | Typed | str


@dataclass(slots=True)
class Thing:
    """What is said of one thing. Nothing empty is said, and nothing twice."""

    address: str
    kinds: tuple[str, ...]
    said: dict[str, list[Value]] = field(default_factory=dict)

    def say(self, name: str, *values: Value) -> None:
        for one in values:
            words = one.said if isinstance(one, Words | Typed) else one
            if words and one not in self.said.setdefault(name, []):
                self.said[name].append(one)
        if not self.said.get(name):
            self.said.pop(name, None)

    def both(self, name: str, zh: str, en: str) -> None:
        """The same in Chinese and, where there is any, in English."""
        for language, words in (("zh-Hans", zh), ("en", en)):
            if words.strip():
                self.say(name, Words(words.strip(), language))


def turtle(things: list[Thing]) -> str:
    """RDF 1.1 Turtle, one block a thing."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    for one in things:
        rows = [f"a {', '.join(one.kinds)}"]
        rows += [
            f"{name} {', '.join(_in_turtle(value) for value in values)}"
            for name, values in one.said.items()
        ]
        lines.append(f"\n<{_safe(one.address)}>\n    " + " ;\n    ".join(rows) + " .")
    return "\n".join(lines) + "\n"


def _safe(address: str) -> str:
    return NOT_IN_AN_ADDRESS.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address
    )


def _prefixed(address: str) -> bool:
    return address.partition(":")[0] in PREFIXES


def _in_turtle(value: Value) -> str:
    match value:
        case To():
            return value.address if _prefixed(value.address) else f"<{_safe(value.address)}>"
        case Words():
            return f"{_quoted(value.said)}@{value.language}"
        case Typed():
            return f"{_quoted(value.said)}^^{value.kind}"
        case _:
            return _quoted(value)


def _quoted(said: str) -> str:
    plain = "".join(one for one in said if one >= " " or one in ESCAPES)
    return '"' + "".join(ESCAPES.get(one, one) for one in plain) + '"'


def json_ld(things: list[Thing]) -> str:
    """The same statements as JSON-LD 1.1."""
    graph = [
        {"@id": _safe(one.address), "@type": list(one.kinds)}
        | {name: [_in_json(value) for value in values] for name, values in one.said.items()}
        for one in things
    ]
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1)


def _in_json(value: Value) -> Any:
    match value:
        case To():
            return {"@id": value.address if _prefixed(value.address) else _safe(value.address)}
        case Words():
            return {"@value": value.said, "@language": value.language}
        case Typed():
            return {"@value": value.said, "@type": value.kind}
        case _:
            return value
