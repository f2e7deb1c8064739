"""The machines of a hall: how each does, since when it was heard, what it could not hand in. E1."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from openhall.hall.permissions import may_manage
from openhall.hall.queries import (
    Hall,
    Kiosk,
    KioskDay,
    clashes_of,
    hall_of,
    hours_on,
    kiosks_of,
    minutes_heard,
    windows_of,
)
from openhall.hall.terms import KioskKind
from openhall.office.acts.hall_kiosks import KIOSK_OFFERS, Machines
from openhall.office.seat import DeskPage, Seat, official, seat_at

SILENT: Final = timedelta(minutes=2)  # unheard so long a machine counts as away
DAYS: Final = 7


def _minutes_open(hall: Hall, now: datetime) -> int:
    """Minutes the hall was open in the last days, today up to now."""
    here, total = timezone.localtime(now), 0
    for back in range(DAYS):
        day = here.date() - timedelta(days=back)
        for opens, closes in hours_on(hall, day).spans:
            first, last = (one.hour * 60 + one.minute for one in (opens, closes))
            if not back:
                last = min(last, here.hour * 60 + here.minute)
            total += max(0, last - first)
    return total


def _heard(days: list[KioskDay]) -> int:
    return sum(one.minutes for one in days)


def _row(kiosk: Kiosk, days: list[KioskDay], open_minutes: int, now: datetime) -> dict[str, Any]:
    heard = getattr(kiosk, "heard", None)
    said = heard.said if heard else {}
    return {
        "kiosk": kiosk,
        "kind": KioskKind(kiosk.kind),
        "at": heard.at if heard else None,
        "state": _state(kiosk, heard.at if heard else None, now),
        "left": " ".join(f"{line} {n}" for line, n in sorted(dict(said.get("left", {})).items())),
        "unsent": said.get("unsent"),
        "as_of": parse_datetime(str(said.get("as_of") or "")[:40]),
        "heard": _heard(days),
        "open": open_minutes,
    }


def _state(kiosk: Kiosk, at: datetime | None, now: datetime) -> tuple[str, str]:
    if kiosk.retired:
        return "closed", _("out of service")
    if kiosk.locked:
        return "suspended", _("locked")
    if at is None:
        return "waiting", _("never heard")
    if now - at > SILENT:
        return "overdue", _("silent")
    return "on_time", _("at work")


class Kiosks(DeskPage):
    """The list with its acts."""

    offers = KIOSK_OFFERS
    template, at = "office/hall/kiosks.html", "hall_kiosks"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Machines]:
        seat = seat_at(request, where["organ"], where["desk"])
        hall = hall_of(seat.organ.pk)
        if hall is None or not may_manage(seat.account, hall, seat.day):
            raise PermissionDenied(_("Those who manage a centre with a hall open this."))
        return seat, Machines(hall, kiosks_of(hall), list(windows_of(hall)))

    def seq(self, subject: Any) -> None:
        return None

    def content(self, who: Seat, subject: Machines) -> dict[str, Any]:
        now = timezone.now()
        days = minutes_heard(subject.hall, who.day - timedelta(days=DAYS - 1))
        open_minutes = _minutes_open(subject.hall, now)

        def rows() -> Iterator[dict[str, Any]]:
            for one in subject.kiosks:
                yield _row(one, days.get(one.pk, []), open_minutes, now)

        return {
            "seat": who,
            "machines": subject,
            "rows": list(rows()),
            "clashes": clashes_of(subject.hall),
        }


kiosks = official(Kiosks())
