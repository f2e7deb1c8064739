"""Published figures in public: definition, months, corrections, bundle, and how to check it."""

import csv
import io
import json
import sqlite3
from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from openhall.ledger.actions import seal
from openhall.ledger.signing import public_verifier_key
from openhall.statistics.actions import correct_due, freeze_due
from openhall.statistics.queries import published_figures
from openhall.statistics.rules.measures import DEFINITIONS
from tests.factories.pages import read
from tests.rooms.statistics.conftest import *  # noqa: F403
from tests.rooms.statistics.conftest import checked, files_of

MARCH = date(2024, 3, 1)


@pytest.mark.parametrize("language", ["", "/en"])
def test_from_the_board_to_a_bundle_that_a_stranger_checks(client, frozen, tmp_path, language):
    board = read(client, f"{language}/figures/")
    assert board.status == 200
    assert "2024-03" in str(board.soup)
    figure = read(client, f"{language}/figures/on_time/")
    assert "66.67%" in figure.words
    assert f"{language}/figures/on_time/2024-03/" in str(figure.soup)
    assert DEFINITIONS["on_time"][-1].digest in figure.words
    month = read(client, f"{language}/figures/on_time/2024-03/")
    assert "66.67%" in month.soup.h1.get_text()
    link = next(one["href"] for one in month.soup.select("a.button") if one["href"][-4:] == ".zip")
    assert f'on_time-2024-03-1.zip --key "{public_verifier_key()}"' in month.words
    answer = client.get(link)
    path = tmp_path / "on_time-2024-03-1.zip"
    path.write_bytes(answer.content)
    assert checked(path, "--key", public_verifier_key())[0] == 0
    script = client.get(reverse("portal:figure_verifier")).content
    assert files_of(answer.content)["check_figure.py"] == script


@pytest.mark.parametrize("measure", DEFINITIONS)
def test_each_figure_has_its_pages_in_both_languages(client, frozen, measure):
    for language in ("", "/en"):
        for month in ("", "2024-03/"):
            page = read(client, f"{language}/figures/{measure}/{month}")
            assert page.status == 200, (language, month)


def test_a_correction_stands_beside_what_it_corrects(client, frozen, walk):
    now = datetime.fromisoformat("2024-05-06T05:10:00+08:00")
    with time_machine.travel(now, tick=False):
        walk.submitted(moment="2024-03-05 10:00")
        seal()
        freeze_due(now)
        correct_due(now)
        seal()
        page = read(client, reverse("portal:published_month", args=["received", MARCH]))
        cells = [row.get_text(" ", strip=True) for row in page.soup.select("#history ~ * tbody tr")]
        assert len(cells) == 2
        assert "补录" in cells[1]
        assert "已更正" in page.words
        board = read(client, reverse("portal:figures"))
        assert "收到申请" in board.soup.select_one("#corrected").parent.get_text()


def test_the_series_as_csv_json_and_sqlite_say_the_same(client, frozen, tmp_path):
    args = ["on_time"]
    answer = client.get(reverse("portal:series", args=[*args, "csv"]))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[1][:2] + rows[1][4:] == ["2024-03", "", "2", "3", "66.67", "1", "1"]
    assert [one[1] for one in rows[2:]] == ["cd-civil"]
    assert "series.csv-metadata.json" in answer.headers["Link"]
    told = client.get(reverse("portal:series", args=[*args, "json"])).json()
    assert told["columns"] == rows[0]
    assert [["" if cell is None else str(cell) for cell in one] for one in told["rows"]] == rows[1:]
    metadata = client.get(reverse("portal:series_metadata", args=args)).json()
    assert [one["name"] for one in metadata["tableSchema"]["columns"]] == rows[0]
    path = tmp_path / "series.sqlite"
    path.write_bytes(client.get(reverse("portal:series", args=[*args, "sqlite"])).content)
    with sqlite3.connect(path) as held:
        assert held.execute("SELECT part, whole, value FROM series ORDER BY unit").fetchall() == [
            (2, 3, 66.67),
            (2, 3, 66.67),
        ]
    text = client.get(reverse("portal:figure_definition", args=args)).content
    assert text == DEFINITIONS["on_time"][-1].text()
    month = client.get(reverse("portal:figure_json", args=["on_time", MARCH, 1])).json()
    assert month["statement"]["figure"] == "on_time"
    assert json.dumps(month["statement"])


