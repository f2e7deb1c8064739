"""满意度测评 for everybody: the plan, the draw, the answer by code, and honest figures afterwards.

Before the last day nothing of what was answered is shown. Who holds a code answers here without
signing in; nothing joins the answer to the code.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.design.forms import CodeInput
from openhall.desk.offers import Offer, in_words
from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.forms.controls import ask_all, typed_in
from openhall.forms.rules import FormDefinition
from openhall.lots.terms import DrawState
from openhall.organs.fields import TextField
from openhall.paging.keyset import paged, place
from openhall.portal.acts import Visitor
from openhall.supervision.queries import issue_numbered
from openhall.supervision.terms import IssueState
from openhall.surveys import actions
from openhall.surveys.queries import (
    Survey,
    form_asked,
    instrument_on,
    survey_numbered,
    surveys,
    units_of,
)
from openhall.surveys.rules.instruments import causes_of
from openhall.surveys.rules.results import SHARES
from openhall.surveys.terms import Group, Instrument, Invalid, Level, SurveyState
from openhall.throttle.middleware import trying_code

KINDS = {
    SurveyState.DRAWING: "waiting",
    SurveyState.FIELD: "info",
    SurveyState.CLOSED: "waiting",
    SurveyState.REPORTED: "on_time",
}
BANDS = {
    "good": gettext_lazy("satisfied, 80–100"),
    "fair": gettext_lazy("basically satisfied, 60–79"),
    "bad": gettext_lazy("dissatisfied, below 60"),
}
SIGNS = 18  # of a name beside a bar
WIDTH, LEFT, ROW, TOP = 360, 120, 34, 12  # of the chart of intervals, as wide as a phone


@dataclass(frozen=True, slots=True)
class Answering:
    """A survey as somebody answers it with a code."""

    request: HttpRequest
    survey: Survey
    which: Instrument

    @property
    def number(self) -> str:
        return self.survey.number

    @property
    def form(self) -> FormDefinition:
        return form_asked(self.survey, self.which)


class Answer(Offer):
    """The form as it was frozen; questions asked after a bad answer only unfold with a script."""

    code, bare, tone = "answer", True, "primary"
    title = button = gettext_lazy("Send the answers")
    done = gettext_lazy("Thank you. Your answers are kept, and nothing shows who gave them.")
    survey_code = TextField(
        label=gettext_lazy("Your survey code"),
        widget=CodeInput,
        max_length=40,
        help_text=gettext_lazy("From the message or the paper. It answers once."),
    )

    @classmethod
    def offered(cls, subject: Answering, who: Visitor) -> bool:
        survey = subject.survey
        in_time = survey.field_from <= who.day <= survey.field_until
        return survey.state == SurveyState.FIELD and in_time

    def ask(self) -> None:
        ask_all(self, self.subject.form)

    def does(self, doing: Doing) -> Any:
        typed = typed_in(self, [question.key for question in self.subject.form])
        anyone = replace(doing, actor=None, seen=None)
        subject: Answering = self.subject
        with trying_code(subject.request, "code"):
            return actions.answer(
                self.cleaned_data["survey_code"],
                typed,
                anyone,
                asked=(subject.survey, subject.which),
            )

    def refuse(self, refusal: Any) -> None:
        for fault in refusal.faults or (refusal,):
            field = "survey_code" if fault.field == "code" else fault.field
            self.add_error(field if field in self.fields else None, in_words(fault))


class AnswerPage(Thing):
    """The questionnaire, or the score sheet."""

    offers = (Answer,)
    template = "portal/surveys/answer.html"

    def __init__(self, which: Instrument) -> None:
        self.which = which

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Answering]:
        found = existing(survey_numbered(where["number"], public=True))
        return Visitor(None, timezone.localdate()), Answering(request, found, self.which)

    def home(self, who: Visitor, subject: Answering) -> str:
        return reverse(f"portal:survey_{self.which.value}", args=[subject.number])

    def act_at(self, who: Visitor, subject: Answering, name: str) -> str:
        return self.home(who, subject)

    def seq(self, subject: Answering) -> None:
        return None  # others' answers do not move it

    def goes_on(self, request: HttpRequest, who: Any, subject: Answering, tried: Any) -> str:
        return reverse("portal:survey", args=[subject.number])

    def content(self, who: Visitor, subject: Answering) -> dict[str, Any]:
        return {
            "survey": subject.survey,
            "which": self.which,
            "form": subject.form,
            "opens_later": who.day < subject.survey.field_from,
        }


questions = AnswerPage(Instrument.QUESTIONS)
sheet = AnswerPage(Instrument.SHEET)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every survey that was announced."""
    today = timezone.localdate()
    rows = paged(surveys(public=True), ("-field_from", "-pk"), place(request.GET))
    context = {
        "rows": rows.map(
            lambda one: {
                "survey": one,
                "state": SurveyState(one.state),
                "kind": KINDS[SurveyState(one.state)],
            }
        ),
        "forms": [(one, instrument_on(today, one)) for one in Instrument],
    }
    return render(request, "portal/surveys/list.html", context)


