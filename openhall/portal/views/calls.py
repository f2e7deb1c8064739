"""意见征集 for everybody: the text, until when, who decides; an opinion; then what was done.

Before the last day nothing of what others said is shown, not even how many they are.
"""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.desk.offers import said
from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.enquiries import actions
from openhall.enquiries.queries import (
    Call,
    Enquiry,
    attached_file,
    call_told,
    calls,
    published_opinions,
)
from openhall.enquiries.rules.asking import TEXT_AT_LEAST, TEXT_AT_MOST
from openhall.enquiries.terms import CallState, Stance, Taken
from openhall.organs.fields import TextField
from openhall.paging.keyset import paged, place
from openhall.portal.acts import Visitor
from openhall.portal.views.enquiring import Told, hold


@dataclass(frozen=True, slots=True)
class Answering:
    """A call as somebody answers it."""

    request: HttpRequest
    call: Call

    @property
    def number(self) -> str:
        return self.call.number


class Opine(Told):
    """What one thinks of the text; whether one is for it; how one is told what was done."""

    code, bare, tone = "opinion", True, "primary"
    title = button = gettext_lazy("Send the opinion")
    done = gettext_lazy("Your opinion was received. Keep the code below.")

    text = TextField(
        label=gettext_lazy("Your opinion"),
        max_length=TEXT_AT_MOST,
        least=TEXT_AT_LEAST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Say which part you mean and what should stand there instead."),
    )
    stance = forms.ChoiceField(
        label=gettext_lazy("As a whole"), widget=forms.RadioSelect, required=False
    )
    field_order = ("text", "stance")

    @classmethod
    def offered(cls, subject: Answering, who: Visitor) -> bool:
        return subject.call.state in (CallState.ANNOUNCED, CallState.REPORT_DRAFTED)

    def ask(self) -> None:
        super().ask()
        self.choose("stance", said(Stance))
        self.initial.setdefault("stance", Stance.NONE.value)

    def does(self, doing: Doing) -> Enquiry:
        typed = self.cleaned_data
        opinion = actions.Asked(
            "",
            typed["text"],
            call=self.subject.call,
            stance=Stance(typed["stance"] or Stance.NONE.value),
            **self.who_asks(),
        )
        left = actions.ask(opinion, replace(doing, actor=None, seen=None))
        hold(self.request, left)
        return left

    def goes_to(self, left: Enquiry) -> str:
        return reverse("portal:enquiry", args=[left.number])


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every call that was announced, those that are open longest first."""
    today = timezone.localdate()
    rows = paged(calls(), ("-until", "-pk"), place(request.GET))
    context = {"rows": rows.map(lambda one: {"call": one, **standing(one, today)})}
    return render(request, "portal/calls/list.html", context)


def standing(call: Call, today: Any) -> dict[str, Any]:
    """Where a call stands for who reads it."""
    state = CallState(call.state)
    is_open = state == CallState.ANNOUNCED and today <= call.until
    return {
        "state": state,
        "is_open": is_open,
        "ended": today > call.until,
        "left": (call.until - today).days,
        "owed": state != CallState.REPORTED
        and call.report_due is not None
        and today > call.report_due,
    }


class CallPage(Thing):
    """One call with its opinion form; after its last day, its report."""

    offers = (Opine,)
    template = "portal/calls/call.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Answering]:
        call = existing(call_told(where["number"]))
        return Visitor(None, timezone.localdate()), Answering(request, call)

    def home(self, who: Visitor, subject: Answering) -> str:
        return reverse("portal:call", args=[subject.number])

    def act_at(self, who: Visitor, subject: Answering, name: str) -> str:
        return self.home(who, subject)

    def seq(self, subject: Answering) -> None:
        return None  # others' opinions do not move it

    def context(
        self, request: HttpRequest, who: Visitor, subject: Answering, **more: Any
    ) -> dict[str, Any]:
        call, language = subject.call, get_language()
        stands = standing(call, who.day)
        reported = stands["state"] == CallState.REPORTED
        figures = call.figures if reported else {}
        context: dict[str, Any] = {"call": call, "reported": reported} | stands
        if not reported:
            return context
        rows = paged(published_opinions(call), at=place(request.GET))
        return context | {
            "figures": figures,
            "stances": [
                (one.said_in(language), figures.get("stances", {}).get(one.value, 0))
                for one in Stance
            ],
            "taken": [
                (one.said_in(language), figures.get("taken", {}).get(one.value, 0)) for one in Taken
            ],
            "rows": rows.map(
                lambda one: {"enquiry": one, "taken": Taken(one.taken) if one.taken else None}
            ),
        }


call = CallPage()


@require_safe
def file(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """A file of an announced call."""
    found = attached_file(existing(call_told(number)), pk)
    if found is None:
        raise Http404
    answer = FileResponse(found.file.open("rb"), content_type=found.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Disposition"] = FileResponse(
        b"", as_attachment=True, filename=found.name
    ).headers.get("Content-Disposition", "attachment")
    return answer
