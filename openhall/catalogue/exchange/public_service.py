"""A guide as CPSV-AP 3.2.0 and as schema.org say it: for whoever reads services by programme. B3.

What the profile cannot say rightly is left out: it has durations of the calendar only, so a limit
in working days stands in words.
"""

from collections.abc import Iterable
from typing import Any, Final

from openhall.catalogue.library import Cited
from openhall.catalogue.queries import ItemVersion, Tariff
from openhall.catalogue.rules.linked_data import Thing, To, Typed
from openhall.catalogue.terms import DayUnit, HandlingForm, OnlineDepth, ServiceObject
from openhall.glossary import Term
from openhall.organs.queries import Organ

CHINA: Final = "http://publications.europa.eu/resource/authority/country/CHN"
YUAN: Final = "http://publications.europa.eu/resource/authority/currency/CNY"
LANGUAGES: Final = ("ZHO", "ENG")
LANGUAGE: Final = "http://publications.europa.eu/resource/authority/language/"
ONLINE: Final = (OnlineDepth.RECEIVE, OnlineDepth.ACCEPT, OnlineDepth.WHOLE)


def things_of(
    version: ItemVersion, laws: Iterable[Cited], tariffs: Iterable[Tariff], base: str
) -> list[Thing]:
    """The public service with everything it needs, gives, costs and rests on."""
    item = version.item
    at = f"{base}/services/{item.code}/"
    service = Thing(f"{at}#service", ("cpsv:PublicService",))
    found = [service]
    service.say("dct:identifier", item.code)
    service.both("dct:title", version.name, version.name_en)
    service.both("dct:description", version.summary or version.name, version.summary_en)
    for code in LANGUAGES:
        tongue = Thing(LANGUAGE + code, ("dct:LinguisticSystem",))
        service.say("dct:language", To(tongue.address))
        found.append(tongue)
    for name in version.plain_names.replace(" ", ",").split(","):
        service.both("dcat:keyword", name, "")
    place = Thing(CHINA, ("dct:Location",))
    authority = _authority(item.organ, base)
    service.say("dct:spatial", To(place.address))
    service.say("cv:hasCompetentAuthority", To(authority.address))
    found += [place, authority]
    for term in _terms(ServiceObject, version.service_objects):
        found.append(_concept(term, base))
        service.say("dct:audience", To(found[-1].address))
    if version.promised_days and version.promised_unit == DayUnit.NATURAL.value:
        service.say("cv:processingTime", Typed(f"P{version.promised_days}D", "xsd:duration"))
    for other in (
        *_channels(version, service, at, base),
        *_contact(version, service, at),
        *_papers(version, service, at),
        *_result(version, service, at),
        *_costs(tariffs, service, at),
        *_rules(version, laws, service, at, base),
    ):
        found.append(other)
    return list({one.address: one for one in found}.values())


def _authority(organ: Organ, base: str) -> Thing:
    made = Thing(
        f"{base}/statistics/{organ.code}/#organ", ("cv:PublicOrganisation", "org:Organization")
    )
    made.both("skos:prefLabel", organ.name, organ.name_en)
    made.say("dct:spatial", To(CHINA))
    return made


def _terms(words: type[Term], codes: Iterable[str]) -> list[Term]:
    given = set(codes)
    return [one for one in words if one.value in given]


def _concept(term: Term, base: str) -> Thing:
    made = Thing(f"{base}/services/#{type(term).__name__}.{term.value}", ("skos:Concept",))
    made.both("skos:prefLabel", term.zh, term.en)
    return made


def _channels(version: ItemVersion, service: Thing, at: str, base: str) -> Iterable[Thing]:
    ways: list[Term] = list(_terms(HandlingForm, version.handling_forms))
    if OnlineDepth(version.online_depth) in ONLINE and HandlingForm.ONLINE not in ways:
        ways.append(HandlingForm.ONLINE)
    for way in ways:
        kind = _concept(way, base)
        made = Thing(f"{at}#channel-{way.value}", ("cv:Channel",))
        made.say("dct:identifier", f"{version.item.code}-{way.value}")
        made.say("dct:type", To(kind.address))
        made.say("cv:ownedBy", To(f"{base}/statistics/{version.item.organ.code}/#organ"))
        if way != HandlingForm.ONLINE:
            made.both("dct:description", version.reached("address"), version.reached("address_en"))
        service.say("cv:hasChannel", To(made.address))
        yield from (made, kind)


