"""Which item needs which other first: the graph of 前置手续, level by level."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from openhall.catalogue.models import ItemVersion, Prerequisite
from openhall.catalogue.queries import FINAL, version_to_show
from openhall.catalogue.rules.prerequisites import cycle_through, in_order
from openhall.catalogue.terms import VersionState


@dataclass(frozen=True, slots=True)
class Before:
    """One item to be had before; ``steps`` away (1: needed directly)."""

    code: str
    name: str
    name_en: str
    organ: str
    steps: int


def edges_from(codes: Iterable[str]) -> dict[str, list[str]]:
    """Item → items it needs, for ``codes`` and all they lead to, by the words in force or to come.

    One statement a level; an item's own drafts do not count.
    """
    edges: dict[str, list[str]] = {}
    frontier = set(codes)
    while frontier:
        rows = (
            Prerequisite.objects.filter(
                version__item__code__in=frontier,
                version__state=VersionState.PUBLISHED.value,
                item__isnull=False,
            )
            .order_by("version__item__code", "position", "id")
            .values_list("version__item__code", "item__code")
        )
        for code in frontier:
            edges[code] = []
        for code, needed in rows:
            if needed not in edges[code]:
                edges[code].append(needed)
        frontier = {needed for code in frontier for needed in edges[code]} - set(edges)
    return edges


def cycle_with(code: str, needs: Iterable[str]) -> list[str] | None:
    """The way back to ``code`` if it came to need ``needs``; item codes, both ends named."""
    wanted = list(needs)
    edges = edges_from(wanted)
    edges[code] = wanted
    return cycle_through(code, edges)


def needed_before(code: str, day: date) -> list[Before]:
    """Everything to be had before ``code``, first things first, for its guide."""
    edges = edges_from([code])
    ordered = in_order(code, edges)
    names: dict[str, ItemVersion] = {}
    for version in (
        ItemVersion.objects.filter(
            item__code__in=[needed for needed, _far in ordered],
            state__in=FINAL,
            effective_from__lte=day,
        )
        .select_related("item__organ")
        .order_by("number")
    ):
        names[version.item.code] = version
    found = []
    for needed, far in ordered:
        version_there = names.get(needed)
        if version_there is None:
            shown = version_to_show(needed, day)
            if shown is None:
                continue
            version_there = shown.version
        found.append(
            Before(
                needed,
                version_there.name,
                version_there.name_en,
                version_there.item.organ.name,
                far,
            )
        )
    return found
