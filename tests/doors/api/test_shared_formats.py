"""HSDS 3.0 and DCAT-AP 3.0: every field the specifications demand is there, of its kind.

The lists below were written from the public specifications (docs.openreferral.org/en/3.0, and
semiceu.github.io/DCAT-AP/releases/3.0.0): their own schemas and shapes are CC BY-SA 4.0 and
stay out of this project.
"""

import json
import re
from uuid import UUID

import pytest

from openhall.ledger.publishing import publish_log

HSDS = "/api/v1/hsds"
DEMANDED = {
    "organization": {"id", "name", "description"},
    "service": {"id", "name", "status"},
    "location": {"id", "location_type"},
    "service_at_location": {"id"},
    "address": {
        "id", "address_1", "city", "state_province", "postal_code", "country", "address_type",
    },
    "phone": {"id", "number"},
    "schedule": {"id"},
    "required_document": {"id"},
    "cost_option": {"id"},
    "language": {"id"},
    "attribute": {"id", "link_id", "taxonomy_term_id", "link_entity"},
    "taxonomy": {"id", "name", "description"},
    "taxonomy_term": {"id", "name", "description"},
    "organization_identifier": {"id", "identifier_type", "identifier"},
}  # fmt: skip
WITHIN = {
    "phones": "phone",
    "schedules": "schedule",
    "service_at_locations": "service_at_location",
    "location": "location",
    "locations": "location",
    "addresses": "address",
    "languages": "language",
    "organization": "organization",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "attributes": "attribute",
    "taxonomy_term": "taxonomy_term",
    "organization_identifiers": "organization_identifier",
}
ONE_OF = {
    ("service", "status"): {"active", "inactive", "defunct", "temporarily closed"},
    ("location", "location_type"): {"physical", "postal", "virtual"},
    ("address", "address_type"): {"physical", "postal", "virtual"},
    ("schedule", "freq"): {"WEEKLY", "MONTHLY"},
    ("schedule", "byday"): {"MO", "TU", "WE", "TH", "FR", "SA", "SU"},
}
HOUR = re.compile(r"\d\d:\d\d(Z|[+-]\d\d:\d\d)")
PAGE = {
    "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty",
    "contents",
}  # fmt: skip


def faults(kind, thing, place="") -> list[str]:
    """What the specification finds wrong with ``thing`` and everything in it."""
    found = [f"{place}{name} is missing" for name in DEMANDED[kind] - thing.keys()]
    for name, value in thing.items():
        here = f"{place}{name}"
        if name == "id" or name.endswith("_id"):
            UUID(value)
        elif name in ("url", "website") and not value.startswith("http"):
            found.append(f"{here} is no address")
        elif (kind, name) in ONE_OF and value not in ONE_OF[kind, name]:
            found.append(f"{here} is {value}")
        if name in ("opens_at", "closes_at") and not HOUR.fullmatch(value):
            found.append(f"{here} is {value}")
        if name in WITHIN:
            inner = value if isinstance(value, list) else [value]
            for one in inner:
                found += faults(WITHIN[name], one, f"{here}.")
        elif value is None:
            found.append(f"{here} is null")
    return found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("services", "service"),
        ("organizations", "organization"),
        ("service_at_locations", "service_at_location"),
        ("taxonomies", "taxonomy"),
        ("taxonomy_terms", "taxonomy_term"),
    ],
)
def test_every_list_of_hsds_is_as_demanded(client, city, path, kind):
    page = client.get(f"{HSDS}/{path}").json()
    assert page.keys() == PAGE
    assert page["contents"]
    assert page["total_items"] == page["size"] == len(page["contents"])
    assert (page["page_number"], page["first_page"], page["last_page"]) == (1, True, True)
    assert [faults(kind, one) for one in page["contents"]] == [[]] * page["size"]
    beyond = client.get(f"{HSDS}/{path}?page=2&per_page=100").json()
    assert (beyond["empty"], beyond["last_page"]) == (True, True)


