"""What is in force on a day, and what is shown when nothing is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import Cast

from openhall.catalogue.models import CatalogueEntry, HollowPhrase, Item, ItemVersion, Tariff
from openhall.catalogue.models import Faq as Faq
from openhall.catalogue.models import FlowStep as FlowStep
from openhall.catalogue.models import ItemEvent as ItemEvent
from openhall.catalogue.models import LawRef as LawRef
from openhall.catalogue.models import Material as Material
from openhall.catalogue.models import Prerequisite as Prerequisite
from openhall.catalogue.models.reception import reached_at as reached_at
from openhall.catalogue.models.reception import received
from openhall.catalogue.rules.guide import OF_HALL, OF_UNIT, Guide, MaterialFacts, RowText
from openhall.catalogue.rules.sense import OF_A_PAPER
from openhall.catalogue.rules.standing import Stands, State, in_season, stands
from openhall.catalogue.terms import ItemState
from openhall.organs.models import Organ
from openhall.paging.keyset import Page, Place, paged
from openhall.versions.queries import draft_of, on_day
from openhall.versions.terms import PUBLIC, VersionState


def usable(day: date, path: str) -> Q:
    """Rows whose entry or item (``path``) is in use on ``day``: suspensions begin and end alone."""
    return (
        Q(**{f"{path}state": ItemState.IN_USE.value})
        | Q(**{f"{path}state_since__gt": day})
        | Q(**{f"{path}state": ItemState.SUSPENDED.value, f"{path}state_until__lt": day})
    )


def versions_in_force(day: date) -> QuerySet[ItemVersion]:
    """Every item's words in force on ``day``, of items and entries in use that day. A10."""
    return ItemVersion.objects.filter(
        on_day(day),
        Q(item__entry__listed_until__isnull=True) | Q(item__entry__listed_until__gte=day),
        usable(day, "item__"),
        usable(day, "item__entry__"),
        item__entry__listed_from__lte=day,
    ).select_related("item__entry", "item__organ")


def entries_in_force(day: date) -> QuerySet[ItemVersion]:
    """One row a matter in force: what districts do as the city does stands under its item."""
    rows = versions_in_force(day)
    return rows.exclude(item__inherits__in=rows.order_by().values("item"))


def family_of(item: Item, day: date) -> QuerySet[ItemVersion]:
    """The words in force of every unit that handles the matter of ``item``, with its parent."""
    root = item.inherits_id or item.pk
    rows = versions_in_force(day).filter(Q(item=root) | Q(item__inherits=root))
    return rows.select_related("item__entry", "item__organ__parent").order_by("item__code")


def version_in_force(code: str, day: date) -> ItemVersion | None:
    """The words of item ``code`` on ``day``; None if it may not be applied for that day."""
    rows = versions_in_force(day).filter(item__code=code).select_related("form")
    found = rows.order_by("-number").first()
    if found is None or not in_season(found.season_from, found.season_until, day):
        return None
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """The words to show for an item on a day, and how it stands that day."""

    version: ItemVersion
    stands: Stands


def public_versions(item: Item, day: date) -> list[ItemVersion]:
    """Every version of an item that was in force up to ``day``, the newest first."""
    rows = item.versions.filter(state__in=PUBLIC, effective_from__lte=day)
    return list(rows.select_related("item__entry", "item__organ").order_by("-number"))


def version_to_show(code: str, day: date) -> Shown | None:
    """What the public reads of ``code`` on ``day``: suspended, cancelled and closed items stay.

    The words in force that day; failing them the last that were, or the first that will be. None
    only when the item was never published.
    """
    public = (
        ItemVersion.objects.filter(item__code=code, state__in=PUBLIC)
        .select_related("item__entry", "item__organ", "item__inherits__organ", "form")
        .order_by("-number")
    )
    version = public.filter(effective_from__lte=day).first() or public.last()
    if version is None:
        return None
    return Shown(version, standing_of(version, day))


