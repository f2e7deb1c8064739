"""Where a case stands, by its query code, and rating what was served. A8, 国办发〔2019〕51号.

The code comes in the body of a request that the machine signs; it stands in no address and no log.
"""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from openhall.appraisal.actions import rate
from openhall.appraisal.queries import ratings_of
from openhall.appraisal.terms import BadReason, RatingSource, Satisfaction, ServedStage
from openhall.cases.public import case_by_code
from openhall.cases.queries import Case, clock_day, story, timeline
from openhall.cases.terms import Act, Stage
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.deeds.rules.codes import fault_of_code, tidy
from openhall.desk.offers import in_words, said
from openhall.hall.queries import Kiosk, lines_for
from openhall.hall.terms import KioskKind
from openhall.joint.queries import joint_with
from openhall.kiosk.signed import by_machine, key_from
from openhall.kiosk.views.place import place_of
from openhall.organs.fields import TextField
from openhall.portal.case_head import head_of
from openhall.throttle.middleware import may_try_code, wrong_code


class CodeField(forms.Form):
    """The query code on the receipt."""

    code = TextField(label=gettext_lazy("Query code"), max_length=30)


class RateForm(forms.Form):
    """Five levels; a bad one says what was wrong."""

    satisfaction = forms.ChoiceField(
        label=gettext_lazy("How satisfied are you?"), widget=forms.RadioSelect
    )
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("What was wrong? (for the last two)"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["satisfaction"].choices = said(Satisfaction)  # type: ignore[attr-defined]
        self.fields["reasons"].choices = said(BadReason)  # type: ignore[attr-defined]


def stage_to_rate(case: Case) -> ServedStage | None:
    """What of the case was served and is not rated yet: the result before the taking in."""
    delivered, accepted = ratings_of(case)
    if case.stage == Stage.DELIVERED and delivered is None:
        return ServedStage.DELIVERY
    if case.accepted_at is not None and accepted is None:
        return ServedStage.ACCEPTANCE
    return None


def rated(case: Case, stage: ServedStage, form: RateForm, source: RatingSource, key: str) -> str:
    """Rate as the person at the machine; what was wrong, in words, or nothing."""
    if not form.is_valid():
        return ""
    typed = form.cleaned_data
    try:
        rate(
            case.pk,
            Satisfaction(typed["satisfaction"]),
            [BadReason(one) for one in typed["reasons"]],
            "",
            source,
            Doing(None, timezone.now(), key),
            holds_code=True,
            stage=stage,
        )
    except Refused as refusal:
        field = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, in_words(refusal))
        return in_words(refusal)
    return ""


@csrf_exempt
def track(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
    """The field for the code, to anybody; what it opens, to a machine of this hall."""
    if request.method == "POST":
        return _opened(request, slug, **more)
    return _blank(request, slug)


@require_safe
def _blank(request: HttpRequest, slug: str) -> HttpResponse:
    context = place_of(slug) | {"form": CodeField(), "rates": "rate" in request.GET}
    return render(request, "kiosk/track.html", context)


@by_machine(KioskKind.KIOSK)
def _opened(request: HttpRequest, kiosk: Kiosk, **more: Any) -> HttpResponse:
    context, form = place_of(kiosk.hall.slug), CodeField(request.POST)
    case = None
    if form.is_valid():
        may_try_code(request)
        code = tidy(form.cleaned_data["code"])
        wrong = fault_of_code(code)
        case = None if wrong else case_by_code(code)
        if case is None:
            wrong_code(request)
            form.add_error(
                "code",
                wrong.said_in(get_language())
                if wrong
                else _("No case has this code. Compare it with the paper."),
            )
    if case is None:
        return render(request, "kiosk/track.html", context | {"form": form}, status=422)
    return render(request, "kiosk/case.html", context | _told(request, kiosk, case, code))


def _told(request: HttpRequest, kiosk: Kiosk, case: Case, code: str) -> dict[str, Any]:
    day, events, whole = clock_day(case), story(case), joint_with(case)
    led = bool(whole) and not case.accepted_at and not case.closed_at
    stage = stage_to_rate(case)
    form, thanks = RateForm(), False
    if stage is not None and "satisfaction" in request.POST:
        form = RateForm(request.POST)
        key = key_from(request, kiosk)
        thanks = not rated(case, stage, form, RatingSource.KIOSK, key) and form.is_valid()
        stage = None if thanks else stage
    return {
        "case": case,
        "code": code,
        "head": head_of(case, events, led=led, today=day),
        "stage": Stage(case.stage),
        "clock": timeline(case, day),
        "steps": [(Act(one.event.act), one.event) for one in reversed(events)],
        "line": lines_for(kiosk.hall, case.item_id).first() if case.item_id else None,
        "rates": stage,
        "rates_said": stage.said_in(get_language() or "") if stage else "",
        "form": form,
        "thanks": thanks,
        "key": uuid.uuid4(),
    }