def test_a_whole_service_says_who_where_and_when(client, city):
    [row] = client.get(f"{HSDS}/services").json()["contents"]
    whole = client.get(f"{HSDS}/services/{row['id']}").json()
    assert faults("service", whole) == []
    assert whole["organization"]["name"] == "市民政局"
    [at] = whole["service_at_locations"]
    assert at["location"]["name"] == "锦江区政务服务中心"
    assert len(at["location"]["schedules"]) == 7
    unit = client.get(f"{HSDS}/organizations/{whole['organization_id']}").json()
    assert faults("organization", unit) == []
    meta = client.get(HSDS).json()
    assert meta["version"] == "3.0"
    of_unit = f"{HSDS}/services?organization_id={whole['organization_id']}"
    assert client.get(of_unit).json()["total_items"] == 1
    none = "00000000-0000-4000-8000-000000000000"
    assert client.get(f"{HSDS}/services?organization_id={none}").json()["empty"]
    assert client.get(f"{HSDS}/services/{none}").status_code == 404


# ------------------------------------------------------------------ DCAT-AP
CATALOGUE = {"dct:title", "dct:description", "dct:publisher"}
WANTED = {
    "dcat:Catalog": CATALOGUE | {"dct:license", "foaf:homepage", "dct:language", "dcat:dataset"},
    "dcat:Dataset": {
        "dct:title", "dct:description", "dct:publisher", "dcat:keyword", "dcat:theme",
        "dcat:distribution", "dct:accrualPeriodicity",
    },
    "dcat:Distribution": {"dcat:accessURL", "dct:license", "dcat:mediaType"},
    "dcat:DataService": {"dct:title", "dcat:endpointURL"},
    "foaf:Agent": {"foaf:name"},
}  # fmt: skip
TRIPLE = re.compile(r'^ {4}(?P<says>\S+) (?P<of><[^<>"\s]+>|"(?:[^"\\]|\\.)*"@\w+) [;.]$')


def nodes(client):
    said = json.loads(client.get("/api/v1/dcat.jsonld").content)
    return said["@context"], {one["@id"]: one for one in said["@graph"]}


def test_every_node_has_what_dcat_ap_demands(client, db):
    _context, found = nodes(client)
    kinds = [kind for one in found.values() for kind in one["@type"]]
    assert kinds.count("dcat:Catalog") == 1
    assert kinds.count("dcat:Dataset") >= 6
    lacking = {
        name: sorted(WANTED.get(kind, set()) - one.keys())
        for name, one in found.items()
        for kind in one["@type"]
        if WANTED.get(kind, set()) - one.keys()
    }
    assert lacking == {}


def test_nothing_it_points_to_here_is_missing(client, city, settings, tmp_path):
    settings.PUBLISHED_ROOT = tmp_path
    publish_log()
    _context, found = nodes(client)
    own = "http://127.0.0.1:8000"
    for one in found.values():
        for name in ("dcat:dataset", "dcat:distribution", "dcat:service", "dct:publisher"):
            assert all(to["@id"] in found for to in one.get(name, ()))
        if "dcat:Distribution" in one["@type"]:
            [to] = one["dcat:accessURL"]
            where = to["@id"].removeprefix(own)
            answer = client.get(where)
            assert answer.status_code == 200, where
            assert b"".join(answer)  # to its end, which closes a file
        for said in one.get("dct:title", ()):
            assert said["@language"] in ("zh", "en")


def test_both_dresses_say_the_same(client, db):
    context, found = nodes(client)
    text = client.get("/api/v1/dcat.ttl")
    assert text["Content-Type"] == "text/turtle; charset=utf-8"
    head, *rest = text.content.decode().split("\n\n")
    assert dict(re.findall(r"@prefix (\w+): <(\S+)> \.", head)) == context
    turtle, linked = set(), set()
    for block in rest:
        subject, *lines = block.strip().split("\n")
        for line in lines:
            said = TRIPLE.match(line)
            assert said is not None, line
            turtle.add((subject.strip("<>"), said["says"], said["of"]))
    for name, one in found.items():
        for kind in one["@type"]:
            prefix, _colon, rest_of = kind.partition(":")
            linked.add((name, "rdf:type", f"<{context[prefix]}{rest_of}>"))
        for predicate, values in one.items():
            for value in values if isinstance(values, list) and predicate[0] != "@" else ():
                of = (
                    f"<{value['@id']}>"
                    if "@id" in value
                    else f'"{value["@value"]}"@{value["@language"]}'
                )
                linked.add((name, predicate, of))
    assert turtle == linked