@pytest.mark.parametrize("measure", ["on_time", "received", "satisfied", "answered"])
def test_the_series_as_parquet_says_what_the_csv_says(client, frozen, measure):
    pytest.importorskip("pyarrow", reason="an extra: openhall[parquet]")
    from pyarrow import parquet

    page = read(client, reverse("portal:published", args=[measure]))
    address = reverse("portal:series", args=[measure, "parquet"])
    assert page.soup.select_one(f"a[href='{address}']") is not None
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/vnd.apache.parquet"
    table = parquet.read_table(io.BytesIO(answer.content))
    text = client.get(reverse("portal:series", args=[measure, "csv"])).content.decode()
    names, *rows = csv.reader(io.StringIO(text))
    assert table.column_names == names
    kinds = {name: str(table.schema.field(name).type) for name in names}
    assert {kinds[name] for name in ("part", "whole")} == {"int64"}
    assert kinds["value"] == "double"
    read_back = [
        [
            "" if cell is None else f"{cell:.2f}" if name == "value" and "." in told else str(cell)
            for name, cell, told in zip(names, one.values(), row, strict=True)
        ]
        for one, row in zip(table.to_pylist(), rows, strict=True)
    ]
    if measure == "received":  # a count is a whole number in the one, and the same in the other
        read_back = [[cell.removesuffix(".0") for cell in one] for one in read_back]
    assert read_back == rows
    assert table.schema.metadata[b"figure"].decode() == measure
    assert table.schema.metadata[b"definition"] == DEFINITIONS[measure][-1].text()


def test_without_the_extra_parquet_is_neither_offered_nor_there(client, frozen, monkeypatch):
    from openhall.statistics import bundles

    monkeypatch.setattr(bundles, "has_parquet", lambda: False)
    page = read(client, reverse("portal:published", args=["on_time"]))
    assert "parquet" not in str(page.soup).lower()
    address = reverse("portal:series", args=["on_time", "parquet"])
    assert client.get(address).status_code == 404


def test_hidden_opinions_are_on_no_page(client, frozen, cast):
    pages = [
        reverse("portal:published_month", args=["satisfied", MARCH]),
        reverse("portal:unit", args=[cast.organ.code]),
        reverse("portal:figure", args=[cast.organ.code, MARCH, "satisfied"]),
        reverse("portal:ratings") + "?month=2024-03",
        reverse("portal:rating_figure", args=[cast.organ.code, MARCH, "good"]),
        reverse("portal:rating_figure", args=[cast.organ.code, MARCH, "replied"]),
        reverse("portal:rating_figure", args=[cast.organ.code, MARCH, "active"]),
    ]
    for address in pages:
        page = read(client, address)
        assert page.status == 200, address
        for told in ("50.0%", "50.00%", "1/2", "办理时间过长"):
            assert told not in page.soup.main.get_text(" "), (address, told)


def test_ratings_of_a_month_say_why_nothing_is_told_of_them(client, frozen, cast):
    hidden = read(client, reverse("portal:ratings") + "?month=2024-03")
    assert "可以反推出" in hidden.soup.select_one("main .sentence").get_text()
    row = hidden.soup.select_one("tbody tr")
    assert [cell.get_text(" ", strip=True) for cell in row.select(".number")] == [
        "33.3% 2/6",
        "66.7% 4/6",
    ]
    assert "差评回复率" not in row.get_text()
    running = read(client, reverse("portal:ratings") + "?month=2024-04")
    assert "次月6日公布" in running.soup.select_one("main .sentence").get_text()


def test_paths_that_programmes_are_given_are_pages(client, frozen):
    for figure in published_figures():
        every = [figure.path, *figure.downloads.values()]
        every += [figure.months[0].path, *figure.months[0].downloads.values()]
        for path in every:
            assert client.get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("published", ["bribes"]),
        ("published", ["rated"]),
        ("published_month", ["on_time", date(2023, 1, 1)]),
        ("figure_bundle", ["on_time", MARCH, 2]),
        ("series", ["on_time", "xls"]),
    ],
)
def test_what_there_is_not_is_not_found(client, frozen, name, args):
    assert client.get(reverse(f"portal:{name}", args=args)).status_code == 404
