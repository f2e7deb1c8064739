"""Articles: opened, written, cared for, published urgently, checked afterwards, withdrawn. B4."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, only, worded
from openhall.deeds.writer import deed, made_before, write
from openhall.files.actions import Received, folder_of, take
from openhall.files.models import Upload
from openhall.files.terms import TrustLevel
from openhall.glossary import Said
from openhall.sites.actions.numbers import number
from openhall.sites.kinds import ARTICLE, EDITION, SAYS
from openhall.sites.models import Article, Edition, Site
from openhall.sites.permissions import may_check, may_publish, may_write
from openhall.sites.rules.columns import COLUMNS
from openhall.sites.terms import ArticleAct, ColumnKind, Secrecy, WhyWithdrawn
from openhall.versions import actions as versions
from openhall.workdays.queries import calendar

LOOKED_THROUGH: Final = timedelta(
    days=180
)  # what says how something is, is looked through twice a year
CHECKED_WITHIN: Final = 2  # working days after an urgent publication
REASON_AT_LEAST: Final = 5
EDITORS: Final = Said("本单位的信息编辑", "the unit's editors")
CHECKERS: Final = Said("本单位批准人", "who decides in the unit")
LEADERS: Final = Said("本单位负责人", "who leads the unit")


@acting()
def open_article(site: Site, column: ColumnKind, words: dict[str, str], doing: Doing) -> Edition:
    """A new article with its first draft. ``words`` are any of what an edition says."""
    same = {"site_id": site.pk, "column": column.value}
    before: Article | None = made_before(ARTICLE, doing, ArticleAct.OPEN, **same)
    if before is not None:
        return before.editions.get(number=1)
    only(may_write(doing.actor, site, doing.day), EDITORS, Said("写稿", "write"))
    if column.value not in site.columns or not COLUMNS[column.value].written:
        raise Refused(
            Said(
                f"“{column.zh}”栏目的内容由系统从办理中取得，不另写稿。",
                f"What “{column.en}” shows is kept elsewhere; nothing is written for it.",
            ),
            "column",
        )
    article = Article.objects.create(
        number=number(doing.day.year), site=site, column=column.value, owner=doing.actor
    )
    write(ARTICLE, article, ArticleAct.OPEN, doing)
    made: Edition = versions.begin(
        EDITION, {"article": article}, doing.part("draft"), lambda one: _fill(one, words)
    )
    return made


def _fill(edition: Edition, words: dict[str, str]) -> None:
    for name in SAYS:
        if name in words and name != "files":
            setattr(edition, name, words[name].strip())


def save_words(pk: int, words: dict[str, str], doing: Doing) -> Edition:
    """Keep what was written; a draft binds nobody."""
    made: Edition = versions.save(EDITION, pk, doing, lambda one: _fill(one, words))
    return made


def attach(pk: int, files: Sequence[Received], doing: Doing) -> Edition:
    """Lay pictures and files beside a draft; the same name again replaces the one there."""

    def change(edition: Edition) -> None:
        folder = folder_of(edition.article)
        beside = Upload.objects.filter(folder=folder)
        kept = [take(folder, "article", one, beside, TrustLevel.D) for one in files]
        said = {one["name"]: one for one in edition.files}
        for one in kept:
            said[one.name] = {
                "upload": one.pk,
                "name": one.name,
                "size": one.size,
                "sha256": one.sha256,
                "type": one.media_type,
            }
        edition.files = list(said.values())

    made: Edition = versions.save(EDITION, pk, doing, change)
    return made


def remove_file(pk: int, name: str, doing: Doing) -> Edition:
    """Take a file away from a draft; editions that were published keep theirs."""

    def change(edition: Edition) -> None:
        edition.files = [one for one in edition.files if one["name"] != name]

    made: Edition = versions.save(EDITION, pk, doing, change)
    return made


def check_secrecy(pk: int, found: Secrecy, doing: Doing) -> Deed:
    """保密审查: what it found stands in the log, with who checked committed to."""
    return versions.pass_on(EDITION, pk, doing, {"secrecy": found.value})


@acting()
def publish_edition(
    pk: int, first_day: date, doing: Doing, note: str = "", urgent: str = ""
) -> Deed:
    """签发. ``urgent``: why its check follows; it is owed within two working days then."""
    done = versions.publish(EDITION, pk, first_day, doing, note or None, urgent)
    article = Edition.objects.select_related("article__site__organ").get(pk=pk).article
    column = COLUMNS[article.column]
    if urgent and article.check_due is None:
        due = calendar().add_workdays(doing.day, CHECKED_WITHIN).on
        write(
            ARTICLE, article, ArticleAct.URGENT, doing.part("urgent"),
            changes={"check_due": due},
            facts={"check_due": due.isoformat(), "reason": urgent.strip()},
        )  # fmt: skip
    if column.days is None and article.look_by is None:
        look_by = doing.day + LOOKED_THROUGH
        write(
            ARTICLE, article, ArticleAct.CARE, doing.part("care"),
            changes={"look_by": look_by}, facts={"look_by": look_by.isoformat()},
        )  # fmt: skip
    return done


def _on(act: ArticleAct) -> Callable[[Callable[..., Deed]], Callable[..., Deed]]:
    return deed(ARTICLE, act)


@_on(ArticleAct.CHECKED)
def checked_afterwards(article: Article, found: Secrecy, doing: Doing) -> Deed:
    """补作保密审查 of what was published urgently."""
    only(
        may_check(doing.actor, article.site, doing.day),
        CHECKERS,
        Said("补作保密审查", "check it for secrets afterwards"),
    )
    if article.check_due is None:
        raise Refused(Said("没有待补的保密审查。", "No check is owed."))
    facts = {"secrecy": found.value, "late": doing.day > article.check_due}
    return write(
        ARTICLE, article, ArticleAct.CHECKED, doing, changes={"check_due": None}, facts=facts
    )


@_on(ArticleAct.CARE)
def care(article: Article, owner: Any, look_by: date, doing: Doing) -> Deed:
    """Who looks after it, and by which day it is looked through."""
    only(
        may_write(doing.actor, article.site, doing.day)
        or may_publish(doing.actor, article.site, doing.day),
        EDITORS,
        Said("指定责任人", "say who looks after it"),
    )
    if not may_write(owner, article.site, doing.day):
        raise Refused(
            Said("责任人应当是本单位的信息编辑。", "Who looks after it is an editor of the unit."),
            "owner",
        )
    if look_by <= doing.day:
        raise Refused(
            Said("复核日期应当晚于今天。", "The day to look through it lies ahead."), "look_by"
        )
    return write(
        ARTICLE,
        article,
        ArticleAct.CARE,
        doing,
        changes={"owner": owner, "look_by": look_by},
        facts={"look_by": look_by.isoformat()},
    )


@_on(ArticleAct.LOOKED)
def looked_through(article: Article, doing: Doing) -> Deed:
    """复核无误: it still says what is; the next look is half a year on."""
    only(
        may_write(doing.actor, article.site, doing.day),
        EDITORS,
        Said("复核稿件", "look an article through"),
    )
    look_by = doing.day + LOOKED_THROUGH
    return write(
        ARTICLE,
        article,
        ArticleAct.LOOKED,
        doing,
        changes={"look_by": look_by},
        facts={"look_by": look_by.isoformat()},
    )


@_on(ArticleAct.WITHDRAW)
def withdraw(article: Article, why: WhyWithdrawn, because: str, doing: Doing) -> Deed:
    """撤下: the page stays and says so; what may not be read is hidden, never deleted."""
    only(
        may_publish(doing.actor, article.site, doing.day), LEADERS, Said("撤下稿件", "withdraw it")
    )
    if article.is_withdrawn:
        raise Refused(Said("这篇稿件已经撤下。", "This article is withdrawn already."))
    if not article.editions.filter(published_at__isnull=False).exists():
        raise Refused(
            Said(
                "还没有发布，不需要撤下；放弃草稿即可。",
                "It was never published. Give the draft up.",
            )
        )
    because = worded(
        because,
        REASON_AT_LEAST,
        Said("撤下的理由，理由会公开", "why; everybody can read it"),
        "because",
    )
    return write(
        ARTICLE,
        article,
        ArticleAct.WITHDRAW,
        doing,
        changes={
            "withdrawn_at": doing.at,
            "why_withdrawn": why.value,
            "withdrawn_because": because[:300],
            "look_by": None,
        },
        facts={"why": why.value, "because": because[:300]},
    )
