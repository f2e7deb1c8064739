"""What displays and phones read of a hall: last calls, open windows, who waits. Four statements.

Nothing that ticks stands in it: an age or "as of now" would make every second another body.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from openhall.hall.models import (
    Duty,
    HallDay,
    HallState,
    Line,
    Serves,
    Ticket,
    TicketEvent,
)
from openhall.hall.rules.spoken import spoken
from openhall.hall.terms import TicketAct, TicketState

LAST: Final = 12  # calls that stay visible
Estimates = Mapping[int, Any]  # line → what the predictor says of it


def generations() -> dict[int, int]:
    """The number of every hall; another number means another body."""
    return dict(HallState.objects.values_list("hall_id", "gen"))


def body_of(hall_id: int, slug: str, day: date, estimates: Estimates | None = None) -> bytes:
    """The body of one hall as it stands on ``day``."""
    told = told_of(hall_id, slug, day, estimates)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def told_of(
    hall_id: int, slug: str, day: date, estimates: Estimates | None = None
) -> dict[str, Any]:
    """What the body says."""
    state = HallState.objects.get(hall_id=hall_id)
    lines: dict[int, dict[str, Any]] = {
        pk: {"l": letter, "n": name, "e": name_en, "open": 0, "wait": []}
        for pk, letter, name, name_en in Line.objects.filter(hall_id=hall_id, closed=False)
        .order_by("letter")
        .values_list("pk", "letter", "name", "name_en")
    }
    waiting = Ticket.objects.filter(hall_id=hall_id, day=day, state=TicketState.WAITING.value)
    order = waiting.order_by("line_id", "lane", "at", "id")
    for line, letter, no in order.values_list("line_id", "letter", "no"):
        if line in lines:
            lines[line]["wait"].append(f"{letter}{no:03d}")
    for line in _open_windows(hall_id, day, timezone.now()):
        if line in lines:
            lines[line]["open"] += 1
    for pk, said in (estimates or {}).items():
        if pk in lines:
            lines[pk]["est"] = said
    return {
        "h": slug,
        "g": state.gen,
        "at": _clock(state.changed),
        "day": day.isoformat(),
        "calls": _calls(hall_id, day),
        "lines": list(lines.values()),
        "over": HallDay.objects.filter(hall_id=hall_id, day=day).exists(),
    }


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M:%S}"


def _calls(hall_id: int, day: date) -> list[dict[str, Any]]:
    """The last calls, newest first; a ticket called again stands once, at its last call.

    ``k`` tells a screen whether it has spoken a call already; ``s`` are the clips that speak it.
    """
    rows = (
        TicketEvent.objects.filter(
            hall_id=hall_id, day=day, act__in=[TicketAct.CALL.value, TicketAct.RECALL.value]
        )
        .order_by("-id")
        .values_list(
            "id", "ticket__letter", "ticket__no", "window__number", "at", "ticket__line__letter"
        )
    )
    seen, calls = set(), []
    for pk, letter, no, window, at, line in rows[: 3 * LAST]:
        label = f"{letter}{no:03d}"
        if label in seen or window is None:
            continue
        seen.add(label)
        said = spoken(label, window)
        calls.append({"k": pk, "n": label, "w": window, "l": line, "t": _clock(at), "s": said})
        if len(calls) == LAST:
            break
    return calls


def _open_windows(hall_id: int, day: date, now: datetime) -> list[int]:
    """For each window at which somebody sits, the lines it serves now."""
    sits = Duty.objects.filter(
        hall_id=hall_id,
        day=day,
        signed_in__isnull=False,
        signed_out__isnull=True,
        away_since__isnull=True,
    ).values("window")
    rows = Serves.objects.filter(window__in=sits, since__lte=now)
    standing: dict[int, list[int]] = {}
    moved: dict[int, list[int]] = {}
    for window, line, until in rows.values_list("window_id", "line_id", "until"):
        if until is None:
            standing.setdefault(window, []).append(line)
        elif until > now:
            moved.setdefault(window, []).append(line)
    windows = {*standing, *moved}
    return [line for one in windows for line in moved.get(one) or standing.get(one, [])]


def close_connection() -> None:
    """Give the connection of this thread back, so that the next question opens another."""
    connection.close()
