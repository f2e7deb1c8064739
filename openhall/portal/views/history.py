"""什么时候变了什么: what changed in a guide and in the central list, when, signed by whom. A10."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.catalogue.history import history_of, list_versions, standing_steps, steps_of_list
from openhall.catalogue.queries import ItemEvent, item_coded, version_to_show
from openhall.catalogue.rules.difference import Change, marked
from openhall.catalogue.rules.fields import ListField
from openhall.catalogue.terms import ItemKind, ItemStep, ListAct, UseLevel
from openhall.desk.pages import existing
from openhall.glossary import Term
from openhall.ledger.queries import places_of
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.versions.terms import VersionAct, VersionState

PAGE = 20
SIGNED_AT = {  # a step says the desk that signed it; the name of the person is in the unit's files
    ItemStep.CLAIMED: Desk.CATALOGUE_CLERK,
    VersionAct.SEND: Desk.CATALOGUE_CLERK,
    VersionAct.PASS: Desk.HEAD,
    VersionAct.PUBLISH: Desk.LEGAL,
    ItemStep.CANCELLED: Desk.LEGAL,
}


def _told(changes: list[Change]) -> list[dict[str, Any]]:
    language = get_language() or ""
    return [
        {
            "kind": one.kind,
            "where": one.where(language),
            "pieces": marked(one.said_before(language), one.said_after(language)),
        }
        for one in changes
    ]


def _signed(events: list[Any]) -> list[dict[str, Any]]:
    """Steps with the place of their entry in the public log; None until the log has taken it."""
    places = places_of([event.entry for event in events])
    return [
        {
            "event": event,
            "step": step,
            "desk": SIGNED_AT.get(step),
            "place": places.get(event.entry),
        }
        for event in events
        for step in [_step(event)]
    ]


def _step(event: Any) -> Term:
    return ItemStep(event.act) if isinstance(event, ItemEvent) else VersionAct(event.act)


@require_safe
def item_history(request: HttpRequest, code: str) -> HttpResponse:
    """Every version of the item with its dates, its signed steps and what it changed."""
    item = existing(item_coded(code))
    shown = version_to_show(code, timezone.localdate())
    if shown is None:
        raise Http404
    context = {
        "item": item,
        "shown": shown,
        "versions": [
            {
                "version": told.version,
                "state": VersionState(told.version.state),
                "steps": _signed(list(told.steps)),
                "changes": None if told.changes is None else _told(list(told.changes)),
            }
            for told in history_of(item)
        ],
        "steps": _signed(standing_steps(item)),
    }
    return render(request, "portal/history.html", context)


@require_safe
def list_changes(request: HttpRequest) -> HttpResponse:
    """The versions of the central list, newest first, paged by number."""
    page = list_versions(place(request.GET), PAGE)
    steps = steps_of_list(page)
    places = places_of([step.entry for step in steps.values()])
    language = get_language() or ""
    context = {
        "versions": page.map(
            lambda one: {
                "version": one,
                "act": ListAct(one.act),
                "place": places.get(steps[one.number].entry) if one.number in steps else None,
                "changes": [_line_change(change, language) for change in one.changes],
            }
        ),
    }
    return render(request, "portal/list_versions.html", context)


def _line_change(change: dict[str, Any], language: str) -> dict[str, Any]:
    """One change of a line of the list, codes said in words."""
    field = ListField(change["field"])
    terms = {ListField.KIND: ItemKind, ListField.USE_LEVEL: UseLevel}.get(field)

    def said(value: str) -> str:
        if terms is not None and value in terms.codes():
            return str(terms(value).said_in(language))
        return value

    return {
        "code": change["entry"],
        "where": field.said_in(language),
        "pieces": marked(said(change["before"]), said(change["after"])),
    }
