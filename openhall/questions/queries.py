"""Question guides as doors ask for them: in force on a day, their facts, a checklist, drift. B7."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from openhall.catalogue.models import Item, ItemVersion, Material, Tariff
from openhall.catalogue.queries import tariffs_on, versions_in_force
from openhall.catalogue.terms import Necessity
from openhall.organs.models import Account
from openhall.questions.models import (
    QuestionGuide,
    QuestionGuideVersion,
    SavedChecklist,
)
from openhall.questions.rules.content import Content, ItemLine, Question, Result, parse
from openhall.questions.rules.faults import Facts, ItemFacts
from openhall.questions.rules.outcomes import Drift, drifts
from openhall.questions.rules.walking import Answer, Answers, answered, items_for, line_for, walk
from openhall.versions.queries import on_day
from openhall.versions.terms import VersionState


def guides_in_force(day: date) -> QuerySet[QuestionGuideVersion]:
    """Every published version in force on ``day``: one of each guide."""
    return (
        QuestionGuideVersion.objects.filter(on_day(day))
        .select_related("guide__organ", "guide__item")
        .order_by("guide__slug", "-number")
    )


def _names_in_force(day: date) -> QuerySet[QuestionGuideVersion]:
    """The same without the questions themselves, for lists."""
    return guides_in_force(day).defer("content", "expectations")


def guide_in_force(slug: str, day: date) -> QuestionGuideVersion | None:
    """The questions of guide ``slug`` on ``day``."""
    return guides_in_force(day).filter(guide__slug=slug).first()


def guides_of_topic(topic: str, day: date) -> list[QuestionGuideVersion]:
    """The guides in force for a topic or a life event."""
    return list(_names_in_force(day).filter(guide__topic=topic))


def guides_of_item(item_id: int, day: date) -> list[QuestionGuideVersion]:
    """The guides in force that ask about this one item."""
    return list(_names_in_force(day).filter(guide__item=item_id))


def topics_in_use(day: date) -> dict[str, int]:
    """How many items and guides stand under each topic; none left out is none."""
    counted: dict[str, int] = {}
    own = versions_in_force(day).filter(item__inherits__isnull=True)
    items = own.values_list("topics", flat=True)
    told = [code for topics in items for code in topics]
    told += [one.guide.topic for one in _names_in_force(day) if one.guide.topic]
    for code in told:
        counted[code] = counted.get(code, 0) + 1
    return counted


# ---------------------------------------------------------------- facts for the checker
def codes_in(content: Content) -> set[str]:
    """Every item the guide names."""
    lines = {line.item for result in content.results for line in result.items}
    return lines | {fill.item for question in content.questions for fill in question.fills}


def _versions(codes: set[str], day: date) -> dict[str, ItemVersion]:
    rows = versions_in_force(day).filter(item__code__in=codes)
    rows = rows.select_related("item__entry", "item__organ", "form").prefetch_related("materials")
    return {one.item.code: one for one in rows.order_by("number")}


def _tariffs(versions: Iterable[ItemVersion], day: date) -> dict[int, list[Tariff]]:
    found: dict[int, list[Tariff]] = {}
    for tariff in tariffs_on(day).filter(item__in=[one.item_id for one in versions]):
        found.setdefault(tariff.item_id, []).append(tariff)
    return found


def _facts(version: ItemVersion, tariffs: list[Tariff]) -> ItemFacts:
    asked: list[dict[str, Any]] = version.form.fields if hasattr(version, "form") else []
    materials = list(version.materials.all())
    return ItemFacts(
        code=version.item.code,
        name=version.name,
        name_en=version.name_en,
        version=version.number,
        materials={one.key: one.name for one in materials},
        required=frozenset(
            one.key for one in materials if one.necessity == Necessity.REQUIRED.value
        ),
        fees={one.code: one.amount for one in tariffs},
        fields={
            one["key"]: tuple(str(option["value"]) for option in one.get("options", []))
            for one in asked
        },
    )


def facts_of(codes: set[str], day: date) -> Facts:
    """What guides may name of these items on ``day``; three queries however many there are."""
    versions = _versions(codes, day)
    tariffs = _tariffs(versions.values(), day)
    return {code: _facts(one, tariffs.get(one.item_id, [])) for code, one in versions.items()}


def facts_for(content: Content, day: date) -> Facts:
    return facts_of(codes_in(content), day)


# ---------------------------------------------------------------- one person's checklist
@dataclass(frozen=True, slots=True)
class Paper:
    """A material that applies, and why, where the guide says so."""

    material: Material
    reason: str = ""
    reason_en: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """One item of a checklist as it is in force today."""

    version: ItemVersion
    line: ItemLine
    papers: list[Paper] = field(default_factory=list)
    spared: list[Paper] = field(default_factory=list)  # what others must bring and you need not
    tariffs: list[Tariff] = field(default_factory=list)

    @property
    def fee(self) -> int:
        """In fen."""
        return sum(one.amount for one in self.tariffs)


@dataclass(frozen=True, slots=True)
class Checklist:
    """What one person's answers come to: result, items, and the answers as they were given."""

    version: QuestionGuideVersion
    result: Result
    answers: list[tuple[Question, Answer]]
    matters: list[Matter]
    gone: list[str]  # items the guide names that are not in force today

    @property
    def fee(self) -> int:
        return sum(one.fee for one in self.matters)


