"""Joint matters as doors and cases ask for them: in force on a day, their parts, list and form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Q, QuerySet

from openhall.applying.parts import CombinedMaterial, Part, combined_form, combined_materials
from openhall.applying.rules.combining import CombinedForm
from openhall.catalogue.models import Item, ItemVersion, Tariff
from openhall.catalogue.queries import tariffs_on, versions_in_force
from openhall.catalogue.rules.standing import in_season
from openhall.deeds.refusals import Refused
from openhall.forms.rules import Field
from openhall.glossary import Said
from openhall.joint.models import JointMatter, JointMatterVersion, JointPart
from openhall.joint.terms import PartNeed
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind
from openhall.paging.keyset import Page, Place, paged
from openhall.versions.queries import on_day
from openhall.versions.terms import OPEN, VersionState

P = TypeVar("P", bound=Part)


def matters_in_force(day: date) -> QuerySet[JointMatterVersion]:
    """Every joint matter's words in force on ``day``, one version of each."""
    return (
        JointMatterVersion.objects.filter(on_day(day))
        .select_related("matter__lead")
        .order_by("matter__code", "-number")
    )


def matter_in_force(code: str, day: date) -> JointMatterVersion | None:
    """The words of matter ``code`` on ``day``; None when it cannot be applied for that day."""
    return matters_in_force(day).filter(matter__code=code).first()


def matters_of_topic(topic: str, day: date) -> list[JointMatterVersion]:
    """The matters in force under a topic or a life event."""
    return list(matters_in_force(day).filter(matter__topic=topic))


def matters_with_item(item_id: int, day: date) -> list[JointMatterVersion]:
    """The matters in force of which this item is a part."""
    return list(matters_in_force(day).filter(parts__item=item_id))


@dataclass(frozen=True, slots=True)
class PartInForce:
    """A part of the matter with its item's words in force that day."""

    part: JointPart
    item_version: ItemVersion

    @property
    def code(self) -> str:
        return self.item_version.item.code

    @property
    def by_choice(self) -> bool:
        return self.part.need == PartNeed.IF_CHOSEN

    @property
    def days(self) -> int | None:
        return self.part.limit_days


class NotOffered(Refused):
    """Items of the matter that cannot be applied for on the day, named so that people can act."""

    def __init__(self, gone: Sequence[JointPart], day: date, names: Sequence[str]) -> None:
        quoted = [f"“{name}”" for name in names]
        super().__init__(
            Said(
                f"{'、'.join(quoted)}在{day.year}年{day.month}月{day.day}日不能申请，联办暂时不能受理"
                "（成办发〔2003〕75号 二（一））。请分别申请其他事项，或者向主办单位咨询。",
                f"{', '.join(quoted)} cannot be applied for on {day}, so the joint matter is not "
                "accepted for now (成办发〔2003〕75号, part 2(1)). Apply for the other items "
                "one by one, or ask the leading unit.",
            ),
            "parts",
        )
        self.gone = list(gone)
        self.names = list(names)


def codes_of(version: JointMatterVersion) -> set[str]:
    """The item codes of all its parts: choose everything."""
    return set(version.parts.values_list("item__code", flat=True))


def parts_on(version: JointMatterVersion, day: date) -> tuple[list[PartInForce], list[JointPart]]:
    """All parts whose item is offered on ``day``, and those whose item is not. Three queries."""
    parts = list(version.parts.select_related("item__organ", "item__entry"))
    for part in parts:
        part.version = version
    words = {
        one.item_id: one
        for one in versions_in_force(day)
        .filter(item__in=[part.item_id for part in parts])
        .select_related("item__entry", "item__organ", "form")
        .prefetch_related("materials")
        .order_by("number")
    }
    offered, gone = [], []
    for part in parts:
        found = words.get(part.item_id)
        if found is None or not in_season(found.season_from, found.season_until, day):
            gone.append(part)
        else:
            offered.append(PartInForce(part, found))
    return offered, gone


def parts_in_force(
    version: JointMatterVersion, day: date, chosen: Iterable[str]
) -> list[PartInForce]:
    """The parts of one application: those always needed, and those whose item code is ``chosen``.

    Raises :class:`NotOffered` when one of them cannot be applied for on ``day``.
    """
    wanted = set(chosen)
    offered, gone = parts_on(version, day)

    def belongs(part: JointPart) -> bool:
        return part.need == PartNeed.ALWAYS or part.item.code in wanted

    if missing := [part for part in gone if belongs(part)]:
        raise NotOffered(missing, day, [part.item.entry.name for part in missing])
    return [one for one in offered if belongs(one.part)]


