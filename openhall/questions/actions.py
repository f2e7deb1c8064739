"""The verbs of question guides: begun, edited as a draft, published, ended; checklists kept. B7.

A guide goes the way of every dated version (``openhall.versions``): who wrote on it does not
publish it, a published one never changes, and its digest stands in the log.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import transaction

from openhall.catalogue.queries import version_in_force
from openhall.catalogue.terms_topics import topic_of
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused
from openhall.deeds.writer import made_before
from openhall.glossary import Said
from openhall.organs.models import Account, Organ
from openhall.questions.kinds import GUIDE
from openhall.questions.models import QuestionGuide, QuestionGuideVersion, SavedChecklist
from openhall.questions.rules.content import Content, Unreadable, parse, written
from openhall.versions import actions as versions
from openhall.versions.queries import newest_of
from openhall.versions.terms import VersionAct

MOST_SAVED = 50  # checklists of one account
WORDS = ("title", "title_en", "summary", "summary_en")
NO_TITLE = Said("请写明问答的标题。", "Give the guide a title.")


def _words(words: Mapping[str, str]) -> Callable[[QuestionGuideVersion], None]:
    said = {name: words.get(name, "").strip() for name in WORDS}
    if not said["title"]:
        raise Refused(NO_TITLE, "title")

    def write(version: QuestionGuideVersion) -> None:
        for name, value in said.items():
            setattr(version, name, value)

    return write


@acting()
def begin_guide(
    organ: Organ,
    slug: str,
    words: Mapping[str, str],
    doing: Doing,
    *,
    item: str = "",
    topic: str = "",
) -> QuestionGuideVersion:
    """A new guide with an empty first draft. ``words``: title, summary and their English."""
    before = made_before(GUIDE.kind, doing, VersionAct.BEGIN)
    if before is not None and before.guide.slug == slug:
        made: QuestionGuideVersion = before
        return made
    if bool(item) == bool(topic):
        raise Refused(
            Said(
                "请选择一个事项，或者选择一个主题、“一件事”。",
                "Choose one item, or one topic or life event.",
            ),
            "item",
        )
    if QuestionGuide.objects.filter(slug=slug).exists():
        raise Refused(
            Said(
                f"已有问答使用地址“{slug}”。请换一个。",
                f"Another guide has the address “{slug}”. Choose another.",
            ),
            "slug",
        )
    fill = _words(words)
    guide = QuestionGuide(slug=slug, topic=topic, organ=organ)
    if item:
        version = version_in_force(item, doing.day)
        if version is None or version.item.organ_id != organ.pk:
            raise Refused(
                Said(
                    "这不是本单位现行的事项。请从清单中选择。",
                    "This is no item of this unit in force. Choose one from the list.",
                ),
                "item",
            )
        guide.item = version.item
    elif topic_of(topic) is None:
        raise Refused(
            Said("没有这个主题。请从清单中选择。", "There is no such topic. Choose one."), "topic"
        )
    guide.save()

    def empty(version: QuestionGuideVersion) -> None:
        fill(version)
        version.content = written(Content())

    first: QuestionGuideVersion = versions.begin(GUIDE, {"guide": guide}, doing, empty)
    return first


def save_content(version_id: int, content: Content, doing: Doing) -> QuestionGuideVersion:
    """Keep the draft as it now is, faults and all; refused if somebody saved it since."""
    try:
        said = written(parse(written(content)))
    except Unreadable as error:
        why = Said("内容不能保存：", "This cannot be kept:") + error.said
        raise Refused(why) from error

    def change(version: QuestionGuideVersion) -> None:
        version.content = said

    saved: QuestionGuideVersion = versions.save(GUIDE, version_id, doing, change)
    return saved


def save_words(version_id: int, words: Mapping[str, str], doing: Doing) -> QuestionGuideVersion:
    """The title and the summary of a draft; refused if somebody saved it since."""
    saved: QuestionGuideVersion = versions.save(GUIDE, version_id, doing, _words(words))
    return saved


def next_draft(guide_id: int, doing: Doing) -> QuestionGuideVersion:
    """A draft begun from the newest version not dropped; the draft there is, if there is one."""
    guide = QuestionGuide.objects.select_related("organ", "item").get(pk=guide_id)
    source = newest_of(QuestionGuideVersion, guide=guide)
    made: QuestionGuideVersion = versions.begin(GUIDE, {"guide": guide}, doing, source=source)
    return made


def publish_guide(version_id: int, first_day: date, doing: Doing, note: str = "") -> Deed:
    """Put the draft in force from ``first_day``, if every path through it is sound.

    What each path comes to that day is kept, so that a change of an item shows which guides must
    be looked at.
    """
    return versions.publish(GUIDE, version_id, first_day, doing, note)


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
