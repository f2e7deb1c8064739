"""The time machine: what stood there on a day, that it is proved, that nothing can be altered."""

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, connection, transaction
from django.test import Client

from openhall.ledger.actions import seal
from openhall.ledger.signing import public_verifier_key
from openhall.ledger.standalone import openhall_verify
from openhall.press import actions
from openhall.press import past as archive
from openhall.press.actions import days as days_named
from openhall.press.bodies import body_of
from openhall.press.checking import faults
from openhall.press.models import Body, Day, Page, Shown
from tests.factories.organs import standing

GUIDE = "/services/MZ-XK-0001/"
FIRST, SECOND = date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture
def days(press, time_machine):
    """Two days: the organ is renamed at noon of the second; a page of figures; then the third."""
    time_machine.move_to("2026-11-24T09:00:00+08:00", tick=False)
    for path in (GUIDE, "/policies/", "/statistics/", "/en" + GUIDE):
        assert actions.press(path).stored
    time_machine.move_to("2026-11-25T12:00:00+08:00", tick=False)
    actions.turn()
    standing(press.organ.code, name="市社会事务局")
    for path in (GUIDE, "/statistics/"):
        assert actions.press(path).stored
    time_machine.move_to("2026-11-26T00:05:00+08:00", tick=False)
    assert days_named.name_days() == 2
    seal()
    return press


def test_a_day_shows_what_stood_there(days):
    (only,) = archive.past(GUIDE, FIRST).shown
    assert only[0] == 9 * 3600
    assert "市民政局" in body_of(only[1]).decode()
    before, after = archive.past(GUIDE, SECOND).shown
    assert before == (0, only[1])
    assert after[0] == 12 * 3600
    assert "市社会事务局" in body_of(after[1]).decode()
    assert archive.past("/policies/", SECOND).shown[0][0] == 0
    assert archive.past("/statistics/", SECOND).kept == "daily"
    assert archive.past("/none/", SECOND) is None
    assert archive.past(GUIDE, date(2026, 11, 23)) is None
    assert days_named.name_days() == 0


def test_each_page_of_a_day_has_a_proof_that_the_single_file_verifies(days, tmp_path, capsys):
    key = public_verifier_key()
    for path, day in (
        (GUIDE, FIRST),
        (GUIDE, SECOND),
        ("/policies/", SECOND),
        ("/nothing/", FIRST),
    ):
        told = archive.proof(path, day)
        file = tmp_path / "proof.json"
        file.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        words = ["page", str(file), "--key", key]
        if path == GUIDE:
            page = tmp_path / "page.html"
            page.write_bytes(body_of(archive.past(path, day).shown[-1][1]))
            words += ["--bytes", str(page)]
        assert openhall_verify.main(words) == 0, capsys.readouterr()
        said = capsys.readouterr().out
        assert ("No page stood" in said) is (path == "/nothing/")
        if path == GUIDE:
            page.write_bytes(page.read_bytes().replace(b"0", b"1", 1))
            assert openhall_verify.main(words) == 1


def test_any_altered_sign_of_a_proof_is_found(days, tmp_path, capsys):
    told = archive.proof(GUIDE, SECOND)
    key, file = public_verifier_key(), tmp_path / "proof.json"
    plain = json.dumps(told["page"], ensure_ascii=False)
    for place in range(0, len(plain), 7):
        if plain[place] in ' "{}[],:':
            continue
        other = plain[:place] + ("x" if plain[place] != "x" else "y") + plain[place + 1 :]
        try:
            page = json.loads(other)
        except ValueError:
            continue
        file.write_text(json.dumps({**told, "page": page}, ensure_ascii=False), encoding="utf-8")
        assert openhall_verify.main(["page", str(file), "--key", key]) != 0, other
    capsys.readouterr()


def test_rows_that_were_altered_prove_nothing_and_the_log_says_so(days):
    assert list(faults(0, 0)) == []
    with connection.cursor() as cursor:
        _open(cursor, "press_shown")
        cursor.execute("UPDATE press_shown SET second = second + 1 WHERE path = %s", [GUIDE])
    with pytest.raises(LookupError):
        archive.proof(GUIDE, FIRST)
    assert {one.place for one in faults(0, 0)} == {"press/2026-11-24", "press/2026-11-25"}


