"""The open data sets for harvesters: DCAT-AP 3.0, as JSON-LD and as Turtle, from one graph."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from openhall.api.v1.door import here, route
from openhall.clients.rules.open_data import AUTHORITY, DATA_SETS, LICENCE, DataSet, Distribution
from openhall.glossary import Said

router = Router(tags=["open data"])
PREFIXES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
IANA: Final = "https://www.iana.org/assignments/media-types/"
CHINESE, ENGLISH = f"{AUTHORITY}/language/ZHO", f"{AUTHORITY}/language/ENG"


@dataclass(frozen=True, slots=True)
class Iri:
    """The name of something."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a language."""

    words: str
    language: str


Value = Iri | Text
Triple = tuple[str, str, Value]  # subject, predicate with its prefix, object


def _words(subject: str, predicate: str, said: Said) -> Iterator[Triple]:
    yield subject, predicate, Text(said.zh, "zh")
    if said.en:
        yield subject, predicate, Text(said.en, "en")


def _catalogue() -> str:
    return here("/open/#catalogue")


def _publisher() -> str:
    return here("/open/#publisher")


def graph() -> list[Triple]:
    """The catalogue, its publisher, every data set with its distributions, and the API."""
    made: list[Triple] = []
    city = Said(settings.CITY_NAME, settings.CITY_NAME_EN)
    home, publisher = _catalogue(), _publisher()
    made += [
        (home, "rdf:type", Iri(PREFIXES["dcat"] + "Catalog")),
        *_words(home, "dct:title", Said(f"{city.zh}开放数据", f"Open data of {city.en}")),
        *_words(
            home,
            "dct:description",
            Said(
                "政务公开的数据：事项、指南、机构、大厅、统计和公开账。",
                "Open government as data: items, guides, units, halls, figures and the public log.",
            ),
        ),
        (home, "dct:publisher", Iri(publisher)),
        (home, "dct:license", Iri(LICENCE)),
        (home, "dct:language", Iri(CHINESE)),
        (home, "dct:language", Iri(ENGLISH)),
        (home, "foaf:homepage", Iri(here("/open/"))),
        (here("/open/"), "rdf:type", Iri(PREFIXES["foaf"] + "Document")),
        (LICENCE, "rdf:type", Iri(PREFIXES["dct"] + "LicenseDocument")),
        (publisher, "rdf:type", Iri(PREFIXES["foaf"] + "Agent")),
        *_words(publisher, "foaf:name", city + Said("人民政府", "Municipal Government")),
    ]
    for one in DATA_SETS:
        made += _data_set(one, home, publisher)
    made += _service(home, publisher)
    return made


def _data_set(one: DataSet, home: str, publisher: str) -> Iterator[Triple]:
    me = here(f"/open/#{one.code}")
    yield home, "dcat:dataset", Iri(me)
    yield me, "rdf:type", Iri(PREFIXES["dcat"] + "Dataset")
    yield from _words(me, "dct:title", one.name)
    yield from _words(me, "dct:description", one.says)
    for word in one.words:
        yield from _words(me, "dcat:keyword", word)
    yield me, "dct:publisher", Iri(publisher)
    yield me, "dct:accrualPeriodicity", Iri(f"{AUTHORITY}/frequency/{one.frequency}")
    yield me, "dcat:theme", Iri(f"{AUTHORITY}/data-theme/{one.theme}")
    yield me, "dct:accessRights", Iri(f"{AUTHORITY}/access-right/PUBLIC")
    yield me, "dcat:landingPage", Iri(here("/open/"))
    yield me, "dct:language", Iri(CHINESE)
    yield me, "dct:language", Iri(ENGLISH)
    for way in one.distributions:
        yield from _distribution(way, me)


