"""How a document stands on a day: by what it says itself, and by what newer ones do to it. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from openhall.policies.terms import LinkKind, PolicyState

ENDS: Final = (LinkKind.REPLACES, LinkKind.ANNULS)
ANNULLED: Final = ("废止",)
LAPSED: Final = ("失效",)
COMING: Final = ("尚未生效", "尚未施行")
IN_FORCE: Final = ("有效",)
AMENDED: Final = ("修改", "部分")


def standing(
    status: str,
    begins: date | None,
    lapses: date | None,
    links: Iterable[tuple[LinkKind, date]],
    day: date,
) -> PolicyState:
    """``status`` as it was published; ``links`` what newer documents do to it, and since when.

    What ended it counts before what it says of itself: that was said before it ended.
    """
    done = [kind for kind, since in links if since <= day]
    if any(kind in ENDS for kind in done) or any(one in status for one in ANNULLED):
        return PolicyState.ANNULLED
    if (lapses is not None and lapses < day) or (
        any(one in status for one in LAPSED) and "部分" not in status
    ):
        return PolicyState.LAPSED
    if begins is not None and begins > day:
        return PolicyState.COMING
    if begins is None and any(one in status for one in COMING):
        return PolicyState.COMING
    if LinkKind.AMENDS in done or any(one in status for one in AMENDED):
        return PolicyState.AMENDED
    if begins is not None or any(one in status for one in IN_FORCE):
        return PolicyState.IN_FORCE
    return PolicyState.UNKNOWN
