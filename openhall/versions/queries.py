"""What is in force on a day, what there was, and in what two versions differ."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from openhall.versions.kinds import VersionKind
from openhall.versions.models import DatedVersion
from openhall.versions.terms import OPEN, PUBLIC, VersionState

V = TypeVar("V", bound=DatedVersion)


def on_day(day: date, prefix: str = "") -> Q:
    """The condition under which a version is in force on ``day``; ``prefix`` leads to it."""
    return (
        Q(**{f"{prefix}state__in": PUBLIC, f"{prefix}effective_from__lte": day})
        & (
            Q(**{f"{prefix}effective_until__isnull": True})
            | Q(**{f"{prefix}effective_until__gte": day})
        )
    )  # fmt: skip


def in_force(model: type[V], day: date, **family: Any) -> V | None:
    """The version in force on ``day``; None if there is none. One statement."""
    rows = model._default_manager.filter(on_day(day), **family)
    found: V | None = rows.order_by("-effective_from", "-number").first()
    return found


def draft_of(model: type[V], **family: Any) -> V | None:
    """The draft or version under review, if there is one."""
    found: V | None = model._default_manager.filter(state__in=OPEN, **family).first()
    return found


def newest_of(model: type[V], **family: Any) -> V | None:
    """The newest version, one that was given up only where there is no other."""
    rows = history(model, **family)
    found: V | None = rows.exclude(state=VersionState.DROPPED.value).first() or rows.first()
    return found


def history(model: type[V], **family: Any) -> QuerySet:
    """Every version, the newest first."""
    return model._default_manager.filter(**family).order_by("-number")


def may_be_withdrawn(kind: VersionKind, version: Any, day: date) -> bool:
    """Whether it is published, begins after ``day`` and took no other version's place."""
    if version.state != VersionState.PUBLISHED or version.effective_from <= day:
        return False
    ended = kind.model._base_manager.filter(**kind.of(version), state=VersionState.SUPERSEDED.value)
    eve = version.effective_from - timedelta(days=1)
    return not ended.filter(effective_until__gte=eve).exists()


def version_numbered(kind: VersionKind, pk: int) -> Any:
    """The version of ``kind`` with this key, and what it is of; None if there is none."""
    return kind.model._base_manager.select_related(*kind.kind.related).filter(pk=pk).first()


def family_of(kind: VersionKind, version: Any) -> list[Any]:
    """Every version of what ``version`` is of, the newest first."""
    return list(history(kind.model, **kind.of(version)).select_related("published_by"))


def steps_of(kind: VersionKind, versions: Iterable[Any]) -> list[tuple[Any, Any]]:
    """What was done to ``versions``, newest first: each deed with the version it was done to."""
    found = {one.pk: one for one in versions}
    deeds = kind.kind.events_of(list(found)).select_related("actor")
    deeds = deeds.order_by("-event_time", "-pk")
    return [(deed, found[getattr(deed, kind.kind.about)]) for deed in deeds]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place in which two versions differ; None where it is not there."""

    path: str
    before: Any
    after: Any


def differences(kind: VersionKind, before: Any, after: Any) -> list[Difference]:
    """In what ``after`` differs from ``before``, place by place."""
    old = {} if before is None else dict(_flat("", kind.content(before)))
    new = dict(_flat("", kind.content(after)))
    return [
        Difference(path, old.get(path), new.get(path))
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    ]


def _flat(path: str, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        inner: list[tuple[str, Any]] = []
        for name, one in value.items():
            inner += _flat(f"{path}.{name}" if path else str(name), one)
        return inner
    if isinstance(value, list | tuple):
        inner = []
        for place, one in enumerate(value, start=1):
            inner += _flat(f"{path}[{place}]", one)
        return inner
    if isinstance(value, str) and value[:1] in ("{", "["):  # content that is kept as one text
        try:
            return _flat(path, json.loads(value))
        except ValueError:
            pass
    return [(path, value)]


def places(kind: VersionKind, version: Any) -> list[tuple[str, Any]]:
    """Everything a version says, place by place."""
    return _flat("", kind.content(version))