def last_words_of_closed_items() -> QuerySet[ItemVersion]:
    """The last public words of items suspended or cancelled, by themselves or centrally."""
    closed = [ItemState.SUSPENDED.value, ItemState.CANCELLED.value]
    return ItemVersion.objects.filter(
        Q(item__state__in=closed) | Q(item__entry__state__in=closed),
        state=VersionState.PUBLISHED.value,
        effective_until__isnull=True,
    ).select_related("item__entry", "item__organ")


def standing_of(version: ItemVersion, day: date) -> Stands:
    """How the item of ``version`` stands on ``day`` with these words."""
    item, entry = version.item, version.item.entry
    ended = entry.listed_until is not None and day > entry.listed_until
    return stands(
        day,
        item=state_of(item),
        entry=state_of(entry),
        listed_from=entry.listed_from,
        listed_until=entry.listed_until,
        effective_from=version.effective_from,
        season=(version.season_from, version.season_until),
        became=tuple(one.name for one in entry.became.all()) if ended else (),
    )


def state_of(one: Item | CatalogueEntry) -> State:
    """The state as the rules read it."""
    return State(one.state, one.state_since, one.state_until, one.state_reason)


def hollow_phrases() -> tuple[str, ...]:
    """The phrases that say nothing, as the Legal Affairs Office keeps them."""
    return tuple(HollowPhrase.objects.filter(withdrawn_at=None).values_list("phrase", flat=True))


def newest_versions() -> QuerySet[ItemVersion]:
    """The newest version of every item that was not given up, whatever its state."""
    newest = ItemVersion.objects.filter(item=OuterRef("item")).order_by("-number")
    newest = newest.exclude(state=VersionState.DROPPED.value)
    rows = ItemVersion.objects.filter(pk=Subquery(newest.values("pk")[:1]))
    return rows.select_related("item__entry", "item__organ")


def tariffs_in_force(item_id: int, day: date) -> QuerySet[Tariff]:
    """The approved fees of an item on ``day``. A11."""
    return tariffs_on(day).filter(item_id=item_id)


def tariffs_on(day: date) -> QuerySet[Tariff]:
    """Every approved fee of the city in force on ``day``."""
    return Tariff.objects.filter(on_day(day))


def tariffs_kept(organ: Organ | None, at: Place) -> Page[Tariff]:
    """Every version of the fees of ``organ``, or of every unit; newest first."""
    rows = Tariff.objects.select_related("item__organ", "item__entry", "published_by")
    return paged(rows if organ is None else rows.filter(item__organ=organ), at=at)


def names_of_versions(keys: Iterable[int]) -> dict[int, ItemVersion]:
    """Versions by their key, with their names alone."""
    return ItemVersion.objects.only("name", "name_en").in_bulk(list(keys))


def items_in_use(organ: Organ | None) -> QuerySet[Item]:
    """The items of ``organ``, or of every unit, that were not cancelled; by code."""
    rows = Item.objects.exclude(state=ItemState.CANCELLED.value).select_related("organ", "entry")
    return (rows if organ is None else rows.filter(organ=organ)).order_by("code")


def guide_on(version: ItemVersion, day: date) -> Guide:
    """The version as the gate reads it on ``day``, with the tariffs in force that day."""
    prices = tuple(tariffs_in_force(version.item_id, day).values_list("code", "amount"))
    return replace(guide_of(version, len(prices)), prices=prices, in_force=day)


def guides_of_contact(organ: Organ, names: Iterable[str], day: date) -> list[ItemVersion]:
    """The guides in force that leave one of ``names``, contacts of a unit, to it; by code.

    What the hall says in which the unit receives is not left to the unit.
    """
    hall, left = received(organ.pk), Q(pk=None)
    for own in (own for own, unit in OF_UNIT.items() if unit in set(names)):
        empty = Q(**{own.removesuffix("_en"): ""})
        says = own in OF_HALL and getattr(hall, own.removesuffix("_en"))
        left |= empty & Q(in_centre=False) if says else empty
    rows = ItemVersion.objects.filter(left, on_day(day), state__in=PUBLIC, item__organ=organ)
    return list(rows.select_related("item").order_by("item__code"))


