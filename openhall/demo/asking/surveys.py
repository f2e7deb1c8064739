"""Two surveys in the demo: one drawn, answered and reported; one whose codes are out now.

The cast plays it: supervision plans, the Government Office announces, three parties commit and
open, and people answer by chance from a seed. A city with too few closed cases has none.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.demo.data import told
from openhall.demo.models import City
from openhall.glossary import Said
from openhall.ledger.actions import seal
from openhall.lots import actions as lots
from openhall.lots.models import PublicDraw
from openhall.lots.rules.protocol import commitment
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.surveys import actions
from openhall.surveys.frame import candidates
from openhall.surveys.models import Survey, SurveyCode, SurveyDeed
from openhall.surveys.rules.lifecycle import PER_UNIT
from openhall.surveys.terms import CodeSource, Group

SAID: Final = told("surveys")
MOST: Final = 30  # people of a unit
SHEETS: Final = 6
QUESTIONS: Final = ("content", "timely", "procedure", "form", "attitude", "fees", "effect")
WHYS: Final = {
    "timely": ("over_limit", "queue", "no_notice"),
    "procedure": ("many_trips", "extra_papers"),
    "content": ("unclear", "outdated"),
}


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def go_on(city: City) -> None:
    """Both surveys, once; days are counted back from today."""
    done = set(
        SurveyDeed.objects.filter(key__startswith="demo-survey-").values_list("key", flat=True)
    )
    today = timezone.localdate()
    people = {
        desk: Account.objects.get(username=name)
        for desk, name in (
            (Desk.SUPERVISION, "songjian"),
            (Desk.GOVERNMENT_OFFICE, "fengban"),
            (Desk.CENTRE_MANAGER, "wujun"),
            (Desk.INSPECTOR, "tangdai"),
        )
    }
    past = Played("past", people, city.first_day, today - timedelta(days=20))
    if "demo-survey-past" not in done and past.plan(
        today - timedelta(days=12), today - timedelta(days=4)
    ):
        past.draw()
        past.ask()
        past.answer(0.72)
        past.judge()
        past.report(today - timedelta(days=3))
    now = Played("now", people, city.first_day, today - timedelta(days=8))
    if "demo-survey-now" not in done and now.plan(today, today + timedelta(days=14)):
        now.draw()
        now.ask()
        now.answer(0.2)


def draw_in_public(
    draw: PublicDraw,
    chance: Random,
    doing: Callable[..., Doing],
    day: Callable[..., datetime],
) -> None:
    """Committed to on the second day, opened on the fourth, drawn on the sixth."""
    secrets: list[tuple[str, tuple[int, int, str]]] = []
    for party in draw.parties.order_by("place"):
        a, b = chance.randrange(2**62), chance.randrange(2**62)
        salt = f"{chance.randrange(2**256):064x}"
        hashed = commitment(draw.number, party.called, draw.frame_hash, a, b, salt)
        lots.commit_to(draw.pk, party.code, hashed, doing(day(2, 9 + party.place)))
        secrets.append((party.code, (a, b, salt)))
    for place, (code, said) in enumerate(secrets):
        seal()  # the next step only once a checkpoint holds the last
        lots.open_commitment(draw.pk, code, *said, doing(day(4, 9 + place)))
    seal()
    lots.draw_lots(draw.pk, SAID["numbers"], doing(day(6, 22), Desk.SUPERVISION))


class Played:
    """One survey, step by step; ``name`` makes its keys and its chance."""

    def __init__(self, name: str, people: dict[Desk, Account], first: date, last: date) -> None:
        self.name, self.people, self.served = name, people, (first, last)
        self.chance = Random(f"survey-{name}")
        self.step = 0
        self.survey: Survey = Survey()

    def doing(self, at: datetime, desk: Desk | None = None, key: str = "") -> Doing:
        self.step += 1
        who = self.people[desk] if desk else None
        moment = min(at, timezone.now())
        name = key or f"demo-survey-{self.name}-{self.step}"
        return Doing(who, moment, name, desk.value if desk else "", entered=moment)

    @property
    def begun(self) -> date:
        """The day its plan was written; the draw lies between it and the first day."""
        return self.survey.field_from - timedelta(days=7)

    def day(self, after: int, hour: int = 10) -> datetime:
        return _at(self.begun + timedelta(days=after), hour)

    def plan(self, first: date, last: date) -> bool:
        """Whether there were cases enough to draw from."""
        found = candidates(*self.served, PER_UNIT[0])
        counts = {
            group: sorted((many for _organ, many in found[group]), reverse=True) for group in Group
        }
        if len(counts[Group.DEPARTMENTS]) < 3 or len(counts[Group.DISTRICTS]) < 2:
            return False
        least = min(counts[Group.DEPARTMENTS][2], counts[Group.DISTRICTS][1])
        per_unit = min(MOST, least)
        later = self.name == "now"
        year = first.year
        planned = actions.Planned(
            title=SAID["next" if later else "title"].format(year=year),
            title_en=SAID["next_en" if later else "title_en"].format(year=year),
            purpose=SAID["next_purpose" if later else "purpose"],
            departments=3,
            districts=2,
            per_unit=per_unit,
            reserve=min(10, per_unit),
            served_from=self.served[0],
            served_until=self.served[1],
            field_from=first,
            field_until=last,
            share=70,
        )
        at = _at(first - timedelta(days=7), 9)
        bureau = self.people[Desk.SUPERVISION].posts.get(desk=Desk.SUPERVISION.value).organ
        doing = self.doing(at, Desk.SUPERVISION, f"demo-survey-{self.name}")
        self.survey = actions.begin_survey(bureau, planned, doing)
        return True

    def draw(self) -> None:
        """Announced, committed to, opened, drawn."""
        public_on = self.begun + timedelta(days=6)
        asked = lots.Asked(
            Said(
                f"{self.survey.title}：{SAID['draw']}",
                f"Draw of: {self.survey.title_en}",
            ),
            [Said(zh, en) for zh, en in SAID["parties"]],
            self.day(3, 17),
            self.day(5, 17),
            SAID["source"].format(day=public_on.isoformat()),
            public_on,
        )
        office = self.doing(self.day(1), Desk.GOVERNMENT_OFFICE)
        actions.announce_survey(self.survey.pk, asked, office)
        self.survey.refresh_from_db()
        draw_in_public(
            PublicDraw.objects.get(survey=self.survey), self.chance, self.doing, self.day
        )

    def ask(self) -> None:
        """The codes go out, score sheets too."""
        at = _at(self.survey.field_from, 8)
        actions.go_into_field(self.survey.pk, self.doing(at, Desk.SUPERVISION))
        for unit in self.survey.units.select_related("organ"):
            doing = self.doing(at + timedelta(minutes=5), Desk.SUPERVISION)
            actions.issue_codes(self.survey.pk, unit.organ.code, CodeSource.JUDGE, SHEETS, doing)

    def _said(self, bad: float) -> dict[str, Any]:
        if self.chance.random() < 0.03:
            return {"served": "no", "overall": "3"}
        poor = self.chance.random() < bad
        levels = ["2", "1", "2", "3"] if poor else ["5", "5", "4", "4", "5", "3"]
        said: dict[str, Any] = {"served": "yes", "overall": self.chance.choice(levels)}
        for name in QUESTIONS:
            said[name] = self.chance.choice(["5", "4", "4", "3"])
        if poor:
            name = self.chance.choice(list(WHYS))
            said |= {name: "2", f"{name}_why": [self.chance.choice(WHYS[name])]}
        return said

    def answer(self, share: float) -> None:
        """Some of those asked answer, each on a day of the survey that is over."""
        last = min(self.survey.field_until, timezone.localdate())
        days = (last - self.survey.field_from).days
        for n, unit in enumerate(self.survey.units.all()):
            for code in SurveyCode.objects.filter(unit=unit, source=CodeSource.DRAWN.value):
                if self.chance.random() > share:
                    continue
                day = self.survey.field_from + timedelta(days=self.chance.randrange(days + 1))
                at = _at(day, self.chance.randrange(8, 21), self.chance.randrange(60))
                said = self._said(0.05 + 0.06 * n)
                actions.answer(code.code, said, self.doing(at))

    def judge(self) -> None:
        """Representatives' score sheets, keyed in twice; one is left waiting."""
        heads = ("content", "timely", "procedure", "service", "effect")
        at = _at(self.survey.field_until, 9)
        codes = SurveyCode.objects.filter(
            unit__survey=self.survey, source=CodeSource.JUDGE.value
        ).order_by("unit", "place")
        for n, code in enumerate(codes):
            marks = {name: str(self.chance.randrange(72, 98)) for name in heads}
            when = at + timedelta(minutes=4 * n)
            first = self.doing(when, Desk.CENTRE_MANAGER)
            paper = actions.key_paper(code.code, marks, first)
            again = self.doing(when + timedelta(minutes=2), Desk.INSPECTOR)
            actions.key_again(paper.pk, marks, again)

    def report(self, day: date) -> None:
        """Closed, then published with the finding that most named."""
        actions.close_survey(self.survey.pk, self.doing(_at(day, 9), Desk.SUPERVISION))
        self.survey.refresh_from_db()
        worst = min(
            self.survey.figures["units"],
            key=lambda one: one["satisfied"]["low"] if one["satisfied"] else 1,
        )
        problem = actions.Problem(worst["code"], Said(SAID["problem"], SAID["problem_en"]))
        doing = self.doing(_at(day, 16), Desk.GOVERNMENT_OFFICE)
        actions.report_survey(self.survey.pk, SAID["words"], [problem], doing)
