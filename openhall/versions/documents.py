"""Versions whose content a document sets: written down for a coming day, in one act."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.glossary import Said
from openhall.paging.typed import visible
from openhall.versions import actions as versions
from openhall.versions.kinds import VersionKind

BASIS_AT_LEAST: Final = 5  # characters
UNNAMED: Final = Said(
    "请写明依据的文件名称和文号。", "Name the document it rests on, with its number."
)
NOT_BACK: Final = Said(
    "施行日期应当晚于今天：已经收到的，仍按原来的规定。",
    "The first day must be later than today: what came already keeps its rules.",
)


@acting()
def on_document(
    kind: VersionKind, basis: str, since: date, doing: Doing, fill: Callable[[Any], None]
) -> Any:
    """Begin and publish it; what holds today stays for what came before ``since``."""
    if visible(basis) < BASIS_AT_LEAST:
        raise Refused(UNNAMED, "basis")
    if since <= doing.day:
        raise Refused(NOT_BACK, "since")
    made = versions.begin(kind, {}, doing, fill)
    versions.publish(kind, made.pk, since, doing.part("publish"))
    made.refresh_from_db()
    return made
