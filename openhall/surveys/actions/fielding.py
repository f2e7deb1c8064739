"""发放与截止: codes for those drawn, the reserve in the same order, more for hall and judges."""

from collections.abc import Sequence
from typing import Final

from openhall.cases.actions.telling import carry
from openhall.cases.models import Case
from openhall.deeds.doing import Doing
from openhall.deeds.keys import within
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, led
from openhall.deeds.writer import deed, fresh_code, write
from openhall.glossary import Said
from openhall.lots.queries import drawn_rows
from openhall.lots.terms import DrawState
from openhall.organs.models import Organ
from openhall.outbox.models import Preference
from openhall.surveys.actions.steps import PLANNERS, only
from openhall.surveys.frame import cases_drawn
from openhall.surveys.kinds import SURVEY
from openhall.surveys.models import Survey, SurveyCode, SurveyUnit
from openhall.surveys.permissions import may_plan
from openhall.surveys.queries import figures_of, stratum_of
from openhall.surveys.rules.lifecycle import SURVEYS
from openhall.surveys.terms import CodeSource, Group, Instrument, SurveyAct, SurveyState
from openhall.vault.fields import blind

MOST_AT_ONCE: Final = 200


def _led(survey: Survey, act: SurveyAct, doing: Doing, what: Said) -> str:
    only(may_plan(doing.actor, survey.organ, doing.day), PLANNERS, what)
    return str(led(SURVEYS, SurveyState(survey.state), act).value)


@deed(SURVEY, SurveyAct.GO_INTO_FIELD)
def go_into_field(survey: Survey, doing: Doing) -> Deed:
    """按抽取结果发放: each person drawn gets a code that answers once, by the way of the case."""
    state = _led(survey, SurveyAct.GO_INTO_FIELD, doing, Said("发放测评码", "issue the codes"))
    if survey.draw is None or survey.draw.state != DrawState.DRAWN:
        raise Refused(
            Said(
                "公开抽取还没有完成。请先完成抽取。",
                "The public draw is not over. Finish it first.",
            )
        )
    if doing.day > survey.field_until:
        raise Refused(
            Said(
                "测评期间已过，请另拟方案。",
                "The days of the survey are over. Write another plan.",
            )
        )
    rows = drawn_rows(survey.draw)
    for group in Group:
        take = stratum_of(survey, group.value)["take"]
        for _place, code in rows[group.value][:take]:
            organ = Organ.objects.get(code=code)
            SurveyUnit.objects.create(
                survey=survey,
                organ=organ,
                group=group.value,
                frame=stratum_of(survey, code)["size"],
            )
    told = _ask(survey, {one.organ.code: survey.per_unit for one in _units(survey)}, doing)
    return write(
        SURVEY,
        survey,
        SurveyAct.GO_INTO_FIELD,
        doing,
        changes={"state": state},
        facts={"asked": told},
    )


def _units(survey: Survey) -> Sequence[SurveyUnit]:
    return list(SurveyUnit.objects.filter(survey=survey).select_related("organ").order_by("pk"))


def _ask(survey: Survey, until: dict[str, int], doing: Doing) -> dict[str, int]:
    """Give codes to the people drawn, in their order, up to so many a unit; how many are asked."""
    assert survey.draw is not None
    rows, told = drawn_rows(survey.draw), {}
    for unit in _units(survey):
        code = unit.organ.code
        drawn, known = rows[code][: until[code]], cases_drawn(survey, unit.organ)
        for place, (_at, row) in enumerate(drawn[unit.issued :], start=unit.issued + 1):
            case = Case.objects.filter(pk=known.get(row, 0)).first()
            made = _code(unit, CodeSource.DRAWN, place, case)
            if case is not None:
                _tell(survey, made, case, doing)
        unit.issued = len(drawn)
        unit.save(update_fields=["issued"])
        told[code] = unit.issued
    return told


def _code(unit: SurveyUnit, source: CodeSource, place: int, case: Case | None = None) -> SurveyCode:
    judges, code = source == CodeSource.JUDGE, fresh_code()
    return SurveyCode.objects.create(
        unit=unit,
        instrument=(Instrument.SHEET if judges else Instrument.QUESTIONS).value,
        source=source.value,
        place=place,
        code=code,
        code_blind=blind(f"survey:{code}"),
        case=case,
    )


