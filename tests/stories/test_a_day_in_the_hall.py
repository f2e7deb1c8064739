"""A day in the hall, as 成办发〔2003〕75号 二（一） asks: one window, in order, who is on duty.

The government sets the centre up; its managers open it, draw the roster and close the day; people
take numbers and are called in order; who is on duty at a window for the matter accepts it there;
the ticket leads to the case.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from openhall.cases import actions as cases
from openhall.cases.actions import Party
from openhall.cases.terms import ApplicantKind, Channel, Stage
from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.hall.actions import arranging, centres, days, duty, stuck, turns
from openhall.hall.journal import faults
from openhall.hall.kinds import CENTRE, OPENING
from openhall.hall.models import Opening
from openhall.hall.queries import (
    ahead_of,
    centre_on,
    centres_on,
    exceptions_after,
    history_of,
    hours_on,
    not_yet_in,
    tickets_of_case,
)
from openhall.hall.terms import CentreKind, CentreState, Lane, StuckOutcome, TicketState
from openhall.ledger.models import Entry
from openhall.organs.actions import found as found_organ
from openhall.organs.terms import IdentityKind
from openhall.supervision.models import Issue
from openhall.supervision.terms import IssueSource
from openhall.versions import actions as versions
from openhall.workdays.queries import calendar
from tests.factories.hall import doing, furnished, sits

pytestmark = pytest.mark.django_db

WANG = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")


@pytest.fixture
def there(cast):
    return furnished(cast.item, cast.organ, signed_in=False)


def test_one_visit_from_the_ticket_to_the_receipt_and_the_day_that_closes_over_it(there, cast):
    # 值班: 李窗 signs in at window 1, which serves the matter.
    clerk, window = there.clerks[0], there.windows[1]
    shift = sits(there, clerk, 1)

    # 取号: three people come; the old lady goes first, the others as they came.
    first = there.taken()
    second = there.taken()
    old = there.taken(lane=Lane.PRIORITY)
    assert [ahead_of(one) for one in (old, first, second)] == [0, 1, 2]

    # 叫号: she does not come at once; she is called again, then missed, and comes back next.
    assert turns.call_next(window, doing(clerk)) == old
    turns.recall(window, old, doing(clerk))
    turns.no_show(window, old, doing(clerk))
    turns.come_back(old, doing(there.manager))
    assert turns.call_next(window, doing(clerk)) == old
    turns.serve(window, old, doing(clerk))
    turns.finish(window, old, doing(clerk))

    # 受理: the next person's papers are taken in and accepted at the window; the ticket says so.
    turns.call_next(window, doing(clerk))
    turns.serve(window, first, doing(clerk))
    case = cases.submit(cast.item.code, WANG, {}, Channel.WINDOW, doing(clerk, desk="window"))
    turns.linked_at_counter(case, doing(clerk, desk="window"))
    cases.accept(case.pk, doing(clerk, desk="window"))
    case.refresh_from_db()
    assert case.stage == Stage.ACCEPTED
    assert list(tickets_of_case(case.pk)) == [first]
    turns.finish(window, first, doing(clerk))

    # 日结: the last one has left; the day is closed, and its digest stands in the public log.
    duty.sign_out(shift.pk, doing(clerk))
    closed = days.close_day(there.hall, timezone.localdate(), doing(there.manager))
    assert closed.counts == {"done": 2, "left": 1}
    assert Entry.objects.filter(kind="hall-day").count() == 1
    second.refresh_from_db()
    assert second.state == TicketState.LEFT
    assert [one.sentence for one in [*audit.faults(0, 0), *faults(0, 0)]] == []


def test_who_is_not_on_duty_at_a_window_for_it_accepts_nothing(there, cast):
    case = cases.submit(cast.item.code, WANG, {}, Channel.ONLINE, doing(cast.wang_fang))
    for number, clerk in ((None, there.clerks[0]), (2, there.clerks[1])):
        if number:
            sits(there, clerk, number)  # window 2 is for another line
        with pytest.raises(Refused, match="当班"):
            cases.accept(case.pk, doing(clerk, desk="window"))
    sits(there, there.clerks[0], 1)
    assert cases.accept(case.pk, doing(there.clerks[0], desk="window"))


def test_a_centre_pauses_and_is_merged_and_its_history_stays(there):
    today = timezone.localdate()
    words = {"standing": CentreState.SUSPENDED.value, "basis": "锦府发〔2026〕9号"}
    draft = centres.begin_centre(there.hall, words, doing(there.manager))
    with pytest.raises(Refused):  # who manages it does not publish that it pauses
        versions.publish(CENTRE, draft.pk, today + timedelta(days=1), doing(there.manager))
    versions.publish(CENTRE, draft.pk, today + timedelta(days=1), doing(there.office))
    assert centre_on(there.hall, today).standing == CentreState.OPEN
    assert centre_on(there.hall, today + timedelta(days=1)).standing == CentreState.SUSPENDED

    organ = found_organ(code="cd-zx2", kind="centre", name="青羊中心", short_name="青羊")
    other = arranging.found(organ, "qingyang", CentreKind.DISTRICT, doing(there.office))
    words = {"standing": CentreState.MERGED.value, "into": other, "basis": "锦府发〔2026〕10号"}
    draft = centres.begin_centre(there.hall, words, doing(there.manager))
    versions.publish(CENTRE, draft.pk, today + timedelta(days=2), doing(there.office))
    assert list(centres_on(today + timedelta(days=2))) == []
    assert [one.standing for one in history_of(there.hall)] == ["merged", "suspended", "open"]


def test_hours_stand_once_and_a_closed_day_gives_no_tickets(there):
    today = timezone.localdate()
    tomorrow = today + timedelta(days=7)
    shut = centres.begin_hours(
        there.hall, [], doing(there.manager), first_day=tomorrow, last_day=tomorrow, reason="搬迁"
    )
    versions.publish(OPENING, shut.pk, tomorrow, doing(there.second))
    assert hours_on(there.hall, tomorrow).spans == ()
    assert hours_on(there.hall, tomorrow).why.zh == "搬迁"


def test_a_published_exception_is_withdrawn_before_it_begins_and_not_after(there):
    today = timezone.localdate()
    far = today + timedelta(days=7)
    while not calendar().is_workday(far):
        far += timedelta(days=1)
    shut = centres.begin_hours(
        there.hall, [], doing(there.manager), first_day=far, last_day=far, reason="搬迁"
    )
    versions.publish(OPENING, shut.pk, far, doing(there.second))
    assert not hours_on(there.hall, far).spans
    with pytest.raises(Refused):
        versions.withdraw(OPENING, shut.pk, "搬迁改期", doing(there.clerks[0]))
    with pytest.raises(Refused):
        versions.withdraw(OPENING, shut.pk, " ", doing(there.second))
    versions.withdraw(OPENING, shut.pk, "搬迁改期", doing(there.second))
    assert hours_on(there.hall, far).spans
    told = exceptions_after(there.hall, far)[0]
    assert (told.pk, told.is_public, told.remark) == (shut.pk, False, "搬迁改期")
    again = centres.begin_hours(
        there.hall, [], doing(there.manager), first_day=far, last_day=far, reason="搬迁"
    )
    versions.publish(OPENING, again.pk, far, doing(there.second))
    assert not hours_on(there.hall, far).spans
    begun = Opening.objects.get(exception=today.isoformat())
    regular = Opening.objects.get(exception="")
    for one in (begun, regular):
        with pytest.raises(Refused, match="不能撤回"):
            versions.withdraw(OPENING, one.pk, "不要了", doing(there.second))


def test_what_must_be_in_the_hall_and_is_not_is_listed(there, cast):
    assert not_yet_in(there.hall, timezone.localdate()) == []
    arranging.arrange(there.hall.pk, doing(there.manager), lines=[{"letter": "A", "items": []}])
    arranging.admit(
        there.hall.pk,
        cast.organ,
        timezone.localdate(),
        doing(there.manager),
        items=[cast.item],
        by=timezone.localdate(),
        basis="某府办发〔2026〕3号",
    )
    ((_unit, owed, version),) = not_yet_in(there.hall, timezone.localdate())
    assert (owed.item, version) == (cast.item, cast.version)


def test_what_got_stuck_twice_goes_to_a_named_official_and_into_the_ledger(there, cast):
    clerk = there.clerks[0]
    with pytest.raises(Refused, match="2次以上"):
        stuck.take(there.hall, cast.organ, clerk, "一次没有办成的事", doing(there.manager), tries=1)
    taken = stuck.take(
        there.hall, cast.organ, clerk, "开证明跑了三次没有办成", doing(there.manager), tries=3
    )
    issue = Issue.objects.get(source=IssueSource.STUCK.value)
    assert (issue.reference, issue.organ, issue.due_on) == (taken.number, cast.organ, taken.due_on)
    words = "经核对材料齐全，当场办结。"
    with pytest.raises(Refused, match="指定的承办人"):
        stuck.answer(taken.pk, StuckOutcome.SOLVED, words, doing(there.clerks[1]))
    stuck.answer(taken.pk, StuckOutcome.SOLVED, words, doing(clerk))
    taken.refresh_from_db()
    assert taken.state == "answered"


def test_two_colleagues_swap_their_shifts(there):
    from datetime import time

    today = timezone.localdate()
    one, two = (
        duty.plan(there.windows[n], who, today, time(0), time(23, 59), doing(there.manager))
        for n, who in zip((1, 2), there.clerks[:2], strict=True)
    )
    duty.ask_swap(one.pk, two, doing(there.clerks[0]))
    with pytest.raises(Refused):
        duty.agree_swap(one.pk, doing(there.clerks[2]))
    duty.agree_swap(one.pk, doing(there.clerks[1]))
    one.refresh_from_db()
    assert one.account == there.clerks[0]  # nothing changes hands before a manager confirms
    with pytest.raises(Refused, match="管理人员"):
        duty.confirm_swap(one.pk, doing(there.clerks[1]))
    duty.confirm_swap(one.pk, doing(there.manager))
    for shift in (one, two):
        shift.refresh_from_db()
    assert [one.account, two.account] == [there.clerks[1], there.clerks[0]]
