"""Who helps with what, where and when: Open Referral's HSDS 3.0, from units, halls and guides.

The ids are UUIDs made of the codes (RFC 9562, version 5), so they stay whatever is published anew.
Fields that nobody keeps here are left out; those the specification demands are always there.
"""

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from openhall.api.v1.door import here, route
from openhall.api.v1.problems import absent
from openhall.catalogue.guide_sheet.values import guide_told
from openhall.catalogue.queries import ItemVersion, version_on, versions_in_force
from openhall.catalogue.terms import ItemKind
from openhall.hall.queries import Centre, centres_of_items, centres_on, week_of
from openhall.organs.queries import Organ, open_organs
from openhall.paging.whole import whole

router = Router(tags=["hsds"])
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PROFILE: Final = "https://docs.openreferral.org/en/3.0/hsds/"
FURTHEST: Final = 1_000_000
PageNumber = Annotated[
    int,
    BeforeValidator(lambda sent: sent if whole(sent) is None else whole(sent)),
    Field(ge=1, le=FURTHEST),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": FURTHEST}),
]
PerPage = Annotated[
    int,
    BeforeValidator(lambda sent: sent if whole(sent) is None else whole(sent)),
    Field(ge=1, le=100),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100}),
]


class Open(Schema):
    """What HSDS names and this list does not is left open."""

    model_config = ConfigDict(extra="allow")


class Meta(Schema):
    version: str
    profile: str
    openapi_url: str
    description: str


class Organization(Open):
    id: uuid.UUID
    name: str
    description: str


class Service(Open):
    id: uuid.UUID
    organization_id: uuid.UUID
    name: str
    status: str


class ServiceAtLocation(Open):
    id: uuid.UUID
    service_id: uuid.UUID
    location_id: uuid.UUID


class Taxonomy(Open):
    id: uuid.UUID
    name: str
    description: str


class TaxonomyTerm(Open):
    id: uuid.UUID
    name: str
    description: str