def form_of_parts(parts: Sequence[PartInForce]) -> CombinedForm:
    """Every question the parts ask, once, under the title of the matter."""
    version = parts[0].part.version if parts else None
    return combined_form(
        parts, version.title if version else "", version.title_en if version else ""
    )


def combined_fees(parts: Sequence[P], day: date) -> list[tuple[P, Tariff]]:
    """The approved fees of all parts, told once, in the order of the parts."""
    tariffs: dict[int, list[Tariff]] = {}
    for tariff in tariffs_on(day).filter(item__in=[one.item_version.item_id for one in parts]):
        tariffs.setdefault(tariff.item_id, []).append(tariff)
    return [(one, tariff) for one in parts for tariff in tariffs.get(one.item_version.item_id, [])]


@dataclass(frozen=True, slots=True)
class Combined:
    """A matter on a day as a page shows it: its parts, what is missing, one list, one form."""

    version: JointMatterVersion
    parts: list[PartInForce]
    gone: list[JointPart]
    materials: list[CombinedMaterial]
    fees: list[tuple[PartInForce, Tariff]]
    form: CombinedForm

    @property
    def optional(self) -> list[PartInForce]:
        """The parts an applicant may leave out."""
        return [one for one in self.parts if one.by_choice]

    @property
    def units(self) -> int:
        return len({one.part.item.organ_id for one in self.parts})

    @property
    def is_open(self) -> bool:
        """Whether it can be applied for: everything that is always needed is offered."""
        return not any(part.need == PartNeed.ALWAYS for part in self.gone)

    @property
    def asked(self) -> int:
        """How many papers the units would ask for one by one."""
        return sum(len(row.needs) for row in self.materials)

    def questions(self) -> list[tuple[list[PartInForce], list[tuple[Field, list[PartInForce]]]]]:
        """The combined form by its headings; beside each question who asks it."""
        by_code = {one.code: one for one in self.parts}
        return [
            (
                [by_code[code] for code in section.items],
                [
                    (one, [by_code[code] for code in self.form.asked_by(one.key)])
                    for one in section.fields
                ],
            )
            for section in self.form.sections
        ]


def combined(
    version: JointMatterVersion, day: date, chosen: Iterable[str] | None = None
) -> Combined:
    """The matter for who chooses the item codes ``chosen``; all of it when None."""
    offered, gone = parts_on(version, day)
    wanted = None if chosen is None else set(chosen)

    def belongs(part: JointPart) -> bool:
        return wanted is None or part.need == PartNeed.ALWAYS or part.item.code in wanted

    parts = [one for one in offered if belongs(one.part)]
    return Combined(
        version,
        parts,
        [part for part in gone if belongs(part)],
        combined_materials(parts),
        combined_fees(parts, day),
        form_of_parts(parts),
    )


# ---------------------------------------------------------------- the editor's desk
def matters_kept_by(organ_id: int | None, at: Place, size: int) -> Page[JointMatter]:
    """A page of matters, newest first; of every lead unit when None."""
    rows = JointMatter.objects.select_related("lead").prefetch_related("versions")
    if organ_id is not None:
        rows = rows.filter(lead=organ_id)
    return paged(rows, at=at, size=size)


def current_version(matter: JointMatter) -> JointMatterVersion:
    """The draft; without one, the newest version that was not dropped; else the newest."""
    newest = sorted(matter.versions.all(), key=lambda one: -one.number)
    drafts = [one for one in newest if one.state in OPEN]
    kept = [one for one in newest if one.state != VersionState.DROPPED]
    return (drafts or kept or newest)[0]


def items_found(words: str, day: date, but: Iterable[str], most: int) -> list[ItemVersion]:
    """The city's items in force whose name or popular name has each of ``words``, or whose code."""
    found = versions_in_force(day).filter(item__inherits=None).exclude(item__code__in=list(but))
    for word in words.split():
        found = found.filter(
            Q(name__icontains=word)
            | Q(name_en__icontains=word)
            | Q(plain_names__icontains=word)
            | Q(item__organ__name__icontains=word)
            | Q(item__code=word)
        )
    return list(found.order_by("item__code")[:most])


def items_by_code(codes: Iterable[str]) -> dict[str, Item]:
    """The items of these codes with their names and units, whatever their state."""
    rows = Item.objects.filter(code__in=list(codes)).select_related("entry", "organ")
    return {one.code: one for one in rows}


def leads_on(day: date) -> QuerySet[Organ]:
    """Who may lead: departments, district bureaus and centres that are open."""
    kinds = [OrganKind.CENTRE.value, OrganKind.DEPARTMENT.value, OrganKind.BUREAU.value]
    return Organ.objects.filter(Q(closed_on=None) | Q(closed_on__gt=day), kind__in=kinds).order_by(
        "kind", "position", "code"
    )
