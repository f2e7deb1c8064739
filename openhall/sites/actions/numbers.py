"""Numbers of articles, by year and without gaps: WZ-2026-00012."""

from typing import Final

from django.db import connection

from openhall.sites.models import SiteSerial

TABLE: Final = SiteSerial._meta.db_table
NEXT: Final = (
    f"INSERT INTO {TABLE} (year, last) VALUES (%s, 1)"  # noqa: S608
    f" ON CONFLICT (year) DO UPDATE SET last = {TABLE}.last + 1 RETURNING last"
)


def number(year: int) -> str:
    """The next number; its row stays locked until the act ends."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [year])
        return f"WZ-{year}-{int(cursor.fetchone()[0]):05d}"
