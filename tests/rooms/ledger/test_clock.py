"""A clock that jumped stops the sealing and calls people; once it is resolved sealing goes on."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from openhall.ledger.actions import append, close_alarm
from openhall.ledger.checks.clock import clock_fault
from openhall.ledger.models import Alarm, Checkpoint
from openhall.ledger.tasks import seal_log
from openhall.ledger.terms import AlarmState
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.outbox.queries import inbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(settings, tmp_path):
    settings.LEDGER_CLOCK_FILE = tmp_path / "clock"
    settings.PUBLISHED_ROOT = tmp_path / "published"
    return settings.LEDGER_CLOCK_FILE


def said(number):
    with transaction.atomic():
        append("test", {"n": number})


def signed():
    return Checkpoint.objects.count()


def test_forward_stops_the_sealing_until_somebody_resolves_it(clock, city):
    tang = Account.objects.create_user(username="tang_yun")
    appoint(tang, city.organ, Desk.OPERATOR, date(2003, 1, 1))
    said(1)
    seal_log.func()
    begun = signed()
    assert (begun > 0, Alarm.objects.count()) == (True, 0)
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        said(2)
        seal_log.func()
        alarm = Alarm.objects.get()
        assert (signed(), alarm.place, alarm.raised_by) == (begun, "clock", "clock")
        assert "forward by some 120 minutes" in alarm.sentence_en
        assert [one.subject for one in inbox(tang.pk).rows] == ["公开账警报：已停止签署和公布"]
        seal_log.func()
        assert (signed(), Alarm.objects.count()) == (begun, 1)
    # The clock is right again: what was written too late keeps its time and is sealed.
    close_alarm(alarm.pk, AlarmState.REPAIRED, "宋监", "时钟已校准")
    clock.unlink()  # the worker was started anew
    seal_log.func()
    assert (signed(), Alarm.objects.filter(state="open").count()) == (begun + 1, 0)
    said(3)
    seal_log.func()
    assert (signed(), Alarm.objects.filter(state="open").count()) == (begun + 2, 0)


def test_back_stops_the_sealing_after_a_new_start_as_well(clock):
    said(1)
    seal_log.func()
    clock.unlink()
    with time_machine.travel(timezone.now() - timedelta(minutes=5), tick=False):
        said(2)
        seal_log.func()
    assert signed() == 1
    assert "it went back" in Alarm.objects.get().sentence_en


@pytest.mark.parametrize("text", ["", "{", "[]", '{"wall": "yesterday"}', '{"wall": null}'])
def test_a_spoilt_memory_is_a_first_look(clock, text):
    clock.write_text(text)
    assert clock_fault() is None
    assert json.loads(clock.read_text())["boot"]
