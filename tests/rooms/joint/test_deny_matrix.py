"""Deny unless a named predicate allows: role × joint act, and a denied deed leaves no trace."""

from datetime import date, datetime

import pytest

from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.models import Case, CaseEvent
from openhall.cases.terms import Outcome
from openhall.deeds.refusals import Refused
from openhall.joint import actions as joint
from openhall.joint.actions import There
from openhall.joint.models import DeemedConsent, JointCase, JointEvent, JointMeeting, JointTask
from openhall.ledger.models import Entry
from openhall.organs.actions import appoint, relieve
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.papers.models import Paper
from tests.factories.organs import standing
from tests.factories.restaurant import REASON, SHANGHAI, restaurant

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LEAD, UNIT, ABOVE = "市监", "水务", "市人民政府"
BEHIND = {Desk.HANDLER, Desk.DECIDER, Desk.HEAD}
# Which desk of which organ may do what; every other desk of every organ is refused.
ALLOWED = {
    "accept_joint": {(LEAD, Desk.WINDOW)},
    "decline_joint": {(LEAD, Desk.WINDOW)},
    "ask_joint_supplement": {(LEAD, Desk.WINDOW)},
    "supplement_joint": {(LEAD, Desk.WINDOW)},  # and the applicant
    "withdraw_joint": set(),  # the applicant alone
    "sign_notice": {(UNIT, desk) for desk in (Desk.WINDOW, *BEHIND)},
    "opine_together": {(UNIT, desk) for desk in BEHIND},
    "call_meeting": {(LEAD, desk) for desk in BEHIND},
    "hold_meeting": {(LEAD, desk) for desk in BEHIND},
    "conclude": {(LEAD, Desk.DECIDER), (LEAD, Desk.HEAD)},
    "give_reasons": {(LEAD, desk) for desk in BEHIND},
    "extend_joint": {(ABOVE, Desk.HEAD)},
    "tell_reply": {(LEAD, Desk.WINDOW), (UNIT, Desk.WINDOW)},
    "report": {(LEAD, desk) for desk in BEHIND},
    "switch_on": {(ABOVE, Desk.GOVERNMENT_OFFICE), (LEAD, Desk.GOVERNMENT_OFFICE)}
    | {(UNIT, Desk.GOVERNMENT_OFFICE)},
}
NOBODY = ("stranger", "applicant", "inactive", "relieved", "other_organ", "nobody")
AT = "2024-03-20 09:00"


@pytest.fixture
def ready():
    """The matter brought by its proper hands to where ``act`` may be tried."""

    def brought(act):
        r = restaurant("meeting")
        whole = r.apply("2024-03-18 09:00")
        if act in ("accept_joint", "decline_joint", "ask_joint_supplement", "withdraw_joint"):
            return r, whole
        if act == "supplement_joint":
            point = Point("店名与营业执照不一致，请更正。", field="name")
            joint.ask_joint_supplement(
                whole.pk,
                {r.task(whole, UNIT).case_id: [point]},
                r.doing(r.of(LEAD, Desk.WINDOW), "2024-03-18 10:00"),
            )
            return r, whole
        r.accepted(whole, "2024-03-18 10:00")
        if act in ("sign_notice", "call_meeting", "switch_on", "extend_joint"):
            return r, whole
        r.signed(whole, UNIT, "2024-03-18 11:00")
        if act == "opine_together":
            return r, whole
        r.says(whole, LEAD, moment="2024-03-18 14:00")
        r.says(whole, "消防", moment="2024-03-18 14:00")
        objection = ("disagree", REASON) if act == "give_reasons" else ("agree_forward", "")
        r.says(whole, UNIT, *objection, moment="2024-03-18 15:00")
        if act == "tell_reply":
            task = r.task(whole, UNIT)
            handler = r.of(UNIT, Desk.HANDLER)
            actions.hand_over(
                task.case_id, handler, [], r.doing(r.of(UNIT, Desk.WINDOW), "2024-03-18 15:30")
            )
            actions.forward(task.case_id, "省水利厅", REASON, r.doing(handler, "2024-03-18 16:00"))
            actions.reply(task.case_id, REASON, r.doing(handler, "2024-03-19 09:00"))
            return r, whole
        leader = r.of(LEAD, Desk.HANDLER)
        joint.call_meeting(
            whole.pk, moment("2024-03-19 09:00"), "现场", r.doing(leader, "2024-03-18 16:00")
        )
        if act == "hold_meeting":
            return r, whole
        joint.hold_meeting(
            JointMeeting.objects.get(joint=whole).pk,
            there(r, whole),
            REASON,
            r.doing(leader, "2024-03-19 10:00"),
        )
        if act == "conclude":
            return r, whole
        decider = r.of(LEAD, Desk.DECIDER)
        joint.conclude(whole.pk, True, REASON, r.doing(decider, "2024-03-19 11:00"))
        if act == "report":
            for unit in (LEAD, "消防", UNIT):
                r.decides(whole, unit, "2024-03-19")
        return r, whole

    return brought


