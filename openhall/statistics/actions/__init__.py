"""The verbs of this room: figures are frozen and corrected; the bureau watches over the log."""

from openhall.statistics.actions.auditing import resolve_alarm, verify_the_whole_log
from openhall.statistics.actions.freezing import correct, correct_due, freeze, freeze_due

__all__ = [
    "correct",
    "correct_due",
    "freeze",
    "freeze_due",
    "resolve_alarm",
    "verify_the_whole_log",
]
