"""The public figures: each opens to exactly its cases, each case to its steps, nobody named."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
import time_machine
from django.urls import reverse

from openhall.ledger.actions import seal
from openhall.ledger.models import Leaf
from openhall.ledger.queries import latest_checkpoint, note_of
from openhall.ledger.rules.receipt import Receipt, verify_receipt
from openhall.ledger.signing import public_verifier_key
from tests.factories.cases import NUMBER, WANG_FANGFANG, Walk
from tests.factories.pages import Page, read

MARCH = "2024-03"


@pytest.fixture
def city(cast, doing):
    """Three cases of March 2024: one granted in time, one refused late, one still being handled."""
    with time_machine.travel("2024-04-20T12:00:00+08:00"):
        walk = Walk(cast, doing, WANG_FANGFANG)
        granted = walk.granted()
        late = walk.handed_over(walk.accepted(walk.submitted(moment="2024-03-04 11:00")))
        late = walk.refused(walk.reviewed(late, "2024-03-28 09:00"), "2024-03-28 15:00")
        waits = walk.accepted(walk.submitted(moment="2024-03-04 12:00"), "2024-03-06 09:00")
        seal()
        yield {"granted": granted, "late": late, "waits": waits}


def follow(page: Page, words: str, *, within: str = "") -> Page:
    """The link with these words, in the row that holds ``within``."""
    rows = page.soup.select("tr") if within else [page.soup]
    for row in rows:
        if within in row.get_text():
            for link in row.select("a[href]"):
                if words in link.get_text(" ", strip=True):
                    return read(page.client, link["href"])
    raise AssertionError((words, within, page.words))


FIGURES = {
    "received": {"granted", "late", "waits"},
    "accepted": {"granted", "late", "waits"},
    "closed": {"granted", "late"},
    "on_time": {"granted"},
    "late": {"late"},
}


@pytest.mark.parametrize("measure", FIGURES)
def test_a_figure_opens_to_exactly_the_cases_it_counts(client, city, cast, measure):
    address = reverse("portal:figure", args=[cast.organ.code, MARCH, measure])
    page = read(client, address)
    wanted = {city[name].number for name in FIGURES[measure]}
    assert {one.number for one in city.values() if one.number in page.words} == wanted
    assert page.soup.h1.get_text(strip=True).endswith(str(len(wanted)))
    assert address in str(read(client, reverse("portal:unit", args=[cast.organ.code])).soup)
    assert ("这个数字没" in page.words) is (not wanted)


@pytest.mark.parametrize(
    ("day", "first"), [("2024-05-01", "4月"), ("2024-05-05", "4月"), ("2024-05-06", "5月")]
)
def test_a_month_that_has_hardly_begun_is_not_told_as_nothing(client, city, cast, day, first):
    with time_machine.travel(f"{day}T00:10:00+08:00", tick=False):
        unit = read(client, reverse("portal:unit", args=[cast.organ.code]))
        (row, *_rest) = unit.soup.select("[aria-labelledby=months] tbody tr")
        assert f"2024年{first}" in row.get_text()
        for name in ("statistics", "oversight", "lag", "ratings"):
            page = read(client, reverse(f"portal:{name}"))
            (chosen,) = page.soup.select("select [selected], main [aria-current][href^='?month']")
            assert chosen.get_text(strip=True) == f"2024年{first}", name


@pytest.mark.parametrize(("measure", "told"), [("rated", "0"), ("satisfied", "—")])
def test_ratings_open_by_no_case(client, city, cast, measure, told):
    page = read(client, reverse("portal:figure", args=[cast.organ.code, MARCH, measure]))
    assert page.soup.h1.get_text(strip=True).endswith(told)
    assert not any(one.number in page.words for one in city.values())
    assert client.get(reverse("portal:city_figure", args=[MARCH, measure])).status_code == 200


def test_from_the_city_to_the_proof_of_a_step_in_five_clicks(client, city, cast):
    page = read(client, reverse("portal:statistics") + f"?month={MARCH}")
    unit = follow(page, cast.organ.name)
    month = follow(unit, "3", within="2024年3月")
    case = follow(month, city["granted"].number)
    assert "受理" in case.words
    entry = follow(case, "查看", within="受理")
    assert city["granted"].number in entry.words
    proof = follow(case, "下载", within="受理")
    assert proof.answer.headers["Content-Disposition"].startswith("attachment")
    assert verify_receipt(Receipt.from_json(proof.answer.text), public_verifier_key()) > 0
    assert json.loads(json.loads(proof.answer.text)["entry"])["case"] == city["granted"].number


@pytest.mark.parametrize("language", ["", "/en"])
def test_nobody_is_named_on_any_of_these_pages(client, city, cast, language):
    addresses = [
        reverse("portal:statistics") + f"?month={MARCH}",
        reverse("portal:unit", args=[cast.organ.code]),
        *(reverse("portal:figure", args=[cast.organ.code, MARCH, one]) for one in FIGURES),
        *(reverse("portal:public_case", args=[one.number]) for one in city.values()),
    ]
    for address in addresses:
        page = read(client, language + address)
        assert page.status == 200
        for hidden in ("王芳芳", NUMBER, "13812345678", "赵承", "wang_fang", "zhao_cheng"):
            assert hidden not in page.answer.text, (address, hidden)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("unit", ["no-such-unit"]),
        ("figure", ["cd-civil", "2024-13", "received"]),
        ("figure", ["cd-civil", "2024-03", "bribes"]),
        ("figure", ["no-such-unit", "2024-03", "received"]),
        ("public_case", ["2024-0"]),
        ("proof", ["2024-0", 1]),
    ],
)
def test_what_there_is_not_is_not_found(client, city, name, args):
    assert client.get(reverse(f"portal:{name}", args=args)).status_code == 404


@pytest.mark.parametrize("query", ["?month=soon", "?month=2024-13"])
def test_a_month_that_is_none_is_not_found(client, db, query):
    assert client.get(reverse("portal:statistics") + query).status_code == 404


def test_a_step_not_sealed_yet_says_so_and_has_no_receipt(client, city, walk):
    with time_machine.travel("2024-04-20T13:00:00+08:00"):
        case = walk.submitted(moment="2024-04-19 09:00")
        page = read(client, reverse("portal:public_case", args=[case.number]))
        assert "一分钟内" in page.words
        assert client.get(reverse("portal:proof", args=[case.number, 1])).status_code == 404


def test_many_cases_are_paged_and_none_is_shown_twice(client, city, cast, walk):
    with time_machine.travel("2024-04-20T12:00:00+08:00"):
        for n in range(55):
            walk.submitted(moment=f"2024-04-0{1 + n // 20} {9 + n % 8:02d}:{n % 60:02d}")
    address = reverse("portal:figure", args=[cast.organ.code, "2024-04", "received"])
    first = read(client, address)
    older = next(one["href"] for one in first.soup.select("a[href*='after=']"))
    second = read(client, address + older)
    numbers = [
        [one.get_text(strip=True) for one in page.soup.select("th[scope=row] a")]
        for page in (first, second)
    ]
    assert [len(one) for one in numbers] == [50, 5]
    assert len({*numbers[0], *numbers[1]}) == 55


def test_a_withdrawn_case_is_neither_closed_nor_on_time_and_an_overdue_one_has_its_rate(
    client, cast, doing
):
    from openhall.cases import actions
    from openhall.cases.models import Case, UnitMonth
    from openhall.statistics.queries import open_and_overdue
    from openhall.statistics.recount import faults

    with time_machine.travel("2024-04-20T12:00:00+08:00"):
        walk = Walk(cast, doing, WANG_FANGFANG)
        gone = walk.accepted(walk.submitted(moment="2024-03-04 11:00"))
        actions.withdraw(gone.pk, doing(cast.wang_fang, "2024-03-05 15:00"))
        late = walk.accepted(walk.submitted(moment="2024-03-04 12:00"))
        in_time = walk.accepted(walk.submitted(moment="2024-04-18 12:00"), "2024-04-19 09:00")
        row = UnitMonth.objects.get(month="2024-03-01")
        assert (row.accepted, row.closed, row.on_time, row.days) == (2, 0, 0, 0)
        gone = Case.objects.get(pk=gone.pk)
        assert (gone.on_time, gone.days_used, gone.outcome) == (None, None, "withdrawn")
        assert open_and_overdue(in_time.promise_due) == (2, 1)
        assert open_and_overdue(late.promise_due) == (2, 0)
        assert list(faults(0, 0)) == []
        page = read(client, reverse("portal:statistics") + f"?month={MARCH}")
        assert "尚未办结的有2件，其中超过承诺日的1件（50.0%）" in page.words
        for measure in ("closed", "on_time", "late"):
            address = reverse("portal:figure", args=[cast.organ.code, MARCH, measure])
            assert gone.number not in read(client, address).words


def test_what_is_owed_now_is_a_file_whose_rows_stand_in_the_log(client, city, cast):
    with time_machine.travel("2024-06-20T12:00:00+08:00"):
        answer = client.get(reverse("portal:owed_bundle", args=["overdue"]))
        assert client.get(reverse("portal:owed_bundle", args=["other"])).status_code == 404
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    rows = list(csv.DictReader(io.StringIO(archive.read("rows.csv").decode())))
    told = json.loads(archive.read("figure.json"))
    assert [row["case"] for row in rows] == [city["waits"].number]
    assert (told["count"], told["by_unit"]) == (1, {cast.organ.code: 1})
    assert told["sha256"] == hashlib.sha256(archive.read("rows.csv")).hexdigest()
    leaf = Leaf.objects.get(index=int(rows[0]["entry"]))
    entry = json.loads(bytes(leaf.entry.body))
    assert (entry["case"], entry["act"]) == (city["waits"].number, "accept")
    assert archive.read("checkpoint").decode() == note_of(latest_checkpoint())
