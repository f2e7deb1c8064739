"""Reading surveys: what is asked, who may answer, what came of it."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from openhall.deeds.rules.codes import tidy
from openhall.forms.rules import FormDefinition
from openhall.organs.models import Organ
from openhall.surveys.data import shipped
from openhall.surveys.frame import candidates
from openhall.surveys.kinds import form_in
from openhall.surveys.models import (
    PaperKeying,
    Survey,
    SurveyAnswer,
    SurveyCode,
    SurveyDeed,
    SurveyInstrument,
    SurveyUnit,
)
from openhall.surveys.rules.instruments import causes_of
from openhall.surveys.rules.results import UnitAnswers, results
from openhall.surveys.terms import CodeSource, Instrument, KeyingState, SurveyState
from openhall.vault.fields import blinds
from openhall.versions.queries import in_force

__all__ = ["PaperKeying", "Survey", "SurveyCode", "SurveyInstrument", "SurveyUnit", "candidates"]

TOLD = (
    SurveyState.DRAWING.value,
    SurveyState.FIELD.value,
    SurveyState.CLOSED.value,
    SurveyState.REPORTED.value,
)


def instrument_on(day: date, which: Instrument) -> FormDefinition:
    """The form in force on ``day``; the shipped one where no version is."""
    version = in_force(SurveyInstrument, day, instrument=which.value)
    return shipped(which) if version is None else form_in(version.form)


def instruments() -> QuerySet[SurveyInstrument]:
    """Every version of both."""
    return SurveyInstrument.objects.order_by("instrument", "-number")


def surveys(*, public: bool = False, organ: Organ | None = None) -> QuerySet[Survey]:
    """Surveys, the newest first; ``public``: those that were announced."""
    rows = Survey.objects.select_related("organ", "draw")
    if public:
        rows = rows.filter(state__in=TOLD)
    return rows if organ is None else rows.filter(organ=organ)


def survey_numbered(number: str, *, public: bool = False) -> Survey | None:
    return surveys(public=public).filter(number=number).first()


def form_asked(survey: Survey, which: Instrument) -> FormDefinition:
    """The form as this survey asks it: frozen when it was announced."""
    told = survey.questions if which == Instrument.QUESTIONS else survey.sheet
    return form_in(told)


def units_of(survey: Survey) -> list[SurveyUnit]:
    return list(survey.units.select_related("organ"))


def stratum_of(survey: Survey, code: str) -> Mapping[str, Any]:
    """The stratum of the survey's draw with this code."""
    assert survey.draw is not None
    found: Mapping[str, Any] = next(one for one in survey.draw.strata if one["code"] == code)
    return found


def code_named(code: str) -> SurveyCode | None:
    """The code somebody holds, used or not."""
    rows = SurveyCode.objects.select_related("unit__survey", "unit__organ")
    return rows.filter(code_blind__in=blinds("survey:" + tidy(code))).first()


def code_by_pk(pk: int) -> tuple[SurveyCode, PaperKeying | None] | None:
    """A code with the paper keyed in under it, if any; None where there is no such code."""
    rows = SurveyCode.objects.select_related("unit__survey", "unit__organ")
    found = rows.filter(pk=pk).first()
    return None if found is None else (found, PaperKeying.objects.filter(code=found).first())


def codes_to_print(unit: SurveyUnit, source: CodeSource) -> QuerySet[SurveyCode]:
    """Codes to hand out that nobody has used. Those of people drawn are sent, never shown."""
    if source == CodeSource.DRAWN:
        return SurveyCode.objects.none()
    return SurveyCode.objects.filter(unit=unit, source=source.value, used=False)


def papers_waiting(organ_free_of: int | None = None) -> QuerySet[PaperKeying]:
    """Papers keyed once or unlike, the oldest first; none of the unit with this key."""
    rows = PaperKeying.objects.select_related("unit__survey", "unit__organ", "code")
    rows = rows.filter(state__in=[KeyingState.ONCE.value, KeyingState.DIFFERS.value])
    return rows if organ_free_of is None else rows.exclude(unit__organ=organ_free_of)


def paper_numbered(number: str) -> PaperKeying | None:
    rows = PaperKeying.objects.select_related("unit__survey", "unit__organ", "code")
    return rows.filter(number=number).first()


def deeds_told(survey: Survey) -> list[tuple[SurveyDeed, list[str]]]:
    """What was done to a survey, with what was written at each step."""
    rows = SurveyDeed.objects.filter(subject="survey", about=survey.pk).select_related("actor")
    return [(one, list(one.detail_under(survey.salt).values())) for one in rows.order_by("seq")]


def progress(survey: Survey) -> list[dict[str, Any]]:
    """How many were asked and answered so far, a line for each unit; nothing of what was said."""
    lines = []
    for unit in units_of(survey):
        rows = SurveyAnswer.objects.filter(unit=unit)
        by = Counter(rows.values_list("source", flat=True))
        waiting = Q(state__in=[KeyingState.ONCE.value, KeyingState.DIFFERS.value])
        lines.append(
            {
                "unit": unit,
                "answered": by[CodeSource.DRAWN.value],
                "hall": by[CodeSource.HALL.value],
                "sheets": by[CodeSource.JUDGE.value],
                "keying": PaperKeying.objects.filter(waiting, unit=unit).count(),
            }
        )
    return lines


def figures_of(survey: Survey) -> dict[str, Any]:
    """The results reckoned from the answers as they stand."""
    causes = [one.key for one in causes_of(form_asked(survey, Instrument.QUESTIONS))]
    told = [_answers_of(unit, causes) for unit in units_of(survey)]
    return results(told, survey.share)


def _answers_of(unit: SurveyUnit, causes: list[str]) -> UnitAnswers:
    found = UnitAnswers(unit.organ.code, unit.frame, unit.issued)
    for one in SurveyAnswer.objects.filter(unit=unit).order_by("pk"):
        if one.source == CodeSource.DRAWN:
            found.answered += 1
        if one.why_not:
            found.invalid[one.why_not] += 1
        elif one.instrument == Instrument.SHEET:
            if one.mark is not None:
                found.marks.append(float(one.mark))
        elif one.source == CodeSource.HALL:
            found.hall.append(one.level)
        else:
            found.levels.append(one.level)
        if not one.why_not and one.instrument == Instrument.QUESTIONS:
            said = json.loads(one.answers)
            for key in causes:
                chosen = said.get(key) or []
                found.causes.update(
                    f"{key}.{cause}" for cause in (chosen if isinstance(chosen, list) else [chosen])
                )
    return found
