"""纸质录入: keyed in by two; where they differ a third looks at the paper."""

import json
from collections.abc import Mapping
from typing import Any

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused
from openhall.deeds.writer import deed, made_before, write
from openhall.forms.rules import answers_of
from openhall.glossary import Said
from openhall.supervision.actions.numbers import number
from openhall.surveys.actions.answering import NO_CODE, USED, stand
from openhall.surveys.actions.steps import KEYERS, NUMBER_OF_PAPERS, only
from openhall.surveys.kinds import KEYING
from openhall.surveys.models import PaperKeying, SurveyCode
from openhall.surveys.permissions import may_key, may_key_again, may_settle
from openhall.surveys.queries import code_named, form_asked
from openhall.surveys.terms import Instrument, KeyingAct, KeyingState, SurveyState, Way


def _read(found: SurveyCode, typed: Mapping[str, Any], doing: Doing) -> str:
    survey = found.unit.survey
    if survey.state != SurveyState.FIELD:
        raise Refused(
            Said(
                "这次测评已经截止或者还没有开始，不能录入。",
                "This survey is not open; nothing is keyed in.",
            ),
            "code",
        )
    checked = answers_of(form_asked(survey, Instrument(found.instrument)), typed, doing.day)
    if checked.faults:
        faults = [Fault(said, key) for key, said in checked.faults.items()]
        raise Refused(faults[0].said, faults[0].field, faults)
    return json.dumps(checked.answers, ensure_ascii=False, sort_keys=True)


@acting()
def key_paper(code: str, typed: Mapping[str, Any], doing: Doing) -> PaperKeying:
    """第一次录入, as it stands on the paper with this code."""
    found = code_named(code)
    if found is None:
        raise Refused(NO_CODE, "code")
    before: PaperKeying | None = made_before(KEYING, doing, KeyingAct.KEY, code_id=found.pk)
    if before is not None:
        return before
    only(may_key(doing.actor, found.unit, doing.day), KEYERS, Said("录入", "key it in"))
    if found.used or PaperKeying.objects.filter(code=found).exists():
        raise Refused(USED, "code")
    paper = PaperKeying.objects.create(
        number=number(NUMBER_OF_PAPERS, doing.day.year),
        unit=found.unit,
        code=found,
        state=KeyingState.ONCE.value,
        first=_read(found, typed, doing),
        first_by=doing.actor,
        came_on=doing.day,
    )
    write(KEYING, paper, KeyingAct.KEY, doing)
    return paper


def _taken(paper: PaperKeying, said: str, doing: Doing) -> None:
    late = paper.came_on > paper.unit.survey.field_until
    stand(paper.code, json.loads(said), Way.PAPER, doing.part("answer"), late=late)


@deed(KEYING, KeyingAct.KEY_AGAIN)
def key_again(paper: PaperKeying, typed: Mapping[str, Any], doing: Doing) -> Deed:
    """第二次录入, without seeing the first; the same twice becomes the answer."""
    who = KEYERS + Said("，且不是第一次录入的人", "who did not key it in first,")
    only(may_key_again(doing.actor, paper, doing.day), who, Said("第二次录入", "key it in again"))
    _stands(paper, KeyingState.ONCE)
    said = _read(paper.code, typed, doing)
    same = said == paper.first
    if same:
        _taken(paper, said, doing)
    return write(
        KEYING,
        paper,
        KeyingAct.KEY_AGAIN,
        doing,
        changes={
            "state": (KeyingState.TAKEN if same else KeyingState.DIFFERS).value,
            "first": "" if same else paper.first,  # the answer must not lead back to the paper
            "second": "" if same else said,
            "second_by": doing.actor,
        },
        facts={"same": same},
    )


@deed(KEYING, KeyingAct.SETTLE)
def settle_paper(paper: PaperKeying, typed: Mapping[str, Any], doing: Doing) -> Deed:
    """核定: a third person reads the paper; that stands."""
    who = KEYERS + Said("，且没有录入过这份答卷", "who keyed it in neither time,")
    only(may_settle(doing.actor, paper, doing.day), who, Said("核定", "settle it"))
    _stands(paper, KeyingState.DIFFERS)
    _taken(paper, _read(paper.code, typed, doing), doing)
    return write(
        KEYING,
        paper,
        KeyingAct.SETTLE,
        doing,
        changes={
            "state": KeyingState.TAKEN.value,
            "first": "",
            "second": "",
            "settled_by": doing.actor,
        },
    )


def _stands(paper: PaperKeying, state: KeyingState) -> None:
    if paper.state != state:
        now = KeyingState(paper.state)
        raise Refused(
            Said(
                f"这份答卷现在是“{now.zh}”。请刷新页面。",
                f"This paper is “{now.en}” now. Reload the page.",
            )
        )
