"""Versions that a list brings, by the hundred: drafts, or what is in force as it was approved.

Who takes the list in is asked by the room before; each version has a deed of its own.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from openhall.deeds.doing import Doing
from openhall.deeds.rows.first import write_first
from openhall.versions.kinds import VersionKind
from openhall.versions.terms import PUBLIC, VersionAct


def begin_many(kind: VersionKind, versions: Sequence[Any], source: str, doing: Doing) -> None:
    """Drafts of the list ``source``, numbered and filled by the caller; they do not stand yet."""
    for version in versions:
        written_from(version, doing)

    def facts(version: Any) -> dict[str, Any]:
        return {"version": version.number, "file": source}

    write_first(kind.kind, VersionAct.BEGIN, versions, _each(kind, doing), facts)


def written_from(version: Any, doing: Doing) -> None:
    """Who writes a draft with a list neither reviews nor publishes it."""
    if doing.actor is not None and doing.actor.pk not in version.writers:
        version.writers = [*version.writers, doing.actor.pk]
    version.saved_at, version.saved_by = doing.at, doing.actor


def take_as_they_are(kind: VersionKind, versions: Sequence[Any], source: str, doing: Doing) -> None:
    """Versions an operator brings, drafts or in force as they were approved elsewhere."""
    prefetch_related_objects([one for one in versions if one.pk is not None], *kind.prefetch)
    for version in versions:
        if version.is_public:
            version.digest = kind.digest_of(version)

    def facts(version: Any) -> dict[str, Any]:
        said: dict[str, Any] = {"version": version.number, "file": source}
        if version.is_public:
            first_day = version.effective_from.isoformat()
            said |= {"in_force_from": first_day, "digest": version.digest}
        return said

    for act, some in (
        (VersionAct.BEGIN, [one for one in versions if one.state not in PUBLIC]),
        (VersionAct.PUBLISH, [one for one in versions if one.state in PUBLIC]),
    ):
        write_first(kind.kind, act, some, _each(kind, doing), facts, ("digest",))


def _each(kind: VersionKind, doing: Doing) -> Any:
    return lambda version: doing.part(kind.kind.number(version))
