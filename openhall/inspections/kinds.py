"""What deeds of this room are done to."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from openhall.deeds.kinds import Kind, Owned, register
from openhall.deeds.refusals import Fault
from openhall.glossary import Said
from openhall.inspections.models import (
    Evidence,
    Framework,
    FrameworkEvent,
    InspectedUnit,
    Inspection,
    InspectionDeed,
    Inspector,
    MarkSheet,
    SheetEdit,
)
from openhall.inspections.rules.indicators import faults_of_indicators, indicators_in
from openhall.inspections.terms import EvidenceAct, FrameworkAct, InspectionAct, SheetAct
from openhall.organs.queries import posts_of
from openhall.organs.terms import Desk
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

EVIDENCE = register(
    Kind(
        name="evidence",
        model=Evidence,
        events=InspectionDeed,
        acts=EvidenceAct,
        title=Said("评议佐证", "Evidence"),
        related=("organ",),
        tells=lambda row: {"organ": row.organ.code},
    )
)
INSPECTION = register(
    Kind(
        name="inspection",
        model=Inspection,
        events=InspectionDeed,
        acts=InspectionAct,
        title=Said("监督检查", "Inspection"),
        related=("organ", "draw"),
        tells=lambda row: {"organ": row.organ.code},
        owns=[
            Owned("unit", InspectedUnit, "inspection"),
            Owned(
                "inspector",
                Inspector,
                "inspection",
                loose={
                    "code_blind": "An index of the code, made from it; the code is committed to."
                },
            ),
        ],
    )
)
SHEET = register(
    Kind(
        name="mark-sheet",
        model=MarkSheet,
        events=InspectionDeed,
        acts=SheetAct,
        title=Said("检查打分表", "Mark sheet"),
        related=("unit__organ", "unit__inspection", "inspector"),
        tells=lambda row: {"inspection": row.unit.inspection.number},
        owns=[Owned("edit", SheetEdit, "sheet")],
    )
)


def _at(desk: Desk) -> Any:
    def may(account: Any, version: Any, day: date) -> bool:
        return bool(account.is_active and posts_of(account, day).filter(desk=desk.value).exists())

    return may


def _faults(version: Framework, first_day: date) -> Iterator[Fault]:
    for said in faults_of_indicators(indicators_in(version.indicators)):
        yield Fault(said, "lines")


FRAMEWORK = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name=FrameworkAct.FRAMEWORK.value,
                model=Framework,
                events=FrameworkEvent,
                acts=VersionAct,
                title=Said(FrameworkAct.FRAMEWORK.zh, FrameworkAct.FRAMEWORK.en),
                fk="version",
                number=lambda version: str(version.number),
            )
        ),
        family=(),
        route=Route(
            write=Step(
                "supervision",
                Said("监察局", "Supervision Bureau"),
                Said(
                    "只有监察机关可以拟订评议指标（成办发〔2003〕75号 二（三））。",
                    "Only the Supervision Bureau writes the indicators "
                    "(成办发〔2003〕75号 二（三）).",
                ),
                _at(Desk.SUPERVISION),
            ),
            publish=Step(
                "government_office",
                Said("市政府办公厅", "Government Office"),
                Said(
                    "只有市政府办公厅可以公布评议指标（成办发〔2003〕75号 二（三））。",
                    "Only the City Government Office publishes the indicators "
                    "(成办发〔2003〕75号 二（三）).",
                ),
                _at(Desk.GOVERNMENT_OFFICE),
            ),
        ),
        content=lambda version: {"indicators": version.indicators},
        gate=_faults,
        names={"indicators": Said("指标", "Indicators")},
    )
)
