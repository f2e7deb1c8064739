"""A page is made for everybody: by nobody in particular, with the vault shut, noting what is read.

What was made is kept only if nothing of it was touched meanwhile: a slow making must not overwrite
a newer state. A page that reads something new is made once more after its tags are written down,
so that no change can slip between the reading and the writing down.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any, Final
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from openhall.press.actions.keeping import put_away
from openhall.press.actions.marks import drain
from openhall.press.actions.parts import is_written, known, remake_of, write_down
from openhall.press.actions.shown import close_day_of, note_shown
from openhall.press.actions.tags import settled, transaction_now
from openhall.press.bodies import digest
from openhall.press.models import MadeFrom, Page, Part, PartPlace, Touched
from openhall.press.queries import standing
from openhall.press.rules.kinds import Archive, Kind, Turn
from openhall.press.rules.splicing import found
from openhall.press.shell import shell
from openhall.press.watching.recording import Drawn, Recorder, recording
from openhall.press.watching.tables import IGNORED
from openhall.vault.shut import VaultShut, vault_shut

logger = logging.getLogger(__name__)
MARK: Final = "openhall.press"  # in the environment of a request that makes a page
TRIES: Final = 3
CACHE: Final = "public, max-age=0, must-revalidate"
NOT_KEPT: Final = frozenset({"content-length", "vary", "cache-control", "etag", "set-cookie"})
FORBIDDEN: Final = (b"csrfmiddlewaretoken", b"sessionid", b"data-key=")


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a making: the answer, and whether it is stored (else ``why`` not)."""

    status: int
    body: bytes
    head: tuple[tuple[str, str], ...]
    stored: bool = False
    why: str = ""
    places: tuple[tuple[int, int, int], ...] = ()  # parts: number, start and length in bytes

    def answer(self) -> HttpResponse:
        """The same for Django."""
        found = HttpResponse(self.body, status=self.status)
        del found.headers["Content-Type"]
        for name, value in self.head:
            found.headers[name] = value
        return found


_handler: WSGIHandler | None = None


def handler() -> WSGIHandler:
    """All of Django, as a visitor meets it; loaded once for the process."""
    global _handler
    if _handler is None:
        _handler = WSGIHandler()
    return _handler


def request_for(address: str) -> WSGIRequest:
    """A visitor of whom nothing is known asks for ``address`` under the city's own name."""
    base, asked = urlsplit(settings.BASE_URL), urlsplit(address)
    port = base.port or (443 if base.scheme == "https" else 80)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote_to_bytes(asked.path).decode("latin-1"),
            "QUERY_STRING": asked.query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": base.hostname or "localhost",
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": base.netloc,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": base.scheme,
            "wsgi.input": BytesIO(),
            MARK: True,
        }
    )


def _rendered(address: str) -> Any:
    before = translation.get_language()
    try:
        return handler().get_response(request_for(address))
    finally:
        translation.activate(before or settings.LANGUAGE_CODE)


def rendered(kind: Kind, address: str) -> tuple[Made, Recorder]:
    """The page as it is now, and what it was made from. Raises :class:`VaultShut`."""
    with recording() as recorder, vault_shut(not kind.vault) as refused:
        answer = _rendered(address)
    if refused:
        raise VaultShut(refused[0])
    if answer.streaming:
        return Made(answer.status_code, b"", (), why="it is a file"), recorder
    head = [(name, value) for name, value in answer.items() if name.lower() not in NOT_KEPT]
    head += [("Cache-Control", CACHE), ("Vary", "Accept-Encoding, Cookie")]
    body, places = found(answer.content)
    if len(places) != len(recorder.parts):  # a part was drawn and not shown: the page is made of it
        for one in recorder.parts:
            recorder.tags |= one.recorder.tags
        recorder.parts, places = [], []
    for one in recorder.parts:
        recorder.loose |= one.recorder.loose
    made = Made(answer.status_code, body, tuple(head), False, _why_not(answer), tuple(places))
    return made, recorder


def _why_not(answer: Any) -> str:
    """What forbids that this answer is stored; empty for nothing."""
    if answer.status_code != 200:
        return f"status {answer.status_code}"
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return "it is no page"
    if answer.cookies:
        return f"it sets the cookie {', '.join(answer.cookies)}"
    for word in FORBIDDEN:
        if word in answer.content:
            return f"it holds {word.decode()}"
    return ""


def waits() -> bool:
    """Whether nothing is stored for now, such as while a demonstration fills in its history."""
    return any(import_string(path)() for path in settings.PRESS_WAITS)