def guides_received(organs: Iterable[int], day: date) -> list[ItemVersion]:
    """The guides in force of these units that leave address or hours to their hall; by code."""
    left = Q(address="") | Q(hours="")
    rows = ItemVersion.objects.filter(
        left, on_day(day), state__in=PUBLIC, in_centre=True, item__organ__in=list(organs)
    )
    return list(rows.select_related("item__entry").order_by("item__code"))


WRITTEN: Final = {  # the free words of the rows, which may not be stock phrases
    "materials": (
        "source_explained",
        "size",
        "spared",
        *OF_A_PAPER,
        *(f"{column}_en" for column in OF_A_PAPER),
        "fill_note",
        "remark",
    ),
    "steps": ("name", "officer", "standard", "result"),
    "laws": ("law", "article", "words"),
    "faqs": ("question", "answer"),
    "prerequisites": ("words", "legal_basis"),
}


def guide_of(version: ItemVersion, tariffs: int) -> Guide:
    """The version as the publish gate reads it; ``tariffs`` in force on its first day."""
    return Guide(
        name=version.name,
        kind=version.item.entry.kind,
        summary=version.summary,
        conditions=version.conditions,
        conditions_en=version.conditions_en,
        in_force=version.effective_from,
        service_objects=tuple(version.service_objects),
        topics=tuple(version.topics),
        project_type=version.project_type,
        statutory_days=version.statutory_days,
        statutory_unit=version.statutory_unit,
        promised_days=version.promised_days,
        promised_unit=version.promised_unit,
        quantity_limit=version.quantity_limit,
        visits=version.visits,
        visit_reason=version.visit_reason,
        online_depth=version.online_depth,
        accepts_post=version.accepts_post,
        accepts_appointments=version.accepts_appointments,
        has_fee=version.has_fee,
        fee_basis=version.fee_basis,
        pays_online=version.pays_online,
        tariffs=tariffs,
        enquiry_phone=version.reached("enquiry_phone"),
        complaint_phone=version.reached("complaint_phone"),
        address=version.reached("address"),
        hours=version.reached("hours"),
        result_kind=version.result_kind,
        result_name=version.result_name,
        result_validity=version.result_validity,
        result_sample=bool(version.result_sample),
        result_by_post=version.result_by_post,
        area_scope=version.area_scope,
        intermediary=version.intermediary,
        season_from=version.season_from,
        season_until=version.season_until,
        steps=tuple(step.name for step in version.steps.all()),
        materials=tuple(
            MaterialFacts(
                one.name,
                one.legal_basis,
                one.source,
                one.key,
                one.necessity,
                one.condition,
                one.originals,
                one.copies,
            )
            for one in version.materials.all()
        ),
        no_material_needed=version.no_material_needed,
        laws=tuple((law.law, law.article) for law in version.laws.all()),
        law_numbers=tuple(law.number for law in version.laws.all()),
        faqs=len(version.faqs.all()),
        prerequisites=len(version.prerequisites.all()),
        no_prerequisites=version.no_prerequisites,
        written=tuple(
            RowText(family, row, column, text)
            for family, columns in WRITTEN.items()
            for row, one in enumerate(getattr(version, family).all())
            for column in columns
            if (text := getattr(one, column))
        ),
    )


def items_of_topic(topic: str, day: date) -> QuerySet[ItemVersion]:
    """Items in force under a topic; sought as text, which every database can do with JSON.

    What a district does as the city does is found from the city's own item.
    """
    told = entries_in_force(day).annotate(topics_text=Cast("topics", TextField()))
    return told.filter(topics_text__contains=f'"{topic}"').order_by("pk")


