"""The catalogue in force on a day, the units that have it, and their guides by version and day."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from openhall.api.v1.door import here, route
from openhall.api.v1.paging import LIMIT, Code, Cursor, Day, Limit, Number, page_of
from openhall.api.v1.problems import Words, absent
from openhall.catalogue.guide_sheet.values import guide_told
from openhall.catalogue.queries import (
    ItemVersion,
    published_versions,
    version_on,
    version_public,
    versions_in_force,
)
from openhall.glossary import Said
from openhall.organs.queries import Organ, open_organs, organ_named
from openhall.organs.terms import OrganKind

router = Router(tags=["catalogue"])
NO_ITEM = Said("这一天没有这个编码的事项。", "There is no item under this code on that day.")
NO_UNIT = Said("没有这个编码的机构。", "There is no unit under this code.")


class Unit(Schema):
    """A unit: its code, kind and names; what of it stands on its page."""

    code: str
    kind: str
    name: Words
    short_name: Words
    parent: str | None
    division_code: str
    credit_code: str
    duties: Words
    address: Words
    hours: str
    phone: str
    complaint_phone: str


class Units(Schema):
    data: list[Unit]
    next: str | None


class Row(Schema):
    """An item in force: who has it, how long it takes, whether it costs something."""

    code: str
    kind: str
    name: Words
    summary: Words
    unit: str
    unit_name: Words
    district: str | None
    version: int
    effective_from: date
    effective_until: date | None
    statutory_days: int | None
    statutory_unit: str
    promised_days: int | None
    promised_unit: str
    has_fee: bool | None
    online_depth: str
    service_objects: list[str]
    topics: list[str]
    url: str
    guide: str


class Rows(Schema):
    data: list[Row]
    next: str | None


class Edition(Schema):
    """One version of a guide and the days on which it is in force."""

    version: int
    effective_from: date | None
    effective_until: date | None
    digest: str
    change_note: str
    guide: str


class Editions(Schema):
    data: list[Edition]


class MaterialTold(Schema):
    """One paper to bring."""

    key: str
    name: Words
    necessity: str
    condition: Words
    source: str
    medium: str
    kind: str
    originals: int
    copies: int
    legal_basis: str


class StepTold(Schema):
    """One step of the procedure, in working days."""

    name: Words
    days: int | None
    standard: Words


class LawTold(Schema):
    """What it rests on."""

    law: str
    number: str
    article: str
    words: str


class FeeTold(Schema):
    """An approved fee, in fen."""

    code: str
    name: Words
    amount: str
    unit: str
    basis: str
    price_approval: str


class QuestionTold(Schema):
    """What people ask, answered."""

    question: Words
    answer: Words


class Before(Schema):
    """What must be had beforehand."""

    item: str | None
    words: Words
    legal_basis: str


class Guide(Row):
    """The whole guide: the nine elements, as the page and the sheet have them."""

    on: date
    digest: str
    conditions: Words
    materials: list[MaterialTold]
    no_material_needed: bool
    steps: list[StepTold]
    laws: list[LawTold]
    fees: list[FeeTold]
    fee_basis: str
    prerequisites: list[Before]
    no_prerequisites: bool
    result: Words
    result_kind: str
    result_validity: Words
    enquiry_phone: str
    complaint_phone: str
    address: Words
    hours: Words
    visits: int | None
    accepts_post: bool
    accepts_appointments: bool
    questions: list[QuestionTold]
    form: str | None


def words(row: Any, name: str) -> dict[str, str]:
    """A pair of columns."""
    return {"zh": getattr(row, name), "en": getattr(row, f"{name}_en", "")}


def unit_told(organ: Organ) -> dict[str, Any]:
    """A unit as it is shown."""
    plain = ("code", "kind", "division_code", "credit_code", "hours", "phone", "complaint_phone")
    both = ("name", "short_name", "duties", "address")
    return {
        **{name: getattr(organ, name) for name in plain},
        **{name: words(organ, name) for name in both},
        "parent": organ.parent.code if organ.parent is not None else None,
    }


def _row(version: ItemVersion) -> dict[str, Any]:
    item = version.item
    parent = item.organ.parent
    is_of_district = parent is not None and parent.kind == OrganKind.DISTRICT
    plain = (
        *("effective_from", "effective_until", "statutory_days", "statutory_unit"),
        *("promised_days", "promised_unit", "has_fee", "online_depth"),
        *("service_objects", "topics"),
    )
    return {
        **{name: getattr(version, name) for name in plain},
        "code": item.code,
        "kind": item.entry.kind,
        "name": words(version, "name"),
        "summary": words(version, "summary"),
        "unit": item.organ.code,
        "unit_name": words(item.organ, "name"),
        "district": parent.code if is_of_district and parent is not None else None,
        "version": version.number,
        "url": here(f"/services/{item.code}/"),
        "guide": here(f"/api/v1/items/{item.code}/versions/{version.number}"),
    }


@route(router, "get", "/items", Rows, name="items", summary="Items in force on a day")
def items(
    request: HttpRequest,
    on: Day | None = None,
    unit: Code | None = None,
    district: Code | None = None,
    cursor: Cursor | None = None,
    limit: Limit = LIMIT,
) -> dict[str, Any]:
    """What may be applied for on the day ``on`` (today), of one ``unit`` or of a ``district``.

    A bureau's item stands under its district. 成办发〔2003〕75号 二（一）, A10.
    """
    rows = versions_in_force(on or timezone.localdate()).select_related("item__organ__parent")
    for code in (unit, district):
        if code is not None and organ_named(code) is None:
            raise absent(NO_UNIT)
    if unit is not None:
        rows = rows.filter(item__organ__code=unit)
    if district is not None:
        rows = rows.filter(item__organ__parent__code=district)
    return page_of(request, "items", rows, ("pk",), cursor, limit, _row)


@route(router, "get", "/items/{code}", Guide, name="item", summary="The guide in force on a day")
def item(request: HttpRequest, code: Code, on: Day | None = None) -> dict[str, Any]:
    """The whole guide of an item as it reads on the day ``on`` (today). A7."""
    day = on or timezone.localdate()
    version = version_on(code, day)
    if version is None:
        raise absent(NO_ITEM)
    return _guide(version, day)


@route(
    router,
    "get",
    "/items/{code}/versions",
    Editions,
    name="item_versions",
    summary="Every published version of a guide",
)
def item_versions(request: HttpRequest, code: Code) -> dict[str, Any]:
    """Which words stood when; each digest stands in the public log."""
    rows = published_versions(code)
    if not rows:
        raise absent(NO_ITEM)
    plain = ("effective_from", "effective_until", "digest", "change_note")
    return {
        "data": [
            {
                **{name: getattr(one, name) for name in plain},
                "version": one.number,
                "guide": here(f"/api/v1/items/{code}/versions/{one.number}"),
            }
            for one in rows
        ]
    }


@route(
    router,
    "get",
    "/items/{code}/versions/{number}",
    Guide,
    name="item_version",
    summary="One version of a guide",
)
def item_version(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    """The guide as this version has it, with the fees of its first day."""
    version = version_public(code, number)
    if version is None:
        raise absent()
    return _guide(version, version.effective_from or timezone.localdate())


def _guide(version: ItemVersion, day: date) -> dict[str, Any]:
    told = guide_told(version, day)
    form = here(f"/api/items/{version.item.code}/form") if told.pop("asks") else None
    return {**_row(version), **told, "on": day, "form": form}


@route(router, "get", "/units", Units, name="units", summary="Units, departments and bureaus")
def units(
    request: HttpRequest,
    kind: OrganKind | None = None,
    parent: Code | None = None,
    cursor: Cursor | None = None,
    limit: Limit = LIMIT,
) -> dict[str, Any]:
    """Every organ that is open, of one ``kind`` or under one ``parent``."""
    rows = open_organs(timezone.localdate())
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if parent is not None:
        if organ_named(parent) is None:
            raise absent(NO_UNIT)
        rows = rows.filter(parent__code=parent)
    return page_of(request, "units", rows, ("position", "pk"), cursor, limit, unit_told)


@route(router, "get", "/units/{code}", Unit, name="unit", summary="One unit")
def unit(request: HttpRequest, code: Code) -> dict[str, Any]:
    """What it is called, what it does, where and when it is reached."""
    found = open_organs(timezone.localdate()).filter(code=code).first()
    if found is None:
        raise absent(NO_UNIT)
    return unit_told(found)


@route(router, "get", "/districts", Units, name="districts", summary="The districts of the city")
def districts(
    request: HttpRequest, cursor: Cursor | None = None, limit: Limit = LIMIT
) -> dict[str, Any]:
    """The districts; their bureaus are units whose ``parent`` they are."""
    rows = open_organs(timezone.localdate()).filter(kind=OrganKind.DISTRICT.value)
    return page_of(request, "districts", rows, ("position", "pk"), cursor, limit, unit_told)
