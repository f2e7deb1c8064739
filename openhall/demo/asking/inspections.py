"""Two inspections in the demo: one published, one under way whose inspectors mark now."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.demo.asking.surveys import SAID as DRAWN
from openhall.demo.asking.surveys import draw_in_public
from openhall.demo.cast import CIVIL
from openhall.demo.city import officers
from openhall.demo.data import told
from openhall.demo.models import City
from openhall.glossary import Said
from openhall.inspections import actions
from openhall.inspections.models import Inspection, InspectionDeed, MarkSheet
from openhall.inspections.rules.indicators import indicators_in
from openhall.inspections.rules.lifecycle import Named
from openhall.inspections.terms import EvidenceKind
from openhall.lots import actions as lots
from openhall.lots.models import PublicDraw
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk

SAID: Final = told("inspections")
NAMES: Final = {Desk.SUPERVISION: "songjian", Desk.GOVERNMENT_OFFICE: "fengban"}


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def go_on(city: City) -> None:
    """Once; days are counted back from today."""
    districts = Organ.objects.filter(kind="district").count()
    if InspectionDeed.objects.filter(subject="inspection").exists() or districts < 2:
        return
    _evidence()
    today = timezone.localdate()
    _inspected(today - timedelta(days=35), "title")
    _inspected(today - timedelta(days=8), "again")


def _evidence() -> None:
    organ = Organ.objects.get(code=CIVIL)
    head, today = officers()[organ.pk][Desk.HEAD][0], timezone.localdate()
    for place, (kind, title, document) in enumerate(SAID["evidence"]):
        day = today - timedelta(days=90 - 20 * place)
        filed = actions.Filed(EvidenceKind(kind), title, day, document)
        at = _at(day + timedelta(days=1), 10)
        doing = Doing(head, at, f"demo-evidence-{place}", Desk.HEAD.value, entered=at)
        actions.file_evidence(organ, filed, doing)


def _inspected(begun: date, title: str) -> None:
    people = {desk: Account.objects.get(username=name) for desk, name in NAMES.items()}
    chance, step = Random(f"{title}-{begun.year}"), 0

    def day(after: int, hour: int = 10) -> datetime:
        return _at(begun + timedelta(days=after), hour)

    def doing(at: datetime, desk: Desk | None = None) -> Doing:
        nonlocal step
        step += 1
        moment = min(at, timezone.now())
        who = people[desk] if desk else None
        key = f"demo-inspection-{title}-{step}"
        return Doing(who, moment, key, desk.value if desk else "", entered=moment)

    bureau = people[Desk.SUPERVISION].posts.get(desk=Desk.SUPERVISION.value).organ
    planned = actions.Planned(
        SAID[title].format(year=begun.year),
        4,
        2,
        3,
        begun + timedelta(days=7),
        begun + timedelta(days=20),
        [
            Named(zh, en, kind, (CIVIL,) if place == 0 else ())
            for place, (zh, en, kind) in enumerate(SAID["people"])
        ],
        SAID[f"{title}_en"].format(year=begun.year),
    )
    row = actions.begin_inspection(bureau, planned, doing(day(0), Desk.SUPERVISION))
    public_on = begun + timedelta(days=6)
    asked = lots.Asked(
        Said(f"{row.title}：{DRAWN['draw']}", f"Draw of: {row.title_en}"),
        [Said(zh, en) for zh, en in DRAWN["parties"]],
        day(3, 17),
        day(5, 17),
        DRAWN["source"].format(day=public_on.isoformat()),
        public_on,
    )
    actions.announce_inspection(row.pk, asked, doing(day(1), Desk.GOVERNMENT_OFFICE))
    draw_in_public(PublicDraw.objects.get(inspection=row), chance, doing, day)
    actions.assign_teams(row.pk, doing(day(7, 8), Desk.SUPERVISION))
    row.refresh_from_db()
    if title == "again":
        return
    for unit in row.units.select_related("organ").order_by("planned_on", "pk"):
        when = unit.planned_on or row.window_from
        visit = actions.Visit(
            when, SAID["attended"], SAID["report"], SAID["site"], SAID["symposium"]
        )
        actions.note_visit(row.pk, unit.organ.code, visit, doing(_at(when, 16), Desk.SUPERVISION))
    _marked(row, chance, day, doing)
    actions.unseal(row.pk, doing(day(21), Desk.SUPERVISION))
    row.refresh_from_db()
    figures = row.figures["units"]
    worst = min(figures, key=lambda code: figures[code]["score"])
    problem = actions.Problem(worst, Said(SAID["problem"], SAID["problem_en"]))
    published = doing(day(23), Desk.GOVERNMENT_OFFICE)
    actions.publish_inspection(row.pk, SAID["words"], [problem], published)


def _marked(
    row: Inspection,
    chance: Random,
    day: Callable[..., datetime],
    doing: Callable[..., Doing],
) -> None:
    """Each by the level of the unit and the severity of the inspector, within a few points."""
    indicators = indicators_in(row.indicators)
    level: dict[int, int] = {}
    severe: dict[int, int] = {}
    sheets = MarkSheet.objects.filter(unit__inspection=row).select_related(
        "unit__organ", "inspector"
    )
    for n, sheet in enumerate(sheets.order_by("pk")):
        unit = level.setdefault(sheet.unit_id, chance.randrange(72, 93))
        hard = severe.setdefault(sheet.inspector_id, chance.randrange(-3, 4))
        marks: dict[str, int | None] = {
            one.code: min(max(unit + hard + chance.randrange(-4, 5), 0), 100) for one in indicators
        }
        if n % 7 == 3:
            marks["screen"] = None
        at = day(14, 9) + timedelta(minutes=11 * n)
        code, organ = sheet.inspector.code, sheet.unit.organ.code
        actions.sign_sheet(row, code, organ, marks, SAID["remark"], doing(at))
