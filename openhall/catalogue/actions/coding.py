"""Giving codes: the strategy the setting chose, its next serial, never one already in use."""

from django.conf import settings

from openhall.catalogue.models import CatalogueEntry, CodeSerial, Item
from openhall.catalogue.rules.item_codes import STRATEGIES, CannotCode, Claim
from openhall.deeds.refusals import Refused
from openhall.organs.models import Organ


def _next(scope: str) -> int:
    counter, _made = CodeSerial.objects.get_or_create(scope=scope)
    counter = CodeSerial.objects.select_for_update().get(pk=counter.pk)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


def entry_code(kind: str) -> str:
    """A code for a new line of the central list."""
    strategy = STRATEGIES[settings.ITEM_CODES]
    scope = f"entry:{strategy.entry_scope(kind)}"
    while True:
        code = strategy.entry_code(kind, _next(scope))
        if not CatalogueEntry.objects.filter(code=code).exists():
            return code


def _division(organ: Organ) -> str:
    """The division where ``organ`` acts: its own, or that of the government it belongs to."""
    above: Organ | None = organ
    while above is not None and not above.division_code:
        above = above.parent
    return above.division_code if above is not None else ""


def item_code(entry: CatalogueEntry, organ: Organ) -> str:
    """A code for the item ``organ`` makes of ``entry``. Raises :class:`Refused`."""
    strategy = STRATEGIES[settings.ITEM_CODES]
    claim = Claim(entry.code, entry.kind, organ.code, _division(organ), organ.credit_code)
    try:
        scope = f"item:{strategy.item_scope(claim)}"
    except CannotCode as lacking:
        raise Refused(lacking.said, "organ") from lacking
    while True:
        code = strategy.item_code(claim, _next(scope))
        if not Item.objects.filter(code=code).exists():
            return code
