"""A5: a case is exactly what its events say, whatever path it took; so are the public figures."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from openhall.cases import actions
from openhall.cases.actions import Doing, Party, Point
from openhall.cases.models import Case, CaseEvent, HandOver, UnitMonth
from openhall.cases.rules.replay import Happened, replay
from openhall.cases.terms import (
    Act,
    ApplicantKind,
    Channel,
    Delivery,
    Opinion,
    Outcome,
    Stage,
    SuspensionGround,
)
from openhall.organs.terms import IdentityKind
from openhall.statistics.recount import differences

PATHS = 1_000
SILENT = 0.05  # of applications are left unanswered past the fifth day
WANG = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")
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
        while self.steps < 14 and (choices := self.lawful()):
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
            return [accept, accept, window(actions.ask_for_supplement, [POINT]), decline, withdraw]
        if stage == Stage.SUPPLEMENT_ASKED:
            answer = {"name": "锦官读书会"}
            return [
                lambda: actions.supplement(pk, answer, self.doing(cast.wang_fang)),
                withdraw,
            ]
        if stage == Stage.SUPPLEMENTED:
            return [window(actions.accept), withdraw]
        if stage == Stage.ACCEPTED:
            return [window(actions.hand_over, cast.zhao_cheng, ["申请书"]), withdraw]
        if stage == Stage.HANDLING:
            if paused:
                return [handler(actions.resume)]
            notice = rng.choice(["", "特1号"])
            suspend = handler(actions.suspend, SuspensionGround.HEARING, "行政许可法 47", 2, notice)
            return [review, review, review, suspend, withdraw]
        if stage == Stage.REVIEWED:
            return [
                decider(actions.decide, Outcome.GRANTED, "", ""),
                decider(actions.decide, Outcome.REFUSED, *refusal),
                decider(actions.send_back, "请补充依据。"),
                withdraw,
            ]
        if stage == Stage.GRANTED:
            return [window(actions.issue)]
        if stage in (Stage.ISSUED, Stage.REFUSED):
            return [window(actions.deliver, Delivery.IN_PERSON, "王芳")]
        return []


def test_a_thousand_random_lives_replay_to_what_is_stored(cast):
    ends, acts = Counter(), Counter()
    for seed in range(PATHS):
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
        ends[case.stage] += 1
        acts.update(event.act.value for event in told)
    assert list(differences()) == []
    assert UnitMonth.objects.count() > 3
    assert {"delivered", "declined", "withdrawn"} <= set(ends)
    assert {"deem_accepted", "supplement", "suspend", "resume", "send_back"} <= set(acts)
