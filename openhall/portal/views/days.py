"""The checkpoint of each day: its history, its sheet to print and keep, its feed. A5."""

import base64
from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.terms import Act
from openhall.deeds.kinds import kind_named
from openhall.design.qr import qr_svg
from openhall.ledger.queries import (
    DailyCheckpoint,
    acts_between,
    consistency,
    day_before,
    day_named,
    days_of_month,
    last_days,
    note_of,
)
from openhall.ledger.signing import public_verifier_key
from openhall.ledger.witnesses import witnesses
from openhall.paging.whole import month


def _day(asked: date) -> DailyCheckpoint:
    found = day_named(asked)
    if found is None:
        raise Http404
    return found


def compact(day: DailyCheckpoint) -> str:
    """Origin, size and root on three lines: what the QR code holds, and what a note signs."""
    root = base64.b64encode(bytes(day.checkpoint.root)).decode()
    return f"{settings.LEDGER_ORIGIN}\n{day.checkpoint.size}\n{root}\n"


def kind_said(kind: str, act: str) -> str:
    """The kind of an entry in the words of the page."""
    if kind == "case" and act in Act.codes():
        return Act(act).said_in(get_language())
    named = {
        "paper": _("Papers given"),
        "paper_taken_back": _("Papers taken back"),
        "paper_words": _("Words of papers approved"),
        "seal": _("Seals kept"),
        "licence": _("Acts on permits"),
        "ban": _("Applicants barred"),
        "catalogue": _("Acts on the catalogue"),
        "rating": _("Ratings"),
        "erasure": _("Personal data erased"),
        "day": _("Days' checkpoints named"),
        "witness": _("Witnesses made known"),
        "alarm": _("Alarms of the log"),
        "alarm_resolved": _("Alarms resolved"),
    }
    if kind not in named and (declared := kind_named(kind)):
        return declared.title.said_in(get_language())
    return named.get(kind, kind)


def _kinds(since: int, size: int) -> list[tuple[str, int]]:
    """How many of each kind were added, in words, the most first."""
    counts: Counter[str] = Counter()
    for kind, act, count in acts_between(since, size):
        counts[kind_said(kind, act)] += count
    return counts.most_common()


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """One month of days, newest first; other months by their key."""
    asked = request.GET.get("month", "")
    newest = last_days(1)
    first = (newest[0].day if newest else timezone.localdate()).replace(day=1)
    if asked:
        if (wanted := month(asked)) is None:
            raise Http404
        first = wanted
    days, older, newer = days_of_month(first)
    context = {
        "month": first,
        "days": days,
        "older": f"?month={older:%Y-%m}" if older else "",
        "newer": f"?month={newer:%Y-%m}" if newer else "",
    }
    return render(request, "portal/ledger_days.html", context)


@require_safe
def sheet(request: HttpRequest, day: date) -> HttpResponse:
    """One day's checkpoint on one printed page."""
    found = _day(day)
    before = day_before(found.day)
    since = before.checkpoint.size if before else 0
    picture = qr_svg(compact(found), quiet=2)
    cosigned = list(found.checkpoint.cosignatures.all())
    context = {
        "found": found,
        "checkpoint": found.checkpoint,
        "origin": settings.LEDGER_ORIGIN,
        "root": base64.b64encode(bytes(found.checkpoint.root)).decode(),
        "note": note_of(found.checkpoint),
        "key": public_verifier_key(),
        "qr": mark_safe(picture),  # noqa: S308 - drawn here from numbers and our own name
        "cosigned": cosigned,
        "witnesses": max(len(witnesses()), len(cosigned)),
        "before": before,
        "added": found.checkpoint.size - since,
        "kinds": _kinds(since, found.checkpoint.size),
    }
    return render(request, "portal/ledger_day.html", context)


@require_safe
def note(request: HttpRequest, day: date) -> HttpResponse:
    """The signed note itself, to keep."""
    found = _day(day)
    answer = HttpResponse(note_of(found.checkpoint), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="checkpoint-{found.day}.txt"'
    return answer


@require_safe
def continues(request: HttpRequest, day: date, earlier: date) -> JsonResponse:
    """Proof that ``day`` continues an earlier day, to check without us."""
    new, old = _day(day).checkpoint, _day(earlier).checkpoint
    if old.size > new.size:
        raise Http404
    proof = consistency(old.size, new.size)
    said: dict[str, Any] = {
        "format": "openhall-consistency/1",
        "old": note_of(old),
        "new": note_of(new),
        "proof": [base64.b64encode(step).decode() for step in proof],
    }
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})


class DaysFeed(Feed):
    """The days as Atom, the note in each entry, so that any feed reader keeps a copy."""

    feed_type = Atom1Feed
    title = gettext_lazy("Checkpoints of the public log, day by day")
    subtitle = gettext_lazy("Keep them: whoever holds one can see whether the log was rewritten.")

    def link(self) -> str:
        return reverse("portal:days")

    def items(self) -> list[DailyCheckpoint]:
        return last_days()

    def item_title(self, item: Any) -> str:
        size = f"{item.checkpoint.size:,}"
        return _("%(day)s: %(size)s entries") % {"day": item.day.isoformat(), "size": size}

    def item_description(self, item: Any) -> str:
        return f"<pre>{note_of(item.checkpoint)}</pre>"

    def item_link(self, item: Any) -> str:
        return reverse("portal:day", args=[item.day.isoformat()])

    def item_updateddate(self, item: Any) -> Any:
        return item.checkpoint.made_at

    def item_pubdate(self, item: Any) -> Any:
        return item.checkpoint.made_at
