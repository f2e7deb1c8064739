"""Whether what a version of an item says is what its last deed digested. A5.

The deeds' audit holds each version's row against the log, its digest among its columns; here its
words, materials, steps, laws, questions, prerequisites and form are digested anew. Named by the
roof in ``settings.LEDGER_CHECKS``; by night and by hand.
"""

from collections.abc import Iterator

from openhall.catalogue.kinds import digest_of, rows_of
from openhall.catalogue.models import ItemVersion
from openhall.ledger.rules.finding import Finding

CHUNK = 500


def faults(since: int, size: int) -> Iterator[Finding]:
    """Faults of every version; before a sealing (``since`` > 0) nothing is asked."""
    if since:
        return
    last = 0
    rows = ItemVersion.objects.filter(item__seq__gt=0).select_related("item").order_by("pk")
    while some := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = some[-1].pk
        children = rows_of(some)
        for version in some:
            if digest_of(version, children[version.pk]) != version.digest:
                place = f"item/{version.item.code}/{version.number}/content"
                yield Finding(
                    place,
                    f"事项{version.item.code}第{version.number}版的内容与日志中的摘要不符：被改动。",
                    f"What version {version.number} of item {version.item.code} says is not what "
                    "was digested: it was changed.",
                )
