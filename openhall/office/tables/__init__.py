"""A table of a page to take away: a CSV that spreadsheets open, in which nothing computes."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from openhall.paging.sheets import written_safely


def carried(name: str, heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The file; never kept by a browser or a proxy, since it may hold what is masked elsewhere."""
    sheet = io.StringIO()
    write = csv.writer(sheet)
    for row in (heads, *rows):
        write.writerow([written_safely("" if cell is None else str(cell)) for cell in row])
    answer = HttpResponse("\ufeff" + sheet.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
