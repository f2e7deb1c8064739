"""The log's days as anyone reads them: sheets, notes, proofs, the feed, the kit."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
import time_machine
from django.urls import reverse

from openhall.ledger.actions import name_the_day, seal
from openhall.ledger.publishing import publish_log
from openhall.ledger.queries import last_days, latest_checkpoint
from openhall.ledger.rules.note import open_note, read_checkpoint
from openhall.ledger.signing import public_verifier_key
from tests.factories.pages import read

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def days(walk, settings, tmp_path):
    """Two days of the log, a case received on each."""
    settings.PUBLISHED_ROOT = tmp_path
    for day in (4, 5):
        with time_machine.travel(f"2024-03-0{day}T12:00:00+08:00"):
            walk.submitted(moment=f"2024-03-0{day} 09:00")
            seal()
            publish_log()
            name_the_day(date(2024, 3, day))
    return sorted(one.day for one in last_days())


def test_a_month_lists_its_days_and_each_opens_to_its_sheet(client, days):
    page = read(client, reverse("portal:days") + "?month=2024-03")
    assert len(days) == 2
    for day in days:
        address = reverse("portal:day", args=[day.isoformat()])
        assert address in str(page.soup)
        sheet = read(client, address)
        assert (sheet.status, "申请" in sheet.words) == (200, True)
        assert sheet.soup.select_one("main svg")


def test_a_note_is_signed_by_the_city_and_is_kept_as_a_file(client, days):
    answer = client.get(reverse("portal:day_note", args=[days[1].isoformat()]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    said = read_checkpoint(open_note(answer.text, public_verifier_key()))
    assert said.size == latest_checkpoint().size


def test_a_later_day_continues_an_earlier_one_and_never_the_other_way(client, days):
    first, second = (day.isoformat() for day in days)
    proof = client.get(reverse("portal:continues", args=[second, first])).json()
    assert proof["format"] == "openhall-consistency/1"
    assert proof["old"] != proof["new"]
    assert client.get(reverse("portal:continues", args=[first, second])).status_code == 404


@pytest.mark.parametrize("day", ["2024-03-09", "yesterday", "2024-13-01"])
def test_a_day_that_has_no_checkpoint_is_not_found(client, days, day):
    for address in (f"/ledger/days/{day}/", f"/ledger/days/{day}/checkpoint"):
        assert client.get(address).status_code == 404
    assert client.get(reverse("portal:days") + "?month=2024-13").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("", "公开账每日检查点"), ("/en", "Checkpoints of the public log")]
)
def test_any_feed_reader_keeps_the_note_of_each_day(client, days, language, words):
    answer = client.get(language + reverse("portal:days_feed"))
    assert "atom" in answer.headers["Content-Type"]
    feed = ElementTree.fromstring(answer.content)
    assert words in feed.findtext(f"{ATOM}title")
    entries = feed.findall(f"{ATOM}entry")
    assert [days[1].isoformat() in entries[0].findtext(f"{ATOM}title"), len(entries)] == [True, 2]
    for entry, day in zip(entries, reversed(days), strict=True):
        kept = entry.findtext(f"{ATOM}summary")
        note = client.get(reverse("portal:day_note", args=[day.isoformat()])).text
        assert kept == f"<pre>{note}</pre>"
        assert day.isoformat() in entry.find(f"{ATOM}link").get("href")


def test_a_log_without_a_day_has_an_empty_feed(client, db):
    feed = ElementTree.fromstring(client.get(reverse("portal:days_feed")).content)
    assert feed.findall(f"{ATOM}entry") == []


def test_the_kit_verifies_a_receipt_without_us(client, days, cast, tmp_path):
    answer = client.get(reverse("portal:verify_kit"))
    assert answer.headers["Content-Type"] == "application/zip"
    kit = zipfile.ZipFile(io.BytesIO(answer.content))
    wanted = {"verify.html", "verify.js", "openhall_verify.py", "key", "checkpoint"}
    assert set(kit.namelist()) == wanted
    kit.extractall(tmp_path / "kit")
    assert "verify.js" in (tmp_path / "kit" / "verify.html").read_text()
    receipt = tmp_path / "receipt.json"
    receipt.write_text(client.get(reverse("portal:receipt", args=[0])).text)
    program = tmp_path / "kit" / "openhall_verify.py"
    key = (tmp_path / "kit" / "key").read_text().strip()

    def verified(file):
        run = [sys.executable, "-I", str(program), "receipt", str(file), "--key", key]
        return subprocess.run(run, capture_output=True, text=True, check=False)

    assert verified(receipt).returncode == 0, verified(receipt).stderr
    forged = json.loads(receipt.read_text())
    forged["entry"] = forged["entry"].replace('"seq":1', '"seq":2')
    (tmp_path / "forged.json").write_text(json.dumps(forged))
    assert verified(tmp_path / "forged.json").returncode != 0


def test_the_page_takes_only_addresses_of_ours(client, days):
    ours = read(client, reverse("portal:verify") + "?receipt=/ledger/entries/0/receipt.json")
    assert ours.soup.select('a[href="/ledger/entries/0/receipt.json"]')
    for other in ("//evil.example/x.json", "https://evil.example/x.json", "/x.html"):
        page = read(client, reverse("portal:verify") + f"?receipt={other}")
        assert not page.soup.select(f'a[href="{other}"]')


def test_an_opening_is_its_applicant_s_alone(client, days, walk, cast):
    case = walk.submitted(moment="2024-03-06 09:00")
    address = reverse("portal:opening", args=[case.number, 1])
    for account in (None, cast.li_chuang, cast.zhou_wai):
        if account is not None:
            client.force_login(account)
        assert client.get(address).status_code == 404
    client.force_login(cast.wang_fang)
    answer = client.get(address)
    assert (answer.status_code, "王芳" in answer.text) == (200, True)
    assert "no-store" in answer.headers["Cache-Control"]
