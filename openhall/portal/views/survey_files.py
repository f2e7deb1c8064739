"""The report of a survey to take away: a PDF with its charts, a workbook with charts, a CSV."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference

from openhall.design.qr import qr_svg
from openhall.design.typesetting import pdf_from
from openhall.desk.pages import existing
from openhall.paging.books import XLSX, csv_of, text_cell
from openhall.portal.views.surveys import lines_of, told_of
from openhall.surveys.queries import Survey, survey_numbered
from openhall.surveys.terms import Level, SurveyState

LAYOUT: Final = Path(__file__).parents[1] / "survey_report.typ"
HEAD = (
    *(gettext_lazy("Unit"), gettext_lazy("Frame"), gettext_lazy("People asked")),
    *(gettext_lazy("Answers received"), gettext_lazy("Valid"), gettext_lazy("Satisfied, percent")),
    *(gettext_lazy("At least, percent"), gettext_lazy("At most, percent")),
    *(gettext_lazy("Index"), gettext_lazy("Score sheet"), gettext_lazy("Combined")),
)
LOW, HIGH, BETWEEN = 7, 8, 12  # columns of the workbook
TALL, WIDE = 9, 20  # of a chart, in centimetres
Row = list[Any]


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _named(organ: Any) -> str:
    return str(organ.name_en if _english() else organ.name)


def _figure(told: str) -> float | None:
    return float(told) if told else None


def rows_of(found: Survey) -> Iterator[Row]:
    """A line for each unit; figures are figures, None is hidden or not told."""
    yield [str(one) for one in HEAD]
    for line in lines_of(found):
        counts = [line[name] for name in ("frame", "issued", "answered", "valid")]
        names = ("share", "low", "high", "index_said", "sheet_said", "combined_said")
        told = [_figure(line[name]) for name in names]
        yield [_named(line["organ"]), *counts, *told]


# ------------------------------------------------------------------ the workbook
def _sheet(book: Workbook, title: str, rows: list[Row]) -> Any:
    sheet = book.create_sheet(title[:31])
    for row in rows:
        sheet.append([text_cell(sheet, one) if isinstance(one, str) else one for one in row])
    return sheet


def _chart(sheet: Any, title: str, columns: range, rows: int, at: str, *, stacked: bool) -> Any:
    chart = BarChart()
    chart.type, chart.title, chart.height, chart.width = "bar", title, TALL, WIDE
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"  # the first unit above
    if stacked:
        chart.grouping, chart.overlap = "stacked", 100
    for column in columns:
        values = Reference(sheet, min_col=column, min_row=1, max_row=rows)
        chart.add_data(values, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=rows))
    sheet.add_chart(chart, at)
    return chart


def book_of(found: Survey) -> bytes:
    """The figures, the levels and the causes, a sheet and a chart each."""
    told, book = told_of(found), Workbook()
    book.remove(book.active)
    rows = list(rows_of(found))
    rows[0].append(gettext("From the lower end to the upper, percent"))
    for row in rows[1:]:
        low, high = row[LOW - 1], row[HIGH - 1]
        row.append(None if low is None or high is None else round(high - low, 2))
    sheet = _sheet(book, gettext("Units"), rows)
    title = gettext("Intervals of satisfaction, percent")
    chart = _chart(sheet, title, range(LOW, LOW + 1), len(rows), f"A{len(rows) + 3}", stacked=True)
    chart.add_data(
        Reference(sheet, min_col=BETWEEN, min_row=1, max_row=len(rows)), titles_from_data=True
    )
    chart.series[0].graphicalProperties.noFill = True  # the bar begins where the interval does
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 100
    words = [level.said_in(get_language()) for level in Level]
    levels = [
        [_named(organ) if organ else gettext("All units"), *counts]
        for organ, *counts in told["levels"]
    ]
    many = len(levels)  # the last line is the sum: no bar
    sheet = _sheet(book, gettext("Levels"), [[gettext("Unit"), *words], *levels])
    if many > 1:
        title = gettext("Answers by level")
        _chart(sheet, title, range(2, 2 + len(words)), many, f"A{many + 4}", stacked=True)
    causes = [[f"{asked} · {chosen}", many] for asked, chosen, many in told["causes"]]
    if causes:
        head = [gettext("Cause"), gettext("Times named")]
        sheet = _sheet(book, gettext("Causes"), [head, *causes])
        _chart(sheet, head[0], range(2, 3), len(causes) + 1, "D2", stacked=False)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


# ------------------------------------------------------------------ the PDF
def pdf_of(found: Survey) -> bytes:
    """The report on A4: what was found, the chart of intervals, every table, how it is counted."""
    told, whole = told_of(found), None
    if told["whole"]:
        whole = gettext(
            "Of all who were served by the units drawn, %(low)s to %(high)s percent are satisfied "
            "at least basically (%(valid)s valid answers for %(frame)s cases)."
        ) % {name: told["whole"][name] for name in ("low", "high", "valid", "frame")}
    rows = [["—" if cell is None else f"{cell}" for cell in row] for row in rows_of(found)]
    levels = [
        [_named(organ) if organ else gettext("All units")]
        + ["—" if one is None else f"{one}" for one in counts]
        for organ, *counts in (told["levels"] if told["sound"] else ())
    ]
    day = timezone.localtime(found.reported_at).date()
    at = f"{_base()}/surveys/{found.number}/"
    content = {
        "lang": "en" if _english() else "zh",
        "title": (_english() and found.title_en) or found.title,
        "number": found.number,
        "day": [day.year, day.month, day.day],
        "subtitle": gettext("Report of the satisfaction survey"),
        "found": gettext("What the survey found"),
        "words": found.words,
        "whole": whole or "",
        "chart": gettext("Satisfied at least basically, percent: the interval of each unit"),
        "bars": [
            {
                "name": _named(line["organ"]),
                "low": float(line["low"]),
                "high": float(line["high"]),
                "at": _figure(line["share"]),
            }
            for line in told["lines"]
            if line["satisfied"]
        ],
        "units": {"title": gettext("Unit by unit"), "rows": rows},
        "levels": {
            "title": gettext("Answers by level"),
            "rows": [
                [gettext("Unit"), *(one.said_in(get_language()) for one in Level)],
                *levels,
            ],
        },
        "causes": {
            "title": gettext("What was wrong"),
            "rows": [
                [gettext("Question asked"), gettext("Cause"), gettext("Times named")],
                *(
                    [a, b, gettext("under 5") if n is None else f"{n}"]
                    for a, b, n in told["causes"]
                ),
            ],
        },
        "issues": {
            "title": gettext("What must be put right"),
            "rows": [
                [gettext("Finding"), gettext("Unit"), gettext("Put right by")],
                *(
                    [
                        (_english() and one.title_en) or one.title,
                        _named(one.organ),
                        f"{one.due_on:%Y-%m-%d}",
                    ]
                    for one, _state in told["issues"]
                ),
            ],
        },
        "counted": gettext(
            "A dash is hidden or not told: counts under five, and what would give them back. "
            "Interval: Blaker's, 95 percent, the effective number capped by Kish's. Units "
            "whose intervals meet are not ranked. Who did not answer is not replaced by a guess."
        ),
        "address": at,
    }
    return pdf_from(LAYOUT, content, qr=qr_svg(at))


def _base() -> str:
    return f"{settings.BASE_URL}/en" if _english() else str(settings.BASE_URL)


@require_safe
def table(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The report as a file: a PDF, a workbook or a CSV."""
    found = existing(survey_numbered(number, public=True))
    if found.state != SurveyState.REPORTED:
        raise Http404
    if kind == "xlsx":
        answer = HttpResponse(book_of(found), content_type=XLSX)
    elif kind == "pdf":
        answer = HttpResponse(pdf_of(found), content_type="application/pdf")
    elif kind == "csv":
        answer = HttpResponse(csv_of(rows_of(found)), content_type="text/csv; charset=utf-8")
    else:
        raise Http404
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.number}.{kind}"'
    return answer