class Page(Schema):
    """A page as HSDS has it."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool


class Organizations(Page):
    contents: list[Organization]


class Services(Page):
    contents: list[Service]


class ServicesAtLocations(Page):
    contents: list[ServiceAtLocation]


class Taxonomies(Page):
    contents: list[Taxonomy]


class TaxonomyTerms(Page):
    contents: list[TaxonomyTerm]


def uid(*parts: object) -> str:
    """The id of something by its codes; the same in every answer of this site."""
    root = uuid.uuid5(uuid.NAMESPACE_URL, settings.BASE_URL)
    return str(uuid.uuid5(root, "/".join(str(part) for part in parts)))


def _sent(said: Mapping[str, Any]) -> HttpResponse:
    """As it is: what a shape does not name is HSDS's own, and stays."""
    text = json.dumps(said, ensure_ascii=False)
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def _page(
    rows: QuerySet | Sequence[Any], page: int, per_page: int, shown: Callable[[list[Any]], Any]
) -> HttpResponse:
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    pages = max(1, -(-total // per_page))
    found = list(rows[(page - 1) * per_page : page * per_page])
    return _sent(
        {
            "total_items": total,
            "total_pages": pages,
            "page_number": page,
            "size": len(found),
            "first_page": page == 1,
            "last_page": page >= pages,
            "empty": not found,
            "contents": shown(found),
        }
    )


def _given(**said: Any) -> dict[str, Any]:
    """Without what nobody wrote."""
    return {name: value for name, value in said.items() if value not in ("", None, [])}


def _phones(*owned: object, numbers: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"id": uid("phone", *owned, what), "number": number, "type": "voice", "description": what}
        for number, what in numbers
        if number
    ]


# ------------------------------------------------------------------ units
def _organization(organ: Organ) -> dict[str, Any]:
    return _given(
        name=organ.name,
        alternate_name=organ.name_en,
        website=here(f"/statistics/{organ.code}/"),
        legal_status="government",
        parent_organization_id=uid("organization", organ.parent.code) if organ.parent else None,
        phones=_phones(
            "organization",
            organ.code,
            numbers=[(organ.phone, "咨询 Enquiries"), (organ.complaint_phone, "投诉 Complaints")],
        ),
        organization_identifiers=[
            {
                "id": uid("identifier", organ.code),
                "identifier_scheme": "CN-USCC",
                "identifier_type": "统一社会信用代码",
                "identifier": organ.credit_code,
            }
        ]
        if organ.credit_code
        else [],
    ) | {"id": uid("organization", organ.code), "description": organ.duties or organ.name}


# ------------------------------------------------------------------ places
def _address(centre: Centre, slug: str) -> dict[str, Any]:
    return {
        "id": uid("address", slug),
        "location_id": uid("location", slug),
        "address_1": centre.address or centre.name,
        "city": settings.CITY_NAME,
        "state_province": "",
        "postal_code": "",
        "country": "CN",
        "address_type": "physical",
    }


def _schedules(centre: Centre, slug: str, day: date) -> list[dict[str, Any]]:
    return [
        {
            "id": uid("schedule", slug, weekday, opens),
            "location_id": uid("location", slug),
            "freq": "WEEKLY",
            "byday": DAYS[weekday],
            "opens_at": f"{opens:%H:%M}+08:00",
            "closes_at": f"{closes:%H:%M}+08:00",
        }
        for weekday, opens, closes in week_of(centre.hall_id, day)
    ]


def _location(centre: Centre, day: date) -> dict[str, Any]:
    slug = centre.hall.slug
    return _given(
        location_type="physical",
        organization_id=uid("organization", centre.hall.organ.code),
        name=centre.name,
        alternate_name=centre.name_en,
        url=here(f"/hall/{slug}/"),
        addresses=[_address(centre, slug)],
        phones=_phones("location", slug, numbers=[(centre.phone, "大厅 Hall")]),
        schedules=_schedules(centre, slug, day),
    ) | {"id": uid("location", slug)}


def _at(code: str, centre: Centre, day: date) -> dict[str, Any]:
    slug = centre.hall.slug
    return {
        "id": uid("service_at_location", code, slug),
        "service_id": uid("service", code),
        "location_id": uid("location", slug),
        "location": _location(centre, day),
    }


# ------------------------------------------------------------------ what is helped with
def _kind(kind: str) -> dict[str, Any]:
    word = ItemKind(kind)
    return {
        "id": uid("term", kind),
        "code": kind,
        "name": word.zh,
        "description": word.en,
        "taxonomy": "国办函〔2016〕108号",
        "taxonomy_id": uid("taxonomy", "kinds"),
        "language": "zho",
    }


def _service(version: ItemVersion) -> dict[str, Any]:
    code = version.item.code
    return _given(
        name=version.name,
        alternate_name=version.name_en,
        description=version.summary or version.name,
        url=here(f"/services/{code}/"),
        eligibility_description=version.conditions,
    ) | {
        "id": uid("service", code),
        "organization_id": uid("organization", version.item.organ.code),
        "status": "active",
    }


def _whole_service(version: ItemVersion, day: date) -> dict[str, Any]:
    code, told = version.item.code, guide_told(version, day)
    owned = {"service_id": uid("service", code)}
    at = centres_of_items([version.item_id], day).get(version.item_id, [])
    process = "；".join(one["name"]["zh"] for one in told["steps"])
    return _service(version) | _given(
        application_process=process,
        fees_description="不收费。" if version.has_fee is False else "",
        organization=_organization(version.item.organ),
        phones=_phones("service", code, numbers=[(told["enquiry_phone"], "咨询 Enquiries")]),
        required_documents=[
            {"id": uid("document", code, one["key"]), "document": one["name"]["zh"], **owned}
            for one in told["materials"]
        ],
        cost_options=[
            {
                "id": uid("cost", code, one["code"]),
                "option": one["name"]["zh"],
                "currency": "cny",
                "amount": float(one["amount"]) / 100,
                "amount_description": one["unit"],
                **owned,
            }
            for one in told["fees"]
        ],
        service_at_locations=[_at(code, centre, day) for centre in at],
        languages=[{"id": uid("language", code, "zh"), "name": "Chinese", "code": "zho", **owned}],
        attributes=[
            {
                "id": uid("attribute", code),
                "link_id": owned["service_id"],
                "link_entity": "service",
                "taxonomy_term_id": uid("term", version.item.entry.kind),
                "taxonomy_term": _kind(version.item.entry.kind),
            }
        ],
    )


def _rows(day: date) -> QuerySet[ItemVersion]:
    return versions_in_force(day).select_related("item__organ__parent").order_by("item__code")


# ------------------------------------------------------------------ routes
@route(router, "get", "/hsds", Meta, name="hsds", summary="Which HSDS this is")
def meta(request: HttpRequest) -> dict[str, Any]:
    """HSDS 3.0 over units, service halls and the guides in force today."""
    return {
        "version": "3.0",
        "profile": PROFILE,
        "openapi_url": here("/api/v1/openapi.json"),
        "description": f"{settings.CITY_NAME}: who helps with what, where and when",
    }


@route(
    router, "get", "/hsds/organizations", Organizations, name="hsds_organizations", summary="Units"
)
def organizations(
    request: HttpRequest, page: PageNumber = 1, per_page: PerPage = 50
) -> HttpResponse:
    """Every unit that is open."""
    rows = open_organs(timezone.localdate()).order_by("position", "pk")
    return _page(rows, page, per_page, lambda some: [_organization(one) for one in some])


@route(
    router,
    "get",
    "/hsds/organizations/{id}",
    Organization,
    name="hsds_organization",
    summary="One unit",
)
def organization(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """A unit by its id, with the halls it runs."""
    day = timezone.localdate()
    for organ in open_organs(day):
        if uid("organization", organ.code) == str(id):
            centres = [one for one in centres_on(day) if one.hall.organ_id == organ.pk]
            places = [_location(one, day) for one in centres]
            return _sent(_organization(organ) | _given(locations=places))
    raise absent()


@route(router, "get", "/hsds/services", Services, name="hsds_services", summary="Services")
def services(
    request: HttpRequest,
    page: PageNumber = 1,
    per_page: PerPage = 50,
    organization_id: uuid.UUID | None = None,
    taxonomy_term_id: uuid.UUID | None = None,
) -> HttpResponse:
    """The items in force today, of one unit or of one kind."""
    day = timezone.localdate()
    rows = _rows(day)
    if organization_id is not None:
        codes = [
            one.code
            for one in open_organs(day)
            if uid("organization", one.code) == str(organization_id)
        ]
        rows = rows.filter(item__organ__code__in=codes)
    if taxonomy_term_id is not None:
        kinds = [one.value for one in ItemKind if uid("term", one.value) == str(taxonomy_term_id)]
        rows = rows.filter(item__entry__kind__in=kinds)
    return _page(rows, page, per_page, lambda some: [_service(one) for one in some])


@route(router, "get", "/hsds/services/{id}", Service, name="hsds_service", summary="One service")
def service(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Everything of it: unit, papers, costs, and where and when it is served."""
    day = timezone.localdate()
    for code in _rows(day).order_by().values_list("item__code", flat=True):
        if uid("service", code) == str(id):
            version = version_on(code, day)
            assert version is not None
            return _sent(_whole_service(version, day))
    raise absent()


@route(
    router,
    "get",
    "/hsds/service_at_locations",
    ServicesAtLocations,
    name="hsds_service_at_locations",
    summary="Which service where",
)
def service_at_locations(
    request: HttpRequest, page: PageNumber = 1, per_page: PerPage = 50
) -> HttpResponse:
    """Every pair of an item in force and a hall whose windows serve it."""
    day = timezone.localdate()
    codes = dict(_rows(day).values_list("item_id", "item__code"))
    at = centres_of_items(codes, day)
    pairs = [(codes[item], one) for item in codes for one in at.get(item, [])]
    return _page(
        pairs, page, per_page, lambda some: [_at(code, centre, day) for code, centre in some]
    )


@route(router, "get", "/hsds/taxonomies", Taxonomies, name="hsds_taxonomies", summary="Taxonomies")
def taxonomies(request: HttpRequest, page: PageNumber = 1, per_page: PerPage = 50) -> HttpResponse:
    """The one by which services are told apart: the kinds of the national list."""
    rows = [
        {
            "id": uid("taxonomy", "kinds"),
            "name": "事项类型 Kinds of items",
            "description": "国办函〔2016〕108号",
        }
    ]
    return _page(rows, page, per_page, list)


@route(
    router,
    "get",
    "/hsds/taxonomy_terms",
    TaxonomyTerms,
    name="hsds_taxonomy_terms",
    summary="Its terms",
)
def taxonomy_terms(
    request: HttpRequest, page: PageNumber = 1, per_page: PerPage = 50
) -> HttpResponse:
    """Licences, registrations, payments…: the kinds of items."""
    rows = [_kind(one.value) for one in ItemKind]
    return _page(rows, page, per_page, list)
