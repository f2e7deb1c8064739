"""What deeds of this room are done to: surveys, answers, papers keyed in, the two instruments."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from openhall.deeds.kinds import Kind, Owned, register
from openhall.deeds.refusals import Fault
from openhall.forms.rules import FormDefinition, NotAForm, faults_of_form, read_form
from openhall.forms.terms import FieldKind
from openhall.glossary import Said
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.surveys.models import (
    PaperKeying,
    Survey,
    SurveyAnswer,
    SurveyDeed,
    SurveyInstrument,
    SurveyInstrumentEvent,
    SurveyUnit,
)
from openhall.surveys.rules.instruments import faults_of_instrument
from openhall.surveys.terms import AnswerAct, Instrument, InstrumentAct, KeyingAct, SurveyAct
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

SURVEY = register(
    Kind(
        name="survey",
        model=Survey,
        events=SurveyDeed,
        acts=SurveyAct,
        title=Said("满意度测评", "Satisfaction survey"),
        related=("organ", "draw"),
        tells=lambda row: {"organ": row.organ.code},
        owns=[Owned("unit", SurveyUnit, "survey")],
    )
)
ANSWER = register(
    Kind(
        name="survey-answer",
        model=SurveyAnswer,
        events=SurveyDeed,
        acts=AnswerAct,
        title=Said("测评答卷", "Answer to a survey"),
        related=("unit__survey",),
        tells=lambda row: {"survey": row.unit.survey.number},  # of which unit, after the last day
    )
)
KEYING = register(
    Kind(
        name="survey-paper",
        model=PaperKeying,
        events=SurveyDeed,
        acts=KeyingAct,
        title=Said("纸质答卷录入", "Paper keyed in"),
        related=("unit__survey", "unit__organ", "code"),
        tells=lambda row: {"survey": row.unit.survey.number},
    )
)


def _at(desk: Desk) -> Any:
    def may(account: Any, version: Any, day: date) -> bool:
        return bool(account.is_active and posts_of(account, day).filter(desk=desk.value).exists())

    return may


WRITES = Step(
    "supervision",
    Said("监察局", "Supervision Bureau"),
    Said(
        "只有监察机关可以拟订调查表和打分表（成办发〔2003〕75号 二（三））。",
        "Only the Supervision Bureau writes the questionnaire and the score sheet "
        "(成办发〔2003〕75号 二（三）).",
    ),
    _at(Desk.SUPERVISION),
)
PUBLISHES = Step(
    "government_office",
    Said("市政府办公厅", "Government Office"),
    Said(
        "只有市政府办公厅可以公布调查表和打分表（成办发〔2003〕75号 二（三））。",
        "Only the City Government Office publishes the questionnaire and the score sheet "
        "(成办发〔2003〕75号 二（三）).",
    ),
    _at(Desk.GOVERNMENT_OFFICE),
)


def form_in(told: dict[str, Any]) -> FormDefinition:
    """The form as the form room reads it. Raises :class:`NotAForm`."""
    return read_form(told.get("fields", []), told.get("title", ""), told.get("title_en", ""))


def _faults(version: SurveyInstrument, first_day: date) -> Iterator[Fault]:
    try:
        form = form_in(version.form)
    except NotAForm as wrong:
        yield Fault(wrong.said)
        return
    yield from (Fault(fault.said) for fault in faults_of_form(form) if not fault.warns)
    for said in faults_of_instrument(Instrument(version.instrument), form):
        yield Fault(said)


INSTRUMENT = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name=InstrumentAct.INSTRUMENT.value,
                model=SurveyInstrument,
                events=SurveyInstrumentEvent,
                acts=VersionAct,
                title=Said(InstrumentAct.INSTRUMENT.zh, InstrumentAct.INSTRUMENT.en),
                fk="version",
                number=lambda version: f"{version.instrument}-{version.number}",
            )
        ),
        family=("instrument",),
        route=Route(write=WRITES, publish=PUBLISHES),
        content=lambda version: {"instrument": version.instrument, "form": version.form},
        gate=_faults,
        names={"instrument": Said("种类", "Which"), "form": Said("表格", "Form")},
        terms={"instrument": Instrument, "kind": FieldKind},
        called=lambda version: Instrument(version.instrument),
    )
)
