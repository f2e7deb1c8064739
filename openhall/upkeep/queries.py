"""The looks, each of its own: one that cannot be made is itself a finding and stops no other."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min
from django.utils import timezone

from openhall.gate.space import room_at
from openhall.glossary import Said
from openhall.jobs.models import Job
from openhall.jobs.terms import JobState
from openhall.ledger.checks.clock import clock_fault
from openhall.ledger.models import Entry
from openhall.ledger.queries import latest_checkpoint, open_alarms
from openhall.outbox.queries import counts
from openhall.outbox.terms import MessageState
from openhall.upkeep.rules.looks import LATE, MIB, Look, look_at_room, look_at_signing, look_at_work

WAITING_COUNTED: Final = 10_000


def looks() -> list[Look]:
    """Everything that is looked at, in the order in which it is told."""
    return [
        *(_tried(look) for look in (_home, _database, _clock)),
        *(_tried(look) for look in (_log, _signing, _work, _messages)),
    ]


def _tried(look: Callable[[], Look]) -> Look:
    try:
        return look()
    except Exception as fault:  # a database that is gone, a folder that cannot be read
        code = look.__name__.removeprefix("_")
        said = " ".join(str(fault).split())[:300]
        found = Said(f"无法检查：{said}", f"Could not be looked at: {said}")
        return Look(code, Said(f"检查 {code}", f"Look at {code}"), found, wrong=True, urgent=True)


def _home() -> Look:
    room = room_at(Path(settings.HOME))
    name = Said("数据目录所在磁盘", "Disk of the home")
    return look_at_room("home", name, room.free, room.entries, settings.DISK_LEAST_MB * MIB)


def _database() -> Look:
    name = Said("数据库", "Database")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        return Look("database", name, Said("可以连接。", "It answers."))
    where = Path(str(connection.settings_dict["NAME"])).parent
    room = room_at(where)
    return look_at_room("database", name, room.free, room.entries, settings.DISK_LEAST_MB * MIB)


def _clock() -> Look:
    name = Said("服务器时钟", "Clock of the server")
    if found := clock_fault(remember=False):
        said = Said(found.sentence, found.sentence_en)
        return Look("clock", name, said, wrong=True)  # the log's own alarm calls people
    now = timezone.localtime()
    return Look("clock", name, Said(f"{now:%Y-%m-%d %H:%M:%S}", f"{now:%Y-%m-%d %H:%M:%S}"))


def _log() -> Look:
    name = Said("公开账", "The public log")
    if alarms := open_alarms():
        first = alarms[0]
        found = Said(
            f"{len(alarms)} 条警报未解除，已停止签署：{first.place}，{first.sentence}",
            f"{len(alarms)} alarms are open and nothing is signed: {first.place}, "
            f"{first.sentence_en}",
        )
        return Look("log", name, found, wrong=True)
    last = latest_checkpoint()
    size = last.size if last else 0
    return Look("log", name, Said(f"已签署 {size:,} 条。", f"{size:,} entries are signed."))


def _signing() -> Look:
    rows = Entry.objects.filter(leaf__isnull=True).order_by("pk")[:WAITING_COUNTED]
    told = rows.aggregate(many=Count("pk"), oldest=Min("written_at"))
    return look_at_signing(told["many"], told["oldest"], timezone.now())


def _work() -> Look:
    due = Job.objects.filter(state=JobState.WAITING.value, run_at__lt=timezone.now() - LATE)
    failed = Job.objects.filter(state=JobState.FAILED.value)
    return look_at_work(due.count(), failed.count())


def _messages() -> Look:
    name = Said("消息", "Messages")
    lost = counts()[MessageState.GIVEN_UP.value]
    found = Said(f"{lost} 条未能送达。", f"{lost} could not be carried.")
    return Look("messages", name, found, wrong=bool(lost))
