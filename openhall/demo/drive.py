"""Doing the planned steps through the real acts, in order of time, as far as the clock has come.

Every step carries its own idempotency key, so driving again does only what is still to be done: a
history that was interrupted goes on, and a city left running keeps living.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice, takewhile
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from openhall.appraisal.actions import rate
from openhall.appraisal.terms import BadReason, RatingSource, Satisfaction
from openhall.cases import actions
from openhall.cases.actions import Doing, Party, Point
from openhall.cases.models import Case, CaseEvent
from openhall.cases.queries import answers_kept
from openhall.cases.terms import (
    ApplicantKind,
    Channel,
    Delivery,
    Opinion,
    Outcome,
    SuspensionGround,
)
from openhall.catalogue.asking import form_of
from openhall.catalogue.queries import tariffs_in_force, versions_in_force
from openhall.catalogue.terms import ServiceObject
from openhall.deeds.refusals import Refused
from openhall.demo.bank.till import Till
from openhall.demo.city import RESIDENT, officers
from openhall.demo.detours import DETOURS, term_for
from openhall.demo.forms import questioned, sample_answers, way_for
from openhall.demo.models import City
from openhall.demo.rules import people
from openhall.demo.rules.longer import with_detours
from openhall.demo.rules.plan import Matter, Step, began, in_order, lives
from openhall.organs.models import Account
from openhall.organs.remedies import remedy_of
from openhall.organs.terms import Desk, IdentityKind
from openhall.workdays.queries import calendar

EACH_WORKDAY: Final = 76  # applications; with weekends about 22,000 in the history
LATE_EVERY: Final = 97  # cases; one in so many has its review entered days after it was done
TOGETHER: Final = 25  # steps committed together, so that people at their desks never wait long
FRIENDS_EVERY, OF_WANG = 3_000, 17  # one case in so many is 王芳's own


def matters(city: City) -> list[Matter]:
    """The items of the city as the plan needs them."""
    return [
        Matter(
            code=version.item.code,
            promised=version.promised_days or 1,
            person=ServiceObject.PERSON.value in version.service_objects,
            fee=bool(version.has_fee),
            weight=(6.0 if version.plain_names else 1.0) / (4 if version.item.inherits_id else 1),
        )
        for version in versions_in_force(city.first_day).order_by("item__code")
    ]


def plan(city: City) -> Iterator[Step]:
    """The whole history of ``city`` in order of time, what lies ahead of the clock included."""
    plain = lives(
        matters(city),
        city.first_day,
        city.last_day,
        city.seed,
        calendar(),
        timezone.get_default_timezone(),
        EACH_WORKDAY,
    )
    return in_order(with_detours(plain, city.seed, calendar()))


def entered(step: Step) -> datetime:
    """When a step was typed in: at once, but for the review now and then, days afterwards."""
    if step.act != "review" or step.case % LATE_EVERY:
        return step.at
    return min(step.at + timedelta(days=2 + step.case % 5), timezone.now())


class Driver:
    """Knows which case is which, who sits where, and how each act is done."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.people = officers()
        in_force = list(versions_in_force(city.first_day).select_related("form"))
        self.forms = {one.item.code: form_of(one) for one in in_force}
        self.organs: dict[str, int] = {one.item.code: one.item.organ_id for one in in_force}
        self.wang = Account.objects.get(username="wangfang")
        self.residents = list(Account.objects.filter(username__startswith=RESIDENT).order_by("pk"))
        self.cases: dict[int, tuple[int, int]] = {}  # number in the plan → case id, organ id
        self.cashiers = [one for seats in self.people.values() for one in seats[Desk.CASHIER.value]]
        self.till = Till(settings.BANK_STATEMENTS.parent, settings.BANK_CODE)
        self.refused = 0

    def officer(self, organ: int, desk: Desk, place: int) -> Account:
        seated = self.people[organ][desk.value]
        return seated[place % len(seated)]

    def applicant(self, step: Step) -> Account | None:
        """The account an online application is made with; 王芳's now and then."""
        if step.case % FRIENDS_EVERY == OF_WANG and step.said["person"]:
            return self.wang
        return self.residents[step.case % len(self.residents)] if step.said["account"] else None

    def party(self, step: Step, account: Account | None) -> Party:
        rng = Random(f"{self.city.seed}-{step.case}-party")
        if not step.said["person"]:
            name, code = people.company(rng)
            return Party(
                ApplicantKind.COMPANY,
                name,
                IdentityKind.CREDIT_CODE,
                code,
                people.phone(rng),
                agent_name=people.name(rng),
            )
        name, number, phone = people.name(rng), people.resident_id(rng), people.phone(rng)
        if account is not None:
            name, number, phone = account.real_name, account.id_number, account.phone
        return Party(ApplicantKind.PERSON, name, IdentityKind.RESIDENT_ID, number, phone)

    def known(self, case: int) -> tuple[int, int]:
        if case not in self.cases:
            event = CaseEvent.objects.select_related("case").get(key=began(case))
            self.cases[case] = (event.case_id, event.case.organ_id)
        return self.cases[case]

    # ------------------------------------------------------------ one step
    def do(self, step: Step) -> None:
        """Do one step; a refusal is counted: a mistake of the plan, or a visitor was quicker."""
        if step.act == "submit":
            self._submit(step)
            return
        case, organ = self.known(step.case)
        try:
            (ACTS.get(step.act) or DETOURS[step.act])(self, case, organ, step)
        except Refused:
            self.refused += 1

    def doing(self, step: Step, actor: Account | None, desk: Desk | None = None) -> Doing:
        return Doing(actor, step.at, step.key, desk.value if desk else "", entered=entered(step))

    def _submit(self, step: Step) -> None:
        organ = self.organs[step.said["item"]]
        channel = Channel(step.said["channel"])
        account = self.applicant(step)
        if account is not None:
            channel = Channel.ONLINE
        form = self.forms[step.said["item"]]
        channel = way_for(form, channel)
        party = self.party(step, account)
        clerk = None
        if channel in (Channel.WINDOW, Channel.POST):
            clerk = self.officer(organ, Desk.WINDOW, step.by)
        day = timezone.localtime(step.at).date()
        answers = {} if form is None else sample_answers(form, party.name, day)
        doing = self.doing(step, clerk or account, Desk.WINDOW if clerk else None)
        case = actions.submit(
            step.said["item"], party, answers, channel, doing, on_behalf_of=account
        )
        self.cases[step.case] = (case.pk, organ)

    def accept(self, case: int, organ: int, step: Step) -> None:
        doing = self.doing(step, self.officer(organ, Desk.WINDOW, step.by), Desk.WINDOW)
        actions.accept(case, doing)
        if step.said["twice"]:
            actions.accept(case, doing)  # the second click of an impatient hand

    def mistake(self, case: int, organ: int, step: Step) -> None:
        clerk = self.officer(organ, Desk.WINDOW, step.by)
        actions.review(case, Opinion.GRANT, "同意。", self.doing(step, clerk, Desk.WINDOW))

    def deem_accepted(self, case: int, organ: int, step: Step) -> None:
        actions.deem_accepted(case, self.doing(step, None))

    def decline(self, case: int, organ: int, step: Step) -> None:
        outcome = Outcome(step.said["outcome"])
        clerk = self.officer(organ, Desk.WINDOW, step.by)
        actions.decline(
            case,
            outcome,
            "经核对，申请事项不符合该事项公布的受理条件。",
            self.doing(step, clerk, Desk.WINDOW),
            competent_organ="四川省主管部门" if outcome == Outcome.NOT_COMPETENT else "",
        )

    def ask_for_supplement(self, case: int, organ: int, step: Step) -> None:
        clerk = self.officer(organ, Desk.WINDOW, step.by)
        asked = questioned(Case.objects.get(pk=case), step.said["point"])
        if asked is None:
            return
        point = Point(f"“{asked.label}”与所附材料不一致，请核对后重新填写。", field=asked.key)
        actions.ask_for_supplement(case, [point], self.doing(step, clerk, Desk.WINDOW))

    def supplement(self, case: int, organ: int, step: Step) -> None:
        record = Case.objects.select_related("account").get(pk=case)
        if not record.supplements.exists():
            return  # its form had nothing to ask about
        said = answers_kept(record)
        asked = record.supplement.points.values_list("field", flat=True)
        actions.supplement(
            case, {one: said[one] for one in asked}, self.doing(step, record.account)
        )

    def hand_over(self, case: int, organ: int, step: Step) -> None:
        giver = self.officer(organ, Desk.WINDOW, step.by)
        taker = self.officer(organ, Desk.HANDLER, step.said["to"])
        doing = self.doing(step, giver, Desk.WINDOW)
        actions.hand_over(case, taker, ["申请表", "身份证明", "其他材料"], doing)

    def handler(self, case: int, step: Step) -> Doing:
        record = Case.objects.select_related("handler").get(pk=case)
        return self.doing(step, record.handler, Desk.HANDLER)

    def review(self, case: int, organ: int, step: Step) -> None:
        opinion = Opinion(step.said["opinion"])
        note = (
            "材料齐全，符合法定条件。" if opinion == Opinion.GRANT else "经审查，不符合法定条件。"
        )
        actions.review(case, opinion, note, self.handler(case, step))

    def suspend(self, case: int, organ: int, step: Step) -> None:
        ground = SuspensionGround.EXPERT_REVIEW
        basis = "行政许可法 45"
        actions.suspend(
            case,
            ground,
            basis,
            step.said["days"],
            "",
            self.handler(case, step),
            with_notice=step.said["noticed"],
        )

    def resume(self, case: int, organ: int, step: Step) -> None:
        actions.resume(case, self.handler(case, step))

    def withdraw(self, case: int, organ: int, step: Step) -> None:
        record = Case.objects.select_related("account").get(pk=case)
        actions.withdraw(case, self.doing(step, record.account))

    def send_back(self, case: int, organ: int, step: Step) -> None:
        decider = self.officer(organ, Desk.DECIDER, 0)
        doing = self.doing(step, decider, Desk.DECIDER)
        actions.send_back(case, "请补充说明依据的条款。", doing)

    def decide(self, case: int, organ: int, step: Step) -> None:
        outcome = Outcome(step.said["outcome"])
        refused = outcome == Outcome.REFUSED
        reason = "经审查，申请不符合法定条件、标准。" if refused else ""
        doing = self.doing(step, self.officer(organ, Desk.DECIDER, 0), Desk.DECIDER)
        record = Case.objects.select_related("item_version", "organ__parent").get(pk=case)
        term = "" if refused else term_for(record)
        actions.decide(
            case, outcome, reason, remedy_of(record.organ) if refused else "", doing, term=term
        )

    def bill(self, case: int, organ: int, step: Step) -> None:
        cashier = self.cashiers[step.case % len(self.cashiers)]
        doing = self.doing(step, cashier, Desk.CASHIER)
        fees = tariffs_in_force(Case.objects.get(pk=case).item_id, doing.day)
        lines = {fee.code: 1 for fee in fees[:1]}  # the usual one, where there are several
        actions.bill(case, doing, lines=lines)

    def settle(self, case: int, organ: int, step: Step) -> None:
        notice = Case.objects.select_related("payment").get(pk=case).payment
        if notice is None or not notice.open:  # waived or cancelled meanwhile
            return
        paid = self.till.pay(notice.number, notice.open, step.said["channel"], step.at)
        actions.settle(paid, self.till.signature(paid), self.doing(step, None))
        self.till.told(paid)

    def issue(self, case: int, organ: int, step: Step) -> None:
        clerk = self.officer(organ, Desk.WINDOW, step.by)
        actions.issue(case, self.doing(step, clerk, Desk.WINDOW))

    def deliver(self, case: int, organ: int, step: Step) -> None:
        clerk = self.officer(organ, Desk.WINDOW, step.by)
        name = Case.objects.get(pk=case).applicant_name
        way = Delivery(step.said["way"])
        actions.deliver(case, way, name, self.doing(step, clerk, Desk.WINDOW))

    def rate(self, case: int, organ: int, step: Step) -> None:
        score = step.said["score"]
        reasons = [BadReason(step.said["reason"])] if score < 3 else []
        rate(
            case,
            Satisfaction(str(score)),
            reasons,
            "",
            RatingSource.ONLINE,
            self.doing(step, None),
            holds_code=True,
        )


