"""What a version asks of an applicant, and which printed form somebody holds. A11, B5."""

from dataclasses import dataclass
from datetime import date

from openhall.catalogue.models import Item, ItemVersion, Material
from openhall.catalogue.queries import version_in_force
from openhall.catalogue.terms import MaterialKind
from openhall.forms.rules import FormDefinition, digest_of, read_form
from openhall.versions.terms import PUBLIC


def form_of(version: ItemVersion) -> FormDefinition | None:
    """The questions of a version as a value; None for an item that asks nothing of its own."""
    if not hasattr(version, "form"):
        return None
    return read_form(version.form.fields, version.form.title, version.form.title_en)


def is_answered(material: Material) -> bool:
    """Whether ``material`` is the printed form of a version that asks its questions online.

    Who answers them uploads, prints and signs no form: the answers are it. 行政许可法 33.
    """
    return material.kind == MaterialKind.FORM.value and hasattr(material.version, "form")


def brought(version: ItemVersion) -> list[Material]:
    """The papers of ``version`` that come beside the answers to its form."""
    rows = list(version.materials.all())
    for one in rows:
        one.version = version
    return [one for one in rows if not is_answered(one)]


@dataclass(frozen=True, slots=True)
class Held:
    """A printed form that somebody holds: the item, its version, and the one in force if any."""

    item: Item
    version: ItemVersion
    form: FormDefinition
    current: ItemVersion | None
    current_form: FormDefinition | None

    @property
    def is_current(self) -> bool:
        """Whether the paper can be handed in today: the same questions are in force."""
        return self.current_form is not None and digest_of(self.form) == digest_of(
            self.current_form
        )


def form_held(code: str, digest: str, day: date) -> Held | None:
    """The published form of item ``code`` with this digest, of whatever age; None if none was."""
    published = ItemVersion.objects.filter(
        item__code=code,
        state__in=PUBLIC,
        form__isnull=False,
    ).select_related("item__organ", "item__entry", "form")
    for version in published.order_by("-number"):
        form = form_of(version)
        if form is not None and digest_of(form) == digest:
            current = version_in_force(code, day)
            return Held(version.item, version, form, current, form_of(current) if current else None)
    return None


def papers_named(version: ItemVersion, keys: set[str]) -> list[Material]:
    """The materials of these keys; a file that the form asks for counts as one."""
    found = list(version.materials.filter(key__in=keys))
    known = {material.key for material in found}
    found += [
        Material(version=version, key=field.key, name=field.label, name_en=field.label_en)
        for field in form_of(version) or ()
        if field.asks_files and field.key in keys - known
    ]
    return found
