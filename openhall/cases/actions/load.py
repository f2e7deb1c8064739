"""Keeping the rollup of open cases in the act's own transaction: one statement, two rows at most.

``rules.load.slot`` says where a case stands in the rollup; an act that moves it takes one from the
old row and adds one to the new, so that the board of all units never scans the cases.
"""

from collections.abc import Mapping
from typing import Final

from django.db import connection

from openhall.cases.models import OpenLoad
from openhall.cases.rules.load import Slot

TABLE: Final = OpenLoad._meta.db_table
MOVE: Final = (
    f"INSERT INTO {TABLE} (organ_id, kind, due_on, cases) VALUES "  # noqa: S608
    "{rows}"
    f" ON CONFLICT (organ_id, kind, due_on) DO UPDATE SET cases = {TABLE}.cases + excluded.cases"
)
AT_ONCE: Final = 200  # rows of one statement


def move(before: Slot | None, after: Slot | None) -> None:
    """Count a case in ``after`` instead of in ``before``."""
    if before == after:
        return
    _add({row: by for row, by in ((before, -1), (after, 1)) if row is not None})


def move_many(changes: Mapping[Slot | None, int]) -> None:
    """The same for many cases at once."""
    _add({row: by for row, by in changes.items() if row is not None and by})


def _add(changes: Mapping[Slot, int]) -> None:
    adapt = connection.ops.adapt_datefield_value
    rows = [(*row[:2], adapt(row[2]), by) for row, by in sorted(changes.items())]
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), AT_ONCE):
            part = rows[begin : begin + AT_ONCE]
            cursor.execute(
                MOVE.format(rows=", ".join(["(%s, %s, %s, %s)"] * len(part))),
                [value for row in part for value in row],
            )
