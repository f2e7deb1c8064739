"""What deeds of this room are done to: sheets of targets and the reports on them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from openhall.deeds.kinds import Kind, register
from openhall.deeds.refusals import Fault
from openhall.glossary import Said
from openhall.organs.queries import organ_called
from openhall.targets.models import TargetDeed, TargetReport, TargetSheet, TargetSheetEvent
from openhall.targets.permissions import may_issue, may_sign
from openhall.targets.rules.sheet import faults_of_targets, targets_in
from openhall.targets.terms import Counted, ReportAct, SheetAct
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

REPORT = register(
    Kind(
        name="target-report",
        model=TargetReport,
        events=TargetDeed,
        acts=ReportAct,
        title=Said("目标报告", "Report on targets"),
        related=("organ",),
        tells=lambda row: {"organ": row.organ.code},
    )
)
OFFICE = Said("市政府办公厅", "Government Office")
ONLY_OFFICE = Said(
    "只有市政府办公厅可以下达工作目标（成办发〔2003〕75号 二（四））。",
    "Only the City Government Office issues targets (成办发〔2003〕75号 二（四）).",
)
WRITES = Step("writes", OFFICE, ONLY_OFFICE, lambda account, version, day: may_issue(account, day))
SIGNS = Step(
    "unit",
    Said("责任单位负责人", "Head of the unit"),
    Said(
        "只有责任单位的负责人可以签收本单位的工作目标。",
        "Only the head of the unit signs its targets.",
    ),
    lambda account, version, day: may_sign(account, version.organ, day),
)
ISSUES = Step(
    "government_office", OFFICE, ONLY_OFFICE, lambda account, version, day: may_issue(account, day)
)


def _faults(version: TargetSheet, first_day: date) -> Iterator[Fault]:
    for said in faults_of_targets(targets_in(version.targets)):
        yield Fault(said, "lines")
    if first_day.year != version.year:
        yield Fault(
            Said(
                f"这是{version.year}年的目标，应在当年施行。",
                f"These are the targets of {version.year}; they begin in that year.",
            ),
            "first_day",
        )


def _reports_owed(version: TargetSheet, before: Any, doing: Any) -> Mapping[str, Any]:
    from openhall.targets.actions.owing import reports_owed  # the acts stand on the kinds

    return {"reports": reports_owed(version, doing)}


SHEET = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name=SheetAct.SHEET.value,
                model=TargetSheet,
                events=TargetSheetEvent,
                acts=VersionAct,
                title=Said(SheetAct.SHEET.zh, SheetAct.SHEET.en),
                fk="version",
                related=("organ",),
                number=lambda version: f"{version.organ.code}-{version.year}-{version.number}",
                tells=lambda version: {"organ": version.organ.code},
            )
        ),
        family=("organ", "year"),
        route=Route(write=WRITES, reviews=(SIGNS,), publish=ISSUES),
        content=lambda version: {
            "organ": version.organ.code,
            "year": version.year,
            "targets": version.targets,
        },
        gate=_faults,
        published=_reports_owed,
        names={
            "organ": Said("责任单位", "Unit"),
            "year": Said("年度", "Year"),
            "targets": Said("目标", "Targets"),
        },
        terms={"organ": organ_called, "targets.counted": Counted},
        called=lambda version: Said(
            f"{version.organ.name}{version.year}年",
            f"{version.organ.name_en or version.organ.name} {version.year}",
        ),
    )
)
