"""An appointment as a calendar file. RFC 5545.

Lines end with CRLF and are folded at 75 octets, never within a character. The zone has no daylight
saving since 1991, so one standard offset says all.
"""

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Final

OCTETS: Final = 75
ZONE: Final = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Entry:
    """``starts`` and ``ends`` are times of the city, without a zone; ``stamp`` has one."""

    uid: str
    sequence: int
    stamp: datetime
    starts: datetime
    ends: datetime
    summary: str
    place: str
    words: str
    url: str
    cancelled: bool = False
    remind_minutes: int = 0


def escaped(text: str) -> str:
    """``text`` as a TEXT value."""
    for sign, said in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(sign, said)
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """``line`` in pieces of at most 75 octets, each but the first after a blank."""
    pieces, piece, room = [], "", OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            pieces.append(piece)
            piece, room = " ", OCTETS - 1
        piece += sign
        room -= size
    return "\r\n".join([*pieces, piece])


def written(entry: Entry) -> str:
    """The whole file."""
    local = "%Y%m%dT%H%M%S"
    alarm = (
        [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{escaped(entry.summary)}",
            f"TRIGGER:-PT{entry.remind_minutes}M",
            "END:VALARM",
        ]
        if entry.remind_minutes and not entry.cancelled
        else []
    )
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OpenHall//Appointments//ZH",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if entry.cancelled else 'PUBLISH'}",
        "BEGIN:VTIMEZONE",
        f"TZID:{ZONE}",
        "BEGIN:STANDARD",
        "DTSTART:19910915T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{entry.stamp.astimezone(timezone.utc):%Y%m%dT%H%M%SZ}",  # noqa: UP017
        f"DTSTART;TZID={ZONE}:{entry.starts.strftime(local)}",
        f"DTEND;TZID={ZONE}:{entry.ends.strftime(local)}",
        f"SUMMARY:{escaped(entry.summary)}",
        f"LOCATION:{escaped(entry.place)}",
        f"DESCRIPTION:{escaped(entry.words)}",
        f"URL:{entry.url}",
        f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}",
        "TRANSP:OPAQUE",
        *alarm,
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(folded(line) + "\r\n" for line in lines)
