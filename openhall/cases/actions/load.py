"""Keeping the rollup of open cases in the act's own transaction: one statement, two rows at most.

``slot`` says where a case stands in the rollup; an act that moves it takes one from the old row and
adds one to the new, so that the board of all units never scans the cases.
"""

from datetime import date
from typing import Final

from django.db import connection

from openhall.cases.models import Case, OpenLoad
from openhall.cases.terms import LoadKind, Stage

Slot = tuple[int, str, date]
TABLE: Final = OpenLoad._meta.db_table
MOVE: Final = (
    f"INSERT INTO {TABLE} (organ_id, kind, due_on, cases) VALUES "  # noqa: S608
    "{rows}"
    f" ON CONFLICT (organ_id, kind, due_on) DO UPDATE SET cases = {TABLE}.cases + excluded.cases"
)
TO_FINISH: Final = {Stage.GRANTED.value, Stage.ISSUED.value, Stage.REFUSED.value}


def slot(case: Case) -> Slot | None:
    """The row of the rollup in which ``case`` is counted now; None where it waits for nothing."""
    if case.stage == Stage.SUBMITTED and case.answer_due is not None:
        return case.organ_id, LoadKind.ANSWER.value, case.answer_due
    if case.closed_at is None and case.accepted_at is not None and case.promise_due is not None:
        kind = LoadKind.HANDLE if case.suspended_since is None else LoadKind.PAUSED
        return case.organ_id, kind.value, case.promise_due
    if case.stage in TO_FINISH and case.delivery_due is not None:
        return case.organ_id, LoadKind.DELIVER.value, case.delivery_due
    return None


def move(before: Slot | None, after: Slot | None) -> None:
    """Count a case in ``after`` instead of in ``before``."""
    if before == after:
        return
    adapt = connection.ops.adapt_datefield_value
    rows = sorted(
        (row[0], row[1], adapt(row[2]), by)
        for row, by in ((before, -1), (after, 1))
        if row is not None
    )
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE.format(rows=", ".join(["(%s, %s, %s, %s)"] * len(rows))),
            [value for row in rows for value in row],
        )
