"""Writing and ending joint matters; every other verb is that of any version. 行政许可法 26, 42.

A published version never changes: who wants to mend it drafts the next one from it
(``openhall.versions.actions`` with :data:`~openhall.joint.kinds.MATTER`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from openhall.catalogue.models import Item
from openhall.catalogue.terms_topics import topic_of
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import made_before
from openhall.glossary import Said
from openhall.joint.kinds import MATTER, WRITERS
from openhall.joint.models import JointMatter, JointMatterVersion, JointPart
from openhall.joint.permissions import may_draft_matter
from openhall.joint.rules.gate import MOST_DAYS
from openhall.joint.terms import JointKind, JointMode, PartNeed
from openhall.organs.models import Organ
from openhall.versions import actions as versions
from openhall.versions.queries import newest_of
from openhall.versions.terms import VersionAct, VersionState

MOST_PARTS: Final = 40
WORDS: Final = {"title": 120, "title_en": 200, "summary": 300, "summary_en": 400}  # signs


@dataclass(frozen=True, slots=True)
class Part:
    """One part as it is written: the item's code, its working days, whether it is asked for."""

    item: str
    limit_days: int
    need: str = PartNeed.ALWAYS.value
    question: str = ""
    question_en: str = ""


@acting()
def draft_matter(
    code: str,
    kind: JointKind,
    lead: Organ,
    words: Mapping[str, Any],
    doing: Doing,
    *,
    topic: str = "",
    parts: Sequence[Part] = (),
) -> JointMatterVersion:
    """A new matter with its first draft; a repeated key answers with the draft it made.

    ``words``: title, summary and their English, ``mode`` and ``limit_days``.
    """
    before: JointMatterVersion | None = made_before(MATTER.kind, doing, VersionAct.BEGIN)
    if before is not None:
        return before
    _may_write(lead, doing)
    _check_code(code)
    if JointMatter.objects.filter(code=code).exists():
        raise Refused(
            Said(
                f"已有联办事项使用地址“{code}”。请换一个。",
                f"Another joint matter has the address “{code}”. Choose another one.",
            ),
            "code",
        )
    _check_topic(topic)
    matter = JointMatter.objects.create(
        code=code, kind=JointKind(kind).value, lead=lead, topic=topic
    )
    made: JointMatterVersion = versions.begin(
        MATTER,
        {"matter": matter},
        doing,
        lambda version: _write(version, words),
        beside=lambda version: _set_parts(version, parts),
    )
    return made


def next_matter_draft(matter_id: int, doing: Doing) -> JointMatterVersion:
    """A draft begun from the newest version that was not dropped; the draft there is, if any."""
    matter = JointMatter.objects.select_related("lead").get(pk=matter_id)
    source = newest_of(JointMatterVersion, matter=matter)
    made: JointMatterVersion = versions.begin(MATTER, {"matter": matter}, doing, source=source)
    return made


def edit_matter(
    version_id: int,
    words: Mapping[str, Any],
    parts: Sequence[Part],
    doing: Doing,
    *,
    kind: str = "",
    topic: str | None = None,
    lead: Organ | None = None,
) -> JointMatterVersion:
    """Keep the draft as it now is, faults and all; ``doing.seen`` is the revision of the page.

    Kind, topic and lead unit belong to the matter: they are settled once it was published.
    """

    def change(version: JointMatterVersion) -> None:
        matter = version.matter
        _write(version, words)
        said = matter.topic if topic is None else topic
        _settle(matter, kind or matter.kind, said, lead or matter.lead, doing)
        _set_parts(version, parts)

    made: JointMatterVersion = versions.save(MATTER, version_id, doing, change)
    return made


def end_matter(matter_id: int, last_day: date, reason: str, doing: Doing) -> Deed:
    """No new application after ``last_day``; cases begun by then go on as they began."""
    before = versions.known(MATTER, doing)
    if before is not None:
        return before
    rows = JointMatterVersion.objects.filter(matter=matter_id, state=VersionState.PUBLISHED.value)
    version = rows.filter(effective_until=None).first()
    if version is None:
        raise Refused(
            Said(
                "这个联办事项没有长期有效的版本，不用终止。请刷新页面。",
                "No version of this matter is in force without end; there is nothing to end. "
                "Reload the page.",
            )
        )
    return versions.end(MATTER, version.pk, last_day, reason, doing)


# ---------------------------------------------------------------- behind the verbs
def _may_write(lead: Organ, doing: Doing, field: str = "") -> None:
    if not may_draft_matter(doing.actor, lead, doing.day):
        raise Refused(WRITERS.who, field)