def _tell(survey: Survey, made: SurveyCode, case: Case, doing: Doing) -> None:
    preference = None
    if case.account_id is not None:
        preference = Preference.objects.filter(account=case.account_id).first()
    language = preference.language if preference else "zh"
    unit, last = made.unit.organ, survey.field_until.isoformat()
    subject = Said("请您参加满意度测评", "You were drawn for a survey")
    words = Said(
        f"您在{unit.name}办过事，被公开抽取参加“{survey.title}”。测评码{made.code}，只能用一次，"
        f"{last}前有效，不记名。在网站“满意度测评”填写；不填也不影响办事。",
        f"You were served by {unit.name_en} and drawn for “{survey.title_en or survey.title}”. "
        f"Your code {made.code} answers once, until {last}, without your name, under "
        "“Satisfaction surveys” on the site. Not answering has no effect on your matters.",
    )
    told = (subject.said_in(language), words.said_in(language))
    carry(case, preference, told, language, within(doing.key, f"survey-{made.pk}"))


@deed(SURVEY, SurveyAct.GO_ON)
def go_on(survey: Survey, code: str, count: int, doing: Doing) -> Deed:
    """续用后备样本: for who did not answer, the next in the same order; never a second draw."""
    state = _led(survey, SurveyAct.GO_ON, doing, Said("续用后备样本", "go on with the reserve"))
    until = {one.organ.code: one.issued for one in _units(survey)}
    if code not in until:
        raise Refused(Said("没有抽中这个单位。", "This unit was not drawn."), "unit")
    most = min(survey.per_unit + survey.reserve, stratum_of(survey, code)["size"])
    left = most - until[code]
    if not 1 <= count <= left:
        raise Refused(
            Said(
                f"后备样本还有{left}人，请填写1—{left}。" if left else "后备样本已经用完。",
                f"{left} are left in the reserve." if left else "The reserve is used up.",
            ),
            "count",
        )
    until[code] += count
    told = _ask(survey, until, doing)
    facts = {"unit": code, "asked": told[code]}
    return write(SURVEY, survey, SurveyAct.GO_ON, doing, changes={"state": state}, facts=facts)


@deed(SURVEY, SurveyAct.ISSUE)
def issue_codes(survey: Survey, code: str, source: CodeSource, count: int, doing: Doing) -> Deed:
    """发放: codes to hand out in the hall, or score sheets for representatives who judge."""
    state = _led(survey, SurveyAct.ISSUE, doing, Said("发放测评码", "issue codes"))
    unit = SurveyUnit.objects.filter(survey=survey, organ__code=code).first()
    if unit is None:
        raise Refused(Said("没有抽中这个单位。", "This unit was not drawn."), "unit")
    if source == CodeSource.DRAWN or not 1 <= count <= MOST_AT_ONCE:
        raise Refused(
            Said(
                f"一次发放1—{MOST_AT_ONCE}个；抽中的人只按抽取结果发放。",
                f"1 to {MOST_AT_ONCE} at once; who is drawn gets a code by the draw alone.",
            ),
            "count",
        )
    sheet = source == CodeSource.JUDGE
    before = unit.sheets if sheet else unit.hall
    for place in range(before + 1, before + count + 1):
        _code(unit, source, place)
    name = "sheets" if sheet else "hall"
    setattr(unit, name, before + count)
    unit.save(update_fields=[name])
    facts = {"unit": code, "source": source.value, "codes": before + count}
    return write(SURVEY, survey, SurveyAct.ISSUE, doing, changes={"state": state}, facts=facts)


@deed(SURVEY, SurveyAct.CLOSE)
def close_survey(survey: Survey, doing: Doing) -> Deed:
    """截止: the figures are reckoned once, here, and enter the log; no answer comes after."""
    state = _led(survey, SurveyAct.CLOSE, doing, Said("截止测评", "close the survey"))
    if doing.day <= survey.field_until:
        raise Refused(
            Said(
                f"测评至{survey.field_until.isoformat()}，之后才能截止。",
                f"It is open until {survey.field_until.isoformat()}; close it afterwards.",
            )
        )
    figures = figures_of(survey)
    return write(
        SURVEY,
        survey,
        SurveyAct.CLOSE,
        doing,
        changes={"state": state, "figures": figures, "closed_at": doing.at},
        facts={"figures": figures},
    )
