"""What a look at the machine says, and from when it is bad enough to call somebody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from openhall.glossary import Said

MIB: Final = 1 << 20
ENTRIES_LEAST: Final = 0.02  # share of file entries free; a disk without any is as full as one
LATE: Final = timedelta(minutes=10)  # work that waits so long: nobody takes it
UNSIGNED: Final = timedelta(minutes=10)  # sealing is due every 30 seconds


@dataclass(frozen=True, slots=True)
class Look:
    """One thing looked at: its name, what was found, and whether it is ``wrong``.

    ``urgent``: the operators are called, once a day for each.
    """

    code: str
    name: Said
    found: Said
    wrong: bool = False
    urgent: bool = False


def look_at_room(code: str, name: Said, free: int, entries: float, least: int) -> Look:
    """``free`` bytes against the ``least`` that is stated; ``entries`` free as a share."""
    said = f"{free / MIB:,.0f} MB"
    if free < least:
        found = Said(
            f"仅剩 {said}（下限 {least / MIB:,.0f} MB）。写满后不能办理任何事，请立即清理或扩容。",
            f"Only {said} are left (least: {least / MIB:,.0f} MB). When the disk is full every act "
            "is refused: make room now.",
        )
        return Look(code, name, found, wrong=True, urgent=True)
    if entries < ENTRIES_LEAST:
        found = Said(
            f"剩余 {said}，但文件数即将用尽（剩 {entries:.1%}）。请清理小文件。",
            f"{said} are left, but nearly no file entries ({entries:.1%}): remove small files.",
        )
        return Look(code, name, found, wrong=True, urgent=True)
    return Look(code, name, Said(f"剩余 {said}。", f"{said} are left."))


def look_at_signing(waiting: int, oldest: datetime | None, now: datetime) -> Look:
    """Entries without a place, the oldest written at ``oldest``."""
    name = Said("公开账签署", "Sealing of the log")
    if oldest is not None and now - oldest > UNSIGNED:
        minutes = (now - oldest) // timedelta(minutes=1)
        found = Said(
            f"{waiting} 条记录未签署，最早的已等待 {minutes} 分钟。请查看后台进程和警报。",
            f"{waiting} entries wait to be sealed, the oldest for {minutes} minutes: look at the "
            "worker and at the alarms.",
        )
        return Look("signing", name, found, wrong=True, urgent=True)
    return Look("signing", name, Said(f"{waiting} 条待签署。", f"{waiting} entries wait."))


def look_at_work(overdue: int, failed: int) -> Look:
    """Jobs that nobody takes, and jobs that were given up."""
    name = Said("后台任务", "Background work")
    if overdue:
        found = Said(
            f"{overdue} 项任务到期已久无人执行（{LATE // timedelta(minutes=1)} 分钟以上）："
            "后台进程没有运行，请启动 openhall worker。",
            f"{overdue} jobs are due for over {LATE // timedelta(minutes=1)} minutes: no worker "
            "is running. Start one: openhall worker",
        )
        return Look("work", name, found, wrong=True, urgent=True)
    if failed:
        found = Said(
            f"{failed} 项任务多次失败后放弃，见 openhall jobs。",
            f"{failed} jobs were given up after several attempts: see openhall jobs",
        )
        return Look("work", name, found, wrong=True)
    return Look("work", name, Said("无积压。", "Nothing is behind."))


def call_words(language: str, look: Look, base_url: str) -> tuple[str, str]:
    """Subject and words for an operator; short enough for a text message."""
    if language == "en":
        return f"OpenHall needs you: {look.name.en}", f"{look.name.en}: {look.found.en} {base_url}"
    return f"系统运维提醒：{look.name.zh}", f"{look.name.zh}：{look.found.zh}{base_url}"
