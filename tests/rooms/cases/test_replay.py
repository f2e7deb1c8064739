"""A5: a case is exactly what its events say, whatever path it took; so are the public figures."""

import os
from collections import Counter
from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from openhall.cases import actions
from openhall.cases.actions import Doing, Point
from openhall.cases.models import Case, CaseEvent, HandOver, UnitMonth
from openhall.cases.rules.replay import Happened, replay
from openhall.cases.terms import (
    Act,
    Channel,
    ConsultedOpinion,
    Delivery,
    Opinion,
    Outcome,
    Stage,
    SuspensionGround,
)
from openhall.catalogue.models import Form
from openhall.deeds.refusals import Refused
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.permits.actions import permits as licensing
from openhall.permits.queries import deeds_of
from openhall.permits.terms import CancellationGround, RequestKind, RevocationGround
from openhall.statistics.recount import differences
from openhall.workdays.queries import calendar
from tests.factories.cases import WANG

pytestmark = pytest.mark.any_database

PATHS = int(os.environ.get("LIVES", "300"))  # LIVES=1000 before the procedure is changed
ELSEWHERE = 100  # on PostgreSQL: the same acts in fewer lives, each slower there
SILENT = 0.05  # of applications are left unanswered past the fifth day
WHY = "经调查核实，事实清楚，证据充分。"
POINT = Point("名称与已登记社团相同，请更换。", field="name")
FIELDS = (
    "stage",
    "received_at",
    "accepted_at",
    "decided_at",
    "closed_at",
    "delivered_at",
)


