"""A fork, a rewrite, a missing event: publication stops and those who watch are told at once."""

import json
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from openhall.cases.models import CaseEvent
from openhall.config import environment
from openhall.ledger.actions import begin_verification, raise_alarm, seal, verify_all
from openhall.ledger.models import Alarm, Entry
from openhall.ledger.publishing import folder
from openhall.ledger.rules.finding import Finding
from openhall.ledger.tasks import seal_log
from openhall.ledger.terms import AlarmState
from openhall.organs.actions import appoint, relieve
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.outbox.actions import prefer
from openhall.outbox.models import Message
from openhall.outbox.queries import inbox


@pytest.fixture
def watchers(city, settings, tmp_path):
    """宋监 by her own choice, 唐运 by what his account holds, the duty room by the settings."""
    settings.OUTBOX_FOLDER = tmp_path / "outbox"
    settings.OUTBOX_CARRIERS = dict.fromkeys(("email", "sms", "wechat"), "file")
    settings.LEDGER_ALARM_TO = ["duty@city.example", "13900000009", "song@city.example"]
    song = Account.objects.create_user(username="song_jian", email="old@city.example")
    prefer(song.pk, email="song@city.example", language="en")
    tang = Account.objects.create_user(
        username="tang_yun", email="tang@city.example", phone="13900000001"
    )
    gone = Account.objects.create_user(username="gone", email="gone@city.example")
    for who, desk in ((song, Desk.SUPERVISION), (tang, Desk.OPERATOR)):
        appoint(who, city.organ, desk, date(2003, 1, 1))
    relieve(appoint(gone, city.organ, Desk.SUPERVISION, date(2003, 1, 1)), date(2020, 1, 1))
    return {"song": song, "tang": tang, "folder": settings.OUTBOX_FOLDER}


def carried(watchers):
    """What the file carrier wrote, by address."""
    call_command("outbox", "--deliver")
    told = {}
    for name in ("email", "sms"):
        path = watchers["folder"] / f"{name}.jsonl"
        for line in path.read_text().splitlines() if path.exists() else ():
            parcel = json.loads(line)
            told.setdefault(parcel["to"], []).append(parcel)
    return told


EVERYBODY = {
    "song@city.example",
    "tang@city.example",
    "13900000001",
    "duty@city.example",
    "13900000009",
}


def rewritten(city):
    event = CaseEvent.objects.order_by("pk")[1]
    entry = Entry.objects.get(pk=event.entry)
    body = bytes(entry.body).replace(b"accept", b"refuse")
    Entry.objects.filter(pk=entry.pk).update(body=body)
    verify_all(begin_verification("nightly").pk)


def missing(city):
    rows = CaseEvent.objects.filter(pk=CaseEvent.objects.order_by("pk")[1].pk)
    rows._raw_delete(rows.db)
    verify_all(begin_verification("nightly").pk)


def forked(city):
    published = folder() / "checkpoint"
    lines = published.read_text().split("\n")
    lines[2] = "A" * 43 + "="
    published.write_text("\n".join(lines))
    seal_log.func()


@pytest.mark.parametrize("attack", [rewritten, missing, forked])
def test_everybody_who_watches_is_told_once_through_the_outbox(city, watchers, attack):
    attack(city)
    assert Alarm.objects.filter(state=AlarmState.OPEN.value).exists()
    assert seal() is None
    told = carried(watchers)
    assert set(told) == EVERYBODY
    assert {len(parcels) for parcels in told.values()} == {1}
    first = Alarm.objects.order_by("pk")[0]
    words = told["duty@city.example"][0]["words"]
    assert told["duty@city.example"][0]["subject"] == "公开账警报：已停止签署和公布"
    assert first.place in words
    assert first.sentence in words
    assert words.endswith("/ledger/")
    assert first.sentence_en in told["song@city.example"][0]["words"]
    assert "王芳" not in words
    for who in ("song", "tang"):
        rows = inbox(watchers[who].pk)
        assert [row.about for row in rows] == ["ledger"]
    told_of = Alarm.objects.count(), Message.objects.count()
    verify_all(begin_verification("again").pk)  # what was told is not told again
    if Alarm.objects.count() == told_of[0]:
        assert Message.objects.count() == told_of[1]


def test_many_faults_of_one_look_are_one_message(city, watchers):
    rows = CaseEvent.objects.filter(pk__in=[one.pk for one in CaseEvent.objects.all()[:3]])
    rows._raw_delete(rows.db)
    assert verify_all(begin_verification("nightly").pk) > 2
    told = carried(watchers)
    assert {len(parcels) for parcels in told.values()} == {1}
    assert f"等{Alarm.objects.count()}处" in told["tang@city.example"][0]["words"]


def test_a_carrier_that_is_down_is_tried_again_and_the_alarm_stands(city, watchers, settings):
    blocked = watchers["folder"]
    blocked.write_text("a file where the folder should be")
    missing(city)
    call_command("outbox", "--deliver")
    waiting = Message.objects.exclude(channel="account")
    assert set(waiting.values_list("state", flat=True)) == {"failed"}
    blocked.unlink()
    for message in waiting:
        call_command("outbox", "--retry", str(message.pk))
    assert set(carried(watchers)) == EVERYBODY


def test_nobody_to_tell_and_a_broken_way_of_telling_stop_no_alarm(city, settings, caplog):
    settings.LEDGER_ALARM_TELLS = ("openhall.supervision.alarming.nothing_here",)
    assert raise_alarm(Finding("leaf/7", "第7条缺失。", "Entry 7 is missing."), "test") is not None
    assert Alarm.objects.get().state == AlarmState.OPEN
    assert "could not be told" in caplog.text


def test_an_address_that_is_none_stops_the_start(monkeypatch):
    monkeypatch.setenv("OPENHALL_LEDGER_ALARM_TO", "duty@city.example, 13900000009")
    assert environment.addresses("LEDGER_ALARM_TO") == ["duty@city.example", "13900000009"]
    monkeypatch.setenv("OPENHALL_LEDGER_ALARM_TO", "duty@city.example, 1390000")
    with pytest.raises(ImproperlyConfigured, match="OPENHALL_LEDGER_ALARM_TO is '1390000'"):
        environment.addresses("LEDGER_ALARM_TO")
