"""The verbs of targets: issued as versions; reported, returned, verified, published."""

from openhall.targets.actions.issuing import begin_sheet, save_targets
from openhall.targets.actions.reporting import (
    Said,
    accept_report,
    publish_report,
    return_report,
    submit_report,
)

__all__ = [
    "Said",
    "accept_report",
    "begin_sheet",
    "publish_report",
    "return_report",
    "save_targets",
    "submit_report",
]
