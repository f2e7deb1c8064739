"""The guide of one item: a page, the same on one printed sheet. A7, B3, 行政许可法 30."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.checking import needed_before
from openhall.catalogue.exchange.public_service import schema_org
from openhall.catalogue.guide_sheet.pdf import guide_pdf
from openhall.catalogue.library import cited
from openhall.catalogue.permissions import may_read_draft
from openhall.catalogue.queries import (
    ItemVersion,
    Material,
    Shown,
    standing_of,
    tariffs_in_force,
    version_numbered,
    version_to_show,
)
from openhall.catalogue.rules.conditions import conditions_in
from openhall.catalogue.rules.validity import told_apart
from openhall.catalogue.terms import (
    ContactWay,
    HandlingForm,
    ItemKind,
    MaterialKind,
    MaterialSource,
    Medium,
    Necessity,
    OnlineDepth,
    OrganNature,
    PowerSource,
    ProjectType,
    ResultKind,
    ServiceObject,
    UseLevel,
)
from openhall.design.words import called
from openhall.desk.pages import existing
from openhall.glossary import Term
from openhall.joint.matters import matters_with_item
from openhall.organs.queries import Account
from openhall.organs.terms import OrganKind
from openhall.portal.districts import places_of
from openhall.portal.sheets import sheet_of
from openhall.questions.queries import guides_of_item
from openhall.statistics.queries import days_of
from openhall.statistics.rules.figures import Spread, months_back, spread

BUSINESSES: Final = (ServiceObject.ENTERPRISE.value, ServiceObject.UNINCORPORATED.value)
APPLIED_FOR_ONLINE: Final = (OnlineDepth.RECEIVE, OnlineDepth.ACCEPT, OnlineDepth.WHOLE)


def in_english() -> bool:
    """Whether the page is in English."""
    return (get_language() or "").startswith("en")


def in_language(thing: Any, field: str) -> str:
    """``field`` of ``thing`` in the language of the page; Chinese where English is not there."""
    if in_english() and (words := getattr(thing, f"{field}_en", "")):
        return str(words)
    return str(getattr(thing, field))


def words_of(words: type[Term], codes: Iterable[str]) -> list[Term]:
    """The terms of ``codes`` in the order of the term; codes nobody knows are left out."""
    given = set(codes)
    return [word for word in words if word.value in given]


def _speed(version: ItemVersion, today: date) -> Spread | None:
    year_ago = months_back(today.replace(day=1), 13)[0]
    return spread(days_of(version.item_id, year_ago, today))


def level_of(version: ItemVersion) -> UseLevel:
    """The level of the organ that decides: a district's bureau uses a power listed for the city."""
    listed = UseLevel(version.item.entry.use_level)
    return UseLevel.COUNTY if version.item.organ.kind == OrganKind.BUREAU.value else listed


def _about(version: ItemVersion) -> list[tuple[str, Any]]:
    """What the implementation list says besides; empty elements are left out. norms 1.2."""
    rows: list[tuple[str, Any]] = [
        (_("Item code"), version.item.code),
        (_("Kind of item"), ItemKind(version.item.entry.kind)),
        (_("Level"), level_of(version)),
        (_("Organ responsible"), called(version.item.organ)),
        (_("Nature of the organ"), OrganNature(version.organ_nature)),
        (_("Source of the power"), PowerSource(version.power_source)),
        (_("Entrusted by"), version.entrusted_by),
        (_("Kind of handling"), ProjectType(version.project_type)),
        (_("Online"), OnlineDepth(version.online_depth)),
        (_("Handled together with"), version.joint_organs),
        (_("Intermediary services"), version.intermediary),
        (_("May be applied for throughout"), version.area_scope),
        (_("Limit of numbers"), version.quantity_limit),
        (_("Special procedures"), version.special_procedure),
    ]
    return [(name, value) for name, value in rows if value]