def make(kind: Kind, address: str) -> Made:
    """Make ``address`` anew and keep it where it may be kept; parts alone where these are stale."""
    if (patched := _by_parts(address)) is not None:
        return patched
    made = Made(0, b"", ())
    for _turn in range(TRIES):
        drain()
        page = Page.objects.filter(path=address).first()
        marked = page.marked if page else 0
        try:
            made, recorder = rendered(kind, address)
        except VaultShut as fault:
            logger.error("%s is not stored: %s", address, fault)
            return Made(0, b"", (), why=str(fault))
        loose, tags = recorder.loose - IGNORED - kind.blind, recorder.least() - kind.blind
        if why := _kept_from(kind, made, loose):
            _gone(page, made)
            return replace(made, why=why)
        parts = known(recorder.parts, _language(address))
        if page is None or not _all_written(page, tags, parts):
            _write_down(address, kind, tags)
            for _part, one in parts:
                write_down(one.name, one.about, _language(address), one.recorder.least())
            continue
        drawn = [(part, one.html, one.recorder.least()) for part, one in parts if part is not None]
        if _store(page, kind, made, tags, marked, drawn, loose=bool(loose)):
            return replace(made, stored=True)
    return replace(made, why="it is being changed")


def _kept_from(kind: Kind, made: Made, loose: set[str]) -> str:
    """Why this must not be stored; empty for nothing."""
    if made.why:
        return made.why
    if loose and not kind.debounce:
        return f"it reads {', '.join(sorted(loose))}, which nobody watches"
    return "the press waits" if waits() else ""


def _language(address: str) -> str:
    return translation.get_language_from_path(urlsplit(address).path) or settings.LANGUAGE_CODE


def _by_parts(address: str) -> Made | None:
    """The page with its stale parts made anew, where nothing else of it is stale."""
    page = Page.objects.filter(path=address, stale=False, body__isnull=False).first()
    if page is None or not page.places.exists():
        return None
    drain()
    found = standing(address) if remake_of(page) else None
    return None if found is None else Made(200, found.body(), found.head, stored=True)


def _all_written(page: Page, tags: set[str], parts: list[tuple[Part | None, Drawn]]) -> bool:
    written = set(page.made_from.values_list("tag", flat=True))
    return (
        tags <= written
        and settled(page.tags_since)
        and all(is_written(part, one.recorder.least()) for part, one in parts)
    )


def _gone(page: Page | None, made: Made) -> None:
    """An address that has a stored page and does not answer with one any more."""
    if page is None or page.body_id is None or made.status == 0:
        return
    with transaction.atomic():
        Page.objects.filter(pk=page.pk).update(body=None, stale=True)
        if made.status in (404, 410):
            note_shown(page.path, "", Archive.EVERY, timezone.now())


# ---------------------------------------------------------------- tags, before they are relied on
def _write_down(address: str, kind: Kind, tags: Iterable[str]) -> None:
    with transaction.atomic():
        page, _new = Page.objects.get_or_create(path=address, defaults={"kind": kind.route})
        MadeFrom.objects.bulk_create(
            [MadeFrom(page=page, tag=tag) for tag in sorted(tags)], ignore_conflicts=True
        )
        page.tags_since = transaction_now()
        page.save(update_fields=["tags_since"])


# ---------------------------------------------------------------- keeping
Drawings = list[tuple[Part, str, set[str]]]  # a part, its words, what they were made from


def _store(
    page: Page,
    kind: Kind,
    made: Made,
    tags: set[str],
    marked: int,
    drawn: Drawings | None = None,
    *,
    loose: bool,
) -> bool:
    """Keep what was made, unless something of it was touched since; whether it was kept."""
    now = timezone.now()
    today = timezone.localdate(now)
    drawn = drawn or []
    of_parts = {tag for _part, _html, those in drawn for tag in those}
    with transaction.atomic():
        page = Page.objects.select_for_update().get(pk=page.pk)
        if page.marked != marked or Touched.objects.filter(tag__in=tags | of_parts).exists():
            return bool(kind.debounce) and _keep(page, kind, made, now, today, loose, old=True)
        for part, html, _tags in drawn:
            fresh = Part.objects.filter(pk=part.pk, marked=part.marked)
            if not fresh.update(html=html, stale=False):
                return False
        page.made_from.exclude(tag__in=tags).delete()
        page.places.all().delete()
        PartPlace.objects.bulk_create(
            PartPlace(page=page, part=drawn[number][0], number=order, start=start, length=length)
            for order, (number, start, length) in enumerate(made.places)
            if drawn
        )
        return _keep(page, kind, made, now, today, loose, old=False)


def _keep(
    page: Page, kind: Kind, made: Made, now: datetime, today: date, loose: bool, old: bool
) -> bool:
    sha256 = digest(made.body)
    if kind.archive is Archive.DAILY:
        close_day_of(page, today)
    if page.body_id != sha256:
        page.body = put_away(page, made.body)
        if kind.archive is Archive.EVERY:
            note_shown(page.path, sha256, Archive.EVERY, now)
    page.kind, page.head, page.shell = kind.route, json.dumps(made.head), shell()
    page.made_at, page.made_on, page.turn_on = now, today, turn_of(kind.turn, today)
    page.old_after = now + timedelta(seconds=kind.debounce) if kind.debounce else None
    page.is_loose, page.stale = loose, old
    page.save()
    return True


def turn_of(turn: Turn, day: date) -> date | None:
    """From which day the clock alone makes a page of ``day`` old."""
    if turn is Turn.DAY:
        return day + timedelta(days=1)
    if turn is Turn.MONTH:
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return None