def _distribution(way: Distribution, of: str) -> Iterator[Triple]:
    me = here(f"/open/#at{way.path.replace('/', '-')}")
    yield of, "dcat:distribution", Iri(me)
    yield me, "rdf:type", Iri(PREFIXES["dcat"] + "Distribution")
    yield from _words(me, "dct:title", way.name)
    yield me, "dcat:accessURL", Iri(here(way.path))
    if way.is_file:
        yield me, "dcat:downloadURL", Iri(here(way.path))
    else:
        yield me, "dcat:accessService", Iri(here("/open/api/#service"))
    yield me, "dcat:mediaType", Iri(IANA + way.media)
    yield me, "dct:license", Iri(LICENCE)


def _service(home: str, publisher: str) -> Iterator[Triple]:
    me = here("/open/api/#service")
    yield home, "dcat:service", Iri(me)
    yield me, "rdf:type", Iri(PREFIXES["dcat"] + "DataService")
    yield from _words(me, "dct:title", Said("开放接口第一版", "Open API, version 1"))
    yield me, "dcat:endpointURL", Iri(here("/api/v1/"))
    yield me, "dcat:endpointDescription", Iri(here("/api/v1/openapi.json"))
    yield me, "dct:publisher", Iri(publisher)
    yield me, "dct:license", Iri(LICENCE)
    for one in DATA_SETS:
        if any(not way.is_file for way in one.distributions):
            yield me, "dcat:servesDataset", Iri(here(f"/open/#{one.code}"))


# ------------------------------------------------------------------ two dresses
def as_json_ld(triples: list[Triple]) -> str:
    """The graph as JSON-LD 1.1, its context written out: nothing is fetched to read it."""
    nodes: dict[str, dict[str, Any]] = {}
    for subject, predicate, value in triples:
        node = nodes.setdefault(subject, {"@id": subject})
        if predicate == "rdf:type":
            node.setdefault("@type", []).append(_short(value))
        elif isinstance(value, Iri):
            node.setdefault(predicate, []).append({"@id": value.name})
        else:
            node.setdefault(predicate, []).append(
                {"@value": value.words, "@language": value.language}
            )
    said = {"@context": PREFIXES, "@graph": list(nodes.values())}
    return json.dumps(said, ensure_ascii=False, indent=1)


def _short(value: Value) -> str:
    name = value.name if isinstance(value, Iri) else ""
    for prefix, long in PREFIXES.items():
        if name.startswith(long):
            return f"{prefix}:{name[len(long) :]}"
    return name


def as_turtle(triples: list[Triple]) -> str:
    """The graph as RDF 1.1 Turtle."""
    lines = [f"@prefix {prefix}: <{long}> ." for prefix, long in PREFIXES.items()]
    subjects: dict[str, list[tuple[str, Value]]] = {}
    for subject, predicate, value in triples:
        subjects.setdefault(subject, []).append((predicate, value))
    for subject, said in subjects.items():
        told = " ;\n    ".join(f"{predicate} {_written(value)}" for predicate, value in said)
        lines.append(f"\n<{subject}>\n    {told} .")
    return "\n".join(lines) + "\n"


ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def _written(value: Value) -> str:
    if isinstance(value, Iri):
        return f"<{value.name}>"
    return f'"{value.words.translate(ESCAPES)}"@{value.language}'


@route(
    router,
    "get",
    "/dcat.jsonld",
    None,
    name="dcat_jsonld",
    summary="The data sets as DCAT-AP in JSON-LD",
    media="application/ld+json",
)
def json_ld(request: HttpRequest) -> HttpResponse:
    """The catalogue for harvesters."""
    return HttpResponse(as_json_ld(graph()), content_type="application/ld+json; charset=utf-8")


@route(
    router,
    "get",
    "/dcat.ttl",
    None,
    name="dcat_turtle",
    summary="The data sets as DCAT-AP in Turtle",
    media="text/turtle",
)
def turtle(request: HttpRequest) -> HttpResponse:
    """The same graph."""
    return HttpResponse(as_turtle(graph()), content_type="text/turtle; charset=utf-8")
