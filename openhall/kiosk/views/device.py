"""What the machine itself asks: time, heartbeat, numbers, what it printed, what to copy. E1."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from openhall.deeds.refusals import Refused
from openhall.desk.pages import existing
from openhall.hall.actions import kiosks, leasing
from openhall.hall.queries import (
    Kiosk,
    Line,
    hall_named,
    hours_on,
    open_lines,
)
from openhall.hall.terms import KioskKind
from openhall.kiosk.signed import by_machine
from openhall.kiosk.views.finding import items_here
from openhall.paging.whole import whole
from openhall.questions.queries import guides_in_force

AHEAD: Final = 7  # days whose hours a machine is told, so that it knows them while it is alone
SIZE: Final = 8  # numbers of one block
MOST_PAPERS: Final = 200
REQUEST: Final = re.compile(r"[!-~]{1,64}")  # the number of a request, as its journal writes it
OWN: Final = ("paper", "locked", "none-closed", "none-spent")


def _told(request: HttpRequest) -> dict[str, Any]:
    """The body, if it is an object; else nothing."""
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _refused(refusal: Refused) -> JsonResponse:
    said = getattr(refusal, "said", None)
    words = {"zh": said.zh, "en": said.en} if said else {"zh": str(refusal)}
    return JsonResponse(words, status=422)


def _now() -> dict[str, Any]:
    return {"now": timezone.now().timestamp(), "day": timezone.localdate().isoformat()}


@require_safe
def clock(request: HttpRequest, slug: str) -> HttpResponse:
    """What day and time it is here: a machine's own clock is never believed."""
    existing(hall_named(slug))
    return JsonResponse(_now())


@by_machine(KioskKind.KIOSK, KioskKind.PAD, locked=True)
def beat(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """It is alive; it hears the lines, the hours of the days to come and whether it is locked."""
    kiosks.hear(kiosk, _told(request))
    day, hours = timezone.localdate(), {}
    for one in (day + timedelta(days=n) for n in range(AHEAD)):
        open_on = hours_on(kiosk.hall_id, one)
        if open_on.spans and open_on.last:
            hours[one.isoformat()] = [f"{open_on.spans[0][0]:%H:%M}", f"{open_on.last:%H:%M}"]
    return JsonResponse(
        {
            **_now(),
            "locked": kiosk.locked,
            "why": kiosk.why_locked,
            "home": _home(kiosk),
            "idle": kiosk.idle_seconds,
            "size": SIZE,
            "hours": hours,
            "lines": [
                {"letter": one.letter, "zh": one.name, "en": one.name_en}
                for one in open_lines(kiosk.hall_id)
            ],
        }
    )


def _home(kiosk: Kiosk) -> str:
    """Where its browser begins."""
    slug = kiosk.hall.slug
    if kiosk.window is not None:
        return reverse("kiosk:pad", args=[slug, kiosk.window.number])
    return reverse("kiosk:home", args=[slug])


@by_machine(KioskKind.KIOSK)
def lease(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """Numbers of a line, for ever this machine's; the same request, the same block."""
    told = _told(request)
    line: Line | None = (
        open_lines(kiosk.hall_id).filter(letter=str(told.get("line", ""))[:1]).first()
    )
    many, number = whole(str(told.get("many", SIZE))), str(told.get("request", ""))
    if line is None or many is None or not REQUEST.fullmatch(number):
        return JsonResponse({"zh": "没有这个队列。", "en": "There is no such line."}, status=422)
    try:
        block = leasing.lease(line, many, kiosk.code, number)
    except Refused as refusal:
        return _refused(refusal)
    return JsonResponse(
        {
            "number": block.pk,
            "line": block.line.letter,
            "day": block.day.isoformat(),
            "first": block.first,
            "last": block.last,
            "leased_at": block.leased_at.timestamp(),
        }
    )


@by_machine(KioskKind.KIOSK, locked=True)
def merge(request: HttpRequest, kiosk: Kiosk) -> HttpResponse:
    """What it printed becomes tickets, each once however often it is sent."""
    rows = _told(request).get("papers")
    papers = [_paper(one) for one in (rows if isinstance(rows, list) else [])[:MOST_PAPERS]]
    settled, clashes = leasing.merge(kiosk.code, [one for one in papers if one is not None])
    return JsonResponse(
        {"settled": [str(uid) for uid in settled], "clashes": [str(one.uid) for one in clashes]}
    )


def _paper(said: Any) -> leasing.Paper | None:
    try:
        at = datetime.fromtimestamp(float(said["at"]), UTC)
        uid, item = UUID(said["uid"]), said.get("item")
        block, no = int(said["block"]), int(said["no"])
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError, OSError):
        return None
    if not (0 <= block < 2**62 and 0 < no < 2**30):
        return None
    chosen = item if isinstance(item, int) and 0 < item < 2**62 else None
    return leasing.Paper(uid, block, no, at, item=chosen)


@require_safe
def copied(request: HttpRequest, slug: str) -> HttpResponse:
    """The pages a machine copies, to show them while it cannot reach us."""
    hall = existing(hall_named(slug))
    day, pages = timezone.localdate(), []
    for language in ("zh-hans", "en"):
        with override(language):
            for name in ("home", "take", "find", "guides", "track", "notices", "away"):
                pages.append(reverse(f"kiosk:{name}", args=[slug]))
            pages += [reverse("kiosk:own", args=[slug, one]) for one in OWN]
            pages += [reverse("kiosk:line", args=[slug, one.letter]) for one in open_lines(hall)]
            pages += [reverse("kiosk:item", args=[slug, one.item.code]) for one in items_here(hall)]
            pages += [
                reverse("kiosk:ask", args=[slug, one.guide.slug]) for one in guides_in_force(day)
            ]
            pages.append(reverse("kiosk:index", args=[slug]))
    pages.append(reverse("kiosk:keyboard", args=[slug]))
    now = timezone.localtime().isoformat(timespec="minutes")
    return JsonResponse({"as_of": now, "pages": pages})
