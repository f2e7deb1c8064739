"""The search over everything public: its page, what it offers, what people say of it. B8."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.desk.pages import stands_on
from openhall.paging.whole import day, whole_or
from openhall.search.actions import answering, counting
from openhall.search.queries import PAGE, Shown, Wanted, search, suggest
from openhall.search.rules.folding import LONGEST
from openhall.search.sources.guides import english_of
from openhall.search.terms import RecordKind

MOST = 100
KEPT = ("q", "kind", "unit", "since", "until", "within", "root")
CODE = 60  # signs of a code in an address


def address_of(shown: Shown) -> str:
    """Where a result leads, down to its article."""
    return place(shown.record.at)


def place(at: tuple[str, ...]) -> str:
    """The address of a page named by a source: its name, what it is called with, its part."""
    name, *arguments = at
    if name == "portal:policy" and len(arguments) == 2:
        return f"{reverse(name, args=arguments[:1])}#{arguments[1]}"
    return reverse(name, args=arguments)


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _wanted(request: HttpRequest) -> Wanted:
    """What the address asks for; what it may not ask for is left out."""
    told = request.GET
    kind = told.get("kind", "")
    return Wanted(
        kind=kind if kind in RecordKind.codes() else "",
        unit=told.get("unit", "")[:CODE],
        since=day(told.get("since", "")),
        until=day(told.get("until", "")),
        within=told.get("within", "")[:LONGEST],
        root=told.get("root", "")[: 3 * CODE],
        most=min(MOST, max(1, whole_or(PAGE, told.get("most", "")))),
        english=_english(),
    )


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Results: services as a group of their own, then everything else."""
    typed = request.GET.get("q", "")
    wanted = _wanted(request)
    results = search(typed, wanted)
    if results.ready and not results.query.says_nothing and wanted == Wanted(english=_english()):
        counting.count(results.query, fits=results.fits)
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    context = {
        "typed": typed[:LONGEST],
        "results": results,
        "wanted": wanted,
        "groups": [
            (group, [(one, address_of(one)) for one in group])
            for group in (results.cited, results.services, results.others)
        ],
        "meant": [((_english() and english_of(word)) or word, word) for word in results.meant],
        "kinds": [
            (kind, count, _with(kept, kind="" if wanted.kind == kind else kind.value))
            for kind, count in results.kinds
        ],
        "units": [
            (names[1] if _english() and names[1] else names[0], count, _with(kept, unit=code))
            for code, names, count in results.units
        ],
        "narrowed": wanted != Wanted(most=wanted.most, english=wanted.english),
        "anew": _with({"q": typed}),
        "hotline": settings.HOTLINE,
        "more": _with(kept, most=str(min(MOST, wanted.most + PAGE)))
        if results.other_count > len(results.others) and wanted.most < MOST
        else "",
    }
    return render(request, "portal/search.html", context)


def _with(kept: dict[str, str], **change: str) -> str:
    told = {**kept, **change}
    return "?" + urlencode({name: value for name, value in told.items() if value})


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Names that fit what is typed so far: a part of the page, for htmx."""
    found = suggest(request.GET.get("q", ""), _english())
    context = {"suggested": [(one, place(one.record.at)) for one in found]}
    return render(request, "portal/search_suggest.html", context)


@stands_on(page)
def answered(request: HttpRequest) -> HttpResponse:
    """A person says that a result answered the question, or that none did: then a unit is asked.

    The question goes on to the page that asks a unit, filled in; nothing is typed again.
    """
    typed, record = request.POST.get("q", ""), request.POST.get("record", "")
    heard = request.session.get("answers_said", [])
    said = [typed[:LONGEST], record]
    if said not in heard:  # once a visit: a second click says nothing new
        answering.say(typed, record, request.POST.get("unit", ""))
        request.session["answers_said"] = [*heard, said][-50:]
    asked = "?" + urlencode({"q": typed[:LONGEST]})
    if record:
        messages.success(request, _("Thank you. The staff who keep the search will look at it."))
        return redirect(reverse("portal:search") + asked)
    thanks = _(
        "Thank you; it is noted. Ask the unit here: your words stand in the question already."
    )
    messages.success(request, thanks)
    return redirect(reverse("portal:enquire") + asked)
