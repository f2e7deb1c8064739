"""Supervision in the demonstration: cards answered and ruled, complaints, one draw, frozen months.

Read from the simulated events through the real acts, dated by the city's own past. What is older
than three weeks is settled; the newest is left in every state, for who signs in to go on with it.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Mod
from django.utils import timezone

from openhall.cases.models import Case, UnitMonth
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.demo.data import told
from openhall.demo.models import City
from openhall.demo.rules import people
from openhall.ledger.actions import seal
from openhall.organs.models import Account, Post
from openhall.organs.terms import Desk
from openhall.supervision import actions
from openhall.supervision.models import Card, CaseFileReview, Complaint, Issue, SampleDraw
from openhall.supervision.queries import month_after, population
from openhall.supervision.terms import (
    CardAct,
    CardState,
    ComplaintAbout,
    ComplaintState,
    IssueAct,
    IssueState,
    NoticeKind,
    SheetLine,
    Signal,
    Tick,
    Trigger,
)
from openhall.workdays.queries import calendar

SETTLED_AFTER: Final = timedelta(days=21)
COMPLAINT_EVERY: Final = 350  # closed cases
SAID: Final = told("oversight")


def _past(actor: Account | None, at: datetime, key: str, desk: Desk) -> Doing:
    moment = min(at, timezone.now())
    return Doing(actor, moment, key, desk.value, entered=moment)


def _later(at: datetime, workdays: int, hour: int = 10) -> datetime:
    day = calendar().add_workdays(timezone.localtime(at).date(), workdays).on
    return timezone.localtime(at).replace(
        year=day.year, month=day.month, day=day.day, hour=hour, minute=at.minute
    )


class Watch:
    """Who answers and who rules, and up to when the city has lived."""

    def __init__(self) -> None:
        self.song = Account.objects.get(username="songjian")
        self.heads = {
            post.organ_id: post.account
            for post in Post.objects.filter(desk=Desk.HEAD.value).select_related("account")
        }
        self.until = Case.objects.aggregate(at=Max("received_at"))["at"] or timezone.now()

    def settled(self, at: datetime) -> bool:
        return at < self.until - SETTLED_AFTER

    def cards(self) -> None:
        """Answer and rule: what is old wholly, of the newest two in three are answered."""
        waiting = Card.objects.filter(
            state=CardState.RAISED.value, raised_at__lt=self.until - timedelta(days=2)
        ).exclude(code="due-today")
        for card in waiting.order_by("pk"):
            old = self.settled(card.raised_at)
            if not old and card.pk % 3 == 0:
                continue
            objects = card.pk % 6 == 1
            head = self.heads.get(card.organ_id)
            act, words = (
                (actions.object_to, SAID["objected"])
                if objects
                else (actions.explain, SAID["explained"])
            )
            act(
                card.pk,
                words,
                _past(head, _later(card.raised_at, 2), f"demo-answer-{card.pk}", Desk.HEAD),
            )
        answered = Card.objects.filter(
            state__in=[CardState.EXPLAINED.value, CardState.OBJECTED.value],
            raised_at__lt=self.until - SETTLED_AFTER,
        )
        for card in answered.order_by("pk"):
            spared = card.state == CardState.OBJECTED and card.pk % 4
            ruling, words = (
                (CardAct.WITHDRAW, SAID["withdrawn"])
                if spared
                else (CardAct.UPHOLD, SAID["upheld"])
            )
            at = _later(card.raised_at, 5, 15)
            doing = _past(self.song, at, f"demo-rule-{card.pk}", Desk.SUPERVISION)
            actions.rule_on(card.pk, ruling, words, doing)
            if ruling == CardAct.UPHOLD and card.pk % 25 == 0 and card.signal == Signal.RED:
                actions.issue_notice(
                    card.pk,
                    NoticeKind.URGING,
                    SAID["urged"],
                    _past(self.song, at, f"demo-notice-{card.pk}", Desk.SUPERVISION),
                )

    def issues(self) -> None:
        """Put right what is old; of the newest, some are taken up and some submitted."""
        for issue in Issue.objects.filter(closed_at__isnull=True).order_by("pk"):
            head = self.heads.get(issue.organ_id)
            if head is None:
                continue
            steps = 6 if self.settled(issue.opened_at) else issue.pk % 4
            for step in self._steps(issue, head, steps):
                try:
                    step()
                except Refused:
                    break

    def _steps(self, issue: Issue, head: Account, count: int) -> list[Callable[[], object]]:
        pk, begin = issue.pk, issue.opened_at
        state = IssueState(issue.state)

        def by(actor: Account, days: int, name: str, desk: Desk) -> Doing:
            return _past(actor, _later(begin, days, 11), f"demo-issue-{pk}-{name}", desk)

        ladder = (
            (
                IssueState.OPEN,
                lambda: actions.accept_issue(pk, SAID["measures"], by(head, 1, "a", Desk.HEAD)),
            ),
            (IssueState.ACCEPTED, lambda: actions.start_issue(pk, by(head, 2, "s", Desk.HEAD))),
            (
                IssueState.IN_PROGRESS,
                lambda: actions.submit_issue(pk, SAID["evidence"], by(head, 4, "r", Desk.HEAD)),
            ),
            (
                IssueState.SUBMITTED,
                lambda: actions.check_issue(
                    pk, IssueAct.VERIFY, SAID["checked"], by(self.song, 6, "v", Desk.SUPERVISION)
                ),
            ),
            (
                IssueState.VERIFIED,
                lambda: actions.close_issue(
                    pk, SAID["public"], by(self.song, 7, "c", Desk.SUPERVISION)
                ),
            ),
        )
        places = [at for at, _step in ladder]
        if state not in places:
            return []
        return [step for _at, step in ladder[places.index(state) : count]]

    def complaints(self) -> None:
        """One complaint for every few hundred closed cases, each further on the older it is."""
        rows = Case.objects.annotate(turn=Mod("id", COMPLAINT_EVERY)).filter(
            turn=7, closed_at__isnull=False, complaints__isnull=True
        )
        for case in rows.select_related("organ", "item").order_by("pk"):
            at = _later(case.closed_at or self.until, 1)
            if at > self.until:
                continue
            breach, text = SAID["complaints"][case.pk % len(SAID["complaints"])]
            named = case.pk % 2 == 0
            rng = Random(case.pk)
            said = actions.Grievance(
                ComplaintAbout.CASE,
                case.organ,
                text,
                case=case,
                breach=Trigger[breach],
                name=people.name(rng) if named else "",
                phone=people.phone(rng) if named else "",
            )
            moment = min(at, timezone.now())
            actions.complain(said, Doing(None, moment, f"demo-complaint-{case.pk}", entered=moment))
        for complaint in Complaint.objects.exclude(
            state__in=[ComplaintState.SATISFIED.value, ComplaintState.REJECTED.value]
        ).order_by("pk"):
            self._carry(complaint)

    def _carry(self, complaint: Complaint) -> None:
        pk, begin = complaint.pk, complaint.received_at
        head = self.heads.get(complaint.organ_id)
        steps = 4 if self.settled(begin) else pk % 4

        def by(actor: Account | None, days: int, name: str, desk: Desk) -> Doing:
            return _past(actor, _later(begin, days, 11), f"demo-complaint-{pk}-{name}", desk)

        song, watch = self.song, Desk.SUPERVISION
        ladder = (
            lambda: actions.accept_complaint(pk, by(song, 2, "a", watch)),
            lambda: actions.answer_complaint(pk, SAID["answered"], by(head, 6, "w", Desk.HEAD)),
            lambda: actions.pass_complaint(pk, pk % 3 == 0, by(song, 8, "p", watch)),
            lambda: self._confirm(pk, begin),
        )
        place = {
            ComplaintState.RECEIVED: 0,
            ComplaintState.ACCEPTED: 1,
            ComplaintState.DRAFTED: 2,
            ComplaintState.ANSWERED: 3,
        }.get(ComplaintState(complaint.state), 4)
        for step in ladder[place:steps]:
            step()

    def _confirm(self, pk: int, begin: datetime) -> None:
        moment = min(_later(begin, 10), timezone.now())
        doing = Doing(None, moment, f"demo-complaint-{pk}-c", entered=moment)
        actions.confirm_complaint(pk, doing, holds_code=True)


def keep_watch() -> None:
    """Read the new events, then let the cast act on what was found."""
    actions.observe(lived=True)
    actions.measure()
    actions.observe_enquiries(lived=True)
    watch = Watch()
    with transaction.atomic():
        watch.cards()
        watch.issues()
        watch.complaints()


def bring_to_the_present(city: City, *, whole: bool) -> None:
    """What ends a month: its scores counted and frozen, and one public draw reviewed."""
    if city.until is None:
        return
    lived = timezone.localtime(city.until).date()
    if whole:
        actions.sweep(timezone.localdate())
    song = Account.objects.get(username="songjian")
    months = UnitMonth.objects.values_list("month", flat=True).distinct().order_by("month")
    for month in months:
        doing = _past(song, timezone.now(), f"demo-score-{month}", Desk.SUPERVISION)
        actions.count_all(month, doing)
        if month_after(month) + SETTLED_AFTER <= lived:
            actions.freeze_month(month, doing)
    past = [month for month in months if month_after(month) <= lived]
    if past and not SampleDraw.objects.exists():
        _draw(past[-1])


def _draw(month: date) -> None:
    """A draw announced, drawn by the next checkpoint, and every sheet signed."""
    if not population(month):
        return
    zheng = Account.objects.get(username="zhengfa")
    now = timezone.now()
    announced = now - timedelta(minutes=30)
    draw = actions.announce_draw(
        month,
        1,
        now - timedelta(minutes=1),
        Doing(zheng, announced, "demo-draw", Desk.LEGAL.value, entered=announced),
    )
    seal()
    actions.draw_sample(draw.pk, Doing(zheng, timezone.now(), "demo-draw-taken", Desk.LEGAL.value))
    sheets = list(CaseFileReview.objects.filter(draw=draw).order_by("pk"))
    for review in sheets:
        _sign(review, zheng)


def _sign(review: CaseFileReview, zheng: Account) -> None:
    ticks, remarks = {}, {}
    for line in SheetLine:
        auto = review.lines[line.value]["auto"]
        tick = Tick(auto) if auto else Tick.YES
        if line == SheetLine.HEARING:
            tick = Tick.NOT_APPLICABLE
        if line == SheetLine.ACCURATE and review.pk % 7 == 3:
            tick = Tick.NO
        ticks[line] = tick
        if tick == Tick.NO:
            remarks[line] = SAID["inaccurate"]
    doing = Doing(zheng, timezone.now(), f"demo-sheet-{review.pk}", Desk.LEGAL.value)
    actions.sign_review(review.pk, ticks, remarks, doing)
