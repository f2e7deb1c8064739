"""What stands against a joint matter on a day: its facts gathered, and the gate run over them."""

from collections.abc import Sequence
from datetime import date

from openhall.applying.rules.combining import asked_twice
from openhall.catalogue.queries import hollow_phrases
from openhall.forms.rules.facts import facts
from openhall.glossary import Said
from openhall.joint.matters import PartInForce, form_of_parts, parts_on
from openhall.joint.models import JointMatterVersion
from openhall.joint.rules.gate import MatterFacts, MatterFault, PartFacts, Twice, faults_of_matter
from openhall.organs.terms import OrganKind


def matter_faults(version: JointMatterVersion, day: date) -> list[MatterFault]:
    """Faults and warnings of ``version`` as it would stand on ``day``."""
    return faults_of_matter(matter_facts(version, day), hollow_phrases())


def matter_facts(version: JointMatterVersion, day: date) -> MatterFacts:
    """The version as the gate reads it."""
    offered, gone = parts_on(version, day)
    parts = {
        one.part.pk: PartFacts(
            item=one.code,
            name=one.item_version.name,
            organ=one.part.item.organ.code,
            limit_days=one.part.limit_days,
            offered=True,
            need=one.part.need,
            question=one.part.question,
            question_en=one.part.question_en,
            promised=one.item_version.promised_days,
            promised_unit=one.item_version.promised_unit,
        )
        for one in offered
    } | {
        part.pk: PartFacts(
            item=part.item.code,
            name=part.item.entry.name,
            organ=part.item.organ.code,
            limit_days=part.limit_days,
            offered=False,
            need=part.need,
            question=part.question,
            question_en=part.question_en,
        )
        for part in gone
    }
    lead = version.matter.lead
    return MatterFacts(
        title=version.title,
        title_en=version.title_en,
        summary=version.summary,
        summary_en=version.summary_en,
        lead=lead.code,
        lead_is_centre=lead.kind == OrganKind.CENTRE,
        limit_days=version.limit_days,
        parts=tuple(parts[part.pk] for part in version.parts.all()),
        twice=_asked_twice(offered),
    )


def _asked_twice(offered: Sequence[PartInForce]) -> tuple[Twice, ...]:
    """The facts that the parts' forms ask in ways that cannot be one question."""
    names = {one.code: one.item_version.name for one in offered}
    return tuple(
        Twice(
            facts()[fact].name if fact else None,
            tuple(
                (names[item], field.label, Said(field.kind.zh, field.kind.en))
                for item, field in asked
            ),
        )
        for fact, asked in asked_twice(form_of_parts(offered))
    )
