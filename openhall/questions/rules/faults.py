"""What the path checker is given of an item, and what it answers. Pure values. B7."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from openhall.glossary import Said
from openhall.questions.terms import FaultKind


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: where (``node``, ``part``), and a sentence with what to do."""

    kind: FaultKind
    node: str
    part: str
    said: Said

    def __str__(self) -> str:
        return f"{self.kind.zh}:{self.said}"


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What a guide may name of an item in force: ``fields`` with the values each allows."""

    code: str
    name: str
    name_en: str = ""
    version: int = 1
    materials: Mapping[str, str] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    fees: Mapping[str, int] = field(default_factory=dict)
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Facts = Mapping[str, ItemFacts]