def _contact(version: ItemVersion, service: Thing, at: str) -> Iterable[Thing]:
    phone = version.reached("enquiry_phone")
    if not phone:
        return
    made = Thing(f"{at}#contact", ("cv:ContactPoint",))
    made.say("cv:telephone", phone)
    if version.reached("hours"):
        hours = Thing(f"{at}#hours", ("time:TemporalEntity",))
        hours.both("dct:description", version.reached("hours"), version.reached("hours_en"))
        made.say("cv:openingHours", To(hours.address))
        yield hours
    service.say("cv:contactPoint", To(made.address))
    yield made


def _papers(version: ItemVersion, service: Thing, at: str) -> Iterable[Thing]:
    for one in version.materials.all():
        made = Thing(f"{at}#m-{one.key}", ("cv:Evidence",))
        made.say("dct:identifier", one.key)
        made.both("dct:title", one.name, one.name_en)
        made.both("dct:description", one.accept_standard, one.accept_standard_en)
        service.say("cpsv:hasInput", To(made.address))
        yield made


def _result(version: ItemVersion, service: Thing, at: str) -> Iterable[Thing]:
    if not version.result_name:
        return
    made = Thing(f"{at}#result", ("cv:Output",))
    made.say("dct:identifier", f"{version.item.code}-result")
    made.both("dct:title", version.result_name, version.result_name_en)
    made.both("dct:description", version.result_validity, version.result_validity_en)
    service.say("cpsv:produces", To(made.address))
    yield made


def _costs(tariffs: Iterable[Tariff], service: Thing, at: str) -> Iterable[Thing]:
    for one in tariffs:
        made = Thing(f"{at}#fee-{one.code}", ("cv:Cost",))
        made.say("dct:identifier", one.code)
        made.say("cv:hasValue", Typed(f"{one.amount / 100:.2f}", "xsd:double"))
        made.say("cv:currency", To(YUAN))
        made.both(
            "dct:description", f"{one.name}（每{one.unit}）" if one.unit else one.name, one.name_en
        )
        service.say("cv:hasCost", To(made.address))
        yield from (made, Thing(YUAN, ("skos:Concept",)))


def _rules(
    version: ItemVersion, laws: Iterable[Cited], service: Thing, at: str, base: str
) -> Iterable[Thing]:
    """The procedure, and each law it rests on."""
    rule = Thing(f"{at}#procedure", ("cpsv:Rule",))
    rule.say("dct:identifier", f"{version.item.code}-procedure")
    rule.both("dct:title", "办理流程", "Procedure")
    steps = list(version.steps.all())
    promised = ""
    if version.promised_days:
        unit = DayUnit(version.promised_unit)
        promised = f"承诺{version.promised_days}个{unit.zh}。"
        rule.both("dct:description", "", f"Promised within {version.promised_days} {unit.en}.")
    rule.both("dct:description", promised + "→".join(one.name for one in steps) or version.name, "")
    for cited in laws:
        law, paper = cited.law, cited.document
        where = f"{base}/policies/{paper.pk}/" if paper else f"{at}#law-{law.position}"
        made = Thing(where, ("eli:LegalResource",))
        made.both("dct:title", paper.title if paper else law.law, "")
        made.say("dct:identifier", paper.number if paper else law.number)
        rule.say("cpsv:implements", To(made.address))
        service.say("cv:hasLegalResource", To(made.address))
        yield made
    service.say("cpsv:follows", To(rule.address))
    yield rule


def schema_org(version: ItemVersion, base: str, address: str, english: bool) -> dict[str, Any]:
    """schema.org GovernmentService. How the unit is reached stands on the unit's page alone, so
    that a new telephone does not change every guide."""

    def said(thing: Any, name: str) -> str:
        told = getattr(thing, f"{name}_en", "") if english else ""
        return str(told or getattr(thing, name))

    item = version.item
    whole: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "@id": f"{base}/services/{item.code}/#service",
        "identifier": item.code,
        "name": said(version, "name"),
        "description": said(version, "summary") or said(version, "name"),
        "url": f"{base}{address}",
        "inLanguage": "en" if english else "zh-Hans",
        "serviceOperator": {
            "@type": "GovernmentOrganization",
            "name": said(item.organ, "name"),
            "url": f"{base}/statistics/{item.organ.code}/",
        },
        "areaServed": {"@type": "Country", "name": "CN"},
        "availableChannel": {"@type": "ServiceChannel", "serviceUrl": f"{base}{address}"},
    }
    if version.result_name:
        whole["produces"] = {"@type": "Thing", "name": said(version, "result_name")}
    return whole
