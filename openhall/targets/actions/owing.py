"""What a sheet of targets asks for once it is signed: its reports, each by its own deed. D1."""

from typing import Any

from openhall.deeds.writer import write
from openhall.targets.kinds import REPORT
from openhall.targets.models import TargetReport, TargetSheet
from openhall.targets.rules.reports import due_of
from openhall.targets.terms import Period, ReportAct, ReportState


def reports_owed(version: TargetSheet, doing: Any) -> list[str]:
    """A report for each quarter that is still to end, and the self-check; their periods."""
    asked = []
    for period in Period:
        due = due_of(version.year, period)
        there = TargetReport.objects.filter(
            organ=version.organ, year=version.year, period=period.value
        )
        if due < doing.day or there.exists():
            continue
        report = TargetReport.objects.create(
            number=f"MB-{version.year}-{version.organ.code}-{period.value}",
            organ=version.organ,
            year=version.year,
            period=period.value,
            due=due,
            state=ReportState.OWED.value,
        )
        facts = {"due": due.isoformat()}
        write(REPORT, report, ReportAct.ISSUE, doing.part(f"report-{period.value}"), facts=facts)
        asked.append(period.value)
    return asked