@require_safe
def survey(request: HttpRequest, number: str) -> HttpResponse:
    """One survey: how it is made, and once it is reported what came of it."""
    found = existing(survey_numbered(number, public=True))
    state, today = SurveyState(found.state), timezone.localdate()
    units = units_of(found)
    context: dict[str, Any] = {
        "survey": found,
        "state": state,
        "kind": KINDS[state],
        "draw_state": DrawState(found.draw.state) if found.draw else None,
        "units": [(Group(unit.group), unit) for unit in units],
        "answer_at": reverse("portal:survey_questions", args=[found.number]),
        "is_open": state == SurveyState.FIELD and found.field_from <= today <= found.field_until,
        "reported": state == SurveyState.REPORTED,
    }
    if state == SurveyState.REPORTED:
        context |= told_of(found)
    return render(request, "portal/surveys/survey.html", context)


def _hundredths(told: int | None) -> str:
    """A figure kept in hundredths, as it is written: 9444 is 94.44, 9500 is 95."""
    return "" if told is None else f"{told / 100:.2f}".rstrip("0").rstrip(".")


def lines_of(found: Survey) -> list[dict[str, Any]]:
    """A line for each unit: counts, share with interval, index or band, score sheet."""
    organs = {unit.organ.code: unit.organ for unit in units_of(found)}
    lines = []
    for one in found.figures["units"]:
        share, sheets = one["satisfied"], one["sheet"]
        lines.append(
            one
            | {
                "organ": organs[one["code"]],
                "rate": f"{one['valid'] * 100 / one['issued']:.1f}" if one["issued"] else "",
                "share": _hundredths(share["value"]) if share else "",
                "low": _hundredths(share["low"]) if share else "",
                "high": _hundredths(share["high"]) if share else "",
                "band_said": BANDS.get(one["band"] or "", "—"),
                "sheet_said": _hundredths(sheets["value"]) if sheets else "",
                "index_said": _hundredths(one["index"]["value"]) if one["index"] else "",
                "combined_said": _hundredths(one["combined"]),
                "above": [organs[code] for code in found.figures["above"].get(one["code"], [])],
            }
        )
    return lines


def told_of(found: Survey) -> dict[str, Any]:
    figures, language = found.figures, get_language()
    lines = lines_of(found)
    form = form_asked(found, Instrument.QUESTIONS)
    causes = []
    for question in causes_of(form):
        for option in question.options:
            name = f"{question.key}.{option.value}"
            if name in figures["causes"]:
                said = (question.called(language), question.words_of(option.value, language))
                causes.append((*said, figures["causes"][name]))
    causes.sort(key=lambda one: -(one[2] or 0))
    levels: list[tuple[Any, ...]] = [
        (line["organ"], *(figures["levels"][line["code"]].get(one.value) for one in Level))
        for line in lines
        if line["code"] in figures["levels"]
    ]
    levels.append((None, *(figures["sums"].get(one.value) for one in Level)))
    whole = figures["whole"]
    issues = [issue_numbered(one) for one in found.problems]
    return {
        "lines": lines,
        "chart": _chart(lines),
        "level_words": list(Level),
        "levels": levels,
        "sound": figures["sound"],
        "causes": causes,
        "whole": whole | {"low": _hundredths(whole["low"]), "high": _hundredths(whole["high"])}
        if whole
        else None,
        "invalid": [(Invalid(name), n) for name, n in figures["invalid"].items()],
        "issues": [(one, IssueState(one.state)) for one in issues if one is not None],
        "ranked": any(line["above"] for line in lines),
    }


def _short(organ: Any) -> str:
    """A name that fits beside a bar; the table below has the whole one."""
    if not (get_language() or "").startswith("en"):
        return str(organ.short_name)
    name = str(organ.short_name_en or organ.name_en or organ.name)
    if len(name) > SIGNS:
        name = name.rpartition(" ")[0] or name
    return name if len(name) <= SIGNS else f"{name[: SIGNS - 1]}…"


def _chart(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Each interval as a bar on a scale from 0 to 100 percent, its share as a point."""
    across = WIDTH - LEFT - 16

    def x(share: int) -> str:
        return f"{LEFT + share * across / SHARES:.1f}"

    bars = [
        {
            "name": _short(line["organ"]),
            "y": TOP + ROW * at + ROW / 2,
            "from": x(line["satisfied"]["low"]),
            "to": x(line["satisfied"]["high"]),
            "at": None if line["satisfied"]["value"] is None else x(line["satisfied"]["value"]),
            "said": f"{line['low']}–{line['high']}%",
        }
        for at, line in enumerate(lines)
        if line["satisfied"]
    ]
    height = TOP + ROW * len(lines)
    ticks = [(x(one * SHARES // 4), f"{one * 25}%") for one in range(5)]
    return {"bars": bars, "height": height, "ticks": ticks, "box": height + 22, "base": height}
