"""作答: by code, once; what was said is kept without who said it."""

import json
import secrets
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import KEY_SPENT, Fault, Refused
from openhall.deeds.writer import made_before, write
from openhall.forms.rules import answers_of
from openhall.glossary import Said
from openhall.surveys.actions.steps import KEYERS, only
from openhall.surveys.kinds import ANSWER
from openhall.surveys.models import Survey, SurveyAnswer, SurveyCode
from openhall.surveys.permissions import may_key
from openhall.surveys.queries import code_named, form_asked
from openhall.surveys.rules.instruments import counted
from openhall.surveys.terms import AnswerAct, Instrument, SurveyState, Way

LOT_BYTES = 6

NO_CODE = Said(
    "没有这个测评码。请核对短信、回执或者纸质答卷上的测评码。",
    "There is no such code. Compare it with the message, the receipt or the paper.",
)
OTHER_FORM = Said(
    "这个测评码用于另一份答卷。请按短信、回执或者纸质答卷上写明的名称打开那一份。",
    "This code is for another form. Open the one that the message, the receipt or the paper names.",
)
USED = Said(
    "这个测评码已经用过，每个码只能作答一次。",
    "This code was used already; each answers once.",
)


def answer(
    code: str,
    typed: Mapping[str, Any],
    doing: Doing,
    *,
    asked: tuple[Survey, Instrument] | None = None,
) -> SurveyAnswer:
    """作答 by whoever holds the code; nobody signs in for it. ``asked``: the form they had before
    them, to which the code must belong."""
    return _answer(code, typed, Way.WEB, doing, asked)


def answer_by_phone(code: str, typed: Mapping[str, Any], doing: Doing) -> SurveyAnswer:
    """电话访问: somebody outside the unit writes down what was said on the telephone."""
    return _answer(code, typed, Way.PHONE, doing)


def answer_in_person(
    code: str, typed: Mapping[str, Any], doing: Doing, *, asked: tuple[Survey, Instrument]
) -> SurveyAnswer:
    """当面访问: somebody outside the unit asks and writes it down, perhaps away from the network;
    what comes in after the last day is kept and does not count."""
    return _answer(code, typed, Way.VISIT, doing, asked)


@acting()
def _answer(
    code: str,
    typed: Mapping[str, Any],
    way: Way,
    doing: Doing,
    asked: tuple[Survey, Instrument] | None = None,
) -> SurveyAnswer:
    found = code_named(code)
    if found is None:
        raise Refused(NO_CODE, "code")
    same = {"unit_id": found.unit_id, "instrument": found.instrument}
    before: SurveyAnswer | None = made_before(ANSWER, doing, AnswerAct.GIVE, **same)
    if before is not None:
        # Nothing leads from an answer to its code; but one that is not used yet is another's, and
        # to thank its holder would lose their answer without a word.
        if not found.used:
            raise Refused(KEY_SPENT, "key")
        return before
    if asked is not None and (found.unit.survey_id, found.instrument) != (asked[0].pk, asked[1]):
        raise Refused(OTHER_FORM, "code")
    if way in (Way.PHONE, Way.VISIT):
        what = Said("代为填写访问", "write down an interview")
        only(may_key(doing.actor, found.unit, doing.day), KEYERS, what)
    survey = found.unit.survey
    late = doing.day > survey.field_until
    if (
        survey.state != SurveyState.FIELD
        or doing.day < survey.field_from
        or (late and way != Way.VISIT)
    ):
        raise Refused(
            Said(
                f"测评时间为{survey.field_from.isoformat()}至{survey.field_until.isoformat()}，"
                "现在不能作答。",
                f"It is open from {survey.field_from.isoformat()} to "
                f"{survey.field_until.isoformat()}; it cannot be answered now.",
            ),
            "code",
        )
    form = form_asked(survey, Instrument(found.instrument))
    checked = answers_of(form, typed, doing.day)
    if checked.faults:
        faults = [Fault(said, key) for key, said in checked.faults.items()]
        raise Refused(faults[0].said, faults[0].field, faults)
    return stand(found, checked.answers, way, doing, late=late)


def stand(
    found: SurveyCode, answers: Mapping[str, Any], way: Way, doing: Doing, *, late: bool = False
) -> SurveyAnswer:
    """Use the code up and keep what was said, with nothing that leads from one to the other."""
    if not SurveyCode.objects.filter(pk=found.pk, used=False).update(used=True):
        raise Refused(USED, "code")
    instrument = Instrument(found.instrument)
    form = form_asked(found.unit.survey, instrument)
    count = counted(instrument, form, answers, late=late)
    made = SurveyAnswer.objects.create(
        number=f"{found.unit.survey.number}-{secrets.token_hex(LOT_BYTES)}",
        unit=found.unit,
        instrument=instrument.value,
        source=found.source,
        way=way.value,
        answers=json.dumps(dict(answers), ensure_ascii=False, sort_keys=True),
        received_on=doing.day,
        level=count.level,
        mark=None if count.mark is None else Decimal(f"{count.mark:.3f}"),
        why_not="" if count.why_not is None else count.why_not.value,
        taken_by=None if way == Way.WEB else doing.actor,
    )
    write(ANSWER, made, AnswerAct.GIVE, doing, facts={"way": way.value})
    return made