def test_a_changed_root_a_lost_day_and_a_damaged_page_are_found(days):
    with connection.cursor() as cursor:
        _open(cursor, "press_day")
        cursor.execute("UPDATE press_day SET root = 'f' WHERE day = %s", [FIRST])
        cursor.execute("DELETE FROM press_day WHERE day = %s", [SECOND])
    body = Body.objects.order_by("pk").first()
    Body.objects.filter(pk=body.pk).update(
        packed=bytes(body.packed)[:-1] + bytes([body.packed[-1] ^ 1])
    )
    assert {one.place for one in faults(0, 0)} >= {
        "press/2026-11-24",
        "press/2026-11-25",
        f"press/{body.pk[:16]}",
    }


def _open(cursor, table):
    """As somebody who holds the database would."""
    if connection.vendor == "postgresql":
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    else:
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER {table}_no_{verb}")


def test_the_page_of_a_day_stands_in_a_frame_with_its_proof(days, client):
    answer = client.get(f"/at/2026-11-25{GUIDE}")
    assert answer.status_code == 200
    assert "市社会事务局" in client.get(f"/at/2026-11-25{GUIDE}?frame").text
    frame = BeautifulSoup(answer.text, "html.parser").find("iframe")
    assert frame["src"].startswith("?frame&at=")
    assert "allow-same-origin" in frame["sandbox"]
    assert "2026" in frame["title"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    earlier = client.get(f"/at/2026-11-25{GUIDE}?frame&at=0")
    assert earlier.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "市民政局" in earlier.text
    raw = client.get(f"/at/2026-11-24{GUIDE}?raw")
    assert raw.content == body_of(archive.past(GUIDE, FIRST).shown[0][1])
    assert client.get(f"/at/2026-11-24{GUIDE}?proof").json() == archive.proof(GUIDE, FIRST)
    gone = client.get("/at/2026-11-24/calls/")
    assert gone.status_code == 404
    assert "?proof" in gone.text
    assert client.get("/at/2026-11-23/policies/").status_code == 404
    assert client.get(f"/at/2026-11-26{GUIDE}").headers["Location"] == GUIDE
    assert client.get(f"/en/at/2026-11-24{GUIDE}").status_code == 200


def test_the_case_leads_to_the_guide_of_the_day_it_came(days, walk, client):
    case = walk.submitted(moment="2026-11-24 10:00")
    client.force_login(days.wang_fang)
    page = client.get(f"/cases/{case.number}/")
    assert f'href="/at/2026-11-24{GUIDE}"' in page.text


def test_what_is_erased_leaves_its_mark_and_every_proof_holds(days, tmp_path, capsys, client):
    gone = archive.past(GUIDE, FIRST).shown[0][1]
    bodies = {row.pk: body_of(row.pk) for row in Body.objects.exclude(pk=gone)}
    entry = days_named.erase(gone, "个人信息保护法 47")
    assert days_named.erase(gone, "again") == entry
    assert {name: body_of(name) for name in bodies} == bodies
    with pytest.raises(LookupError):
        body_of(gone)
    page = client.get(f"/at/2026-11-24{GUIDE}")
    assert "依法删除" in page.text
    assert "<iframe" not in page.text
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(archive.proof(GUIDE, FIRST), ensure_ascii=False))
    assert openhall_verify.main(["page", str(file), "--key", public_verifier_key()]) == 0
    assert gone in capsys.readouterr().out
    assert list(faults(0, 0)) == []


def test_what_was_shown_cannot_be_changed(days):
    for model in (Shown, Day):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            model.objects.all().delete()


def test_a_page_of_whom_nothing_is_kept_is_not_in_the_past(days):
    assert actions.press("/statistics/owed/overdue/").stored
    assert not Shown.objects.filter(path="/statistics/owed/overdue/").exists()
    assert Page.objects.filter(path="/statistics/owed/overdue/").exists()


def test_nothing_personal_stands_in_what_is_stored(days):
    for row in Body.objects.all():
        body = body_of(row.pk)
        for word in ("王芳", "11010519491231002X", "csrf", "sessionid", "nonce="):
            assert word.encode() not in body


def test_a_visitor_without_a_past_is_told(days):
    assert Client().get("/at/2026-02-30/").status_code == 404
