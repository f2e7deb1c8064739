"""The rectification ledger's verbs: one way in for every finding, and the way out. norms 7.4."""

from typing import Final

from django.db import transaction

from openhall.cases.actions import Doing
from openhall.cases.models import Case
from openhall.deeds.refusals import Refused
from openhall.organs.models import Organ
from openhall.supervision.actions.numbers import ISSUE, number
from openhall.supervision.actions.record import day_of, done_before, led, record, under_lock
from openhall.supervision.models import Deed, Issue
from openhall.supervision.permissions import may_answer, may_supervise, may_verify
from openhall.supervision.rules.lifecycle import ISSUES
from openhall.supervision.terms import IssueAct, IssueSource, IssueState, Severity, Subject
from openhall.workdays.queries import calendar

DUE: Final = {Severity.GRAVE: 5, Severity.ORDINARY: 10, Severity.MINOR: 15}  # working days
WORDS_AT_LEAST: Final = 5


@transaction.atomic
def open_issue(
    source: IssueSource,
    reference: str,
    organ: Organ,
    title: str,
    basis: str,
    severity: Severity,
    doing: Doing,
    *,
    title_en: str = "",
    case: Case | None = None,
    due_workdays: int | None = None,
) -> Issue:
    """One finding, once: the same key answers with the one that stands.

    Called by the acts of this room, and by rooms above (a bad rating, an inspection, a survey).
    It asks no permission: whoever may do the act that found it may open it.
    """
    if standing := Issue.objects.filter(key=doing.key).first():
        return standing
    if not title.strip() or not reference.strip():
        raise Refused("整改事项须写明问题和来源（整改台账）。", "title")
    day = day_of(doing)
    days = due_workdays or DUE[severity]
    issue = Issue.objects.create(
        number=number(ISSUE, day.year),
        source=source.value,
        reference=reference,
        key=doing.key,
        organ=organ,
        case=case,
        title=title,
        title_en=title_en,
        basis=basis,
        severity=severity.value,
        due_workdays=days,
        opened_at=doing.at,
        due_on=calendar().add_workdays(day, days).on,
        state=IssueState.OPEN.value,
    )
    record(
        Subject.ISSUE,
        issue,
        IssueAct.OPEN,
        IssueState.OPEN.value,
        doing,
        facts={
            "source": source.value,
            "reference": reference,
            "organ": organ.code,
            "severity": severity.value,
            "due_on": issue.due_on.isoformat(),
        },
    )
    return issue


def _by_unit(issue: Issue, act: IssueAct, doing: Doing) -> IssueState:
    if not may_answer(doing.actor, issue.organ, day_of(doing)):
        raise Refused("只有本单位负责人可以认领和办理整改事项。")
    found: IssueState = led(ISSUES, IssueState(issue.state), act)
    return found


def _by_outside(issue: Issue, act: IssueAct, doing: Doing) -> IssueState:
    if not may_verify(doing.actor, issue, day_of(doing)):
        raise Refused("只有监察机关、法制办中与该单位无关的人员可以核验（核验人不得是整改单位）。")
    found: IssueState = led(ISSUES, IssueState(issue.state), act)
    return found


def _worded(words: str, field: str, what: str) -> str:
    if len(words.strip()) < WORDS_AT_LEAST:
        raise Refused(f"请写明{what}，不少于{WORDS_AT_LEAST}个字（整改台账）。", field)
    return words.strip()


@transaction.atomic
def accept_issue(issue_id: int, measures: str, doing: Doing) -> Deed:
    """认领: the head takes it up and says what will be done."""
    if before := done_before(doing.key):
        return before
    issue = under_lock(Issue, issue_id, "organ")
    state = _by_unit(issue, IssueAct.ACCEPT, doing)
    written = _worded(measures, "words", "整改措施")
    return record(
        Subject.ISSUE,
        issue,
        IssueAct.ACCEPT,
        state.value,
        doing,
        words={"measures": written},
        changes={"measures": written},
    )


@transaction.atomic
def start_issue(issue_id: int, doing: Doing) -> Deed:
    """开始整改."""
    if before := done_before(doing.key):
        return before
    issue = under_lock(Issue, issue_id, "organ")
    state = _by_unit(issue, IssueAct.START, doing)
    return record(Subject.ISSUE, issue, IssueAct.START, state.value, doing)


@transaction.atomic
def submit_issue(issue_id: int, evidence: str, doing: Doing) -> Deed:
    """提交整改结果, with the evidence that it is fixed."""
    if before := done_before(doing.key):
        return before
    issue = under_lock(Issue, issue_id, "organ")
    state = _by_unit(issue, IssueAct.SUBMIT, doing)
    written = _worded(evidence, "words", "整改结果和佐证")
    return record(
        Subject.ISSUE,
        issue,
        IssueAct.SUBMIT,
        state.value,
        doing,
        words={"evidence": written},
        changes={"evidence": written, "submitted_by": doing.actor},
    )


@transaction.atomic
def check_issue(issue_id: int, act: IssueAct, words: str, doing: Doing) -> Deed:
    """核验: verified or returned, by somebody outside the unit."""
    if before := done_before(doing.key):
        return before
    issue = under_lock(Issue, issue_id, "organ")
    if act not in (IssueAct.VERIFY, IssueAct.RETURN):
        raise Refused("核验只能是通过或者退回。", "act")
    state = _by_outside(issue, act, doing)
    written = _worded(words, "words", "核验的结论")
    changes: dict[str, object] = {"result": written}
    if act == IssueAct.VERIFY:
        changes["verifier"] = doing.actor
    return record(
        Subject.ISSUE, issue, act, state.value, doing, words={"result": written}, changes=changes
    )


@transaction.atomic
def close_issue(issue_id: int, summary: str, doing: Doing) -> Deed:
    """销号, with the sentence the public reads."""
    if before := done_before(doing.key):
        return before
    issue = under_lock(Issue, issue_id, "organ")
    state = _by_outside(issue, IssueAct.CLOSE, doing)
    written = _worded(summary, "words", "向社会公开的整改说明")
    return record(
        Subject.ISSUE,
        issue,
        IssueAct.CLOSE,
        state.value,
        doing,
        facts={"summary": written},
        changes={"public_summary": written, "closed_at": doing.at},
    )


@transaction.atomic
def escalate_issue(issue_id: int, doing: Doing) -> Deed:
    """逾期升级: not put right by its day; it goes to the Supervision Bureau's desk."""
    if before := done_before(doing.key):
        return before
    issue = under_lock(Issue, issue_id, "organ")
    day = day_of(doing)
    if doing.actor is not None and not may_supervise(doing.actor, day):
        raise Refused("只有监察机关可以升级整改事项。")
    state = led(ISSUES, IssueState(issue.state), IssueAct.ESCALATE)
    if day <= issue.due_on:
        raise Refused("整改期限还没有届满，不能升级。")
    return record(
        Subject.ISSUE,
        issue,
        IssueAct.ESCALATE,
        state.value,
        doing,
        facts={"due_on": issue.due_on.isoformat()},
        changes={"escalated_on": day},
    )
