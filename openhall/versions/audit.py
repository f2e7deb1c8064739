"""Whether what was sent to review or published still says what its digest in the log says. A5.

The deeds' audit holds each version's own columns against the log, its digest among them; here the
content is digested anew. Named by the roof in ``settings.LEDGER_CHECKS``; by night and by hand.
"""

from collections.abc import Iterator
from typing import Final

from openhall.ledger.rules.finding import Finding
from openhall.versions.kinds import VersionKind, version_kinds
from openhall.versions.terms import PUBLIC, VersionState

CHUNK: Final = 500
HELD: Final = (*PUBLIC, VersionState.REVIEW.value)


def faults(since: int, size: int) -> Iterator[Finding]:
    """Faults of every version; before a sealing (``since`` > 0) nothing is asked."""
    if since == 0:
        for kind in version_kinds():
            yield from of_kind(kind)


def of_kind(kind: VersionKind) -> Iterator[Finding]:
    """Versions of ``kind`` whose content is not what was sent or published."""
    rows = kind.model._base_manager.filter(state__in=HELD, seq__gt=0).order_by("pk")
    rows = rows.select_related(*kind.kind.related).prefetch_related(*kind.prefetch)
    title, number = kind.kind.title, kind.kind.number
    for version in rows.iterator(chunk_size=CHUNK):
        if kind.digest_of(version) != version.digest:
            yield Finding(
                f"{kind.kind.name}/{number(version)}/content",
                f"{title.zh}{number(version)}的内容与日志中的摘要不符：被改动。",
                f"The content of {title.en} {number(version)} is not what the log has a digest of: "
                "it was changed.",
            )
