"""What else a desk opens besides its queue of cases: each a page of its own."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from openhall.organs.terms import Desk

DOORS: Final[dict[Desk, tuple[tuple[Any, str], ...]]] = {
    Desk.OPERATOR: ((_("Messages"), "office:outbox"),),
}


def doors_of(desk: Desk) -> tuple[tuple[Any, str], ...]:
    """Name and address of each further page of ``desk``; the address takes the organ's code."""
    return DOORS.get(desk, ())
