"""公布结果: words by a person, figures as they were closed, prominent problems as findings."""

from collections.abc import Sequence

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import led, worded
from openhall.deeds.writer import deed, write
from openhall.glossary import Said
from openhall.supervision.actions.problems import Problem, open_problems
from openhall.supervision.terms import IssueSource
from openhall.surveys.actions.steps import ANNOUNCERS, RULE, only
from openhall.surveys.kinds import SURVEY
from openhall.surveys.models import Survey, SurveyUnit
from openhall.surveys.permissions import may_announce
from openhall.surveys.rules.lifecycle import SURVEYS
from openhall.surveys.terms import SurveyAct, SurveyState

WORDS_AT_LEAST = 30


@deed(SURVEY, SurveyAct.REPORT)
def report_survey(survey: Survey, words: str, problems: Sequence[Problem], doing: Doing) -> Deed:
    """公布: everybody reads the figures; each problem is a finding of the rectification ledger."""
    what = Said("公布测评结果", "publish the result")
    only(may_announce(doing.actor, survey, doing.day), ANNOUNCERS, what)
    state = str(led(SURVEYS, SurveyState(survey.state), SurveyAct.REPORT).value)
    written = worded(words, WORDS_AT_LEAST, Said("测评的情况和问题", "what was found"))
    units = {
        one.organ.code: one.organ
        for one in SurveyUnit.objects.filter(survey=survey).select_related("organ")
    }
    opened = open_problems(IssueSource.SURVEY, survey.number, units, problems, RULE, doing)
    return write(
        SURVEY,
        survey,
        SurveyAct.REPORT,
        doing,
        changes={
            "state": state,
            "words": written,
            "problems": opened,
            "reported_by": doing.actor,
            "reported_at": doing.at,
        },
        facts={"problems": opened},
    )