def moment(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=SHANGHAI)


def there(r, whole):
    return {r.task(whole, unit).pk: There(r.of(unit, Desk.HEAD)) for unit in (LEAD, "消防", UNIT)}


def tries(act, r, whole, d):
    """The act as somebody would do it."""
    task = r.task(whole, UNIT)
    point = Point("店名与营业执照不一致，请更正。", field="name")
    return {
        "accept_joint": lambda: joint.accept_joint(whole.pk, d),
        "decline_joint": lambda: joint.decline_joint(whole.pk, Outcome.INELIGIBLE, REASON, d),
        "ask_joint_supplement": lambda: joint.ask_joint_supplement(
            whole.pk, {task.case_id: [point]}, d
        ),
        "supplement_joint": lambda: joint.supplement_joint(
            whole.pk, {task.case_id: {"name": "锦里小馆"}}, d
        ),
        "withdraw_joint": lambda: joint.withdraw_joint(whole.pk, d),
        "sign_notice": lambda: joint.sign_notice(task.pk, d),
        "opine_together": lambda: joint.opine_together(task.pk, "agree", "", d),
        "call_meeting": lambda: joint.call_meeting(whole.pk, moment("2024-03-22 09:00"), "现场", d),
        "hold_meeting": lambda: joint.hold_meeting(
            JointMeeting.objects.get(joint=whole).pk, there(r, whole), REASON, d
        ),
        "conclude": lambda: joint.conclude(whole.pk, True, REASON, d),
        "give_reasons": lambda: joint.give_reasons(task.pk, REASON, d),
        "extend_joint": lambda: joint.extend_joint(whole.pk, 10, REASON, d),
        "tell_reply": lambda: joint.tell_reply(task.pk, d),
        "report": lambda: joint.report(whole.pk, d),
        "switch_on": lambda: joint.switch_on(date(2024, 4, 1), None, "某府办发〔2024〕3号", d),
    }[act]()


def trace():
    """All that a deed could leave."""
    return (
        list(JointCase.objects.values()),
        list(JointTask.objects.values()),
        list(JointMeeting.objects.values()),
        list(DeemedConsent.objects.values()),
        list(Case.objects.values()),
        JointEvent.objects.count(),
        CaseEvent.objects.count(),
        Entry.objects.exclude(kind__in=("organ", "posting")).count(),  # who tries comes meanwhile
        Paper.objects.count(),
    )


def somebody(who, r) -> Account | None:
    if who == "nobody":
        return None
    if who == "applicant":
        return r.wang
    account = Account.objects.create_user(username=f"some-{Account.objects.count()}")
    if who == "other_organ":
        names = {"name": "市林业局", "name_en": "Forestry"}
        stranger = standing("cd-forest", kind="department", **names)
        for desk in Desk:
            if desk != Desk.GOVERNMENT_OFFICE:
                appoint(account, stranger, desk, date(2003, 1, 1))
    elif who in ("inactive", "relieved"):
        for organ in (*r.organs.values(), r.government):
            for desk in Desk:
                post = appoint(account, organ, desk, date(2003, 1, 1))
                if who == "relieved":
                    relieve(post, date(2024, 3, 19))
        account.is_active = who != "inactive"
        account.save()
    elif who != "stranger":
        unit, desk = who
        organ = r.government if unit == ABOVE else r.organs[unit]
        appoint(account, organ, desk, date(2003, 1, 1))
    return account


@pytest.mark.parametrize("act", ALLOWED)
def test_only_the_named_desk_of_the_named_unit_may(ready, act):
    r, whole = ready(act)
    before = trace()
    seats = [(unit, desk) for unit in (LEAD, UNIT, ABOVE) for desk in Desk]
    for who in (*seats, *NOBODY):
        owner = who == "applicant" and act in ("withdraw_joint", "supplement_joint")
        if who in ALLOWED[act] or owner:
            continue
        with pytest.raises(Refused) as refused:
            tries(act, r, whole, r.doing(somebody(who, r), AT))
        assert "只有" in str(refused.value), (act, who)
        assert trace() == before, (act, who)
    proper = next(iter(sorted(ALLOWED[act])), "applicant")
    tries(act, r, whole, r.doing(somebody(proper, r), "2024-03-20 10:00"))
    assert trace() != before


EACH = [(act, who) for act, seats in ALLOWED.items() for who in sorted(seats)]


@pytest.mark.parametrize(("act", "who"), EACH, ids=str)
def test_each_of_the_named_desks_may(ready, act, who):
    r, whole = ready(act)
    before = trace()
    tries(act, r, whole, r.doing(somebody(who, r), "2024-03-20 10:00"))
    assert trace() != before


def test_an_official_who_applied_may_not_lead_the_matter():
    r = restaurant()
    whole = r.apply()
    appoint(r.wang, r.organs[LEAD], Desk.WINDOW, date(2003, 1, 1))
    with pytest.raises(Refused, match="只有主办单位窗口"):
        joint.accept_joint(whole.pk, r.doing(r.wang, "2024-03-05 09:00"))
