"""Numbers by kind and year without gaps: ZX-2026-00012."""

from typing import Final

from django.db import connection

from openhall.enquiries.models import EnquirySerial

OF_QUESTIONS, OF_CALLS = "ZX", "ZJ"
OF_OPINIONS: Final = "YJ"  # numbered by lot: how many there are is told after the last day
TABLE: Final = EnquirySerial._meta.db_table
NEXT: Final = (
    f"INSERT INTO {TABLE} (kind, year, last) VALUES (%s, %s, 1)"  # noqa: S608
    f" ON CONFLICT (kind, year) DO UPDATE SET last = {TABLE}.last + 1 RETURNING last"
)


def number(kind: str, year: int) -> str:
    """The next number of ``kind``; its row stays locked until the act ends."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [kind, year])
        return f"{kind}-{year}-{int(cursor.fetchone()[0]):05d}"
