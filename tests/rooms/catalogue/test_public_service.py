"""Each guide as CPSV-AP 3.2.0 and schema.org say a public service: what they require is there.

The profile's own shapes stay where they are published: name the file in ``CPSV_AP_SHAPES`` and have
``pyshacl`` beside, and every guide is validated by them too.
"""

import json
import os

import pytest
from django.test import Client

from openhall.catalogue.rules.linked_data import Thing, To, Typed, Words, json_ld, turtle
from tests.factories.joint import furnished

pytestmark = pytest.mark.django_db

# What CPSV-AP 3.2.0 requires of each kind of thing, read from its tables.
REQUIRED = {
    "cpsv:PublicService": {"dct:identifier": "one", "dct:title": "words",
                           "dct:description": "words",
                           "cv:hasCompetentAuthority": "cv:PublicOrganisation"},
    "cv:PublicOrganisation": {"skos:prefLabel": "words", "dct:spatial": "dct:Location"},
    "cv:Channel": {"dct:identifier": "one", "dct:type": "skos:Concept"},
    "cv:Evidence": {"dct:identifier": "one", "dct:title": "words"},
    "cv:Output": {"dct:identifier": "one", "dct:title": "words"},
    "cv:Cost": {"dct:identifier": "one", "cv:currency": "skos:Concept"},
    "cpsv:Rule": {"dct:identifier": "one", "dct:title": "words", "dct:description": "words"},
    "skos:Concept": {}, "dct:LinguisticSystem": {}, "dct:Location": {}, "eli:LegalResource": {},
    "cv:ContactPoint": {}, "time:TemporalEntity": {}, "org:Organization": {},
}  # fmt: skip


def holds(what, values, by_id):
    """Whether the values of a property are what is asked: one, words, or a thing of a kind."""
    if what == "one":
        return len(values) == 1 and isinstance(values[0], str)
    if what == "words":
        return any("@language" in one for one in values)
    return any(what in by_id[one["@id"]]["@type"] for one in values)


def wants(graph):
    """What is missing, by the list above; and every reference leads to a thing of its own."""
    by_id = {one["@id"]: one for one in graph}
    for thing in graph:
        for kind in thing["@type"]:
            for name, what in REQUIRED[kind].items():
                if not holds(what, thing.get(name, []), by_id):
                    yield thing["@id"], name
        for name, values in thing.items():
            for one in values if isinstance(values, list) else ():
                if isinstance(one, dict) and "@id" in one and one["@id"] not in by_id:
                    yield thing["@id"], f"{name} leads nowhere"


def codes():
    from openhall.catalogue.models import Item

    return list(Item.objects.order_by("code").values_list("code", flat=True))


@pytest.fixture
def there():
    return furnished()


def test_every_guide_has_what_the_profile_requires(there):
    assert codes()
    for code in codes():
        answer = Client().get(f"/services/{code}/guide.jsonld")
        assert answer["Content-Type"] == "application/ld+json"
        assert list(wants(json.loads(answer.content)["@graph"])) == [], code


def test_what_is_missing_is_told():
    bare = Thing("https://a.example/1", ("cpsv:PublicService",))
    bare.say("cv:hasChannel", To("https://a.example/2"))
    told = {name for _thing, name in wants(json.loads(json_ld([bare]))["@graph"])}
    assert told == {"dct:identifier", "dct:title", "dct:description", "cv:hasCompetentAuthority",
                    "cv:hasChannel leads nowhere"}  # fmt: skip


def test_turtle_says_the_same_and_nothing_typed_breaks_out():
    one = Thing("https://a.example/x y>", ("cv:Evidence",))
    one.say("dct:identifier", 'a"b\\c\n\x00')
    one.both("dct:title", "材料", "")
    one.say("cv:processingTime", Typed("P3D", "xsd:duration"))
    one.say("dct:type", To("https://a.example/<b>"))
    said = turtle([one]).split("\n\n")[1]
    assert said == (
        "<https://a.example/x%20y%3E>\n    a cv:Evidence ;\n"
        '    dct:identifier "a\\"b\\\\c\\n" ;\n    dct:title "材料"@zh-Hans ;\n'
        '    cv:processingTime "P3D"^^xsd:duration ;\n'
        "    dct:type <https://a.example/%3Cb%3E> .\n"
    )
    one.say("dct:title", Words("", "en"))
    assert turtle([one]).split("\n\n")[1] == said


@pytest.mark.skipif("CPSV_AP_SHAPES" not in os.environ, reason="the profile's shapes are not named")
def test_every_guide_conforms_to_the_published_shapes(there):
    pyshacl = pytest.importorskip("pyshacl")
    for code in codes():
        text = Client().get(f"/services/{code}/guide.ttl").content.decode()
        conforms, _graph, told = pyshacl.validate(
            text, shacl_graph=os.environ["CPSV_AP_SHAPES"], data_graph_format="turtle"
        )
        assert conforms, told


def test_the_page_carries_schema_org(there):
    code = codes()[0]
    for language in ("", "/en"):
        page = Client().get(f"{language}/services/{code}/").content.decode()
        raw = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        said = json.loads(raw)
        assert said["@type"] == "GovernmentService"
        assert said["serviceOperator"]["@type"] == "GovernmentOrganization"
        assert said["availableChannel"]["serviceUrl"].endswith(f"{language}/services/{code}/")
        assert all(said[name] for name in ("name", "description", "identifier", "url"))