def checklist(version: QuestionGuideVersion, answers: Answers, day: date) -> Checklist | None:
    """The checklist of these answers on ``day``; none while a question is still open."""
    content = parse(version.content)
    step = walk(content, answers)
    result = content.result(step.result)
    if result is None:
        return None
    said = answered(content, answers)
    lines = items_for(content, result.key, said)
    versions = _versions({line.item for line in lines}, day)
    tariffs = _tariffs(versions.values(), day)
    matters = [
        _matter(versions[line.item], line, said, tariffs.get(versions[line.item].item_id, []))
        for line in lines
        if line.item in versions
    ]
    _not_asked_again(matters)
    given = [(one, said[key]) for key in step.asked if (one := content.question(key)) is not None]
    gone = [line.item for line in lines if line.item not in versions]
    return Checklist(version, result, given, matters, gone)


def _not_asked_again(matters: list[Matter]) -> None:
    """What an earlier matter of the list gives is not brought to a later one.

    Only where the paper is named exactly as that result: the card of a parent is not the child's.
    """
    given: dict[str, ItemVersion] = {}
    for matter in matters:
        for paper in [one for one in matter.papers if one.material.name in given]:
            by = given[paper.material.name]
            matter.papers.remove(paper)
            matter.spared.append(
                Paper(
                    paper.material,
                    f"由前面的“{by.name}”发给，直接核对",
                    f"given by “{by.name_en or by.name}” before, and checked there",
                )
            )
        if matter.version.result_name:
            given[matter.version.result_name] = matter.version


def _matter(
    version: ItemVersion, line: ItemLine, answers: Answers, tariffs: list[Tariff]
) -> Matter:
    papers, spared = [], []
    for material in version.materials.all():
        said = line_for(line, material.key, answers)
        required = material.necessity == Necessity.REQUIRED.value
        paper = Paper(material, said.reason, said.reason_en) if said else Paper(material)
        if said.needed if said is not None else required:
            papers.append(paper)
        elif said is not None:
            spared.append(paper)
    due = [one for one in tariffs if not line.fees or one.code in line.fees]
    return Matter(version, line, papers, spared, due)


# ---------------------------------------------------------------- each path is a test
def needing_attention(day: date) -> list[tuple[QuestionGuideVersion, list[Drift]]]:
    """Published guides whose paths no longer come to what was kept, with what differs."""
    versions = list(guides_in_force(day))
    contents = {one.pk: parse(one.content) for one in versions}
    codes = {code for content in contents.values() for code in codes_in(content)}
    facts = facts_of(codes, day)
    found = [(one, drifts(contents[one.pk], one.expectations, facts)) for one in versions]
    return [(one, differing) for one, differing in found if differing]


def guides_kept_by(organ_id: int, *, events: bool) -> QuerySet[QuestionGuide]:
    """The guides an editor's desk sees: the unit's item guides, or those of all life events."""
    rows = QuestionGuide.objects.select_related("item", "organ").prefetch_related("versions")
    mine = rows.filter(item__isnull=True) if events else rows.filter(item__organ=organ_id)
    return mine.order_by("-pk")


def guides_about(item: Item) -> QuerySet[QuestionGuide]:
    """Every guide of the item, drafts too, and those of life events that name it."""
    named = QuestionGuideVersion.objects.exclude(
        state__in=[VersionState.DROPPED.value, VersionState.SUPERSEDED.value]
    ).annotate(told=Cast("content", TextField()))
    naming = named.filter(told__contains=f'"{item.code}"').values("guide")
    rows = QuestionGuide.objects.filter(Q(item=item) | Q(pk__in=naming))
    return rows.prefetch_related("versions").order_by("slug")


def checklists_of(account: Account) -> QuerySet[SavedChecklist]:
    """What the account keeps, newest first."""
    rows = SavedChecklist.objects.filter(account=account)
    return rows.select_related("guide", "version").order_by("-saved_at", "-id")


def guide_called(slug: str) -> QuestionGuide | None:
    """The question guide with this address."""
    return QuestionGuide.objects.select_related("organ", "item").filter(slug=slug).first()
