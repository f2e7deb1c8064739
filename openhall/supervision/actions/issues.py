"""The rectification ledger's verbs: one way in for every finding, and the way out. norms 7.4."""

from typing import Final

from openhall.cases.models import Case
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, led, worded
from openhall.deeds.writer import deed, made_before, write
from openhall.glossary import Said
from openhall.organs.models import Organ
from openhall.supervision.actions.numbers import NUMBER_OF_ISSUES, number
from openhall.supervision.kinds import ISSUE
from openhall.supervision.models import Issue
from openhall.supervision.permissions import may_answer, may_supervise, may_verify
from openhall.supervision.rules.lifecycle import ISSUES
from openhall.supervision.terms import IssueAct, IssueSource, IssueState, Severity
from openhall.workdays.queries import calendar

DUE: Final = {Severity.GRAVE: 5, Severity.ORDINARY: 10, Severity.MINOR: 15}  # working days
WORDS_AT_LEAST: Final = 5
LEDGER: Final = "整改台账"


@acting()
def open_issue(
    source: IssueSource,
    reference: str,
    organ: Organ,
    title: Said,
    basis: str,
    severity: Severity,
    doing: Doing,
    *,
    case: Case | None = None,
    due_workdays: int | None = None,
) -> Issue:
    """One finding, once: the same key answers with the one that stands.

    Called by the acts of this room, and by rooms above (a bad rating, an inspection, a survey).
    It asks no permission: whoever may do the act that found it may open it.
    """
    standing: Issue | None = made_before(
        ISSUE, doing, IssueAct.OPEN, source=source.value, reference=reference, organ_id=organ.pk
    )
    if standing is not None:
        return standing
    if not title.zh.strip() or not reference.strip():
        raise Refused(
            Said(
                "整改事项须写明问题和来源（整改台账）。",
                "Say what is wrong and where it was found (rectification ledger).",
            ),
            "title",
        )
    days = due_workdays or DUE[severity]
    issue = Issue.objects.create(
        number=number(NUMBER_OF_ISSUES, doing.day.year),
        source=source.value,
        reference=reference,
        organ=organ,
        case=case,
        title=title.zh,
        title_en=title.en,
        basis=basis,
        severity=severity.value,
        due_workdays=days,
        opened_at=doing.at,
        due_on=calendar().add_workdays(doing.day, days).on,
        state=IssueState.OPEN.value,
    )
    write(
        ISSUE,
        issue,
        IssueAct.OPEN,
        doing,
        facts={
            "source": source.value,
            "reference": reference,
            "severity": severity.value,
            "due_on": issue.due_on.isoformat(),
        },
        state=IssueState.OPEN.value,
    )
    return issue


def _by_unit(issue: Issue, act: IssueAct, doing: Doing) -> str:
    if not may_answer(doing.actor, issue.organ, doing.day):
        raise Refused(
            Said(
                "只有本单位负责人可以认领和办理整改事项。",
                "Only the head of the unit takes up a finding and puts it right.",
            )
        )
    state: str = led(ISSUES, IssueState(issue.state), act).value
    return state


def _by_outside(issue: Issue, act: IssueAct, doing: Doing) -> str:
    if not may_verify(doing.actor, issue, doing.day):
        raise Refused(
            Said(
                "只有监察机关、法制办中与该单位无关的人员可以核验（核验人不得是整改单位）。",
                "Only the Supervision Bureau or the Legal Affairs Office verifies, and nobody "
                "who belongs to the unit.",
            )
        )
    state: str = led(ISSUES, IssueState(issue.state), act).value
    return state


@deed(ISSUE, IssueAct.ACCEPT)
def accept_issue(issue: Issue, measures: str, doing: Doing) -> Deed:
    """认领: the head takes it up and says what will be done."""
    state = _by_unit(issue, IssueAct.ACCEPT, doing)
    written = worded(measures, WORDS_AT_LEAST, Said("整改措施", "the measures"), basis=LEDGER)
    return write(
        ISSUE,
        issue,
        IssueAct.ACCEPT,
        doing,
        changes={"state": state, "measures": written},
        detail={"measures": written},
        state=state,
    )


@deed(ISSUE, IssueAct.START)
def start_issue(issue: Issue, doing: Doing) -> Deed:
    """开始整改."""
    state = _by_unit(issue, IssueAct.START, doing)
    return write(ISSUE, issue, IssueAct.START, doing, changes={"state": state}, state=state)


@deed(ISSUE, IssueAct.SUBMIT)
def submit_issue(issue: Issue, evidence: str, doing: Doing) -> Deed:
    """提交整改结果, with the evidence that it is fixed."""
    state = _by_unit(issue, IssueAct.SUBMIT, doing)
    what = Said("整改结果和佐证", "the result and the evidence for it")
    written = worded(evidence, WORDS_AT_LEAST, what, basis=LEDGER)
    return write(
        ISSUE,
        issue,
        IssueAct.SUBMIT,
        doing,
        changes={"state": state, "evidence": written, "submitted_by": doing.actor},
        detail={"evidence": written},
        state=state,
    )


@deed(ISSUE, IssueAct.VERIFY, IssueAct.RETURN)
def check_issue(issue: Issue, act: IssueAct, words: str, doing: Doing) -> Deed:
    """核验: verified or returned, by somebody outside the unit."""
    if act not in (IssueAct.VERIFY, IssueAct.RETURN):
        raise Refused(
            Said("核验只能是通过或者退回。", "Choose to verify or to return; nothing else."), "act"
        )
    state = _by_outside(issue, act, doing)
    written = worded(words, WORDS_AT_LEAST, Said("核验的结论", "what you found"), basis=LEDGER)
    changes: dict[str, object] = {"state": state, "result": written}
    if act == IssueAct.VERIFY:
        changes["verifier"] = doing.actor
    return write(ISSUE, issue, act, doing, changes=changes, detail={"result": written}, state=state)


@deed(ISSUE, IssueAct.CLOSE)
def close_issue(issue: Issue, summary: str, doing: Doing) -> Deed:
    """销号, with the sentence the public reads."""
    state = _by_outside(issue, IssueAct.CLOSE, doing)
    what = Said("向社会公开的整改说明", "what the public is to read")
    written = worded(summary, WORDS_AT_LEAST, what, basis=LEDGER)
    return write(
        ISSUE,
        issue,
        IssueAct.CLOSE,
        doing,
        changes={"state": state, "public_summary": written, "closed_at": doing.at},
        facts={"summary": written},
        state=state,
    )


@deed(ISSUE, IssueAct.ESCALATE)
def escalate_issue(issue: Issue, doing: Doing) -> Deed:
    """逾期升级: not put right by its day; it goes to the Supervision Bureau's desk."""
    if doing.actor is not None and not may_supervise(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有监察机关可以升级整改事项。", "Only the Supervision Bureau escalates a finding."
            )
        )
    state = led(ISSUES, IssueState(issue.state), IssueAct.ESCALATE).value
    if doing.day <= issue.due_on:
        raise Refused(
            Said(
                "整改期限还没有届满，不能升级。",
                "Wait until the time to put it right is over; then it may be escalated.",
            )
        )
    return write(
        ISSUE,
        issue,
        IssueAct.ESCALATE,
        doing,
        changes={"state": state, "escalated_on": doing.day},
        facts={"due_on": issue.due_on.isoformat()},
        state=state,
    )
