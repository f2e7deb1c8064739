"""The way of a version from draft to force, as data: who writes, who reviews, who publishes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from openhall.glossary import Said

May = Callable[[Any, Any, date], bool]  # (account, version, day)


@dataclass(frozen=True, slots=True)
class Step:
    """One hand on the way. ``name`` is stored; ``who`` is the sentence of a refusal."""

    name: str
    title: Said
    who: Said
    may: May


@dataclass(frozen=True, slots=True)
class Route:
    """``alone``: why the law lets one office write and publish alone; shown on the page.

    Without it nobody publishes, or passes, what he wrote on (D8: who writes does not publish).
    ``urgent``: the law under which its publisher may do so before the reviews; they follow, and who
    wrote still does not publish.
    """

    write: Step
    publish: Step
    reviews: tuple[Step, ...] = ()
    alone: Said | None = None
    urgent: Said | None = None

    @property
    def stops(self) -> tuple[Step, ...]:
        """The reviews and the publisher, in order: where a version under review can lie."""
        return (*self.reviews, self.publish)

    def stop(self, name: str) -> Step:
        """The step of that name. Raises ``StopIteration`` for one the route does not have."""
        return next(step for step in self.stops if step.name == name)

    def after(self, name: str) -> Step:
        """Where a version goes from the step ``name``; the last stays."""
        names = [step.name for step in self.stops]
        return self.stops[min(names.index(name) + 1, len(names) - 1)]
