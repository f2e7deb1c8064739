"""What stands against a version today: the gate's faults, a variant's, and the points it has.

And which item needs which other first: the graph of 前置手续, level by level.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openhall.catalogue.asking import form_of
from openhall.catalogue.history import city_version
from openhall.catalogue.models import Item, ItemVersion, Prerequisite
from openhall.catalogue.queries import guide_on, hollow_phrases, version_to_show
from openhall.catalogue.rules.completeness import completeness
from openhall.catalogue.rules.gate import Fault, faults_of, warnings_of
from openhall.catalogue.rules.prerequisites import cycle_through, in_order
from openhall.catalogue.rules.variants import loosened
from openhall.catalogue.terms import GuideElement
from openhall.forms.rules import NotAForm, faults_of_form
from openhall.glossary import Said
from openhall.versions.terms import PUBLIC, VersionState


@dataclass(frozen=True, slots=True)
class Checked:
    """``faults`` keep it from publication; ``warnings`` do not; ``points`` of a hundred."""

    faults: Sequence[Fault]
    warnings: Sequence[Fault]
    points: int


def check(version: ItemVersion, day: date, phrases: Collection[str] | None = None) -> Checked:
    """Run the gate over ``version`` as it would stand on ``day``."""
    guide = guide_on(version, day)
    faults = faults_of(guide, hollow_phrases() if phrases is None else phrases)
    points = completeness(faults)
    above = city_version(version.item)
    if above is not None:
        faults += loosened(guide, guide_on(above, day))
    needs = [one.item.code for one in version.prerequisites.all() if one.item is not None]
    if fault := fault_of_cycle(version.item, needs):
        faults.append(fault)
    faults += faults_of_questions(version)
    return Checked(faults, warnings_of(guide), points)


def faults_of_questions(version: ItemVersion) -> list[Fault]:
    """What is wrong with the form: a form with a fault is not put before anybody."""
    try:
        form = form_of(version)
    except NotAForm as unreadable:
        said = Said(
            f"申请表无法读取（{unreadable.at}）：", f"The form cannot be read ({unreadable.at}):"
        )
        said += unreadable.said
        return [Fault(GuideElement.CONTENT, "form", said)]
    named = {one.key: one.label for one in form or ()}
    return [
        Fault(
            GuideElement.CONTENT,
            "form",
            Said(f"申请表“{named[fault.at]}”：", f"“{named[fault.at]}” of the form:") + fault.said
            if fault.at
            else fault.said,
        )
        for fault in (faults_of_form(form) if form else ())
        if not fault.warns
    ]


def fault_of_cycle(item: Item, needs: Sequence[str]) -> Fault | None:
    """A fault naming the whole way round, if ``item`` came to need itself."""
    way = cycle_with(item.code, needs) if needs else None
    if way is None:
        return None
    newest = ItemVersion.objects.filter(item__code__in=way).order_by("number")
    names = dict(newest.values_list("item__code", "name"))
    path = " → ".join(f"“{names.get(code, code)}”" for code in way)
    said = Said(
        f"前置手续互为前提：{path}。请去掉其中一环。",
        f"The prerequisites need each other: {path}. Take one of them out.",
    )
    return Fault(GuideElement.PREREQUISITES, "prerequisites", said, 0, "item")


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
            state__in=PUBLIC,
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