def _settle(matter: JointMatter, kind: str, topic: str, lead: Organ, doing: Doing) -> None:
    """Kind, topic and lead unit, which change only while nothing was published."""
    before = {"kind": matter.kind, "topic": matter.topic, "lead": matter.lead.code}
    now = {"kind": kind, "topic": topic, "lead": lead.code}
    changed = [name for name in now if now[name] != before[name]]
    if not changed:
        return
    if matter.versions.exclude(published_at=None).exists():
        raise Refused(
            Said(
                "联办事项公布后，种类、主题和主办单位不再更改。请终止它，再起草新的联办事项。",
                "Once a matter was published its kind, topic and leading unit stay. End it and "
                "draft a new one.",
            ),
            changed[0],
        )
    _may_write(lead, doing, "lead")
    _check_topic(topic)
    matter.kind, matter.topic, matter.lead = JointKind(kind).value, topic, lead
    matter.save(update_fields=["kind", "topic", "lead"])


def _check_code(code: str) -> None:
    try:
        validate_slug(code)
    except ValidationError:
        code = ""
    if not code or len(code) > 60 or code == "new" or code != code.lower():
        raise Refused(
            Said(
                "地址只能用小写字母、数字和连字符，如 open-a-restaurant，不超过60位。",
                "An address has small letters, figures and hyphens only, such as "
                "open-a-restaurant, 60 at most. Write it so.",
            ),
            "code",
        )


def _check_topic(topic: str) -> None:
    if topic and topic_of(topic) is None:
        raise Refused(
            Said(
                "没有这个主题。请从清单中选择。", "There is no such topic. Choose one of the list."
            ),
            "topic",
        )


def _too_long(most: int, now: int) -> Said:
    return Said(
        f"最多{most}个字，现有{now}个。请缩短。",
        f"At most {most} characters, these are {now}. Make it shorter.",
    )


def _write(version: JointMatterVersion, words: Mapping[str, Any]) -> None:
    """The words, mode and limit; what the record cannot hold is refused beside its field."""
    for name, most in WORDS.items():
        if name in words:
            said = str(words[name]).strip()
            if len(said) > most:
                raise Refused(_too_long(most, len(said)), name)
            setattr(version, name, said)
    if not version.title:
        raise Refused(
            Said("请写明联办事项的名称。", "Write what the joint matter is called."), "title"
        )
    version.mode = JointMode(words.get("mode", version.mode)).value
    version.limit_days = int(words.get("limit_days", version.limit_days))
    _within_45(version.limit_days, "limit_days")


def _within_45(days: int, field: str) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise Refused(
            Said(
                f"时限应为1至{MOST_DAYS}个工作日（行政许可法 42）。请改正。",
                f"The limit is 1 to {MOST_DAYS} working days (Administrative Licensing Law, "
                "art. 42). Correct it.",
            ),
            field,
        )


def _set_parts(version: JointMatterVersion, parts: Sequence[Part]) -> None:
    """The parts as they now are, in this order; a fault is told at ``parts-<row>-<field>``."""
    if len(parts) > MOST_PARTS:
        raise Refused(
            Said(
                f"一个联办事项最多{MOST_PARTS}个事项。请拆分。",
                f"A joint matter has {MOST_PARTS} items at most. Make two of it.",
            ),
            "parts",
        )
    items = {one.code: one for one in Item.objects.filter(code__in=[part.item for part in parts])}
    made, met = [], set[str]()
    for row, part in enumerate(parts):
        if part.item not in items:
            raise Refused(
                Said(
                    f"没有编码为“{part.item}”的事项。请查找后选择。",
                    f"No item has the code “{part.item}”. Find and choose it.",
                ),
                f"parts-{row}-item",
            )
        if part.item in met:
            raise Refused(
                Said(
                    "这个事项已在联办事项中。请移除一行。",
                    "This item is in the matter already. Remove one of the rows.",
                ),
                f"parts-{row}-item",
            )
        met.add(part.item)
        _within_45(part.limit_days, f"parts-{row}-limit_days")
        for name, most in (("question", 200), ("question_en", 300)):
            said = getattr(part, name).strip()
            if len(said) > most:
                raise Refused(_too_long(most, len(said)), f"parts-{row}-{name}")
        made.append(
            JointPart(
                version=version,
                item=items[part.item],
                position=row,
                limit_days=part.limit_days,
                need=PartNeed(part.need).value,
                question=part.question.strip(),
                question_en=part.question_en.strip(),
            )
        )
    version.parts.all().delete()
    JointPart.objects.bulk_create(made)
