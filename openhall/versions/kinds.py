"""What has versions: each room declares its kinds here, once."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from openhall.deeds.kinds import Kind
from openhall.deeds.rules.values import plain_json
from openhall.glossary import Said
from openhall.versions.models import DatedVersion
from openhall.versions.rules.route import Route
from openhall.versions.terms import VersionState
from openhall.versions.wording import Wording

Gate = Callable[[Any, date], Iterable[Any]]  # faults that forbid publication


def _nothing_wrong(version: Any, first_day: date) -> Iterable[Any]:
    return ()


def _nothing_follows(version: Any, before: Any, doing: Any) -> Mapping[str, Any]:
    return {}


def _nothing_forbids(version: Any) -> None:
    return None


def _nothing_inherited(version: Any) -> bool:
    return False


def _by_its_title(version: Any) -> Any:
    return None


@dataclass(eq=False, slots=True)
class VersionKind:
    """One kind of versions.

    ``kind`` is its kind of deeds; ``family`` the columns that say what a version is of; ``content``
    everything that binds, as plain values, from which the digest is made; ``gate`` what forbids
    publication from a day; ``published(version, before, doing)`` does what else publication does,
    each row by a deed of its own, and answers with more public facts (the version knows its first
    day by then); ``rows`` are the tables whose rows live with a version, each with its foreign key:
    a draft begun from another version has copies of that one's; ``names`` are the places of the
    content in words, by path (``parts.need``), last key or number (``name[2]``), and ``terms`` the
    words of stored codes at such a place: terms, or what makes the word of a value. ``called``
    says in words what a version is of.

    ``objection`` raises :class:`~openhall.deeds.refusals.Refused` where what the version is of
    allows no step (a cancelled item); ``inherits`` brings into a new draft what it takes over from
    elsewhere, and says whether it changed the row; ``prefetch`` are the relations ``content``
    reads, for whoever reads thousands; ``loose`` are columns of ``rows`` that are not digested
    (``"LawRef.document"``), each with the reason. ``same_day``: a newer version may begin on the
    day on which the one before began (a mistake in a notice is put right within the hour); of two
    the one with the higher number is in force.
    """

    kind: Kind
    family: tuple[str, ...]
    route: Route
    content: Callable[[Any], Mapping[str, Any]]
    gate: Gate = _nothing_wrong
    published: Callable[[Any, Any, Any], Mapping[str, Any]] = _nothing_follows
    objection: Callable[[Any], None] = _nothing_forbids
    inherits: Callable[[Any], bool] = _nothing_inherited
    rows: tuple[tuple[type[Model], str], ...] = ()
    prefetch: tuple[str, ...] = ()
    loose: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, Said] = field(default_factory=dict)
    terms: Mapping[str, Wording] = field(default_factory=dict)
    called: Callable[[Any], Any] = _by_its_title
    same_day: bool = False

    @property
    def model(self) -> type[DatedVersion]:
        return self.kind.model  # type: ignore[return-value]

    def of(self, version: Any) -> dict[str, Any]:
        """The columns by which versions of the same thing are found."""
        return {name: getattr(version, name) for name in self.family}

    def snapshot(self, version: Any) -> bytes:
        """The canonical bytes of the content."""
        return plain_json(self.content(version)).encode()

    def digest_of(self, version: Any) -> str:
        """SHA-256 of the content, as 64 hexadecimal digits."""
        return hashlib.sha256(self.snapshot(version)).hexdigest()


_kinds: dict[str, VersionKind] = {}


def _binds(version: Any) -> bool:
    return bool(version.state != VersionState.DRAFT)


def register_versions(kind: VersionKind) -> VersionKind:
    """Declare ``kind``; its deeds' kind must be registered too.

    A draft changes by saves, which are no deeds: it is held against the log once it was sent.
    """
    if kind.kind.name in _kinds:
        raise ValueError(f"Versions named {kind.kind.name} are declared already.")
    kind.kind.settled = _binds
    _kinds[kind.kind.name] = kind
    return kind


def version_kinds() -> Iterator[VersionKind]:
    return iter(sorted(_kinds.values(), key=lambda kind: kind.kind.name))


def version_kind_named(name: str) -> VersionKind | None:
    """The kind of versions called ``name``; None if there is none."""
    return _kinds.get(name)
