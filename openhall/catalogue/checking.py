"""What stands against a version today: the gate's faults, a variant's, and the points it has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from openhall.catalogue.asking import form_of
from openhall.catalogue.graph import cycle_with
from openhall.catalogue.history import city_version
from openhall.catalogue.models import Item, ItemVersion
from openhall.catalogue.queries import guide_on, hollow_phrases
from openhall.catalogue.rules.completeness import completeness
from openhall.catalogue.rules.gate import Fault, faults_of, warnings_of
from openhall.catalogue.rules.variants import loosened
from openhall.catalogue.terms import GuideElement
from openhall.forms.rules import NotAForm, faults_of_form


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
        said = f"申请表无法读取（{unreadable.at}）：{unreadable.said.zh}"
        return [Fault(GuideElement.CONTENT, "form", said)]
    named = {one.key: one.label for one in form or ()}
    return [
        Fault(
            GuideElement.CONTENT,
            "form",
            f"申请表“{named[fault.at]}”：{fault.said.zh}" if fault.at else fault.said.zh,
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
    said = f"前置手续互为前提：{path}。请去掉其中一环。"
    return Fault(GuideElement.PREREQUISITES, "prerequisites", said, 0, "item")
