"""What a visitor reads at the kiosk: the choices, lines, guides, questions, notices. E1."""

from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from openhall.catalogue.queries import version_to_show, versions_in_force
from openhall.design.qr import qr_svg
from openhall.desk.pages import existing
from openhall.hall.queries import (
    exceptions_after,
    history_of,
    hours_on,
    items_of,
    lines_for,
    open_lines,
    residents_of,
    windows_of,
)
from openhall.hall.terms import CentreState
from openhall.kiosk.views.place import place_of
from openhall.portal.views.guide import context_of
from openhall.portal.views.halls import week_from
from openhall.questions.forms import AnswerForm
from openhall.questions.queries import checklist, guide_in_force, guides_in_force
from openhall.questions.rules.answers import address, pairs, read_answers
from openhall.questions.rules.content import parse
from openhall.questions.rules.walking import longest, walk

OWN: Final = {
    "paper": "kiosk/paper.html",
    "locked": "kiosk/locked.html",
    "none-closed": "kiosk/none.html",
    "none-spent": "kiosk/none.html",
}


def _code(at: str) -> str:
    """A code that a phone opens, leading to the same content on the visitor's own device."""
    return mark_safe(qr_svg(settings.BASE_URL + at, quiet=2))  # noqa: S308 - drawn by us


@require_safe
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """What may be done here."""
    return render(request, "kiosk/home.html", place_of(slug))


@require_safe
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """The lines: a ticket of each, or first what it is for."""
    context = place_of(slug)
    return render(
        request, "kiosk/take.html", context | {"lines": list(open_lines(context["hall"]))}
    )


@csrf_exempt
def ticket(request: HttpRequest, slug: str) -> HttpResponse:
    """A machine gives its tickets itself; a browser without one is shown where else to take one."""
    return redirect("portal:hall", place_of(slug)["hall"].slug)


@require_safe
def line(request: HttpRequest, slug: str, letter: str) -> HttpResponse:
    """The matters of one line: a ticket for one of them says at the window what it is for."""
    context = place_of(slug)
    one = existing(open_lines(context["hall"]).filter(letter=letter).first())
    rows = versions_in_force(context["day"]).filter(item__in=items_of(one))
    context |= {"line": one, "items": list(rows.select_related("item__organ").order_by("name"))}
    return render(request, "kiosk/line.html", context)


@require_safe
def item(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The guide of a matter in large letters, with a ticket for it where a line here serves it."""
    context = place_of(slug)
    shown = existing(version_to_show(code, context["day"]))
    context |= context_of(shown, context["day"])
    context["line"] = lines_for(context["hall"], shown.version.item_id).first()
    context["qr"] = _code(reverse("portal:guide", args=[code]))
    return render(request, "kiosk/item.html", context)


@require_safe
def guides(request: HttpRequest, slug: str) -> HttpResponse:
    """The question guides in force."""
    context = place_of(slug)
    context["guides"] = list(guides_in_force(context["day"]))
    return render(request, "kiosk/guides.html", context)


def _at(slug: str, guide: str, query: str) -> str:
    return reverse("kiosk:ask", args=[slug, guide]) + "?" + query


@require_safe
def ask(request: HttpRequest, slug: str, guide: str) -> HttpResponse:
    """One question after another, then the list of what to bring; the answers stand in the address
    and nowhere else."""
    context = place_of(slug)
    version = existing(guide_in_force(guide, context["day"]))
    content = parse(version.content)
    answers = read_answers(content, request.GET.getlist)
    asked = content.question(request.GET.get("asked", ""))
    context["version"] = version
    form: Any = None
    if asked is not None:
        form = AnswerForm(asked, request.GET)
        if form.is_valid():
            answers = {**answers, asked.key: form.answer()}
            return redirect(_at(slug, guide, address(content, answers, version.number)))
        answers = {name: one for name, one in answers.items() if name != asked.key}
    step = walk(content, answers)
    if step.result and form is None:
        return _result(request, context, content, answers)
    question = asked or content.question(step.question)
    if question is None:
        raise Http404
    before = [one for one in walk(content, answers).asked if one != question.key]
    kept = {name: one for name, one in answers.items() if name != question.key}
    earlier = {name: one for name, one in kept.items() if before and name != before[-1]}
    context |= {
        "form": form or AnswerForm(question),
        "question": question,
        "hidden": pairs(content, kept),
        "number": len(before) + 1,
        "more": longest(content, question.key) - 1,
        "back": _at(slug, guide, address(content, earlier, version.number)) if before else "",
    }
    return render(request, "kiosk/ask.html", context, status=422 if form else 200)


def _result(request: HttpRequest, context: dict[str, Any], content: Any, answers: Any) -> Any:
    version = context["version"]
    found = checklist(version, answers, context["day"])
    if found is None:
        raise Http404
    query = address(content, answers, version.number)
    here = reverse("portal:checklist", args=[version.guide.slug]) + "?" + query
    rows = [
        (matter, lines_for(context["hall"], matter.version.item_id).first())
        for matter in found.matters
    ]
    context |= {
        "checklist": found,
        "rows": [(matter, None) for matter, _line in rows],
        "opens": "",
        "lines": [(matter, line) for matter, line in rows if line is not None],
        "qr": _code(here),
    }
    return render(request, "kiosk/result.html", context)


@require_safe
def notices(request: HttpRequest, slug: str) -> HttpResponse:
    """When the hall is open, what changes, where the windows are and who is here."""
    context = place_of(slug)
    hall, day = context["hall"], context["day"]
    context |= {
        "standing": CentreState(context["centre"].standing),
        "week": [(one, hours_on(hall, one)) for one in week_from(day)],
        "exceptions": exceptions_after(hall, day),
        "windows": list(windows_of(hall)),
        "units": list(residents_of(hall, day)),
        "history": history_of(hall),
    }
    return render(request, "kiosk/notices.html", context)


@require_safe
def away(request: HttpRequest, slug: str) -> HttpResponse:
    """What is said where something needs the network while there is none."""
    return render(request, "kiosk/away.html", place_of(slug))


@require_safe
def own(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """A page into which the machine writes what only it knows, as ``@number@``."""
    if name not in OWN:
        raise Http404
    return render(request, OWN[name], place_of(slug) | {"name": name, "now": timezone.now()})
