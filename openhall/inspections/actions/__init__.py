"""The verbs of indicators, evidence and inspections."""

from openhall.inspections.actions.carrying import carry_in, key_sheet, sign_carried
from openhall.inspections.actions.filing import Filed, file_evidence, withdraw_evidence
from openhall.inspections.actions.indicators import begin_framework, save_framework
from openhall.inspections.actions.planning import (
    Planned,
    announce_inspection,
    begin_inspection,
    drop_inspection,
)
from openhall.inspections.actions.result import publish_inspection, unseal
from openhall.inspections.actions.visiting import Visit, assign_teams, note_visit, sign_sheet
from openhall.supervision.actions.problems import Problem

__all__ = [
    "Filed",
    "Planned",
    "Problem",
    "Visit",
    "announce_inspection",
    "assign_teams",
    "begin_framework",
    "begin_inspection",
    "carry_in",
    "drop_inspection",
    "file_evidence",
    "key_sheet",
    "note_visit",
    "publish_inspection",
    "save_framework",
    "sign_carried",
    "sign_sheet",
    "unseal",
    "withdraw_evidence",
]
