"""The head of a case: what is so, who must act, until when; of a refusal why, whither, and remedy.

Told on the page and not only in a paper: who is refused reads here where to go instead and until
when he may object (行政许可法 32(2), 38, 72).
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from openhall.cases.public import waits_for
from openhall.cases.queries import Case, Told
from openhall.cases.rules.remedies import court_until, review_until
from openhall.cases.terms import Act, Outcome, Stage
from openhall.design.words import called
from openhall.glossary import Said
from openhall.organs.queries import Organ, organ_named
from openhall.organs.remedies import court_of, reviewer_of
from openhall.workdays.queries import calendar

OVERDUE = Said("已超过期限", "Overdue")
REFUSED = (Stage.DECLINED, Stage.REFUSED)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a case was refused, the right organ where there is one, and how to object until when."""

    reason: str
    competent: str  # the organ named in the decision; empty: none
    competent_unit: Organ | None
    review: Said
    court: Said
    review_until: date
    court_until: date
    remedy: str  # as the decision says it; empty where it says what the law says


@dataclass(frozen=True, slots=True)
class Head:
    """The sentence at the top and the answers beneath it."""

    sentence: str
    kind: str  # of state: a shape and a colour
    who: str
    until: date | None
    refusal: Refusal | None

    @property
    def overdue(self) -> Said:
        """The state in a word where the day has passed: a colour alone says nothing."""
        return OVERDUE


def _refusal(case: Case, events: list[Told]) -> Refusal:
    acts = (Act.DECLINE.value, Act.DECIDE.value)
    told = next((one for one in reversed(events) if one.event.act in acts), events[-1])
    event, said = told.event, told.said
    known, days = timezone.localtime(event.event_time).date(), calendar()
    code = event.facts.get("competent", "")
    return Refusal(
        said.get("reason", ""),
        event.facts.get("competent_organ", ""),
        organ_named(code) if code else None,
        reviewer_of(case.organ),
        court_of(case.organ),
        review_until(known, days),
        court_until(known, days),
        said.get("remedy", ""),
    )


def _who(case: Case, *, led: bool) -> str:
    """Whose turn it is, in words."""
    _stage, who = waits_for(case)
    if who == "applicant":
        return _("you")
    if who == "nobody":
        return _("nobody: it is closed")
    if led:
        return _("the lead unit, for all units")
    if who == "superior":
        return _("the superior organ")
    return str(called(case.organ))


def _sentence(case: Case, stage: Stage, matter: str, *, led: bool) -> str:
    ended = {
        Stage.DECLINED: _("not accepted"),
        Stage.REFUSED: _("refused"),
        Stage.WITHDRAWN: _("withdrawn by you"),
        Stage.LAPSED: _("ended, what was missing did not come in time"),
        Stage.DELIVERED: _("done, the result was delivered"),
        Stage.ISSUED: _("granted, the result waits for you"),
        Stage.GRANTED: _("granted, the result is being made"),
        Stage.SUPPLEMENT_ASKED: _("something is missing, it is your turn"),
        Stage.FORWARDED: _("with the superior organ"),
    }.get(stage)
    if ended is None:
        early = stage in (Stage.SUBMITTED, Stage.SUPPLEMENTED)
        if led or early:
            ended = _("submitted, the window is looking at it")
        else:
            ended = _("being handled")
    return f"{matter}{_(': ')}{ended}"


def head_of(case: Case, events: list[Told], *, led: bool = False, today: date) -> Head:
    """What stands in the head of ``case``; ``led``: the lead unit answers for all."""
    stage = Stage(case.stage)
    refused = stage in REFUSED or case.outcome in (
        Outcome.REFUSED.value,
        Outcome.NOT_COMPETENT.value,
        Outcome.NOT_REQUIRED.value,
        Outcome.INELIGIBLE.value,
    )
    until = None
    if stage in (Stage.SUBMITTED, Stage.SUPPLEMENTED):
        until = case.answer_due
    elif case.closed_at is None:
        until = case.promise_due
    elif case.delivered_at is None:
        until = case.delivery_due
    kind = "refused" if refused else "closed" if stage == Stage.DELIVERED else "on_time"
    if not refused and until is not None and until < today and case.delivered_at is None:
        kind = "overdue"
    elif stage == Stage.SUPPLEMENT_ASKED:
        kind = "waiting"
    return Head(
        _sentence(case, stage, str(called(case.item_version)), led=led),
        kind,
        _who(case, led=led),
        until,
        _refusal(case, events) if refused else None,
    )
