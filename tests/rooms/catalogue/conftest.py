"""A whole guide, and who writes, passes and publishes it."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from tests.factories.guides import ROWS as ROWS
from tests.factories.guides import WORDS as WORDS

AT = datetime.fromisoformat("2024-03-04T09:00:00+08:00")


@dataclass
class Desks:
    """Everybody who might touch the catalogue, by role."""

    clerk: object
    head: object
    legal: object
    other_clerk: object
    window: object
    citizen: object


@pytest.fixture
def desks(cast) -> Desks:
    from openhall.organs.actions import appoint
    from openhall.organs.actions import found as found_organ
    from openhall.organs.models import Account, Organ
    from openhall.organs.terms import Desk

    water = Organ.objects.get(code="cd-water")
    office = found_organ(
        code="cd-fzb", kind="department", name="市法制办", name_en="Legal", short_name="法制"
    )
    seats = {
        "clerk": (Desk.CATALOGUE_CLERK, cast.organ),
        "head": (Desk.HEAD, cast.organ),
        "legal": (Desk.LEGAL, office),
        "other_clerk": (Desk.CATALOGUE_CLERK, water),
    }
    found = {}
    for name, (desk, organ) in seats.items():
        found[name] = Account.objects.create_user(username=name)
        appoint(found[name], organ, desk, date(2003, 1, 1))
    return Desks(**found, window=cast.li_chuang, citizen=cast.wang_fang)


@pytest.fixture
def written(cast, desks):
    """Version 2 of the item, a whole draft."""
    from openhall.catalogue import actions
    from tests.factories.catalogue import by

    version = actions.new_version(cast.item.pk, by(desks.clerk, AT))
    return actions.save_version(version.pk, WORDS, ROWS, by(desks.clerk, AT))
