"""The verbs of joint matters: drafted, edited, published, dropped, ended. 行政许可法 26, 42.

A published version never changes: who wants to mend it drafts the next one from it. What binds
several units stands in the ledger, with the digest of what was published.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from openhall.catalogue.actions.record import day_of
from openhall.catalogue.models import Item
from openhall.catalogue.terms import GuideState
from openhall.catalogue.terms_topics import topic_of
from openhall.deeds.collecting import acting
from openhall.deeds.refusals import Refused
from openhall.joint.checking import matter_faults
from openhall.joint.models import JointMatter, JointMatterEvent, JointMatterVersion, JointPart
from openhall.joint.permissions import may_draft_matter, may_edit_matter, may_publish_matter
from openhall.joint.rules.gate import MOST_DAYS
from openhall.joint.terms import JointKind, JointMode, JointStep, PartNeed
from openhall.ledger.actions import append
from openhall.organs.models import Account, Organ

S = GuideState
MOST_PARTS: Final = 40
WHO_WRITES: Final = (
    "联办事项由市政府办公厅、信息化办或者主办单位的事项维护人员编写（行政许可法 26）。"
    "请由他们办理。"
)
WHO_PUBLISHES: Final = "联办事项由市政府办公厅公布和终止（行政许可法 26）。请交市政府办公厅办理。"
WORDS: Final = {"title": 120, "title_en": 200, "summary": 300, "summary_en": 400}  # signs


MatterRefused = Refused


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
    actor: Account | None,
    at: datetime,
    *,
    topic: str = "",
    parts: Sequence[Part] = (),
) -> JointMatterVersion:
    """A new matter with its first draft.

    ``words``: title, summary and their English, ``mode`` and ``limit_days``.
    """
    if not may_draft_matter(actor, lead, day_of(at)):
        raise MatterRefused(WHO_WRITES)
    _check_code(code)
    if JointMatter.objects.filter(code=code).exists():
        raise MatterRefused(f"已有联办事项使用地址“{code}”。请换一个。", "code")
    _check_topic(topic)
    matter = JointMatter.objects.create(
        code=code, kind=JointKind(kind).value, lead=lead, topic=topic
    )
    made = JointMatterVersion(matter=matter, number=1, saved_by=actor)
    _write(made, words)
    _set_parts(made, parts)
    _step(made, JointStep.DRAFTED, actor, at, "", {})
    return made


@acting()
def next_matter_draft(matter_id: int, actor: Account | None, at: datetime) -> JointMatterVersion:
    """A draft begun from the newest version that was not dropped; the draft there is, if any."""
    rows = JointMatter.objects.select_for_update(of=("self",)).select_related("lead")
    matter = rows.get(pk=matter_id)
    if not may_edit_matter(actor, matter, day_of(at)):
        raise MatterRefused(WHO_WRITES)
    versions = list(matter.versions.order_by("-number"))
    if standing := next((one for one in versions if one.state == S.DRAFT), None):
        return standing
    source = next((one for one in versions if one.state != S.DROPPED), versions[0])
    made = JointMatterVersion.objects.create(
        matter=matter,
        number=versions[0].number + 1,
        mode=source.mode,
        limit_days=source.limit_days,
        saved_by=actor,
        **{name: getattr(source, name) for name in WORDS},
    )
    kept = ("item_id", "position", "limit_days", "need", "question", "question_en")
    JointPart.objects.bulk_create(
        JointPart(version=made, **{name: getattr(part, name) for name in kept})
        for part in source.parts.all()
    )
    _step(made, JointStep.DRAFTED, actor, at, "", {"from": source.number})
    return made


@acting()
def edit_matter(
    version_id: int,
    words: Mapping[str, Any],
    parts: Sequence[Part],
    actor: Account | None,
    at: datetime,
    *,
    seen: int,
    kind: str = "",
    topic: str | None = None,
    lead: Organ | None = None,
) -> JointMatterVersion:
    """Keep the draft as it now is, faults and all; refused if somebody saved it since ``seen``.

    Kind, topic and lead unit belong to the matter: they are settled once it was published.
    """
    version = _draft(version_id, actor, at)
    if version.revision != seen:
        raise MatterRefused("另一位编辑刚刚修改了这份草稿。请核对后再保存。", "revision")
    matter = version.matter
    _write(version, words, save=False)
    version.revision, version.saved_by = seen + 1, actor
    _settle(
        matter,
        kind or matter.kind,
        matter.topic if topic is None else topic,
        lead or matter.lead,
        actor,
        day_of(at),
    )
    version.save()
    _set_parts(version, parts)
    return version


@acting()
def publish_matter(
    version_id: int, actor: Account | None, at: datetime, first_day: date, note: str = ""
) -> JointMatterEvent:
    """Put the draft in force from ``first_day``, if the gate finds no fault.

    Raises :class:`MatterRefused` with every fault beside its field.
    """
    version = _locked(version_id)
    if version.state == S.PUBLISHED and version.effective_from == first_day:
        if not may_publish_matter(actor, day_of(at)):
            raise MatterRefused(WHO_PUBLISHES)
        return version.events.get(verb=JointStep.PUBLISHED.value)  # a repeated click
    if version.state != S.DRAFT:
        raise MatterRefused(f"第{version.number}版“{S(version.state).zh}”，不能公布。请刷新页面。")
    day = day_of(at)
    if not may_publish_matter(actor, day):
        raise MatterRefused(WHO_PUBLISHES)
    if first_day < day:
        raise MatterRefused("施行日期不能早于公布之日。", "first_day")
    faults = [one for one in matter_faults(version, first_day) if not one.warns]
    if faults:
        raise MatterRefused(f"还有{len(faults)}处问题，不能公布。请逐处改正。", "", faults)
    before = _replaced(version, first_day)
    version.state, version.effective_from, version.published_at = S.PUBLISHED.value, first_day, at
    version.change_note = note.strip()
    version.save()
    return _step(
        version,
        JointStep.PUBLISHED,
        actor,
        at,
        note.strip(),
        {
            "in_force_from": first_day.isoformat(),
            "replaces": before.number if before else None,
            "digest": digest_of_matter(version),
        },
    )


@acting()
def drop_draft(
    version_id: int, actor: Account | None, at: datetime, reason: str
) -> JointMatterEvent:
    """Give a draft up; the record stays, and what is in force stays in force."""
    version = _draft(version_id, actor, at)
    if not reason.strip():
        raise MatterRefused("请写明放弃这份草稿的理由。", "reason")
    version.state = S.DROPPED.value
    version.save(update_fields=["state"])
    return _step(version, JointStep.DROPPED, actor, at, reason.strip(), {})


@acting()
def end_matter(
    matter_id: int, actor: Account | None, at: datetime, last_day: date, reason: str
) -> JointMatterEvent:
    """No new application after ``last_day``; cases begun by then go on as they began."""
    rows = JointMatter.objects.select_for_update(of=("self",)).select_related("lead")
    matter = rows.get(pk=matter_id)
    if not may_publish_matter(actor, day_of(at)):
        raise MatterRefused(WHO_PUBLISHES)
    if not reason.strip():
        raise MatterRefused("请写明终止联办的理由，它会公布。", "reason")
    if last_day < day_of(at):
        raise MatterRefused("最后一日不能早于今天：已经可以申请的日子不能收回。", "last_day")
    open_ended = matter.versions.filter(state=S.PUBLISHED.value, effective_until=None)
    version = open_ended.select_for_update().first()
    if version is None or version.effective_from is None:
        raise MatterRefused("这个联办事项没有长期有效的版本，不用终止。请刷新页面。")
    if last_day < version.effective_from:
        raise MatterRefused(
            f"第{version.number}版自{version.effective_from}施行，最后一日不能更早。", "last_day"
        )
    version.effective_until = last_day
    version.save(update_fields=["effective_until"])
    facts = {"in_force_until": last_day.isoformat()}
    return _step(version, JointStep.ENDED, actor, at, reason.strip(), facts)


def digest_of_matter(version: JointMatterVersion) -> str:
    """SHA-256 of the matter as it was published."""
    parts = [
        [one.item.code, one.limit_days, one.need, one.question, one.question_en]
        for one in version.parts.select_related("item")
    ]
    told = {name: getattr(version, name) for name in (*WORDS, "mode", "limit_days")}
    told |= {"matter": version.matter.code, "lead": version.matter.lead.code, "parts": parts}
    said = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


# ---------------------------------------------------------------- behind the verbs
def _locked(version_id: int) -> JointMatterVersion:
    rows = JointMatterVersion.objects.select_for_update(of=("self",))
    return rows.select_related("matter__lead").get(pk=version_id)


def _draft(version_id: int, actor: Account | None, at: datetime) -> JointMatterVersion:
    """The draft, locked, for who may edit it."""
    version = _locked(version_id)
    if version.state != S.DRAFT:
        raise MatterRefused(
            f"第{version.number}版“{S(version.state).zh}”，不能再修改。请从它起草新的一版。"
        )
    if not may_edit_matter(actor, version.matter, day_of(at)):
        raise MatterRefused(WHO_WRITES)
    return version


def _replaced(version: JointMatterVersion, first_day: date) -> JointMatterVersion | None:
    """The version in force without end gives way the day before; None if there is none."""
    standing = version.matter.versions.filter(state=S.PUBLISHED.value)
    if standing.filter(effective_until__gte=first_day).exists():
        raise MatterRefused("前一版在这一天仍然有效。请选择它终止之后的日期。", "first_day")
    before = standing.filter(effective_until=None).first()
    if before is None or before.effective_from is None:
        return None
    if before.effective_from >= first_day:
        raise MatterRefused(
            f"第{before.number}版自{before.effective_from}施行，新的一版应当晚于这一天。",
            "first_day",
        )
    before.state, before.effective_until = S.SUPERSEDED.value, first_day - timedelta(days=1)
    before.save(update_fields=["state", "effective_until"])
    return before


def _settle(
    matter: JointMatter, kind: str, topic: str, lead: Organ, actor: Account | None, day: date
) -> None:
    """Kind, topic and lead unit, which change only while nothing was published."""
    before = {"kind": matter.kind, "topic": matter.topic, "lead": matter.lead.code}
    now = {"kind": kind, "topic": topic, "lead": lead.code}
    changed = [name for name in now if now[name] != before[name]]
    if not changed:
        return
    if matter.versions.exclude(published_at=None).exists():
        raise MatterRefused(
            "联办事项公布后，种类、主题和主办单位不再更改。请终止它，再起草新的联办事项。",
            changed[0],
        )
    if not may_draft_matter(actor, lead, day):
        raise MatterRefused(WHO_WRITES, "lead")
    _check_topic(topic)
    matter.kind, matter.topic, matter.lead = JointKind(kind).value, topic, lead
    matter.save(update_fields=["kind", "topic", "lead"])


def _check_code(code: str) -> None:
    try:
        validate_slug(code)
    except ValidationError:
        code = ""
    if not code or len(code) > 60 or code == "new" or code != code.lower():
        raise MatterRefused(
            "地址只能用小写字母、数字和连字符，如 open-a-restaurant，不超过60位。", "code"
        )


def _check_topic(topic: str) -> None:
    if topic and topic_of(topic) is None:
        raise MatterRefused("没有这个主题。请从清单中选择。", "topic")


def _write(version: JointMatterVersion, words: Mapping[str, Any], *, save: bool = True) -> None:
    """The words, mode and limit; what the record cannot hold is refused beside its field."""
    for name, most in WORDS.items():
        if name in words:
            said = str(words[name]).strip()
            if len(said) > most:
                raise MatterRefused(f"最多{most}个字，现有{len(said)}个。请缩短。", name)
            setattr(version, name, said)
    if not version.title:
        raise MatterRefused("请写明联办事项的名称。", "title")
    version.mode = JointMode(words.get("mode", version.mode)).value
    version.limit_days = int(words.get("limit_days", version.limit_days))
    if not 1 <= version.limit_days <= MOST_DAYS:
        raise MatterRefused(
            f"共同期限应为1至{MOST_DAYS}个工作日（行政许可法 42）。请改正。", "limit_days"
        )
    if save:
        version.save()


def _set_parts(version: JointMatterVersion, parts: Sequence[Part]) -> None:
    """The parts as they now are, in this order; a fault is told at ``parts-<row>-<field>``."""
    if len(parts) > MOST_PARTS:
        raise MatterRefused(f"一个联办事项最多{MOST_PARTS}个事项。请拆分。", "parts")
    items = {one.code: one for one in Item.objects.filter(code__in=[part.item for part in parts])}
    made, met = [], set[str]()
    for row, part in enumerate(parts):
        if part.item not in items:
            raise MatterRefused(
                f"没有编码为“{part.item}”的事项。请查找后选择。", f"parts-{row}-item"
            )
        if part.item in met:
            raise MatterRefused("这个事项已在联办事项中。请移除一行。", f"parts-{row}-item")
        met.add(part.item)
        if not 1 <= part.limit_days <= MOST_DAYS:
            raise MatterRefused(
                f"时限应为1至{MOST_DAYS}个工作日（行政许可法 42）。请改正。",
                f"parts-{row}-limit_days",
            )
        for name, most in (("question", 200), ("question_en", 300)):
            if len(getattr(part, name).strip()) > most:
                raise MatterRefused(f"最多{most}个字。请缩短。", f"parts-{row}-{name}")
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


def _step(
    version: JointMatterVersion,
    step: JointStep,
    actor: Account | None,
    at: datetime,
    reason: str,
    facts: Mapping[str, Any],
) -> JointMatterEvent:
    said = {
        "joint_matter": version.matter.code,
        "version": version.number,
        "verb": step.value,
        "organ": version.matter.lead.code,
        "event_time": at.isoformat(timespec="seconds"),
        **facts,
    }
    if reason:
        said["reason"] = reason
    entry = append("catalogue", {"v": 1, "log": settings.LEDGER_ORIGIN, **said})
    return JointMatterEvent.objects.create(
        matter=version.matter,
        version=version,
        verb=step.value,
        actor=actor,
        reason=reason,
        facts=dict(facts),
        event_time=at,
        ledger_entry=entry,
    )
