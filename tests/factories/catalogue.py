"""Acts on the catalogue as tests write them, and items that were brought in by the operator."""

from datetime import datetime
from itertools import count

from openhall.catalogue.actions.importing import take_over
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.actions.tariffs import take_fees
from openhall.catalogue.models import ItemVersion, Tariff
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.writer import write
from openhall.versions.terms import VersionAct

SERIAL = count(1)
BROUGHT = datetime.fromisoformat("2003-05-26T09:00:00+08:00")


def by(who, at: datetime, **more) -> Doing:
    """``who`` acts at ``at``, under a key of its own unless one is given."""
    return Doing(who, at, more.pop("key", "") or f"catalogue-{next(SERIAL)}", **more)


def brought_in() -> None:
    """Sign every item that was written into the tables, as when a city is moved here."""
    take_over("tests", by(None, BROUGHT))


def rewritten(version, *rows, **words) -> None:
    """A version in force whose words and rows the operator brought in again."""
    with acting():
        for name, value in words.items():
            setattr(version, name, value)
        for row in rows:
            row.save()
        version.save()
        digest = ITEM_VERSION.digest_of(ItemVersion.objects.get(pk=version.pk))
        facts = {"version": version.number, "file": "tests", "digest": digest}
        write(
            ITEM_VERSION.kind,
            version,
            VersionAct.PUBLISH,
            by(None, BROUGHT),
            facts=facts,
            changes={"digest": digest},
        )
    version.refresh_from_db()
    version.item.refresh_from_db()


def charged(item, **row) -> Tariff:
    """A fee of ``item`` in force as the operator brought it: its code, words and days."""
    with acting():
        take_fees([(item, {"effective_until": None, **row})], "tests", by(None, BROUGHT))
    return Tariff.objects.get(
        item=item, code=row["code"], effective_from=row["effective_from"], state="published"
    )
