"""Whether what was published still says what its digest in the log says. A5.

The deeds' audit holds each version's own columns against the log, its digest among them; here the
content is digested anew. Named by the roof in ``settings.LEDGER_CHECKS``; by night and by hand.
"""

from collections.abc import Iterator

from openhall.ledger.rules.finding import Finding
from openhall.versions.kinds import VersionKind, version_kinds
from openhall.versions.terms import PUBLIC


def faults(since: int, size: int) -> Iterator[Finding]:
    """Faults of every published version; before a sealing (``since`` > 0) nothing is asked."""
    if since == 0:
        for kind in version_kinds():
            yield from of_kind(kind)


def of_kind(kind: VersionKind) -> Iterator[Finding]:
    """Published versions of ``kind`` whose content is not what was published."""
    rows = kind.model._base_manager.filter(state__in=PUBLIC, seq__gt=0)
    title, number = kind.kind.title, kind.kind.number
    for version in rows.select_related(*kind.kind.related).order_by("pk").iterator(chunk_size=500):
        if kind.digest_of(version) != version.digest:
            yield Finding(
                f"{kind.kind.name}/{number(version)}/content",
                f"{title.zh}{number(version)}的内容与公布时的摘要不符：被改动。",
                f"The content of {title.en} {number(version)} is not what was published: it was "
                "changed.",
            )
