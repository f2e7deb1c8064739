"""测评方案: written by supervision, announced by the Government Office together with its draw."""

from dataclasses import dataclass
from datetime import date

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused, led, worded
from openhall.deeds.writer import deed, made_before, write
from openhall.forms.rules import as_json, digest_of
from openhall.glossary import Said
from openhall.lots.actions import Asked, announce
from openhall.organs.models import Organ
from openhall.supervision.actions.numbers import number
from openhall.surveys.actions.steps import ANNOUNCERS, NUMBER_OF_SURVEYS, PLANNERS, only
from openhall.surveys.frame import candidates, strata_of
from openhall.surveys.kinds import SURVEY
from openhall.surveys.models import Survey
from openhall.surveys.permissions import may_announce, may_plan
from openhall.surveys.queries import instrument_on
from openhall.surveys.rules.lifecycle import SURVEYS, Plan, faults_of_plan
from openhall.surveys.terms import Group, Instrument, SurveyAct, SurveyState

REASON_AT_LEAST = 5


@dataclass(frozen=True, slots=True)
class Planned:
    """A survey as its plan says it."""

    title: str
    purpose: str
    departments: int
    districts: int
    per_unit: int
    reserve: int
    served_from: date
    served_until: date
    field_from: date
    field_until: date
    share: int
    title_en: str = ""


def _sound(planned: Planned, today: date) -> None:
    there = {Group.DEPARTMENTS: 0, Group.DISTRICTS: 0}
    if planned.served_from <= planned.served_until:
        found = candidates(planned.served_from, planned.served_until, planned.per_unit)
        there = {group: len(organs) for group, organs in found.items()}
    plan = Plan(
        planned.title,
        planned.purpose,
        planned.departments,
        planned.districts,
        (there[Group.DEPARTMENTS], there[Group.DISTRICTS]),
        planned.per_unit,
        planned.reserve,
        planned.served_from,
        planned.served_until,
        planned.field_from,
        planned.field_until,
        planned.share,
    )
    faults = [Fault(said, name) for name, said in faults_of_plan(plan, today)]
    if faults:
        raise Refused(faults[0].said, faults[0].field, faults)


def _columns(planned: Planned) -> dict[str, object]:
    told = {name: getattr(planned, name) for name in Planned.__slots__}
    return {name: one.strip() if isinstance(one, str) else one for name, one in told.items()}


def _facts(planned: Planned) -> dict[str, object]:
    return {
        "departments": planned.departments,
        "districts": planned.districts,
        "per_unit": planned.per_unit,
        "reserve": planned.reserve,
        "served": [planned.served_from.isoformat(), planned.served_until.isoformat()],
        "field": [planned.field_from.isoformat(), planned.field_until.isoformat()],
        "share": planned.share,
    }


@acting()
def begin_survey(organ: Organ, planned: Planned, doing: Doing) -> Survey:
    """拟订: it goes to the Government Office. Refused for 2 or 6 departments, 1 or 4 districts."""
    same = {"organ_id": organ.pk, "title": planned.title.strip()}
    before: Survey | None = made_before(SURVEY, doing, SurveyAct.BEGIN, **same)
    if before is not None:
        return before
    what = Said("拟订测评方案", "write the plan of a survey")
    only(may_plan(doing.actor, organ, doing.day), PLANNERS, what)
    _sound(planned, doing.day)
    survey = Survey.objects.create(
        number=number(NUMBER_OF_SURVEYS, doing.day.year),
        organ=organ,
        state=SurveyState.REVIEW.value,
        written_by=doing.actor,
        **_columns(planned),
    )
    write(SURVEY, survey, SurveyAct.BEGIN, doing, facts=_facts(planned))
    return survey


def _led(survey: Survey, act: SurveyAct) -> str:
    return str(led(SURVEYS, SurveyState(survey.state), act).value)


@deed(SURVEY, SurveyAct.REWRITE)
def rewrite_survey(survey: Survey, planned: Planned, doing: Doing) -> Deed:
    """重拟送审, after it was sent back."""
    what = Said("拟订测评方案", "write the plan of a survey")
    only(may_plan(doing.actor, survey.organ, doing.day), PLANNERS, what)
    state = _led(survey, SurveyAct.REWRITE)
    _sound(planned, doing.day)
    changes = {"state": state, "written_by": doing.actor} | _columns(planned)
    facts = _facts(planned)
    return write(SURVEY, survey, SurveyAct.REWRITE, doing, changes=changes, facts=facts)


@deed(SURVEY, SurveyAct.DROP)
def drop_survey(survey: Survey, reason: str, doing: Doing) -> Deed:
    """Given up before it was announced; the record stays."""
    what = Said("不再实施", "give it up")
    only(may_plan(doing.actor, survey.organ, doing.day), PLANNERS, what)
    state = _led(survey, SurveyAct.DROP)
    written = worded(reason, REASON_AT_LEAST, Said("理由", "the reason"), "reason")
    changes, detail = {"state": state}, {"reason": written}
    return write(SURVEY, survey, SurveyAct.DROP, doing, changes=changes, detail=detail)


@deed(SURVEY, SurveyAct.SEND_BACK)
def send_back_survey(survey: Survey, reason: str, doing: Doing) -> Deed:
    """退回, with what is to be mended."""
    what = Said("退回测评方案", "send the plan back")
    only(may_announce(doing.actor, survey, doing.day), ANNOUNCERS, what)
    state = _led(survey, SurveyAct.SEND_BACK)
    written = worded(reason, REASON_AT_LEAST, Said("退回的理由", "why it is sent back"), "reason")
    changes, detail = {"state": state}, {"reason": written}
    return write(SURVEY, survey, SurveyAct.SEND_BACK, doing, changes=changes, detail=detail)


@deed(SURVEY, SurveyAct.ANNOUNCE)
def announce_survey(survey: Survey, asked: Asked, doing: Doing) -> Deed:
    """公布方案: both forms are frozen, the frame's hash enters the log, parties get their codes.

    The draw must be over before the first day in the field.
    """
    what = Said("公布测评方案", "announce the survey")
    only(may_announce(doing.actor, survey, doing.day), ANNOUNCERS, what)
    state = _led(survey, SurveyAct.ANNOUNCE)
    if asked.public_on > survey.field_from:
        raise Refused(
            Said(
                f"公开号码的日期应不晚于测评开始之日（{survey.field_from.isoformat()}）。",
                f"The public number is of the first day in the field ({survey.field_from}) or of "
                "a day before.",
            ),
            "public_on",
        )
    forms = {one: instrument_on(doing.day, one) for one in Instrument}
    announced = announce(survey.organ, asked, strata_of(survey), doing.part("draw"))
    kept = {
        one.value: {
            "title": form.title,
            "title_en": form.title_en,
            "fields": [as_json(field) for field in form],
        }
        for one, form in forms.items()
    }
    return write(
        SURVEY,
        survey,
        SurveyAct.ANNOUNCE,
        doing,
        changes={
            "state": state,
            "announced_by": doing.actor,
            "announced_at": doing.at,
            "draw": announced.draw,
            **kept,
        },
        facts={
            "draw": announced.draw.number,
            **{one.value: digest_of(form) for one, form in forms.items()},
        },
    )
