"""Machines of a hall: registered by their public key, locked from the centre, heard. E1.

Registering, locking and retiring are deeds of whoever manages the hall. A heartbeat is none: it
says something of a machine and binds nobody.
"""

import base64
import binascii
from datetime import timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused, kept
from openhall.deeds.writer import deed, made_before, write
from openhall.glossary import Said
from openhall.hall.actions import refusals as said
from openhall.hall.actions.numbers import held
from openhall.hall.actions.once import clock, day_of
from openhall.hall.kinds import KIOSK
from openhall.hall.models import Hall, Kiosk, KioskDay, KioskHeard, Window
from openhall.hall.permissions import may_manage
from openhall.hall.terms import KioskAct, KioskKind

KEY_BYTES: Final = 32
A_MINUTE: Final = timedelta(minutes=1)
KEPT: Final = ("paper", "left", "unsent", "as_of", "version", "started")  # of what a beat says
LONGEST: Final = 200  # characters of one thing it says

NOT_A_KEY: Final = Said(
    "这不是设备的公钥。请在设备上运行登记命令，把它显示的一行抄到这里。",
    "This is no public key of a machine. Run the command of registration on it and copy its line.",
)


def read_key(text: str) -> str:
    """The key as it is kept; :class:`Refused` where ``text`` is none."""
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise Refused(NOT_A_KEY, "public_key")
    return base64.b64encode(raw).decode()


def _manages(hall: Hall, doing: Doing) -> None:
    if doing.actor is not None and not may_manage(doing.actor, hall, doing.day):
        raise Refused(said.NOT_MANAGER)


@acting()
def register(
    hall: Hall,
    kind: KioskKind,
    name: str,
    public_key: str,
    doing: Doing,
    *,
    window: Window | None = None,
    idle_seconds: int = 45,
) -> Kiosk:
    """A machine of the hall; its ``code`` is what its journal and its signatures are called by."""
    same = {"hall_id": hall.pk, "kind": kind.value, "name": name.strip()}
    before: Kiosk | None = made_before(KIOSK, doing, KioskAct.REGISTER, **same)
    if before is not None:
        return before
    _manages(hall, doing)
    key = read_key(public_key)
    if (kind == KioskKind.PAD) != (window is not None):
        raise Refused(
            Said(
                "评价器要写明放在哪个窗口；触摸屏不写窗口。",
                "A rating pad names its window; a kiosk names none.",
            ),
            "window",
        )
    if window is not None and window.hall_id != hall.pk:
        raise Refused(Said("请选择这个大厅的窗口。", "Choose a window of this hall."), "window")
    held(hall)
    begins = f"{hall.slug[:30]}-{kind.value}-"
    many = Kiosk.objects.filter(code__startswith=begins).count() + 1
    try:
        with transaction.atomic():
            made = Kiosk.objects.create(
                hall=hall,
                code=f"{begins}{many}",
                kind=kind.value,
                name=name.strip(),
                window=window,
                public_key=key,
                idle_seconds=idle_seconds,
            )
    except IntegrityError as twice:
        raise Refused(
            Said(
                "这台设备已经登记，或者这个窗口已经有评价器。",
                "This machine is registered already, or the window has a rating pad.",
            ),
            "public_key",
        ) from twice
    write(KIOSK, made, KioskAct.REGISTER, doing, facts={"kind": kind.value, "public_key": key})
    return made


@deed(KIOSK, KioskAct.LOCK)
def lock(kiosk: Kiosk, why: str, doing: Doing) -> Deed:
    """From its next heartbeat on it serves nobody and says where else to go."""
    _manages(kiosk.hall, doing)
    _stands(kiosk)
    if not why.strip():
        raise Refused(Said("请写明为什么锁定。", "Say why it is locked."), "why")
    if kiosk.locked:
        raise Refused(Said("这台设备已经锁定。", "This machine is locked already."))
    return write(
        KIOSK,
        kiosk,
        KioskAct.LOCK,
        doing,
        changes={"locked": True, "why_locked": kept(why, 200, "why")},
    )


@deed(KIOSK, KioskAct.UNLOCK)
def unlock(kiosk: Kiosk, doing: Doing) -> Deed:
    """It serves again."""
    _manages(kiosk.hall, doing)
    _stands(kiosk)
    if not kiosk.locked:
        raise Refused(Said("这台设备没有锁定。", "This machine is not locked."))
    return write(KIOSK, kiosk, KioskAct.UNLOCK, doing, changes={"locked": False, "why_locked": ""})


@deed(KIOSK, KioskAct.REKEY)
def rekey(kiosk: Kiosk, public_key: str, doing: Doing) -> Deed:
    """Its disk was replaced: another key, and what the old one signs counts no more."""
    _manages(kiosk.hall, doing)
    _stands(kiosk)
    key = read_key(public_key)
    if Kiosk.objects.filter(public_key=key).exists():
        fault = Fault(Said("这个密钥已经登记。", "This key is registered already."), "public_key")
        raise Refused(fault.said, fault.field)
    facts = {"public_key": key}
    return write(KIOSK, kiosk, KioskAct.REKEY, doing, facts=facts, changes={"public_key": key})


@deed(KIOSK, KioskAct.RETIRE)
def retire(kiosk: Kiosk, doing: Doing) -> Deed:
    """It is taken away; what it printed stays as it is."""
    _manages(kiosk.hall, doing)
    _stands(kiosk)
    return write(KIOSK, kiosk, KioskAct.RETIRE, doing, changes={"retired": True, "locked": True})


def _stands(kiosk: Kiosk) -> None:
    if kiosk.retired:
        raise Refused(Said("这台设备已经停用。", "This machine was taken out of service."))


@transaction.atomic
def hear(kiosk: Kiosk, told: dict[str, Any]) -> None:
    """A heartbeat: when, and what the machine says of itself; other names are left out."""
    now = clock()
    kept = {name: told[name] for name in KEPT if _is_plain(told.get(name))}
    KioskHeard.objects.update_or_create(kiosk=kiosk, defaults={"at": now, "said": kept})
    day = day_of(now)
    rows = KioskDay.objects.filter(kiosk=kiosk, day=day)
    if not rows.exists():
        KioskDay.objects.get_or_create(kiosk=kiosk, day=day, defaults={"first": now, "last": now})
    else:
        rows.filter(last__lte=now - A_MINUTE).update(last=now, minutes=F("minutes") + 1)


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return len(value) <= 26 and all(isinstance(one, int) for one in value.values())
    return isinstance(value, (str, int, float)) and len(str(value)) <= LONGEST
