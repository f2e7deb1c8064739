"""时光机: a public page as it was served on a day, with its proof."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openhall.ledger.queries import leaf_of
from openhall.paging.whole import whole
from openhall.press.bodies import Erased, body_of
from openhall.press.context import address_below
from openhall.press.past import Past, changes_around, day_shown, past, proof, was_shown

OWN = (
    "raw",
    "proof",
    "at",
    "frame",
)  # words of the address that are the machine's and not the page's
DAY_LONG = "public, max-age=86400"


@require_safe
def at(request: HttpRequest, day: date, path: str = "") -> HttpResponse:
    """The page in a frame that says which day it is of; ``?raw`` its bytes, ``?proof`` its proof.

    ``?at=51329`` shows an earlier version of that day, by its second.
    """
    sent = [(k, v) for k, those in request.GET.lists() for v in those if k not in OWN]
    address = address_below("/en/" if _english() else "/", path, sent)
    if day >= timezone.localdate():
        return redirect(address)
    if day_shown(day) is None:
        raise Http404
    if "proof" in request.GET:
        return _proof(address, day)
    found = past(address, day)
    if found is None:
        return _absent(request, address, day)
    shown, version = _version(found, request.GET.get("at", ""))
    body, erased = _body(version)
    if "raw" in request.GET:
        return _raw(body, version)
    if "frame" in request.GET and body:
        return _framed(body)
    return _kept(render(request, "portal/past.html", _context(found, shown, body, erased)))


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _version(found: Past, asked: str) -> tuple[int, str]:
    """The version of the second that was asked for, else the last of the day."""
    second = whole(asked) if asked else None
    return next((one for one in found.shown if one[0] == second), found.shown[-1])


def _body(sha256: str) -> tuple[bytes, int | None]:
    if not sha256:
        return b"", None
    try:
        return body_of(sha256), None
    except Erased as gone:
        return b"", gone.entry


def _kept(answer: HttpResponse, *, found: bool = True) -> HttpResponse:
    """What is over does not change; but an erasure must show within a day."""
    if found:
        answer.headers["Cache-Control"] = DAY_LONG
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _raw(body: bytes, sha256: str) -> HttpResponse:
    if not body:
        raise Http404
    answer = HttpResponse(body, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{sha256[:16]}.html"'
    return _kept(answer)


def _framed(body: bytes) -> HttpResponse:
    """The page for the frame, and for no frame of others; its links lead out, to today."""
    answer = HttpResponse(body.replace(b"<head>", b'<head><base target="_top">', 1))
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return _kept(answer)


def _proof(address: str, day: date) -> HttpResponse:
    told = proof(address, day)
    if told is None:
        raise Http404
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="page-{day}.json"'
    return _kept(answer)


def _absent(request: HttpRequest, address: str, day: date) -> HttpResponse:
    """Nothing was there, which is proved too."""
    context = {"address": address, "day": day, "root": day_shown(day)}
    context |= _around(address, day)
    return _kept(render(request, "portal/past.html", context, status=404), found=False)


def _context(found: Past, second: int, body: bytes, erased: int | None) -> dict[str, Any]:
    leaf = leaf_of(found.day.entry)
    gone = leaf_of(erased) if erased is not None else None
    times = [(one, f"{one // 3600:02}:{one // 60 % 60:02}") for one, _sha256 in found.shown]
    return {
        "past": found,
        "address": found.path,
        "day": found.day.day,
        "times": times if len(times) > 1 else [],
        "second": second,
        "sha256": dict(found.shown)[second],
        "framed": bool(body),
        "is_erased": erased is not None,
        "erased_leaf": gone,
        "root": found.day,
        "leaf": leaf,
    } | _around(found.path, found.day.day)


def _around(address: str, day: date) -> dict[str, Any]:
    """The days on which it changed before and after, each with its address."""
    found = changes_around(address, day)
    return {
        name: (there, past_address(address, there)) if there else None
        for name, there in (("earlier", found["before"]), ("later", found["after"]))
    }


def link_to(route: str, *args: Any, day: date) -> str:
    """The address of a page as it was on ``day``; empty where nothing is kept of it."""
    try:
        path = reverse(route, args=args)
    except NoReverseMatch:
        return ""
    return past_address(path, day) if was_shown(path, day) else ""


def past_address(address: str, day: date) -> str:
    """Where ``address`` is shown as it was on ``day``."""
    path, _mark, query = address.partition("?")
    below = path.removeprefix("/en/" if path.startswith("/en/") else "/")
    there = (
        reverse("portal:past", args=[day, below])
        if below
        else reverse("portal:past_home", args=[day])
    )
    return f"{there}?{query}" if query else there
