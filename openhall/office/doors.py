"""What else a desk opens besides its queue of cases: each a page of its own."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from openhall.organs.terms import Desk

CATALOGUE: Final = (_("The catalogue"), "office:catalogue")
DOORS: Final[dict[Desk, tuple[tuple[Any, str], ...]]] = {
    Desk.HEAD: (
        CATALOGUE,
        (_("Papers and seal"), "office:papers"),
        (_("Electronic supervision"), "office:oversight_head"),
        (_("Erase personal data"), "office:erase"),
    ),
    Desk.CATALOGUE_CLERK: (CATALOGUE, (_("Words of the papers"), "office:papers")),
    Desk.LEGAL: (
        CATALOGUE,
        (_("Words of the papers"), "office:papers"),
        (_("Electronic supervision"), "office:oversight_legal"),
    ),
    Desk.SUPERVISION: (
        (_("Electronic supervision"), "office:oversight_supervision"),
        (_("Verify the public log"), "office:log"),
    ),
    Desk.INSPECTOR: ((_("Electronic supervision"), "office:oversight_inspector"),),
    Desk.GOVERNMENT_OFFICE: (
        (_("Words of the papers"), "office:papers"),
        (_("Consent by silence between units"), "office:deemed_consent"),
        (_("The search"), "office:search_government_office"),
    ),
    Desk.INFORMATIZATION: ((_("The search"), "office:search_informatization"),),
    Desk.OPERATOR: ((_("Messages"), "office:outbox"),),
}


def doors_of(desk: Desk) -> tuple[tuple[Any, str], ...]:
    """Name and address of each further page of ``desk``; the address takes the organ's code."""
    return DOORS.get(desk, ())
