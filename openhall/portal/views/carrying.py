"""带下去的打分表: an inspector's sheets on his own device, for days without a network.

The page and what it needs stay on the device; what is written there is sent when there is a network
again. A device says what it has, and is told what is here: what stands in conflict both sides show,
and the inspector chooses.
"""

import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.desk.offers import in_words
from openhall.desk.pages import existing
from openhall.inspections import actions
from openhall.inspections.queries import (
    Inspection,
    Inspector,
    edits_of,
    inspection_numbered,
    inspector_with,
    sheets_of,
    units_of,
)
from openhall.inspections.rules.carrying import SHAPE, Edit, Unreadable, edits_in, forks
from openhall.inspections.rules.indicators import indicators_in
from openhall.inspections.terms import InspectionState
from openhall.throttle.middleware import trying_code


@require_safe
@ensure_csrf_cookie
def sheets(request: HttpRequest, number: str) -> HttpResponse:
    """Every unit's sheet, empty: which are one's own the device shows once the code was sent."""
    found = existing(inspection_numbered(number, public=True))
    context = {
        "inspection": found,
        "is_open": found.state == InspectionState.VISITING,
        "units": units_of(found),
        "indicators": indicators_in(found.indicators),
    }
    return render(request, "portal/inspections/sheets.html", context)


@require_POST
def carried(request: HttpRequest, number: str) -> HttpResponse:
    """Takes in what a device has and answers with what is here; signs a sheet where it is asked."""
    found = existing(inspection_numbered(number, public=True))
    try:
        told = json.loads(request.body)
        code, sent = str(told["code"]), edits_in(told["edits"])
        organ, why = str(told.get("sign", "")), str(told.get("why", ""))
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        said = wrong.said if isinstance(wrong, Unreadable) else SHAPE
        return JsonResponse({"words": in_words(Refused(said))}, status=422)
    try:
        with trying_code(request, "inspector_code"):
            words = _taken(request, found, code, sent, organ, why)
    except Refused as refusal:
        words = " ".join(dict.fromkeys(in_words(one) for one in refusal.faults or (refusal,)))
        return JsonResponse({"words": words} | _here(found, code), status=422)
    return JsonResponse({"words": words} | _here(found, code))


def _taken(
    request: HttpRequest, found: Inspection, code: str, sent: list[Edit], organ: str, why: str
) -> str:
    doing = Doing(None, timezone.now(), key_of(request, ""))
    new = actions.carry_in(found, code, sent, doing.part("edits"))
    if organ:
        actions.sign_carried(found, code, organ, doing.part("sign"), why=why)
        return _("It is sealed. Nobody reads it before every sheet is in.")
    return _("%(new)s new values are here; nothing was lost.") % {"new": new} if new else ""


def _here(found: Inspection, code: str) -> dict[str, Any]:
    """What is here of this inspector: every edit, and where each sheet stands."""
    inspector: Inspector | None = inspector_with(found, code)
    if inspector is None:
        return {}
    rows = sheets_of(inspector)
    edits = [edit for one in rows for edit in edits_of(one)]
    return {
        "edits": [asdict(one) | {"id": one.id} for one in edits],
        "sheets": [
            {"number": one.number, "organ": one.unit.organ.code, "state": one.state} for one in rows
        ],
        "forks": len(forks(edits)),
    }
