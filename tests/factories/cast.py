"""The cast, by name, in a hall of one department: written into the tables, then signed."""

from dataclasses import dataclass
from datetime import date


@dataclass
class Cast:
    """王芳 applies; 李窗 accepts; 赵承 handles; 孙批 decides; 周外 is of another department."""

    item: object
    version: object
    organ: object
    wang_fang: object
    li_chuang: object
    zhao_cheng: object
    sun_pi: object
    zhou_wai: object


def make_cast() -> Cast:
    """Once for a database."""
    from openhall.catalogue.models import CatalogueEntry, Item, ItemVersion
    from openhall.organs.actions import appoint
    from openhall.organs.actions import found as found_organ
    from openhall.organs.models import Account
    from openhall.organs.terms import Desk
    from tests.factories.catalogue import BROUGHT, brought_in

    civil = found_organ(
        code="cd-civil",
        kind="department",
        name="市民政局",
        name_en="Civil Affairs",
        short_name="民政",
    )
    other = found_organ(
        code="cd-water", kind="department", name="市水务局", name_en="Water", short_name="水务"
    )
    entry = CatalogueEntry.objects.create(
        code="XK-1", name="社会团体成立登记", kind="1", listed_from=date(2003, 5, 26)
    )
    item = Item.objects.create(code="MZ-XK-0001", entry=entry, organ=civil)
    version = ItemVersion.objects.create(
        item=item,
        number=1,
        state="published",
        published_at=BROUGHT,
        name="社会团体成立登记",
        effective_from=date(2003, 5, 26),
        statutory_days=20,
        promised_days=8,
    )
    brought_in()
    item.refresh_from_db()
    version.refresh_from_db()
    people = {}
    for name, organ, desk in (
        ("wang_fang", None, None),
        ("li_chuang", civil, Desk.WINDOW),
        ("zhao_cheng", civil, Desk.HANDLER),
        ("sun_pi", civil, Desk.DECIDER),
        ("zhou_wai", other, Desk.WINDOW),
    ):
        people[name] = Account.objects.create_user(username=name)
        if organ:
            appoint(people[name], organ, desk, date(2003, 1, 1))
    return Cast(item=item, version=version, organ=civil, **people)
