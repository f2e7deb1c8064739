"""What is in force on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from openhall.catalogue.models import Item, ItemVersion, Material, Tariff
from openhall.catalogue.rules.forms import FormDefinition, digest_of, read_form
from openhall.catalogue.rules.gate import Guide, MaterialFacts
from openhall.catalogue.terms import FieldKind, ItemState, VersionState


def versions_in_force(day: date) -> QuerySet[ItemVersion]:
    """Every item's words in force on ``day``, of items and entries in use that day. A10."""
    return ItemVersion.objects.filter(
        Q(effective_until__isnull=True) | Q(effective_until__gte=day),
        Q(item__entry__listed_until__isnull=True) | Q(item__entry__listed_until__gte=day),
        state__in=[VersionState.PUBLISHED.value, VersionState.SUPERSEDED.value],
        effective_from__lte=day,
        item__state=ItemState.IN_USE.value,
        item__entry__state=ItemState.IN_USE.value,
        item__entry__listed_from__lte=day,
    ).select_related("item__entry", "item__organ")


def version_in_force(code: str, day: date) -> ItemVersion | None:
    """The words of item ``code`` on ``day``; None if it may not be applied for that day."""
    found = versions_in_force(day).filter(item__code=code).select_related("form")
    return found.order_by("-number").first()


def form_of(version: ItemVersion) -> FormDefinition | None:
    """The questions of a version as a value; None for an item that asks nothing of its own."""
    if not hasattr(version, "form"):
        return None
    return read_form(version.form.fields, version.form.title, version.form.title_en)


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
        state__in=[VersionState.PUBLISHED.value, VersionState.SUPERSEDED.value],
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
        if field.kind == FieldKind.FILE and field.key in keys - known
    ]
    return found


def tariffs_in_force(item_id: int, day: date) -> QuerySet[Tariff]:
    """The approved fees of an item on ``day``. A11."""
    return Tariff.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day), item_id=item_id, valid_from__lte=day
    )


def tariffs_on(day: date) -> QuerySet[Tariff]:
    """Every approved fee of the city in force on ``day``."""
    return Tariff.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day
    )


def guide_of(version: ItemVersion, tariffs: int) -> Guide:
    """The version as the publish gate reads it; ``tariffs`` in force on its first day."""
    return Guide(
        name=version.name,
        kind=version.item.entry.kind,
        summary=version.summary,
        conditions=version.conditions,
        service_objects=tuple(version.service_objects),
        project_type=version.project_type,
        statutory_days=version.statutory_days,
        statutory_unit=version.statutory_unit,
        promised_days=version.promised_days,
        promised_unit=version.promised_unit,
        visits=version.visits,
        visit_reason=version.visit_reason,
        online_depth=version.online_depth,
        accepts_post=version.accepts_post,
        has_fee=version.has_fee,
        fee_basis=version.fee_basis,
        pays_online=version.pays_online,
        tariffs=tariffs,
        enquiry_phone=version.enquiry_phone,
        complaint_phone=version.complaint_phone,
        address=version.address,
        hours=version.hours,
        steps=tuple(step.name for step in version.steps.all()),
        materials=tuple(
            MaterialFacts(one.name, one.legal_basis, one.source) for one in version.materials.all()
        ),
        no_material_needed=version.no_material_needed,
        laws=tuple((law.law, law.article) for law in version.laws.all()),
        faqs=len(version.faqs.all()),
        prerequisites=len(version.prerequisites.all()),
        no_prerequisites=version.no_prerequisites,
    )
