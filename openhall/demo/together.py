"""Joint applications of the demonstration, at every stage, through the real acts. norms 2.5.

Dated by working days before today; each step has its own key, so it is done once.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.db.models import Count
from django.utils import timezone

from openhall.cases import actions
from openhall.cases.actions import Doing, Party, Point
from openhall.cases.models import Case
from openhall.cases.terms import ApplicantKind, Channel, Opinion, Outcome
from openhall.catalogue.asking import brought, form_of
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import fresh_code
from openhall.demo.city import officers
from openhall.demo.data import told
from openhall.demo.detours import term_for
from openhall.demo.forms import answers_for, way_for
from openhall.demo.rules import people
from openhall.demo.rules.together import IN_A_MEETING, IN_PARALLEL, Way, said_by
from openhall.joint import actions as joint
from openhall.joint.actions import There
from openhall.joint.matters import PartInForce, matters_in_force, parts_in_force
from openhall.joint.models import JointCase, JointMatterVersion, JointMeeting, JointTask
from openhall.joint.terms import JointMode
from openhall.organs.models import Account
from openhall.organs.terms import Desk, IdentityKind
from openhall.workdays.queries import calendar

SAID: Final = told("together")


def act_together(today: date) -> int:
    """Make the joint applications of the matters in force; how many there are now."""
    kinds = {JointMode.PARALLEL.value: IN_PARALLEL, JointMode.MEETING.value: IN_A_MEETING}
    shown: dict[str, Any] = {}
    largest = matters_in_force(today).annotate(units=Count("parts")).order_by("-units", "pk")
    for version in list(largest):
        shown.setdefault(version.mode, version)
    for mode, version in shown.items():
        for place, way in enumerate(kinds[mode]):
            _Application(version, way, today, place).live()
    return JointCase.objects.count()


class _Application:
    """One joint application on its way."""

    def __init__(self, version: JointMatterVersion, way: Way, today: date, place: int) -> None:
        self.version, self.way, self.people = version, way, officers()
        self.day = self._before(today, way.ago)
        self.now = timezone.now()
        self.rng = Random(f"{version.matter.code}-{way.code}-{place}")
        self.clock = 8 * 60 + 40

    def _before(self, today: date, workdays: int) -> date:
        day, left, days = today, workdays, calendar()
        while left or not days.is_workday(day):
            day -= timedelta(days=1)
            left -= int(days.is_workday(day) and left > 0)
        return day

    def doing(self, who: Account | None, what: str, after: int = 0, desk: str = "") -> Doing:
        """An act on the day ``after`` working days later, some minutes after the last."""
        self.clock += 7
        on = calendar().add_workdays(self.day, after).on if after else self.day
        hour, minute = divmod(min(self.clock, 17 * 60), 60)
        at = timezone.make_aware(datetime.combine(on, time(hour, minute)))
        at = min(at, self.now - timedelta(minutes=1))
        key = f"demo-{self.version.matter.code}-{self.way.code}-{what}"[:80]
        return Doing(who, at, key, desk, entered=at)

    def at(self, organ: int, desk: Desk, place: int = 0) -> Account:
        seated = self.people[organ][desk.value]
        return seated[place % len(seated)]

    def live(self) -> None:
        """Go as far as the way goes; a refusal ends it where it is."""
        try:
            for _step in self._steps():
                pass
        except Refused:
            return

    def _steps(self) -> Iterator[None]:
        whole = self._apply()
        yield
        lead, way = whole.lead_id, self.way
        window = self.at(lead, Desk.WINDOW)
        if way.end == "submitted":
            return
        if way.end == "asked":
            task = whole.tasks.order_by("position").first()
            assert task is not None
            self._ask(whole, task, window)
            return
        joint.accept_joint(whole.pk, self.doing(window, "accept", desk="window"))
        yield
        tasks = list(whole.tasks.select_related("organ").order_by("position"))
        for n, task in enumerate(tasks[: way.signed or len(tasks)]):
            by = self.at(task.organ_id, Desk.WINDOW)
            joint.sign_notice(task.pk, self.doing(by, f"sign-{n}", desk="window"))
        if way.end == "accepted":
            return
        for n, task in enumerate(tasks):
            said = said_by(way, n)
            if said == "-":
                continue
            by = self.at(task.organ_id, Desk.HANDLER)
            opinion, reason = ("disagree", SAID["objection"]) if said == "!" else ("agree", "")
            what = self.doing(by, f"opine-{n}", 1, "handler")
            joint.opine_together(task.pk, opinion, reason, what)
            yield
        if way.end == "opinions":
            return
        if self.version.mode == JointMode.MEETING.value:
            yield from self._meet(whole, tasks)
            if way.end == "called":
                return
        decider = self.at(lead, Desk.DECIDER)
        joint.conclude(
            whole.pk, True, SAID["conclusion"], self.doing(decider, "conclude", 4, "decider")
        )
        yield
        if way.end == "concluded":
            return
        for n, task in enumerate(tasks):
            self._decide(task, n)
        by = self.at(lead, Desk.HANDLER)
        joint.report(whole.pk, self.doing(by, "report", 6, "handler"))

    def _apply(self) -> JointCase:
        party, account = self._party()
        code = fresh_code()
        with acting():
            first = self.doing(account, "apply")
            parts = parts_in_force(self.version, self.day, [])
            sent = [
                joint.Sent(self._part(part, party, account, n, code), part.part.limit_days)
                for n, part in enumerate(parts)
            ]
            return joint.begin_joint(self.version, code, sent, account, first)

    def _party(self) -> tuple[Party, Account | None]:
        if self.way.mine:
            wang = Account.objects.get(username="wangfang")
            who = (wang.real_name, IdentityKind.RESIDENT_ID, wang.id_number, wang.phone)
            return Party(ApplicantKind.PERSON, *who), wang
        name, code = people.company(self.rng)
        phone, agent = people.phone(self.rng), people.name(self.rng)
        party = Party(
            ApplicantKind.COMPANY, name, IdentityKind.CREDIT_CODE, code, phone, agent_name=agent
        )
        return party, None

    def _part(
        self, part: PartInForce, party: Party, account: Account | None, n: int, code: str
    ) -> Case:
        return actions.submit(
            part.code,
            party,
            answers_for(part.item_version, party.name, self.day),
            way_for(form_of(part.item_version), Channel.ONLINE),
            self.doing(account, f"apply-{n}"),
            part_days=part.part.limit_days,
            followed_by=code,
        )

    def _ask(self, whole: JointCase, task: JointTask, window: Account) -> None:
        material = next(iter(brought(task.case.item_version)), None)
        if material is None:
            return
        why = SAID["lacking"].format(name=material.name)
        points = {task.case_id: [Point(why, material=material.key)]}
        joint.ask_joint_supplement(whole.pk, points, self.doing(window, "ask", 1, "window"))

    def _meet(self, whole: JointCase, tasks: list[JointTask]) -> Iterator[None]:
        leader = self.at(whole.lead_id, Desk.HANDLER)
        ahead = self.way.end == "called"
        on = calendar().add_workdays(timezone.localdate(), 1).on if ahead else self._third()
        meets = timezone.make_aware(datetime.combine(on, time(14, 30)))
        called = self.doing(leader, "call", 2, "handler")
        place = SAID["meeting_place"].format(name=whole.lead.name)
        joint.call_meeting(whole.pk, meets, place, called, survey=True)
        yield
        if ahead:
            return
        meeting = JointMeeting.objects.filter(joint=whole).latest("pk")  # held already, if resumed
        there = {task.pk: There(self.at(task.organ_id, Desk.DECIDER)) for task in tasks}
        there[tasks[-1].pk] = There(excuse=SAID["excuse"])
        self.clock = 15 * 60 + 30
        held = self.doing(leader, "hold", 3, "handler")
        joint.hold_meeting(meeting.pk, there, SAID["minutes"], held)
        self.clock = 9 * 60
        yield

    def _third(self) -> date:
        return calendar().add_workdays(self.day, 3).on

    def _decide(self, task: JointTask, n: int) -> None:
        organ, pk = task.organ_id, task.case_id
        window, handler = self.at(organ, Desk.WINDOW), self.at(organ, Desk.HANDLER)
        actions.hand_over(
            pk, handler, [SAID["handed"]], self.doing(window, f"hand-{n}", 4, "window")
        )
        actions.review(
            pk, Opinion.GRANT, SAID["reviewed"], self.doing(handler, f"review-{n}", 5, "handler")
        )
        decider = self.at(organ, Desk.DECIDER)
        doing = self.doing(decider, f"decide-{n}", 6, "decider")
        actions.decide(pk, Outcome.GRANTED, "", "", doing, term=term_for(task.case))
