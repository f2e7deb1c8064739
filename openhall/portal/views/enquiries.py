"""What was asked and answered, for everybody; how each unit answers; what is overdue.

A figure opens to its questions by number and day; their words stand only where they are published.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openhall.catalogue.terms_topics import topic_of
from openhall.desk.pages import existing
from openhall.enquiries.queries import (
    behind,
    consultations,
    limits_on,
    overdue,
    published,
    published_numbered,
    standing_of,
    standings,
    topics_published,
)
from openhall.enquiries.rules.limits import days_over
from openhall.enquiries.terms import EnquiryState
from openhall.organs.queries import organ_named
from openhall.paging.keyset import paged, place
from openhall.portal.views.enquiring import KINDS, similar_to
from openhall.search.rules.folding import LONGEST
from openhall.workdays.queries import calendar, figures_day

FIGURES = {
    "asked": gettext_lazy("Asked"),
    "answered": gettext_lazy("Answered"),
    "on_time": gettext_lazy("Answered in time"),
    "late": gettext_lazy("Answered late"),
    "open": gettext_lazy("Not answered yet"),
    "overdue": gettext_lazy("Overdue now"),
    "closed": gettext_lazy("Closed without an answer"),
    "helped": gettext_lazy("Found helpful"),
    "published": gettext_lazy("Published"),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Published questions, newest first, by unit and by topic; or those that fit some words."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    code, asked = request.GET.get("unit", ""), request.GET.get("topic", "")
    unit = organ_named(code) if code else None
    topic = topic_of(asked) if asked else None
    today = timezone.localdate()
    rows = published(organ=unit, topic=topic.value if topic else "", day=today)
    answers, _guides, _unit = similar_to(words)
    context = {
        "rows": paged(rows, ("-published_on", "-pk"), place(request.GET)),
        "words": words,
        "answers": answers,
        "unit": unit,
        "topic": topic,
        "units": [organ for organ, one in standings(today) if one.published],
        "topics": [topic_of(one) for one in topics_published(today)],
        "limits": limits_on(today),
    }
    return render(request, "portal/enquiries/list.html", context)


@require_safe
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """One published question with its answer."""
    found = existing(published_numbered(number))
    return render(request, "portal/enquiries/answer.html", {"enquiry": found})


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How every unit answers: asked, answered, in time, overdue; each opens."""
    rows = standings(figures_day())
    return render(request, "portal/enquiries/figures.html", {"rows": rows})


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """How one unit answers, and what it published."""
    organ = existing(organ_named(code))
    standing = standing_of(organ, figures_day())
    context = {
        "organ": organ,
        "figures": [(name, words, getattr(standing, name)) for name, words in FIGURES.items()],
        "rows": paged(published(organ=organ), ("-published_on", "-pk"), place(request.GET)),
        "limits": limits_on(timezone.localdate()),
    }
    return render(request, "portal/enquiries/unit.html", context)


@require_safe
def figure(request: HttpRequest, code: str, measure: str) -> HttpResponse:
    """The questions behind one figure of a unit."""
    organ, day = existing(organ_named(code)), figures_day()
    rows = behind(organ, measure, day) if measure in FIGURES else None
    if rows is None:
        raise Http404
    shown = paged(rows, at=place(request.GET)).map(_row)
    context = {"organ": organ, "rows": shown, "words": FIGURES[measure]}
    return render(request, "portal/enquiries/figure.html", context)


@require_safe
def late(request: HttpRequest) -> HttpResponse:
    """Overdue now, of every unit, the longest owed first."""
    day = figures_day()
    rows = paged(overdue(day), ("due", "pk"), place(request.GET)).map(_row)
    context = {"rows": rows, "day": day, "open": consultations().count()}
    return render(request, "portal/enquiries/overdue.html", context)


def _row(enquiry: Any) -> dict[str, Any]:
    state = EnquiryState(enquiry.state)
    day = figures_day()
    owed = state in (EnquiryState.TO_ASSIGN, EnquiryState.WITH_UNIT, EnquiryState.DRAFTED)
    return {
        "enquiry": enquiry,
        "state": state,
        "kind": KINDS[state],
        "over": days_over(enquiry.due, day, calendar()) if owed else 0,
    }
