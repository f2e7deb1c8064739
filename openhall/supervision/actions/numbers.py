"""Numbers by kind and year without gaps: JC-2026-00012, 成监督〔2026〕3号."""

from typing import Final

from django.db import connection

from openhall.supervision.models import Serial
from openhall.supervision.terms import NoticeKind

SIGN_OF: Final = {NoticeKind.URGING: "督", NoticeKind.ADVICE: "建"}
NUMBER_OF_CARDS, NUMBER_OF_COMPLAINTS = "JC", "TS"
NUMBER_OF_ISSUES, NUMBER_OF_DRAWS = "ZG", "CY"
TABLE: Final = Serial._meta.db_table
NEXT: Final = (
    f"INSERT INTO {TABLE} (kind, year, last) VALUES (%s, %s, 1)"  # noqa: S608
    f" ON CONFLICT (kind, year) DO UPDATE SET last = {TABLE}.last + 1 RETURNING last"
)


def serial(kind: str, year: int) -> int:
    """The next serial of ``kind``; its row stays locked until the act ends."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [kind, year])
        return int(cursor.fetchone()[0])


def number(kind: str, year: int) -> str:
    """The next number of cards, complaints, findings or draws."""
    return f"{kind}-{year}-{serial(kind, year):05d}"


def notice_number(kind: NoticeKind, year: int) -> tuple[str, int]:
    """The next number of a notice, and its serial."""
    given = serial(kind.value, year)
    return f"成监{SIGN_OF[kind]}〔{year}〕{given}号", given
