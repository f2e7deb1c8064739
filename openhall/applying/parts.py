"""An application has one part or several: one list of papers and one form for all of them.

A matter of several units (the room above) brings its parts; anything else has one, its own item.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from openhall.applying.rules.combining import (
    AskedForm,
    CombinedForm,
    CombinedPaper,
    Paper,
    Section,
    combine_forms,
    combine_papers,
)
from openhall.cases.rules.acting import AUTHORISATION, LETTERS
from openhall.catalogue.asking import brought, form_of
from openhall.catalogue.models import ItemVersion, Material
from openhall.catalogue.terms import MaterialKind, MaterialSource, Medium, Necessity
from openhall.forms.rules import FormDefinition


class Part(Protocol):
    """One item that is applied for, with its words in force."""

    @property
    def item_version(self) -> ItemVersion: ...

    @property
    def code(self) -> str: ...

    @property
    def by_choice(self) -> bool: ...

    @property
    def days(self) -> int | None:
        """Its unit's own limit in working days, where several units decide."""


@dataclass(frozen=True, slots=True)
class OnlyPart:
    """The one part of an application to one unit."""

    item_version: ItemVersion
    by_choice: bool = False
    days: int | None = None

    @property
    def code(self) -> str:
        return self.item_version.item.code


@dataclass(frozen=True, slots=True)
class CombinedMaterial:
    """One row of the list, with each part that needs the paper and its own material."""

    paper: CombinedPaper
    needs: tuple[tuple[Part, Material], ...]

    @property
    def key(self) -> str:
        return self.paper.key

    @property
    def material(self) -> Material:
        """The words of its first asker."""
        return self.needs[0][1]

    @property
    def necessity(self) -> Necessity:
        return Necessity(self.paper.necessity)

    @property
    def kind(self) -> MaterialKind:
        return MaterialKind(self.material.kind)

    @property
    def medium(self) -> Medium:
        return Medium(self.material.medium)

    @property
    def source(self) -> MaterialSource:
        return MaterialSource(self.material.source)

    @property
    def only_by_choice(self) -> bool:
        """Whether only parts that may be left out need it."""
        return all(part.by_choice for part, _material in self.needs)

    @property
    def sample(self) -> Material | None:
        """The first of its materials that shows a sample."""
        return next((one for _part, one in self.needs if one.sample), None)

    @property
    def blank(self) -> Material | None:
        """The first of its materials that has a blank form."""
        return next((one for _part, one in self.needs if one.blank_form), None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper of an application's list, and for which part it is kept under which key."""

    material: Material  # under the key of the list
    needs: tuple[tuple[Part, str], ...]
    conditions: tuple[tuple[str, str], ...] = ()  # when it is needed, in both languages

    @property
    def is_letter(self) -> bool:
        """Whether it is the letter that an agent brings, by whatever name a guide asks for it."""
        return all(key in LETTERS for _part, key in self.needs)


def wanted(parts: Sequence[Part], *, whole: bool) -> list[Wanted]:
    """Every paper once; ``whole``: of a matter of several units, whose list has keys of its own."""
    if not whole:
        (only,) = parts
        return [Wanted(one, ((only, one.key),), _when(one)) for one in brought(only.item_version)]
    return [_row(one) for one in combined_materials(parts)]


def _row(found: CombinedMaterial) -> Wanted:
    shown = copy.copy(found.material)
    shown.key, shown.necessity = found.key, found.necessity
    needs = tuple((part, one.key) for part, one in found.needs)
    return Wanted(shown, needs, found.paper.conditions)


def _when(material: Material) -> tuple[tuple[str, str], ...]:
    if material.necessity != Necessity.CONDITIONAL.value or not material.condition:
        return ()
    return ((material.condition, material.condition_en),)


def with_one_letter(
    rows: Sequence[Wanted], general: Material, parts: Sequence[Part]
) -> list[Wanted]:
    """The rows with one letter of an agent first, for every part; 行政许可法 29.

    It is asked for as the first guide that names it does, and ``general`` where none does. Each
    part keeps it under its own key, so that a unit finds it where its guide says.
    """
    letters = [one for one in rows if one.is_letter]
    shown = copy.copy(letters[0].material if letters else general)
    shown.key, shown.necessity = AUTHORISATION, Necessity.REQUIRED.value
    own = {part.code: key for one in reversed(letters) for part, key in one.needs}
    needs = tuple((part, own.get(part.code, AUTHORISATION)) for part in parts)
    return [Wanted(shown, needs), *(one for one in rows if not one.is_letter)]


def combined_materials(parts: Sequence[Part]) -> list[CombinedMaterial]:
    """Every paper the parts need beside the one form, once, in the order of the parts."""
    found = {
        (one.code, material.key): (one, material)
        for one in parts
        for material in brought(one.item_version)
    }
    papers = combine_papers(_paper(code, material) for (code, _), (_, material) in found.items())
    return [
        CombinedMaterial(row, tuple(found[one.item, one.key] for one in row.papers))
        for row in papers
    ]


def _paper(item: str, material: Material) -> Paper:
    return Paper(
        item=item,
        key=material.key,
        name=material.name,
        name_en=material.name_en,
        necessity=material.necessity,
        condition=material.condition,
        condition_en=material.condition_en,
        kind=material.kind,
        originals=material.originals,
        copies=material.copies,
        blank=material.blank_form.name or "",
    )


def combined_form(parts: Sequence[Part], title: str = "", title_en: str = "") -> CombinedForm:
    """Every question the parts ask, once."""
    forms = [
        AskedForm(one.code, form, one.item_version.name, one.item_version.name_en)
        for one in parts
        if (form := form_of(one.item_version)) is not None
    ]
    return combine_forms(forms, title, title_en)


def own_form(part: Part) -> CombinedForm:
    """The form of the only part, under its own keys."""
    form = form_of(part.item_version) or FormDefinition("", "", ())
    section = Section((part.code,), form.fields)
    return CombinedForm(form, (section,), {part.code: {one.key: one.key for one in form}})
