"""Targets of a few units in the demo: signed, reported by quarter, one self-check published.

The figures are the city's own; the words are written by the cast. One unit is late, one was sent
back, so that whoever signs in finds something to do.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.demo.cast import CIVIL, JINJIANG, POLICE
from openhall.demo.city import officers
from openhall.demo.data import told
from openhall.demo.models import City
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.targets import actions
from openhall.targets.kinds import SHEET
from openhall.targets.models import TargetReport, TargetSheet
from openhall.targets.rules.reports import opens_on
from openhall.targets.rules.sheet import targets_in
from openhall.targets.terms import Period
from openhall.versions import actions as versions

SAID: Final = told("targets")
OTHERS: Final = 3  # more departments than those of the cast
WRITER, ISSUER = "xiaban", "fengban"


def _doing(who: Account, at: date, hour: int, key: str, desk: Desk) -> Doing:
    moment = min(timezone.make_aware(datetime.combine(at, time(hour))), timezone.now())
    return Doing(who, moment, f"demo-{key}", desk.value, entered=moment)


def go_on(city: City) -> None:
    """Sheets of this year, once, and their reports as far as the year is."""
    today = timezone.localdate()
    year = today.year
    if TargetSheet.objects.exists() or today < date(year, 1, 20):
        return
    heads = {pk: desks[Desk.HEAD] for pk, desks in officers().items() if desks[Desk.HEAD]}
    named = list(Organ.objects.filter(code__in=(CIVIL, POLICE, JINJIANG), pk__in=heads))
    more = Organ.objects.filter(kind="department", pk__in=heads).exclude(code__in=(CIVIL, POLICE))
    writer, issuer = (Account.objects.get(username=name) for name in (WRITER, ISSUER))
    for place, organ in enumerate([*named, *more[:OTHERS]]):
        sheet = _issued(organ, year, writer, issuer, heads[organ.pk][0])
        for period in Period:
            late = place == len(named) and period == Period.Q3
            if opens_on(year, period) <= today and not late:
                _reported(sheet, period, place, heads[organ.pk][0], issuer, today)


def _issued(
    organ: Organ, year: int, writer: Account, issuer: Account, head: Account
) -> TargetSheet:
    key, day = f"targets-{organ.code}", date(year, 1, 8)
    office, unit = Desk.GOVERNMENT_OFFICE, Desk.HEAD
    sheet = actions.begin_sheet(organ, year, _doing(writer, day, 9, f"{key}-begin", office))
    versions.send(SHEET, sheet.pk, _doing(writer, day, 10, f"{key}-send", office))
    versions.pass_on(SHEET, sheet.pk, _doing(head, day, 15, f"{key}-sign", unit))
    after = day + timedelta(days=1)
    versions.publish(SHEET, sheet.pk, after, _doing(issuer, after, 9, f"{key}-issue", office))
    sheet.refresh_from_db()
    return sheet


def _reported(
    sheet: TargetSheet, period: Period, place: int, head: Account, issuer: Account, today: date
) -> None:
    """Submitted; verified for most; of the year one is published, one returned, the others lie."""
    report = TargetReport.objects.get(organ=sheet.organ, year=sheet.year, period=period.value)
    key = f"report-{report.number}"
    day = min(opens_on(sheet.year, period) + timedelta(days=3), today)
    targets = targets_in(sheet.targets)
    words = {one.code: SAID["words"].get(one.code, SAID["words"]["other"]) for one in targets}
    claimed = {one.code: Decimal(one.weight) for one in targets}
    said = actions.Said(words, claimed, SAID["sections"] if period == Period.YEAR else {})
    submitted = _doing(head, day, 10, f"{key}-submit", Desk.HEAD)
    actions.submit_report(report.pk, said, submitted)
    after = min(day + timedelta(days=4), today)
    office = Desk.GOVERNMENT_OFFICE
    if period == Period.YEAR and place == 1:
        back = _doing(issuer, after, 11, f"{key}-return", office)
        actions.return_report(report.pk, SAID["returned"], back)
        return
    if period == Period.YEAR and place > 0:
        return
    report.refresh_from_db()
    scores: dict[str, Decimal | None] = {
        code: Decimal(one) for code, one in report.computed.items() if one is not None
    }
    if period == Period.YEAR:
        scores |= {code: Decimal(one) for code, one in SAID["judged"].items()}
    verified = _doing(issuer, after, 11, f"{key}-accept", office)
    actions.accept_report(report.pk, scores, SAID["accepted"], verified)
    if period == Period.YEAR:
        published = _doing(issuer, after, 16, f"{key}-publish", office)
        actions.publish_report(report.pk, published)