class Walk:
    """One case on a random lawful path, a day or two at a time."""

    def __init__(self, cast, seed):
        self.cast, self.rng, self.seed, self.steps = cast, Random(seed), seed, 0
        day = date(2024, 1, 2) + timedelta(days=self.rng.randrange(200))
        self.at = datetime(day.year, day.month, day.day, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

    def doing(self, who, desk=""):
        self.steps += 1
        self.at += timedelta(hours=self.rng.choice([1, 3, 25, 49]))
        return Doing(who, self.at, f"walk-{self.seed}-{self.steps}", desk)

    def go(self):
        cast = self.cast
        case = actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, self.doing(cast.wang_fang))
        self.pk = case.pk
        while self.steps < 18 and (choices := self.lawful()):
            self.rng.choice(choices)()
        return self.pk

    def lawful(self):
        cast, rng, pk = self.cast, self.rng, self.pk
        case = Case.objects.get(pk=pk)
        stage, paused = Stage(case.stage), case.suspended_since is not None

        def window(act, *words):
            return lambda: act(pk, *words, self.doing(cast.li_chuang, "window"))

        def handler(act, *words):
            return lambda: act(pk, *words, self.doing(cast.zhao_cheng))

        def decider(act, *words):
            return lambda: act(pk, *words, self.doing(cast.sun_pi))

        def withdraw():
            actions.withdraw(pk, self.doing(cast.wang_fang))

        refusal = ("不符合法定条件。", "可申请行政复议。")
        review = handler(actions.review, rng.choice(list(Opinion)), "已审查。")
        if stage == Stage.SUBMITTED:
            accept = window(actions.accept)
            if rng.random() < SILENT:
                self.at = datetime.combine(case.answer_due + timedelta(days=1), self.at.timetz())
                return [lambda: actions.deem_accepted(pk, self.doing(None))]
            decline = window(
                actions.decline, Outcome.INELIGIBLE, "申请人不符合受理条件，不能受理。"
            )
            correct = window(actions.correct_on_spot, {"name": f"第{self.steps}读书会"})
            ask = window(actions.ask_for_supplement, [POINT])
            if case.item_version.project_type == "1":
                return [window(actions.accept_at_once), accept, ask, decline]
            return [accept, accept, ask, decline, withdraw, correct]
        if stage == Stage.SUPPLEMENT_ASKED:
            answer = {"name": "锦官读书会"}
            return [
                lambda: actions.supplement(pk, answer, self.doing(cast.wang_fang)),
                withdraw,
            ]
        if stage == Stage.SUPPLEMENTED:
            if actions.asking_again.may_be_asked_again(case):
                again = Point("章程草案缺少签字页，请补齐。", field="name")
                return [window(actions.accept), window(actions.ask_again, [again])]
            leave = [] if case.supplement.number > 1 else [self.head(actions.allow_again, WHY)]
            return [window(actions.accept), withdraw, *leave]
        if stage == Stage.ACCEPTED:
            return [window(actions.hand_over, cast.zhao_cheng, ["申请书"]), withdraw]
        if stage == Stage.HANDLING:
            if paused:
                return [self.hear(case) or handler(actions.resume)]
            notice = rng.choice(["", "特1号"])
            suspend = handler(actions.suspend, SuspensionGround.HEARING, "行政许可法 47", 2, notice)
            return [review, review, suspend, withdraw, *self.longer(case)]
        if stage == Stage.FORWARDED:
            return [handler(actions.reply, "经审查，同意办理，请依法决定。"), *self.opinions(case)]
        if stage == Stage.REVIEWED:
            if (hearing := getattr(case, "hearing", None)) and hearing.held_at is None:
                return [decider(actions.send_back, "请等待听证。"), withdraw]
            at_once = [decider(actions.decide_at_once, Outcome.GRANTED, "", "")]
            return [
                *(at_once if case.item_version.project_type == "1" else []),
                decider(actions.decide, Outcome.GRANTED, "", ""),
                decider(actions.decide, Outcome.REFUSED, *refusal),
                decider(actions.send_back, "请补充依据。"),
                withdraw,
            ]
        if stage == Stage.GRANTED:
            return [window(actions.issue)]
        if stage in (Stage.ISSUED, Stage.REFUSED):
            return [window(actions.deliver, Delivery.IN_PERSON, "王芳"), *self.permits(case)]
        return self.permits(case) if stage == Stage.DELIVERED else []

    # ------------------------------------------------------------ the longer ways
    def head(self, act, *words):
        return lambda: act(self.pk, *words, self.doing(self.cast.he_fu))

    def longer(self, case):
        """Hearing, superior, consultation, site check, extension, another handler."""
        cast, pk = self.cast, self.pk

        def handler(act, *words):
            return lambda: act(pk, *words, self.doing(case.handler))

        ways = [
            handler(actions.forward, "四川省民政厅", WHY),
            handler(
                actions.site_check,
                self.at.date(),
                "锦江区一路1号",
                [cast.zhao_cheng, cast.qian_cheng],
                WHY,
                True,
            ),
            *self.opinions(case),
        ]
        if not case.consultations.filter(answered_at__isnull=True).exists():
            due = self.at.date() + timedelta(days=9)
            ways.append(handler(actions.consult, Organ.objects.get(code="cd-water"), WHY, due))
        hearing = getattr(case, "hearing", None)
        if hearing is None:
            ways.append(handler(actions.tell_hearing, WHY))
        elif hearing.asked_at is None and self.at.date() < hearing.ask_by - timedelta(days=2):
            ways.append(lambda: actions.ask_hearing(pk, "王芳", self.doing(cast.wang_fang)))
        elif hearing.asked_at is not None and hearing.called_at is None:
            return [lambda: self.call(case, hearing)]
        asked = case.extension_requests.filter(answered_at__isnull=True).exists()
        if asked:
            ways += [self.head(actions.refuse_extension, WHY)]
        elif not hasattr(case, "extension") and self.at.date() < case.promise_due:
            ways.append(lambda: self.try_to_extend(case))
        return ways

    def call(self, case, hearing):
        days, done = calendar(), self.doing(case.handler)
        day = days.add_workdays(done.at.date(), 8).on
        if day > hearing.hold_by:  # too late for this hearing: nothing can be done but to withdraw
            actions.withdraw(self.pk, self.doing(self.cast.wang_fang))
            return
        actions.call_hearing(self.pk, day, "三楼会议室", self.cast.sun_pi, done)

    def hear(self, case):
        hearing = getattr(case, "hearing", None)
        if hearing is None or hearing.called_at is None or hearing.held_at is not None:
            return None

        def hold():
            held = datetime.combine(hearing.held_on, self.at.timetz())
            self.at = max(self.at, held)
            actions.hold_hearing(self.pk, WHY * 2, self.doing(case.handler))

        return hold

    def try_to_extend(self, case):
        """Ask, and be granted; past its limit a case is refused, and nothing has happened."""
        before = CaseEvent.objects.filter(case=case).count()
        try:
            actions.ask_extension(self.pk, 5, WHY, self.doing(case.handler))
        except Refused:
            assert CaseEvent.objects.filter(case=case).count() == before
        else:
            if self.rng.random() < 0.5:
                with suppress(Refused):
                    actions.extend(self.pk, 5, WHY, self.doing(self.cast.he_fu))

    def opinions(self, case):
        return [
            lambda asked=asked: actions.opine(
                asked.pk, ConsultedOpinion.AGREE, "", self.doing(self.cast.adviser)
            )
            for asked in case.consultations.filter(answered_at__isnull=True)
        ]

    def permits(self, case):
        """Asked to change, answered, revoked or cancelled, in any lawful order."""
        permit = getattr(case, "licence", None)
        if permit is None or permit.state == "cancelled":
            return []
        words, decider = "住所由一路1号变更为二路2号。", self.cast.sun_pi

        def does(act, *said, by=decider):
            return lambda: act(permit.pk, *said, self.doing(by))

        ended = does(licensing.cancel, CancellationGround.OTHER, WHY)
        if permit.state == "revoked":
            return [ended]
        if permit.requests.filter(decided_at__isnull=True).exists():
            return [
                does(licensing.answer, True, ""),
                does(licensing.answer, False, WHY),
                does(licensing.revoke, RevocationGround.UNQUALIFIED, WHY),
            ]
        ask = does(licensing.ask, RequestKind.CHANGE, words, by=self.cast.wang_fang)
        return [ask, ask, ended, does(licensing.revoke, RevocationGround.UNQUALIFIED, WHY)]


