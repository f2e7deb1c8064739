"""The published steps follow the acts: each begins when the one before is done. A3.

Called where an act is recorded, so a step never says other than the events do.
"""

from datetime import date

from openhall.cases.models import Case, CaseStep
from openhall.cases.rules.steps import ENDED_BY, ORDER, due, planned
from openhall.cases.terms import Act, StepPhase, StepState
from openhall.organs.models import Account
from openhall.workdays.queries import calendar

BEGINNINGS = frozenset({Act.ACCEPT, Act.DEEM_ACCEPTED, Act.ACCEPT_AT_ONCE})


def begin(case: Case, act: Act, day: date, actor: Account | None) -> None:
    """Lay out the steps of the item's version at acceptance; the first open one begins."""
    rows = case.item_version.steps.values_list("name", "name_en", "days")
    through = ORDER.index(ENDED_BY[act])
    made, current = [], False
    for position, step in enumerate(planned(rows), start=1):
        done = ORDER.index(step.phase) <= through
        now = not done and not current
        current = current or now
        made.append(
            CaseStep(
                case=case,
                position=position,
                phase=step.phase.value,
                name=step.name,
                name_en=step.name_en,
                days=step.days,
                state=(StepState.DONE if done else StepState.CURRENT if now else StepState.AHEAD),
                begun_on=day if done or now else None,
                due_on=due(day, step.days, calendar()) if done or now else None,
                done_on=day if done else None,
                done_by=actor if done else None,
            )
        )
    CaseStep.objects.bulk_create(made)


def through(case: Case, phase: StepPhase, day: date, actor: Account | None) -> None:
    """End every step up to ``phase``; the next one begins."""
    open_steps = list(CaseStep.objects.filter(case=case).exclude(state=StepState.DONE))
    last = ORDER.index(phase)
    ended = [one for one in open_steps if ORDER.index(StepPhase(one.phase)) <= last]
    if not ended:
        return
    _end([one.pk for one in ended], day, actor)
    ahead = [one for one in open_steps if one not in ended]
    if ahead and ahead[0].state == StepState.AHEAD:
        start(ahead[0], day)


def _end(pks: list[int], day: date, actor: Account | None) -> None:
    CaseStep.objects.filter(pk__in=pks, begun_on__isnull=True).update(begun_on=day)
    CaseStep.objects.filter(pk__in=pks).update(
        state=StepState.DONE.value, done_on=day, done_by=actor
    )


def start(step: CaseStep, day: date) -> None:
    """Let ``step`` run from ``day``."""
    CaseStep.objects.filter(pk=step.pk).update(
        state=StepState.CURRENT.value,
        begun_on=day,
        due_on=due(day, step.days, calendar()),
        extra=0,
        done_on=None,
        done_by=None,
    )


def step_on(case: Case, day: date, actor: Account | None) -> CaseStep | None:
    """End the step that runs and begin the next; the one ended."""
    steps = list(CaseStep.objects.filter(case=case).order_by("position"))
    running = next((one for one in steps if one.state == StepState.CURRENT), None)
    if running is None:
        return None
    _end([running.pk], day, actor)
    ahead = [one for one in steps if one.position > running.position]
    if ahead:
        start(ahead[0], day)
    return running


def step_back(case: Case, day: date, *, phase: StepPhase | None = None) -> CaseStep | None:
    """Let the step before the running one run again (the last of ``phase``, if given)."""
    steps = list(CaseStep.objects.filter(case=case).order_by("position"))
    running = next((one for one in steps if one.state == StepState.CURRENT), None)
    done = [
        one
        for one in steps
        if one.state == StepState.DONE and (phase is None or one.phase == phase.value)
    ]
    if not done:
        return None
    back = done[-1]
    later = [one.pk for one in steps if one.position > back.position]
    CaseStep.objects.filter(pk__in=later).update(
        state=StepState.AHEAD.value, begun_on=None, due_on=None, done_on=None, done_by=None
    )
    start(back, day)
    CaseStep.objects.filter(pk=back.pk).update(returned=back.returned + 1)
    return running or back


def lengthen(case: Case, workdays: int) -> None:
    """The running step is due ``workdays`` later: the time was excluded, or the limit extended."""
    step = CaseStep.objects.filter(case=case, state=StepState.CURRENT.value).first()
    if step is None or step.begun_on is None or step.days is None or workdays <= 0:
        return
    extra = step.extra + workdays
    CaseStep.objects.filter(pk=step.pk).update(
        extra=extra, due_on=due(step.begun_on, step.days + extra, calendar())
    )


def follow(case: Case, act: Act, day: date, actor: Account | None) -> None:
    """What ``act`` does to the steps of ``case``."""
    if act in BEGINNINGS:
        begin(case, act, day, actor)
    elif act in ENDED_BY:
        through(case, ENDED_BY[act], day, actor)
    elif act == Act.SEND_BACK:
        step_back(case, day, phase=StepPhase.REVIEW)
