"""The operator is called before the disk is full; a full one refuses in words."""

import json
from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from openhall.config.refusals import DiskFull
from openhall.gate.space import is_disk_full
from openhall.glossary import Said
from openhall.jobs.actions import ask
from openhall.ledger.actions import append, raise_alarm
from openhall.ledger.models import Entry
from openhall.ledger.rules.finding import Finding
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.outbox.models import Message
from openhall.upkeep.actions import look_and_call
from openhall.upkeep.queries import looks
from openhall.upkeep.rules.looks import MIB, look_at_room

MORE_THAN_ANY_DISK = 10**12  # MB
NAME = Said("磁盘", "Disk")


@pytest.fixture
def operator(cast):
    tang = Account.objects.create_user(username="tang_yun", phone="13900000001")
    appoint(tang, cast.organ, Desk.OPERATOR, date(2003, 1, 1))
    return tang


def wrong():
    return {look.code: look.found.en for look in looks() if look.wrong}


def test_all_is_well_where_it_is(db):
    assert wrong() == {}
    out = StringIO()
    call_command("doctor", stdout=out)
    assert out.getvalue().count("ok") == len(looks()) == 7


def test_little_room_calls_the_operator_once_a_day(operator, settings, client):
    settings.DISK_LEAST_MB = MORE_THAN_ANY_DISK
    assert look_and_call() >= 1
    told = Message.objects.filter(account=operator.pk, channel="account").values_list("subject")
    assert ("系统运维提醒：数据目录所在磁盘",) in told
    many = Message.objects.count()
    look_and_call()
    assert Message.objects.count() == many
    out = StringIO()
    with pytest.raises(CommandError, match="are wrong"):
        call_command("doctor", json=True, stdout=out)
    home = next(one for one in json.loads(out.getvalue()) if one["code"] == "home")
    assert home["wrong"]
    assert "MB are left" in home["en"]
    client.force_login(operator)
    assert "写满后不能办理任何事" in client.get(reverse("office:desks"), follow=True).text


def test_the_page_of_the_machine_is_the_operators_alone(operator, cast, client):
    address = reverse("office:machine", args=[cast.organ.code])
    client.force_login(cast.li_chuang)
    assert client.get(address).status_code == 403
    client.force_login(operator)
    raise_alarm(Finding("leaf/3", "被改写", "It was rewritten."), "seal")
    page = client.get(address).text
    assert "1 条警报未解除，已停止签署：leaf/3" in page
    assert "无积压。" in page


def test_work_that_nobody_takes_and_entries_that_nobody_seals_are_told(db):
    with transaction.atomic():
        pk = append("test", {"n": 1})
    assert wrong() == {}
    # The log's own triggers forbid to change an entry: the look is asked as of later instead.
    ask("openhall.jobs.actions.forget_done", run_at=timezone.now() - timedelta(minutes=11))
    assert "no worker is running" in wrong()["work"]
    assert Entry.objects.get().pk == pk


@pytest.mark.parametrize(
    ("free", "entries", "said"),
    [(500, 0.5, "Only 500 MB are left"), (5000, 0.01, "nearly no file entries"), (5000, 0.5, "")],
)
def test_a_disk_without_room_or_without_names_is_urgent(free, entries, said):
    look = look_at_room("home", NAME, free * MIB, entries, 1024 * MIB)
    assert (look.wrong, look.urgent) == (bool(said), bool(said))
    assert said in look.found.en


def test_a_look_that_cannot_be_made_is_a_finding_and_stops_no_other(db, settings, tmp_path):
    settings.HOME = tmp_path / "gone"
    found = wrong()
    assert list(found) == ["home"]
    assert "Could not be looked at" in found["home"]


@contextmanager
def full_disk():
    """SQLite says the same when it may not grow as when the disk is full."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a full PostgreSQL cannot be made here")
def test_on_a_full_disk_a_page_says_so_and_nothing_is_changed(db, rf, caplog):
    with full_disk(), pytest.raises(OperationalError) as refused, transaction.atomic():
        append("test", {"text": "很长的意见。" * 60_000})
    assert not Entry.objects.exists()
    request = rf.post("/complaints/new/", headers={"accept": "application/json"})
    answer = DiskFull(lambda request: None).process_exception(request, refused.value)
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    assert "没有改动任何内容" in json.loads(answer.content)["detail"]
    assert "The disk is full: POST /complaints/new/" in caplog.text


def test_other_faults_are_not_taken_for_a_full_disk(rf):
    for fault in (OperationalError("database is locked"), OSError(13, "denied"), ValueError("x")):
        assert DiskFull(lambda request: None).process_exception(rf.get("/"), fault) is None
    assert is_disk_full(OSError(28, "No space left on device"))