def _materials(version: ItemVersion) -> list[dict[str, Any]]:
    rows: Iterable[Material] = version.materials.all()
    return [
        {
            "it": one,
            "necessity": Necessity(one.necessity),
            "condition": in_language(one, "condition"),
            "source": MaterialSource(one.source),
            "explained": in_language(one, "source_explained"),
            "kind": MaterialKind(one.kind),
            "medium": Medium(one.medium),
            "standard": in_language(one, "accept_standard"),
            "note": in_language(one, "fill_note"),
            "purpose": in_language(one, "purpose"),
            "spared": in_language(one, "spared"),
        }
        for one in rows
    ]


def _for_whom(codes: set[str]) -> str:
    """In plain words who it is for; the list of the law stands under "Who may apply"."""
    person, business = {ServiceObject.PERSON.value}, set(BUSINESSES)
    if not codes or codes == person:
        return _("persons") if codes else ""
    if codes - person <= business:
        return _("persons and businesses") if codes & person else _("businesses")
    return _("persons and bodies") if codes & person else _("bodies of any kind")


def context_of(shown: Shown, today: date) -> dict[str, Any]:
    """Everything the guide says, in the language of the page."""
    version, stands = shown.version, shown.stands
    prefetch_related_objects([version], "materials")  # listed, and counted for the visits
    return {
        "version": version,
        "is_online": OnlineDepth(version.online_depth) in APPLIED_FOR_ONLINE,
        "item": version.item,
        "visiting": version.visiting,
        "stands": stands,
        "stands_said": stands.said_in(get_language() or ""),
        "question_guides": guides_of_item(version.item_id, today),
        "joint_matters": matters_with_item(version.item_id, today),
        "summary": in_language(version, "summary"),
        "conditions": conditions_in(in_language(version, "conditions")),
        "season": in_language(version, "season"),
        "speed": _speed(version, today),
        "served": words_of(ServiceObject, version.service_objects),
        "for_whom": _for_whom(set(version.service_objects)),
        "ways": words_of(HandlingForm, version.handling_forms),
        "materials": _materials(version),
        "steps": [
            (step, in_language(step, "officer"), in_language(step, "standard"))
            for step in version.steps.all()
        ],
        "result_kind": ResultKind(version.result_kind),
        "result_name": in_language(version, "result_name"),
        "validity": told_apart(in_language(version, "result_validity")),
        "enquiry_ways": words_of(ContactWay, version.enquiry_ways),
        "complaint_ways": words_of(ContactWay, version.complaint_ways),
        "laws": cited(version.laws.all()),
        "faqs": [
            (in_language(faq, "question"), in_language(faq, "answer")) for faq in version.faqs.all()
        ],
        "prerequisites": [
            (one, in_language(one, "words"))
            for one in version.prerequisites.select_related("item__entry")
        ],
        "needed_first": [one for one in needed_before(version.item.code, today) if one.steps > 1],
        "tariffs": tariffs_in_force(version.item_id, today),
        "about": _about(version),
    }


def _shown(code: str, today: date) -> Shown:
    shown = version_to_show(code, today)
    if shown is None:
        raise Http404
    return shown


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The guide in force today; of an item that is paused or gone, its last one, with its state.

    What several districts handle is one entry, and its guide leads to that of each.
    """
    today = timezone.localdate()
    shown = _shown(code, today)
    places = places_of(shown.version, today)
    here = next((one for one in places if one.version.item_id == shown.version.item_id), None)
    return render(
        request,
        "portal/guide.html",
        context_of(shown, today)
        | {
            "places": places,
            "here": here,
            "data": schema_org(shown.version, settings.BASE_URL, request.path, in_english()),
        },
    )


@require_safe
def preview(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A draft as the public would see it, to who may read drafts; to others it is not there."""
    today = timezone.localdate()
    version = existing(version_numbered(code, number))
    reader = request.user if isinstance(request.user, Account) else None
    if not may_read_draft(reader, version, today):
        raise Http404
    context = context_of(Shown(version, standing_of(version, today)), today) | {"preview": True}
    return render(request, "portal/guide.html", context)


@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The guide as PDF, to take along or hang up: 行政许可法 30."""
    today = timezone.localdate()
    shown = _shown(code, today)
    address = settings.BASE_URL + reverse("portal:guide", args=[code])
    made = guide_pdf(sheet_of(context_of(shown, today), address, today), address)
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="guide-{shown.version.item_id}.pdf"'
    return answer
