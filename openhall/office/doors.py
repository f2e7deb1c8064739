"""What else a desk opens besides its queue of cases: each a page of its own."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from openhall.organs.terms import Desk

DOORS: Final[dict[Desk, tuple[tuple[Any, str], ...]]] = {
    Desk.OPERATOR: ((_("Messages"), "office:outbox"),),
    Desk.SUPERVISION: ((_("Electronic supervision"), "office:oversight_supervision"),),
    Desk.LEGAL: ((_("Electronic supervision"), "office:oversight_legal"),),
    Desk.INSPECTOR: ((_("Electronic supervision"), "office:oversight_inspector"),),
    Desk.HEAD: ((_("Electronic supervision"), "office:oversight_head"),),
}


def doors_of(desk: Desk) -> tuple[tuple[Any, str], ...]:
    """Name and address of each further page of ``desk``; the address takes the organ's code."""
    return DOORS.get(desk, ())
