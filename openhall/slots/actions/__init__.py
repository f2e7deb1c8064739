"""The verbs of calendars and appointments."""

from openhall.slots.actions.at_counter import book_for, cancel_for, change_for
from openhall.slots.actions.booking import (
    call_off,
    cancel,
    change,
    confirm,
    forget_person,
    hold,
    let_go,
)
from openhall.slots.actions.calendars import (
    change_day,
    close_calendar,
    open_calendar,
    release_day,
    release_due,
    save_rules,
    withdraw_change,
)
from openhall.slots.actions.receiving import arrive, miss, sweep, sweep_missed

__all__ = [
    "arrive",
    "book_for",
    "call_off",
    "cancel",
    "cancel_for",
    "change",
    "change_day",
    "change_for",
    "close_calendar",
    "confirm",
    "forget_person",
    "hold",
    "let_go",
    "miss",
    "open_calendar",
    "release_day",
    "release_due",
    "save_rules",
    "sweep",
    "sweep_missed",
    "withdraw_change",
]
