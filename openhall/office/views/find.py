"""The search of a desk: what may be opened there, by number, code, name, telephone or identity.

What is typed is posted, so that no name stands in a log of addresses.
A number or a code is looked up at once. A person's name, telephone or identity number is asked for
with a reason, and every case it leads to keeps who looked and why.
"""

import re
import uuid
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_http_methods

from openhall.cases.actions import Doing
from openhall.cases.actions.reveal import look_up
from openhall.cases.desks.search import asks_for_people, found, mine_to_open
from openhall.cases.desks.told import ENDED_STAGES, standing_of
from openhall.cases.queries import Case
from openhall.cases.rules.searched import By, meant_by
from openhall.cases.terms import Stage
from openhall.deeds.refusals import Refused
from openhall.deeds.sent import key_of
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import masked, queue_context
from openhall.organs.desks import Hit, found_at
from openhall.organs.fields import TextField
from openhall.paging.typed import code_of
from openhall.papers.queries import paper_checked
from openhall.workdays.queries import calendar

EXACT = (By.NUMBER, By.CODE)
WHOLE_END = 8  # signs: the own part of a number, which no other case has
USUAL = (
    ("present", gettext_lazy("The applicant stands at the window")),
    ("called", gettext_lazy("The applicant is on the telephone")),
    ("twice", gettext_lazy("To see whether it was applied for before")),
    ("", gettext_lazy("Another reason:")),
)


SCANNED: Final = re.compile(r"https?://\S+/check/([0-9A-Za-z-]{6,40})/?")


def scanned(typed: str) -> str | None:
    """The check code of a paper whose QR code a scanner typed here: its address; else none."""
    found = SCANNED.fullmatch(typed)
    return found[1] if found else None


class WhyForm(forms.Form):
    """Why a person is looked for."""

    usual = forms.ChoiceField(
        label=gettext_lazy("Why"), widget=forms.RadioSelect, required=False, choices=USUAL
    )
    reason = TextField(
        label=gettext_lazy("Another reason"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("At least 4 characters."),
    )

    def said(self) -> str:
        """The reason as it is kept."""
        chosen = self.cleaned_data["usual"]
        usual = dict(USUAL).get(chosen) if chosen else None
        return str(usual or self.cleaned_data["reason"])


def _case_hit(seat: Seat, case: Case) -> Hit:
    stage, english = Stage(case.stage), get_language() == "en"
    ended = case.stage in ENDED_STAGES
    standing = standing_of(case, seat.figures_day, calendar())
    matter = (english and case.item_version.name_en) or case.item_version.name
    return Hit(
        case.number,
        f"{matter} · {masked(case)}",
        stage.said_in(get_language()) if ended else standing.words,
        "office:matter",
        (seat.organ.code, seat.desk.value, case.number),
        "closed" if ended else standing.kind,
        None if ended else standing.due,
    )


@official
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """What was found; a single case opens at once."""
    seat = seat_at(request, organ, desk)
    sent = request.POST if request.method == "POST" else request.GET
    typed = sent.get("q", "").strip()[:200]
    if (code := scanned(typed)) is not None and (paper := paper_checked(code)) is not None:
        typed = paper.about  # whose slip, receipt or decision was held under the scanner
    meant = meant_by(typed)
    asks = asks_for_people(meant) and mine_to_open(seat) is not None
    looking = "look" in request.POST
    form = WhyForm(request.POST if looking else None, initial={"usual": "present"})
    looked, refused, status = False, None, 200
    told = found(seat, meant, people=False)
    whole = EXACT if len(code_of(typed)) < WHOLE_END else (*EXACT, By.END)
    if not looking and len(told) == 1 and told[0][1] in whole:
        hit = _case_hit(seat, told[0][0])
        return redirect(reverse(hit.opens, args=hit.args))
    cases = [case for case, _by in told]
    if looking and asks and form.is_valid():
        try:
            doing = Doing(seat.account, timezone.now(), key_of(request), seat.desk.value)
            cases, looked = look_up(seat, typed, form.said(), doing), True
        except Refused as refusal:
            refused, status = refusal, 422
            form.add_error("reason", str(refusal))
    hits = [_case_hit(seat, case) for case in cases] + found_at(seat, typed)
    if len(hits) == 1 and not asks:
        return redirect(reverse(hits[0].opens, args=hits[0].args))
    context: dict[str, Any] = queue_context(request, seat) | {
        "typed": typed,
        "hits": [_Shown(hit) for hit in hits],
        "asks": asks,
        "looked": looked,
        "form": form,
        "refused": refused,
        "key": uuid.uuid4(),
    }
    answer = render(request, "office/find.html", context, status=status)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


class _Shown:
    """A hit with the address that opens it."""

    def __init__(self, hit: Hit) -> None:
        self.hit = hit

    def __getattr__(self, name: str) -> Any:
        return getattr(self.hit, name)

    @property
    def address(self) -> str:
        return reverse(self.hit.opens, args=self.hit.args)
