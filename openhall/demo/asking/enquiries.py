"""Questions of the public in the demo: asked from the guides' own facts, answered by each unit.

Every answer is one that a guide in force gives itself; what no guide says is not asked here. The
newest are left in every state, for who signs in to go on with them.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.utils import timezone

from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import versions_in_force
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.demo.cast import CIVIL
from openhall.demo.city import officers
from openhall.demo.data import told
from openhall.demo.models import City
from openhall.demo.rules import people
from openhall.enquiries import actions
from openhall.enquiries.actions.publishing import proposed
from openhall.enquiries.models import Call, Enquiry, EnquiryDeed
from openhall.enquiries.terms import EnquiryState, Stance, Taken, ToldBy
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.workdays.queries import calendar

SAID: Final = told("enquiries")
MOST: Final = 36  # questions
BEFORE: Final = timedelta(days=28)  # asked so long before the history of cases begins
A_DAY: Final = 2
TITLE: Final = 60
S = EnquiryState


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _doing(who: Account | None, at: datetime, key: str, desk: Desk | None = None) -> Doing:
    moment = min(at, timezone.now())
    return Doing(who, moment, f"demo-{key}", desk.value if desk else "", entered=moment)


class Asking:
    """Who asks and who answers, up to the moment the city has lived."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.until = city.until or timezone.now()
        self.people = officers()
        self.centre = Organ.objects.filter(code="cd-hall").first()
        self.facts: list[tuple[ItemVersion, Any]] = []
        rows = versions_in_force(city.first_day).filter(item__inherits=None)
        for version in rows.prefetch_related("faqs").order_by("item__code"):
            for faq in list(version.faqs.all())[:2]:
                desks = self.people[version.item.organ_id]
                fits = 4 <= len(faq.question) <= TITLE and len(faq.answer) >= 10
                if fits and desks[Desk.HANDLER] and desks[Desk.DECIDER]:
                    self.facts.append((version, faq))
        self.facts.sort(key=lambda one: (one[1].position, one[0].item.code))

    def one(self, organ: int, desk: Desk) -> Account | None:
        found = self.people[organ][desk]
        return found[0] if found else None

    # ------------------------------------------------------------ questions
    def ask_all(self) -> None:
        days = calendar()
        for n in range(min(MOST, len(self.facts))):
            day = days.add_workdays(self.city.first_day - BEFORE, n // A_DAY + 1).on
            at = _at(day, 9 + n % A_DAY * 4, n % 50)
            if at > self.until:
                return
            self._ask(n, at)
        spam = EnquiryDeed.objects.filter(key="demo-enquiry-spam")
        if not spam.exists() and self.facts:
            version, _faq = self.facts[0]
            said = actions.Asked(organ=version.item.organ, **SAID["spam"])
            actions.ask(said, _doing(None, self.until - timedelta(days=1), "enquiry-spam"))

    def _ask(self, n: int, at: datetime) -> None:
        key = f"enquiry-{n}"
        event = EnquiryDeed.objects.filter(key=f"demo-{key}").first()
        if event is not None:
            enquiry = Enquiry.objects.select_related("organ").get(pk=event.about)
        else:
            version, faq = self.facts[n]
            rng = Random(n)
            name, phone = people.name(rng), people.phone(rng)
            words = SAID["circumstances"][n % len(SAID["circumstances"])]
            text = words.format(name=name, phone=phone)
            organ: Organ | None = version.item.organ
            if (
                n % 9 == 4
                and self.centre is not None
                and self.one(self.centre.pk, Desk.CENTRE_MANAGER)
            ):
                organ = None
            said = actions.Asked(
                faq.question[:TITLE],
                text,
                organ=organ,
                item=version.item if organ else None,
                name=name if "{name}" in words else "",
                told_by=ToldBy.SMS if n % 3 == 0 else ToldBy.NONE,
                address=phone if n % 3 == 0 else "",
                may_publish=n % 4 != 3,
            )
            enquiry = actions.ask(said, _doing(None, at, key))
        self._carry(n, enquiry)

    def _carry(self, n: int, enquiry: Enquiry) -> None:
        """One step after another, each a working day later, as far as the city has lived."""
        days = calendar()
        asked = timezone.localtime(enquiry.received_at).date()
        late = 6 if n % 11 == 5 else 0
        steps: tuple[tuple[int, Callable[[int, Enquiry, datetime], None]], ...] = (
            (1, self._assigned),
            (1 + late, self._drafted),
            (2 + late, self._sent),
            (3 + late, self._helped),
            (3 + late, self._published),
        )
        for after, step in steps:
            at = _at(days.add_workdays(asked, after).on, 15, n % 50)
            if at > self.until:
                return
            enquiry.refresh_from_db()
            try:
                step(n, enquiry, at)
            except Refused:
                return

    def _assigned(self, n: int, enquiry: Enquiry, at: datetime) -> None:
        if enquiry.state != S.TO_ASSIGN or self.centre is None:
            return
        organ = self.facts[n][0].item.organ
        who = self.one(self.centre.pk, Desk.CENTRE_MANAGER)
        words = SAID["assigned"].format(unit=organ.name)
        doing = _doing(who, at, f"enquiry-{n}-assign", Desk.CENTRE_MANAGER)
        actions.assign(enquiry.pk, organ, words, doing)

    def _drafted(self, n: int, enquiry: Enquiry, at: datetime) -> None:
        if enquiry.state != S.WITH_UNIT:
            return
        version, faq = self.facts[n]
        words = SAID["because"].format(answer=faq.answer, guide=version.name)
        who = self.one(enquiry.organ_id, Desk.HANDLER)
        actions.draft(enquiry.pk, words, _doing(who, at, f"enquiry-{n}-draft", Desk.HANDLER))

    def _sent(self, n: int, enquiry: Enquiry, at: datetime) -> None:
        if enquiry.state != S.DRAFTED:
            return
        who = self.one(enquiry.organ_id, Desk.DECIDER)
        actions.send_answer(enquiry.pk, _doing(who, at, f"enquiry-{n}-send", Desk.DECIDER))

    def _helped(self, n: int, enquiry: Enquiry, at: datetime) -> None:
        if enquiry.state == S.ANSWERED and enquiry.helpful is None and n % 2 == 0:
            helped = SAID["helpful"][n // 2 % len(SAID["helpful"])]
            doing = _doing(None, at, f"enquiry-{n}-helped")
            actions.find_helpful(enquiry.pk, helped, doing, holds_code=True)

    def _published(self, n: int, enquiry: Enquiry, at: datetime) -> None:
        if enquiry.state != S.ANSWERED or not enquiry.may_publish or enquiry.is_public:
            return
        desk = Desk.EDITOR if self.one(enquiry.organ_id, Desk.EDITOR) else Desk.DECIDER
        who = self.one(enquiry.organ_id, desk)
        places = frozenset(f"{part}:{one.place}" for part, one in proposed(enquiry))
        doing = _doing(who, at, f"enquiry-{n}-publish", desk)
        actions.publish(enquiry.pk, actions.Hiding(places), doing)

    # ------------------------------------------------------------ calls
    def call_all(self) -> None:
        """One call that was reported, and one that is open."""
        organ = Organ.objects.filter(code=CIVIL).first()
        if organ is None:
            return
        writer, leader = self.one(organ.pk, Desk.EDITOR), self.one(organ.pk, Desk.HEAD)
        handler, decider = self.one(organ.pk, Desk.HANDLER), self.one(organ.pk, Desk.DECIDER)
        if None in (writer, leader, handler, decider):
            return
        today = timezone.localdate()
        for n, said in enumerate(SAID["calls"]):
            if EnquiryDeed.objects.filter(key=f"demo-call-{n}").exists():
                continue
            begun = today - timedelta(days=said["ago"])
            until = begun + timedelta(days=said["days"] + 1)
            words = actions.Words(
                said["title"],
                said["text"],
                said["decides"],
                until,
                title_en=said["title_en"],
                ways=said["ways"],
            )
            doing = _doing(writer, _at(begun, 10), f"call-{n}", Desk.EDITOR)
            call = actions.begin_call(organ, words, [], doing)
            announced = _at(begun + timedelta(days=1), 10)
            doing = _doing(leader, announced, f"call-{n}-announce", Desk.HEAD)
            actions.announce_call(call.pk, doing)
            call.refresh_from_db()
            self._opinions(n, call, begun, bool(said["report"]))
            if said["report"]:
                self._report(n, call, said["report"], writer, leader)

    def _opinions(self, n: int, call: Call, begun: date, weighed: bool) -> None:
        desks = (Desk.HANDLER, Desk.DECIDER)
        handler, decider = (self.one(call.organ_id, desk) for desk in desks)
        for place, (stance, text, taken, answer) in enumerate(SAID["opinions"]):
            said = actions.Asked("", text, call=call, stance=Stance(stance), may_publish=place != 2)
            at = _at(begun + timedelta(days=3 + 2 * place), 20)
            if place == 3 and weighed:
                at = _at(call.until + timedelta(days=1), 9)  # too late, and marked
            key = f"opinion-{n}-{place}"
            opinion = actions.ask(said, _doing(None, at, key))
            if not weighed:
                continue
            at = _at(call.until + timedelta(days=4), 10)
            doing = _doing(handler, at, f"{key}-draft", Desk.HANDLER)
            actions.draft(opinion.pk, answer, doing, taken=Taken(taken))
            at = _at(call.until + timedelta(days=5), 10)
            actions.send_answer(opinion.pk, _doing(decider, at, f"{key}-send", Desk.DECIDER))
            if opinion.may_publish:
                doing = _doing(decider, at, f"{key}-publish", Desk.DECIDER)
                actions.publish(opinion.pk, actions.Hiding(), doing)

    def _report(
        self, n: int, call: Call, words: str, writer: Account | None, leader: Account | None
    ) -> None:
        at = _at(call.until + timedelta(days=8), 10)
        doing = _doing(writer, at, f"call-{n}-draft", Desk.EDITOR)
        actions.draft_report(call.pk, words, doing)
        at = _at(call.until + timedelta(days=9), 10)
        actions.publish_report(call.pk, _doing(leader, at, f"call-{n}-report", Desk.HEAD))


def go_on(city: City) -> None:
    """Ask and answer as far as the city has lived."""
    asking = Asking(city)
    asking.ask_all()
    asking.call_all()
