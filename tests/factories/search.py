"""The index as tests need it, and a town whose guides are those of the library."""

import shutil
import sys
from datetime import date
from pathlib import Path

from django.conf import settings

from tests.factories.catalogue import BROUGHT

SINCE = date(2024, 1, 1)
DISTRICTS = 2


def forget() -> None:
    """Close and remove the index, if the test made one: the tables it was made of roll back."""
    if "openhall.search.index.node" in sys.modules:
        from openhall.search.index.node import node

        node().close()
    shutil.rmtree(Path(settings.SEARCH_FOLDER), ignore_errors=True)


def town(*keys: str) -> dict[str, str]:
    """Every matter of the library (or those of ``keys``) as a city's guide, and its districts'.

    Written into the tables as they would be found, without the acts; the code of each by its key.
    """
    from openhall.catalogue.exchange.library import library
    from openhall.catalogue.models import CatalogueEntry, Item, ItemVersion
    from openhall.catalogue.rules.adopting import words_of
    from openhall.organs.actions import found as found_organ

    city = found_organ(
        code="t-city",
        kind="department",
        name="市行政审批局",
        name_en="Bureau of Administrative Approval",
        short_name="审批局",
    )
    bureaus = [
        found_organ(
            code=f"t-bureau-{place}",
            kind="bureau",
            name=f"{place}区行政审批局",
            name_en=f"Bureau of district {place}",
            short_name=f"审批{place}",
        )
        for place in range(DISTRICTS)
    ]
    matters = {key: one for key, one in library().items() if not keys or key in keys}
    codes = {}
    versions = []
    for place, (key, matter) in enumerate(matters.items()):
        entry = CatalogueEntry.objects.create(
            code=f"T-{place}", name=matter["name"]["zh"], kind=matter["kind"], listed_from=SINCE
        )
        own = None
        for organ in (city, *bureaus):
            item = Item.objects.create(
                code=f"T-{place}-{organ.code}", entry=entry, organ=organ, inherits=own
            )
            own = own or item
            version = ItemVersion(
                item=item,
                number=1,
                state="published",
                published_at=BROUGHT,
                effective_from=SINCE,
                name=matter["name"]["zh"],
                name_en=matter["name"]["en"],
                summary=matter["summary"]["zh"],
                summary_en=matter["summary"]["en"],
                **{
                    name: said
                    for name, said in words_of(matter).items()
                    if name in ("plain_names", "conditions", "conditions_en", "service_objects")
                },
            )
            versions.append(version)
        codes[key] = own.code
    ItemVersion.objects.bulk_create(versions)
    return codes