LICENCE_STATES = {"revoke": "revoked", "cancel": "cancelled"}


def replayed_permit(licence):
    """State and terms of a permit from its events alone."""
    state, terms = "valid", []
    events = list(deeds_of(licence))
    for event in events:
        state = LICENCE_STATES.get(event.act, state)
        if event.act == "change":
            terms.append(event.detail_under(licence.salt)["words"])
    return state, "\n".join(terms), len(events)


@pytest.fixture
def more(cast):
    """何负 heads the bureau, 钱承 is its second handler; an adviser sits at the water bureau."""
    water = Organ.objects.get(code="cd-water")
    for name, organ, desk in (
        ("he_fu", cast.organ, Desk.HEAD),
        ("qian_cheng", cast.organ, Desk.HANDLER),
        ("adviser", water, Desk.HANDLER),
    ):
        account = Account.objects.create_user(username=name)
        appoint(account, organ, desk, date(2003, 1, 1))
        setattr(cast, name, account)
    asked = {"key": "name", "kind": "text", "label": "社团名称", "required": False}
    Form.objects.create(version=cast.version, title="申请书", fields=[asked])
    cast.version.result_kind, cast.version.result_validity = "1", "9年"
    cast.version.save()
    return cast


def test_random_lives_replay_to_what_is_stored(more):
    cast = more
    ends, acts, permits = Counter(), Counter(), Counter()
    for seed in range(PATHS if connection.vendor == "sqlite" else ELSEWHERE):
        instant = "1" if seed % 10 == 0 else "2"
        if cast.version.project_type != instant:
            cast.version.project_type = instant
            cast.version.save()
        pk = Walk(cast, seed).go()
        case = Case.objects.get(pk=pk)
        takers = iter(
            HandOver.objects.filter(case=pk).order_by("pk").values_list("taker", flat=True)
        )
        told = [
            Happened(
                Act(event.act),
                event.event_time,
                Stage(event.stage),
                event.actor_id,
                next(takers) if event.act == Act.HAND_OVER else None,
            )
            for event in CaseEvent.objects.filter(case=pk).order_by("seq")
        ]
        state = replay(told)
        stored = {name: getattr(case, name) for name in FIELDS}
        assert {name: getattr(state, name) for name in FIELDS} == stored, f"seed {seed}"
        assert (state.intake, state.handler, state.decider) == (
            case.intake_id,
            case.handler_id,
            case.decider_id,
        ), f"seed {seed}"
        assert case.seq == len(told)
        if (licence := getattr(case, "licence", None)) is not None:
            kept = (licence.state, licence.terms, licence.seq)
            assert replayed_permit(licence) == kept, f"seed {seed}"
            permits.update(deeds_of(licence).values_list("act", flat=True))
        ends[case.stage] += 1
        acts.update(event.act.value for event in told)
    assert list(differences()) == []
    assert UnitMonth.objects.count() > 3
    assert {"delivered", "declined", "withdrawn"} <= set(ends)
    if connection.vendor != "sqlite":
        return  # too few lives there to have lived through everything
    assert {"deem_accepted", "supplement", "suspend", "resume", "send_back"} <= set(acts)
    longer = {"accept_at_once", "tell_hearing", "ask_hearing", "call_hearing", "hold_hearing"}
    longer |= {"consult", "opine", "forward", "reply", "site_check", "ask_extension", "extend"}
    assert longer | {"refuse_extension", "allow_again", "ask_again", "correct"} <= set(acts)
    assert {"issue", "ask_change", "change", "refuse_change", "revoke", "cancel"} <= set(permits)
