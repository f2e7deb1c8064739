"""What deeds of this room are done to: sites, articles and their editions, designations."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from openhall.catalogue.queries import versions_in_force
from openhall.deeds.kinds import Kind, register
from openhall.deeds.refusals import Fault
from openhall.glossary import Said
from openhall.paging.typed import visible
from openhall.paging.whole import whole
from openhall.policies.queries import documents_by_pk
from openhall.sites.models import (
    Article,
    Designation,
    Edition,
    EditionEvent,
    Site,
    SiteDeed,
    Subscription,
)
from openhall.sites.permissions import may_check, may_publish, may_write
from openhall.sites.rules.text import Block, cards, faults
from openhall.sites.rules.topics import topic_of
from openhall.sites.rules.words import wrong_words
from openhall.sites.terms import (
    ArticleAct,
    DesignationAct,
    EditionAct,
    SiteAct,
    Subject,
    SubscriptionAct,
)
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

SAYS: Final = (
    "title", "title_en", "summary", "summary_en", "text", "text_en", "source", "keywords", "files",
)  # fmt: skip
TITLE_AT_LEAST: Final = 4

SITE = register(
    Kind(
        name=Subject.SITE.value,
        model=Site,
        events=SiteDeed,
        acts=SiteAct,
        title=Said(Subject.SITE.zh, Subject.SITE.en),
        number=lambda site: site.slug,
        related=("organ",),
        tells=lambda site: {"organ": site.organ.code},
    )
)
ARTICLE = register(
    Kind(
        name=Subject.ARTICLE.value,
        model=Article,
        events=SiteDeed,
        acts=ArticleAct,
        title=Said(Subject.ARTICLE.zh, Subject.ARTICLE.en),
        related=("site__organ", "owner"),
        tells=lambda one: {"site": one.site.slug, "column": one.column},
        loose={"folder": "Where its files lie; their names and digests stand in each edition."},
    )
)
DESIGNATION = register(
    Kind(
        name=Subject.DESIGNATION.value,
        model=Designation,
        events=SiteDeed,
        acts=DesignationAct,
        title=Said(Subject.DESIGNATION.zh, Subject.DESIGNATION.en),
        number=lambda one: str(one.pk),
        related=("organ",),
        tells=lambda one: {"organ": one.organ.code},
    )
)
SUBSCRIPTION = register(
    Kind(
        name=Subject.SUBSCRIPTION.value,
        model=Subscription,
        events=SiteDeed,
        acts=SubscriptionAct,
        title=Said(Subject.SUBSCRIPTION.zh, Subject.SUBSCRIPTION.en),
        number=lambda one: str(one.pk),
        tells=lambda one: {"topic": topic.public if (topic := topic_of(one.topic)) else ""},
        loose={"code_blind": "An index of the code, made from it; the code is committed to."},
    )
)

WRITE: Final = Step(
    "editor",
    Said("本单位信息编辑", "Editor of the unit"),
    Said("只有本单位的信息编辑可以写稿。", "Only the unit's editors write."),
    lambda account, edition, day: may_write(account, edition.article.site, day),
)
CHECK: Final = Step(
    "secrecy",
    Said("保密审查", "Check for secrets"),
    Said(
        "公开前应当由本单位批准人作保密审查（政府信息公开条例 17）。",
        "Before it is public, who decides in the unit checks it for secrets "
        "(Regulation on Open Government Information, art. 17).",
    ),
    lambda account, edition, day: may_check(account, edition.article.site, day),
)
PUBLISH: Final = Step(
    "publisher",
    Said("本单位负责人", "Head of the unit"),
    Said("只有本单位负责人可以签发。", "Only who leads the unit publishes."),
    lambda account, edition, day: may_publish(account, edition.article.site, day),
)


def _faults(edition: Edition, first_day: date) -> Iterator[Fault]:
    if visible(edition.title) < TITLE_AT_LEAST:
        yield Fault(
            Said(
                f"标题不少于{TITLE_AT_LEAST}个字。",
                f"The title has at least {TITLE_AT_LEAST} characters.",
            ),
            "title",
        )
    if not edition.text.strip():
        yield Fault(Said("还没有正文。", "There are no words yet."), "text")
    pictures = frozenset(
        one["name"] for one in edition.files if str(one.get("type", "")).startswith("image/")
    )
    for name in ("text", "text_en"):
        for at, said in faults(getattr(edition, name), pictures):
            yield Fault(Said(f"第{at}行：{said.zh}", f"Line {at}: {said.en}"), name)
        for card in cards(getattr(edition, name)):
            if not _is_there(card, edition, first_day):
                said = Said(
                    f"第{card.at}行：没有可以显示的{card.called.zh}“{card.key}”。",
                    f"Line {card.at}: there is no {card.called.en} “{card.key}” to show.",
                )
                yield Fault(said, name)
    for name in ("title", "summary", "text"):
        for wrong, right in wrong_words(getattr(edition, name)):
            said = (
                Said(f"“{wrong}”应当写作“{right}”。", f"“{wrong}” should read “{right}”.")
                if right
                else Said(f"“{wrong}”没有内容，请补全。", f"“{wrong}” says nothing. Write it out.")
            )
            yield Fault(said, name)


def _is_there(card: Block, edition: Edition, day: date) -> bool:
    """Whether what a card names can be shown on its first day; figures and charts always can."""
    if card.kind in ("guide", "form", "fee"):
        return versions_in_force(day).filter(item__code=card.key).exists()
    if card.kind == "policy":
        pk = whole(card.key.partition("#")[0])
        return pk is not None and pk in documents_by_pk([pk])
    if card.kind == "contact" and card.key:
        return Site.objects.filter(slug=card.key).exists()
    return True


def _says(edition: Any) -> dict[str, Any]:
    return {name: getattr(edition, name) for name in SAYS}


EDITION = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name=EditionAct.EDITION.value,
                model=Edition,
                events=EditionEvent,
                acts=VersionAct,
                title=Said(EditionAct.EDITION.zh, EditionAct.EDITION.en),
                fk="version",
                number=lambda one: f"{one.article.number}/{one.number}",
                related=("article__site__organ",),
                tells=lambda one: {"article": one.article.number},
            )
        ),
        family=("article",),
        route=Route(
            write=WRITE,
            reviews=(CHECK,),
            publish=PUBLISH,
            urgent=Said(
                "突发事件应当及时发布信息（突发事件应对法 7），保密审查随后补作。",
                "In an emergency information is given at once (Emergency Response Law, art. 7); "
                "the check for secrets follows.",
            ),
        ),
        content=_says,
        gate=_faults,
        same_day=True,
        names={
            "title": Said("标题", "Title"),
            "title_en": Said("英文标题", "Title in English"),
            "summary": Said("摘要", "Summary"),
            "summary_en": Said("英文摘要", "Summary in English"),
            "text": Said("正文", "Text"),
            "text_en": Said("英文正文", "Text in English"),
            "source": Said("信息来源", "Source"),
            "keywords": Said("关键词", "Keywords"),
            "files": Said("图片和附件", "Pictures and files"),
        },
        called=lambda one: Said(one.title, one.title_en or one.title),
    )
)