def item_coded(code: str) -> Item | None:
    """The item with this code."""
    return Item.objects.select_related("organ", "entry", "inherits").filter(code=code).first()


def items_called(words: str, day: date, many: int = 20) -> list[ItemVersion]:
    """Matters in force that people mean by ``words``: by code, or by a part of any of their names.

    A name that is just ``words`` comes first; no more than ``many``.
    """
    words = " ".join(words.split())
    if not words:
        return []
    rows = versions_in_force(day)
    if found := list(rows.filter(item__code__iexact=words.replace(" ", ""))[:1]):
        return found
    named = Q(name__icontains=words) | Q(name_en__icontains=words)
    rows = rows.filter(named | Q(plain_names__icontains=words))
    exact = Case(When(Q(name__iexact=words) | Q(name_en__iexact=words), then=0), default=1)
    return list(rows.order_by(exact, "item__code")[:many])


def items_named(versions: Sequence[int]) -> list[tuple[str, str, str]]:
    """Code, name and English name of the items of these versions, each once, by code."""
    rows = ItemVersion.objects.filter(pk__in=versions).order_by("item__code", "-number")
    named = {
        code: (code, name, name_en)
        for code, name, name_en in rows.values_list("item__code", "name", "name_en")
    }
    return list(named.values())


def version_by_pk(pk: int) -> ItemVersion | None:
    """One version with its item and its form."""
    rows = ItemVersion.objects.select_related(
        "item__organ", "item__entry", "item__inherits", "form"
    )
    return rows.filter(pk=pk).first()


def open_draft(code: str) -> ItemVersion | None:
    """The version of item ``code`` that is being written now; None where none is."""
    found = draft_of(ItemVersion, item__code=code)
    return found if found is not None and found.state == VersionState.DRAFT else None


def version_numbered(code: str, number: int) -> ItemVersion | None:
    """The version ``number`` of the item ``code``, whatever its state."""
    rows = ItemVersion.objects.select_related("item__entry", "item__organ")
    return rows.filter(item__code=code, number=number).first()


def entry_coded(code: str) -> CatalogueEntry | None:
    """The line of the central list with this code."""
    return CatalogueEntry.objects.filter(code=code).first()


def entry_by_pk(pk: int) -> CatalogueEntry | None:
    """The line of the central list with this key."""
    return CatalogueEntry.objects.filter(pk=pk).first()


def all_entries() -> QuerySet[CatalogueEntry]:
    """Every line of the central list, ended ones too."""
    return CatalogueEntry.objects.all()


def entries_coded(codes: Iterable[str]) -> dict[str, int]:
    """The keys of the lines with these codes, by code."""
    return dict(CatalogueEntry.objects.filter(code__in=list(codes)).values_list("code", "pk"))


def phrases_told() -> QuerySet[HollowPhrase]:
    """Every phrase that says nothing, with who said so."""
    return HollowPhrase.objects.select_related("added_by", "withdrawn_by")


def phrase_by_pk(pk: int) -> HollowPhrase | None:
    """One of these phrases."""
    return HollowPhrase.objects.filter(pk=pk).first()


def version_on(code: str, day: date) -> ItemVersion | None:
    """The words of item ``code`` in force on ``day``, out of season too; with whose they are."""
    rows = versions_in_force(day).filter(item__code=code)
    return rows.select_related("item__organ__parent", "form").order_by("-number").first()


def published_versions(code: str) -> list[ItemVersion]:
    """Every published version of an item, the newest first."""
    rows = ItemVersion.objects.filter(item__code=code, state__in=PUBLIC)
    return list(rows.order_by("-number"))


def version_public(code: str, number: int) -> ItemVersion | None:
    """One of them by its number, with whose it is."""
    rows = ItemVersion.objects.filter(item__code=code, number=number, state__in=PUBLIC)
    return rows.select_related("item__entry", "item__organ__parent", "form").first()
