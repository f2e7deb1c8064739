"""A machine of a hall with a disk of its own, which asks the real door of the hall."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.test import Client

from openhall.hall.actions import kiosks
from openhall.hall.models import Kiosk
from openhall.hall.terms import KioskKind
from openhall.terminal.centre import Answer, Away, Centre, key_in, public_line
from openhall.terminal.copying import Copy
from openhall.terminal.disk import Disk
from openhall.terminal.machine import Machine
from openhall.terminal.serving import Screen
from tests.factories.hall import TestHall, doing


@dataclass
class Wire:
    """The network between the machine and the hall; ``cut``: before the server, or after it."""

    client: Client = field(default_factory=Client)
    cut: str = ""
    asked: list[str] = field(default_factory=list)

    def __call__(self, method: str, address: str, headers: dict[str, str], body: bytes) -> Answer:
        if self.cut == "before":
            raise Away("cut")
        self.asked.append(f"{method} {address}")
        rest = {name: value for name, value in headers.items() if name != "Content-Type"}
        kind = headers.get("Content-Type", "application/octet-stream")
        got = self.client.generic(method, address, body, content_type=kind, headers=rest)
        if self.cut == "after":
            raise Away("the answer was lost")
        told = {name.lower(): value for name, value in got.headers.items()}
        raw = b"".join(got.streaming_content) if got.streaming else got.content
        assert not got.cookies, "a kiosk is given no cookie"
        return Answer(got.status_code, told, raw)


@dataclass
class Standing:
    """A machine that stands in the hall."""

    __test__ = False
    kiosk: Kiosk
    machine: Machine
    wire: Wire
    folder: Path
    clock: Callable[[], float]

    @property
    def screen(self) -> Screen:
        return Screen(self.machine, Copy(self.folder / "copy"), "https://hall.example")

    def restarted(self) -> None:
        """Power off and on: what was in memory is gone."""
        self.machine.disk.close()
        centre = self.machine.centre
        self.machine = Machine(centre, Disk(self.folder / "journal"), self.clock)


def kiosk_in(
    there: TestHall,
    folder: Path,
    clock: Callable[[], float] = lambda: 0.0,
    kind: KioskKind = KioskKind.KIOSK,
    **more: Any,
) -> Standing:
    key = key_in(folder)
    kiosk = kiosks.register(
        there.hall, kind, "大厅入口", public_line(key), doing(there.manager), **more
    )
    wire = Wire()
    centre = Centre(there.hall.slug, kiosk.code, key, wire)
    machine = Machine(centre, Disk(folder / "journal"), clock)
    return Standing(kiosk, machine, wire, folder, clock)