ACTS: Final[dict[str, Callable[[Driver, int, int, Step], None]]] = {
    "accept": Driver.accept,
    "mistake": Driver.mistake,
    "deem_accepted": Driver.deem_accepted,
    "decline": Driver.decline,
    "ask_for_supplement": Driver.ask_for_supplement,
    "supplement": Driver.supplement,
    "hand_over": Driver.hand_over,
    "review": Driver.review,
    "suspend": Driver.suspend,
    "resume": Driver.resume,
    "withdraw": Driver.withdraw,
    "send_back": Driver.send_back,
    "decide": Driver.decide,
    "bill": Driver.bill,
    "settle": Driver.settle,
    "issue": Driver.issue,
    "deliver": Driver.deliver,
    "rate": Driver.rate,
}


class History:
    """The history of a city on its way: what was done is passed over, what is ahead waits."""

    def __init__(self, city: City) -> None:
        self.city, self.done, self.refused = city, city.driven, city.refused
        self.steps = islice(plan(city), city.driven, None)
        self.ahead = next(self.steps, None)
        self.driver = Driver(city)

    def is_whole(self) -> bool:
        """Whether everything the clock has passed is done."""
        return self.ahead is None or self.ahead.at > timezone.now()

    def drive(self, until: datetime, *, most: int | None = None) -> Iterator[int]:
        """Do every step up to ``until`` (at most ``most``); yield how many are done so far.

        ``until`` may not lie ahead of the clock: the acts refuse what has not happened yet.
        """
        left = self._planned(until) - self.done if most is None else most  # counting takes seconds
        City.objects.filter(pk=self.city.pk).update(planned=self.done + left)
        while chunk := self._due(until, min(TOGETHER, left)):
            with transaction.atomic():
                for step in chunk:
                    self.driver.do(step)
                self.done, left = self.done + len(chunk), left - len(chunk)
                City.objects.filter(pk=self.city.pk).update(
                    driven=self.done,
                    until=chunk[-1].at,
                    refused=self.refused + self.driver.refused,
                )
            yield self.done
        City.objects.filter(pk=self.city.pk).update(planned=self.done)

    def _planned(self, until: datetime) -> int:
        """How many steps there are up to ``until``; the plan is written through to count them."""
        if self.ahead is None or self.ahead.at > until:
            return self.done
        return sum(1 for _step in takewhile(lambda step: step.at <= until, plan(self.city)))

    def _due(self, until: datetime, count: int) -> list[Step]:
        """The next steps up to ``until``, at most ``count``."""
        chunk: list[Step] = []
        while len(chunk) < count and self.ahead is not None and self.ahead.at <= until:
            chunk.append(self.ahead)
            self.ahead = next(self.steps, None)
        return chunk
