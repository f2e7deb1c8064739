"""A table of a page to take away: a CSV that spreadsheets open, in which nothing computes."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse

from openhall.paging.books import csv_of


def carried(name: str, heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The file; never kept by a browser or a proxy, since it may hold what is masked elsewhere."""
    answer = HttpResponse(csv_of((heads, *rows)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
