"""A survey from its plan to its result: four departments and three districts with closed cases."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from openhall.cases.models import Case
from openhall.deeds.writer import fresh_code
from openhall.glossary import Said
from openhall.ledger.actions import sequence, sign_checkpoint
from openhall.lots import actions as lots
from openhall.lots.models import PublicDraw
from openhall.lots.rules.protocol import commitment
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Organ
from openhall.surveys import actions
from openhall.surveys.models import Survey, SurveyCode
from openhall.vault.fields import blind
from openhall.vault.rows import sealed_fields

SHANGHAI = ZoneInfo("Asia/Shanghai")
PER_UNIT, CLOSED = 10, 14
PLAN = {
    "title": "2026年政务公开满意度测评",
    "title_en": "Survey on open government 2026",
    "purpose": "请在这些单位办过事的人评价政务公开和办事服务，问题要整改。",
    "departments": 3,
    "districts": 2,
    "per_unit": PER_UNIT,
    "reserve": 3,
    "served_from": date(2024, 3, 1),
    "served_until": date(2026, 10, 31),
    "field_from": date(2026, 11, 7),
    "field_until": date(2026, 11, 20),
    "share": 70,
}


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)


ASKED = lots.Asked(
    Said("2026年满意度测评公开抽取", "Draw of the survey of 2026"),
    (Said("监察局", "Supervision"), Said("市公证处", "Notary"), Said("市民代表", "A resident")),
    at("2026-11-03 18:00"),
    at("2026-11-05 18:00"),
    "2026年11月6日双色球开奖的六个红球和一个蓝球，从小到大写",
    date(2026, 11, 6),
)


def seal() -> None:
    """A checkpoint over all that stands. Not the product's own look: these cases have no deeds."""
    sequence()
    sign_checkpoint()


def planned(**other: Any) -> actions.Planned:
    return actions.Planned(**(PLAN | other))


def closed_cases(like: Case, organ: Organ, many: int = CLOSED, closed: str = "") -> None:
    """``many`` cases of ``organ`` closed like one that was walked, or all at ``closed``."""
    for place in range(many):
        case = Case.objects.get(pk=like.pk)
        for sealed in sealed_fields(Case):  # opened in its own row before it stands in another
            getattr(case, sealed.attname)
        case.pk, case._state.adding = None, True
        case.number, case.query_code = f"{organ.code}-{place}", fresh_code()
        case.query_blind = blind(case.query_code)
        case.organ, case.folder, case.account, case.payment = organ, None, None, None
        case.phone = "13812345678"
        if closed:
            moments = ("received_at", "accepted_at", "decided_at", "closed_at", "delivered_at")
            for name in moments:
                setattr(case, name, at(closed))
        QuerySet(Case).bulk_create([case])


def units(like: Case, closed: str = "") -> None:
    """Four departments and three districts with cases; one department with too few."""
    for place in range(1, 4):
        closed_cases(like, _organ("department", f"cd-d{place}", f"市第{place}局"), closed=closed)
        district = _organ("district", f"cd-q{place}", f"第{place}区")
        bureau = _organ("bureau", f"cd-q{place}-b", f"第{place}区审批局", district)
        closed_cases(like, bureau, closed=closed)
    closed_cases(like, Organ.objects.get(code="cd-civil"), closed=closed)
    closed_cases(like, _organ("department", "cd-few", "办件很少的局"), 3, closed=closed)


def _organ(kind: str, code: str, name: str, parent: Organ | None = None) -> Organ:
    return found_organ(
        code=code, kind=kind, name=name, name_en=code, short_name=code, parent=parent
    )


@dataclass
class Ceremony:
    """The parties' secrets, and the steps of the draw one after another."""

    draw: PublicDraw
    doing: Any
    secrets: dict[int, tuple[int, int, str]] = field(default_factory=dict)

    def commit(self, moment: str = "2026-11-03 10:00", but: tuple[int, ...] = ()) -> None:
        chance = Random(f"{self.draw.number}")
        for party in self.draw.parties.order_by("place"):
            a, b = chance.randrange(2**62), chance.randrange(2**62)
            salt = f"{chance.randrange(2**256):064x}"
            self.secrets[party.place] = (a, b, salt)
            if party.place in but:
                continue
            told = (self.draw.number, party.called, self.draw.frame_hash, a, b, salt)
            lots.commit_to(self.draw.pk, party.code, commitment(*told), self.doing(None, moment))

    def open(self, moment: str = "2026-11-04 10:00", but: tuple[int, ...] = ()) -> None:
        seal()
        for party in self.draw.parties.order_by("place"):
            if party.place not in but:
                seal()
                said = self.secrets[party.place]
                lots.open_commitment(self.draw.pk, party.code, *said, self.doing(None, moment))

    def draw_lots(self, leader: Any, moment: str = "2026-11-06 22:00") -> None:
        seal()
        lots.draw_lots(self.draw.pk, [3, 9, 14, 20, 27, 31, 8], self.doing(leader, moment))
        self.draw.refresh_from_db()


ANSWERS = {
    "served": "yes",
    **dict.fromkeys(
        ("overall", "content", "timely", "procedure", "form", "attitude", "fees", "effect"), "5"
    ),
}
BAD = ANSWERS | {"overall": "2", "timely": "1", "timely_why": ["over_limit", "queue"]}
MARKS = {"content": "90", "timely": "80", "procedure": "85", "service": "95", "effect": "75"}


def fill_in(survey: Survey, doing: Any, bad: int = 2) -> None:
    """Everybody but the last of each unit answers; ``bad`` of each are not content."""
    for unit in survey.units.all():
        rows = SurveyCode.objects.filter(unit=unit, source="drawn").order_by("place")
        for place, code in enumerate(rows[: PER_UNIT - 1]):
            said = BAD if place < bad else ANSWERS
            moment = (at("2026-11-08 09:00") + timedelta(minutes=place)).isoformat()
            actions.answer(code.code, said, doing(None, moment[:16]))
