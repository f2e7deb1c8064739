"""The verbs of question guides: begun, edited as a draft, published, dropped; checklists kept. B7.

A published version never changes: who wants to mend it begins the next one from it. Beginning,
publishing and dropping stand in the ledger, publishing with the digest of what was published.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from openhall.catalogue.queries import version_in_force
from openhall.catalogue.terms import GuideState
from openhall.catalogue.terms_topics import topic_of
from openhall.deeds.refusals import Refused
from openhall.ledger.actions import append
from openhall.organs.models import Account, Organ
from openhall.questions.models import (
    QuestionGuide,
    QuestionGuideEvent,
    QuestionGuideVersion,
    SavedChecklist,
)
from openhall.questions.permissions import (
    may_begin_event_guide,
    may_begin_item_guide,
    may_edit_questions,
    may_publish_questions,
)
from openhall.questions.queries import facts_for
from openhall.questions.rules.checking import check
from openhall.questions.rules.content import Content, Unreadable, parse, written
from openhall.questions.rules.outcomes import expectations

S = GuideState
MOST_SAVED = 50  # checklists of one account


GuideRefused = Refused


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _step(
    version: QuestionGuideVersion,
    verb: str,
    actor: Account | None,
    at: datetime,
    reason: str,
    facts: Mapping[str, Any],
) -> QuestionGuideEvent:
    said = {
        "question_guide": version.guide.slug,
        "version": version.number,
        "verb": verb,
        "organ": version.guide.organ.code,
        "event_time": at.isoformat(timespec="seconds"),
        **facts,
    }
    entry = append("catalogue", {"v": 1, "log": settings.LEDGER_ORIGIN, **said})
    return QuestionGuideEvent.objects.create(
        guide=version.guide,
        version=version,
        verb=verb,
        actor=actor,
        reason=reason,
        facts=dict(facts),
        event_time=at,
        ledger_entry=entry,
    )


def _draft(version_id: int, actor: Account | None, at: datetime) -> QuestionGuideVersion:
    """The draft, locked, for who may edit it."""
    rows = QuestionGuideVersion.objects.select_for_update(of=("self",))
    version = rows.select_related("guide__organ", "guide__item").get(pk=version_id)
    if version.state != S.DRAFT:
        raise GuideRefused(
            f"第{version.number}版“{S(version.state).zh}”，不能再修改。请从它起草新的一版。"
        )
    if not may_edit_questions(actor, version.guide, _day(at)):
        raise GuideRefused(_who(version.guide))
    return version


def _who(guide: QuestionGuide) -> str:
    if guide.item_id is None:
        return "“一件事”和主题的问答由市政府办公厅或者信息化办编写（成办发〔2003〕75号 二（二））。"
    return "事项的问答只能由本单位的信息编辑或者事项维护人员编写（成办发〔2003〕75号 二（二））。"


@transaction.atomic
def begin_guide(
    organ: Organ,
    slug: str,
    words: Mapping[str, str],
    actor: Account | None,
    at: datetime,
    *,
    item: str = "",
    topic: str = "",
) -> QuestionGuideVersion:
    """A new guide with an empty first draft. ``words``: title, summary and their English."""
    day = _day(at)
    if bool(item) == bool(topic):
        raise GuideRefused("请选择一个事项，或者选择一个主题、“一件事”。", "item")
    if QuestionGuide.objects.filter(slug=slug).exists():
        raise GuideRefused(f"已有问答使用地址“{slug}”。请换一个。", "slug")
    if not words.get("title", "").strip():
        raise GuideRefused("请写明问答的标题。", "title")
    version = version_in_force(item, day) if item else None
    guide = QuestionGuide(slug=slug, topic=topic, organ=organ)
    if item:
        if version is None or version.item.organ_id != organ.pk:
            raise GuideRefused("这不是本单位现行的事项。请从清单中选择。", "item")
        if not may_begin_item_guide(actor, organ, day):
            raise GuideRefused(
                "事项的问答只能由本单位的信息编辑或者事项维护人员编写"
                "（成办发〔2003〕75号 二（二））。"
            )
        guide.item = version.item
    else:
        if topic_of(topic) is None:
            raise GuideRefused("没有这个主题。请从清单中选择。", "topic")
        if not may_begin_event_guide(actor, organ, day):
            raise GuideRefused(_who(guide))
    guide.save()
    made = QuestionGuideVersion.objects.create(
        guide=guide, number=1, content=written(Content()), saved_by=actor, **_kept(words)
    )
    _step(made, "drafted", actor, at, "", {})
    return made


def _kept(words: Mapping[str, str]) -> dict[str, str]:
    names = ("title", "title_en", "summary", "summary_en")
    return {name: words.get(name, "").strip() for name in names}


@transaction.atomic
def save_content(
    version_id: int, content: Content, actor: Account | None, at: datetime, *, seen: int
) -> QuestionGuideVersion:
    """Keep the draft as it now is, faults and all; refused if somebody saved it since ``seen``."""
    version = _draft(version_id, actor, at)
    if version.revision != seen:
        raise GuideRefused("另一位编辑刚刚修改了这份草稿。请刷新页面，核对后再改。")
    try:
        said = written(parse(written(content)))
    except Unreadable as error:
        raise GuideRefused(f"内容不能保存：{error}") from error
    version.content, version.revision, version.saved_by = said, seen + 1, actor
    version.save(update_fields=["content", "revision", "saved_by", "saved_at"])
    return version


@transaction.atomic
def save_words(
    version_id: int, words: Mapping[str, str], actor: Account | None, at: datetime
) -> QuestionGuideVersion:
    """The title and the summary of a draft."""
    version = _draft(version_id, actor, at)
    said = _kept(words)
    if not said["title"]:
        raise GuideRefused("请写明问答的标题。", "title")
    for name, value in said.items():
        setattr(version, name, value)
    version.saved_by = actor
    version.save(update_fields=[*said, "saved_by", "saved_at"])
    return version


@transaction.atomic
def next_draft(guide_id: int, actor: Account | None, at: datetime) -> QuestionGuideVersion:
    """A draft begun from the newest published version; the draft there is, if there is one."""
    rows = QuestionGuide.objects.select_for_update(of=("self",)).select_related("organ", "item")
    guide = rows.get(pk=guide_id)
    if not may_edit_questions(actor, guide, _day(at)):
        raise GuideRefused(_who(guide))
    versions = list(guide.versions.order_by("-number"))
    if standing := next((one for one in versions if one.state == S.DRAFT), None):
        return standing
    source = next((one for one in versions if one.state != S.DROPPED), versions[0])
    made = QuestionGuideVersion.objects.create(
        guide=guide,
        number=versions[0].number + 1,
        content=source.content,
        saved_by=actor,
        title=source.title,
        title_en=source.title_en,
        summary=source.summary,
        summary_en=source.summary_en,
    )
    _step(made, "drafted", actor, at, "", {"from": source.number})
    return made


@transaction.atomic
def drop_draft(
    version_id: int, actor: Account | None, at: datetime, reason: str
) -> QuestionGuideEvent:
    """Give a draft up; the record stays, and what is in force stays in force."""
    version = _draft(version_id, actor, at)
    if not reason.strip():
        raise GuideRefused("请写明放弃这份草稿的理由。", "reason")
    version.state = S.DROPPED.value
    version.save(update_fields=["state"])
    return _step(version, "dropped", actor, at, reason.strip(), {})


@transaction.atomic
def publish_guide(
    version_id: int, actor: Account | None, at: datetime, first_day: date, note: str = ""
) -> QuestionGuideEvent:
    """Put the draft in force from ``first_day``, if every path through it is sound.

    Raises :class:`GuideRefused` with the faults of the checker. What each path comes to that day
    is kept, so that a change of an item shows which guides must be looked at.
    """
    rows = QuestionGuideVersion.objects.select_for_update(of=("self",))
    version = rows.select_related("guide__organ", "guide__item").get(pk=version_id)
    if version.state != S.DRAFT:
        raise GuideRefused(f"第{version.number}版“{S(version.state).zh}”，不能公布。请刷新页面。")
    day = _day(at)
    if not may_publish_questions(actor, version.guide, day):
        raise GuideRefused(
            "“一件事”和主题的问答由市政府办公厅公布（成办发〔2003〕75号 二（二））。"
            if version.guide.item_id is None
            else "事项的问答由本单位的事项维护人员公布（国办函〔2016〕108号）。"
        )
    if first_day < day:
        raise GuideRefused("施行日期不能早于公布之日。", "first_day")
    content = parse(version.content)
    facts = facts_for(content, day)
    if faults := check(content, facts):
        raise GuideRefused(f"问答还有{len(faults)}处问题，不能公布。请逐处改正。", "", faults)
    before = version.guide.versions.filter(
        state=S.PUBLISHED.value, effective_until__isnull=True
    ).first()
    if before is not None and before.effective_from is not None:
        if before.effective_from > first_day:
            raise GuideRefused(
                f"第{before.number}版已定于{before.effective_from}施行，新的一版不能更早。",
                "first_day",
            )
        before.state = S.SUPERSEDED.value
        before.effective_until = max(before.effective_from, first_day - timedelta(days=1))
        before.save(update_fields=["state", "effective_until"])
    version.state, version.effective_from, version.published_at = S.PUBLISHED.value, first_day, at
    version.expectations, version.change_note = expectations(content, facts), note.strip()
    version.save()
    return _step(
        version,
        "published",
        actor,
        at,
        note.strip(),
        {
            "in_force_from": first_day.isoformat(),
            "replaces": before.number if before else None,
            "paths": len(version.expectations),
            "digest": digest_of(version.content),
        },
    )


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content as it was published."""
    said = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


@transaction.atomic
def keep_checklist(
    account: Account, version: QuestionGuideVersion, answers: str, at: datetime
) -> SavedChecklist:
    """Keep a checklist with the account; the same answers once. The oldest make room."""
    mine = SavedChecklist.objects.select_for_update().filter(account=account)
    for one in mine.filter(version=version):
        if one.answers == answers:
            return one
    if old := list(
        mine.order_by("-saved_at", "-id").values_list("pk", flat=True)[MOST_SAVED - 1 :]
    ):
        SavedChecklist.objects.filter(pk__in=old).delete()
    return SavedChecklist.objects.create(
        account=account, guide=version.guide, version=version, answers=answers, saved_at=at
    )


@transaction.atomic
def forget_checklist(account: Account, checklist_id: int) -> None:
    """Take a kept checklist away, for its owner."""
    SavedChecklist.objects.filter(account=account, pk=checklist_id).delete()
