"""A site with its editor, who checks, who leads; and an article published through its acts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from openhall.deeds.doing import Doing
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.sites import actions
from openhall.sites.kinds import EDITION
from openhall.sites.models import Article, Edition, Site
from openhall.sites.terms import ColumnKind, Secrecy
from openhall.versions import actions as versions
from tests.factories.organs import standing

AT = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
DAY = date(2026, 11, 20)
WORDS = {
    "title": "关于冬季供水管道检修的公告",
    "title_en": "Water mains are repaired this winter",
    "summary": "12月1日至3日分片检修，夜间停水。",
    "summary_en": "From 1 to 3 December, by district, at night.",
    "text": (
        "## 什么时候\n12月1日至3日，每晚22:00至次日5:00。\n"
        "表：各片区检修时间\n| 片区 | 时间 |\n| 城东 | 12月1日 |\n| 城西 | 12月2日 |\n"
        "! 请提前储水。\n@联系"
    ),
    "source": "市水务局",
}


@dataclass
class There:
    """The site of one unit and its people."""

    site: Site
    office: Account
    editor: Account
    checker: Account
    head: Account
    doing: Callable[..., Doing]

    def draft(self, column: ColumnKind = ColumnKind.NOTICES, **words: str) -> Edition:
        said = WORDS | words
        return actions.open_article(self.site, column, said, self.doing(self.editor))

    def sent(self, edition: Edition) -> Edition:
        versions.send(EDITION, edition.pk, self.doing(self.editor))
        actions.check_secrecy(edition.pk, Secrecy.CLEAR, self.doing(self.checker))
        edition.refresh_from_db()
        return edition

    def published(self, column: ColumnKind = ColumnKind.NOTICES, **words: str) -> Edition:
        edition = self.sent(self.draft(column, **words))
        actions.publish_edition(edition.pk, DAY, self.doing(self.head))
        return Edition.objects.select_related("article__site__organ").get(pk=edition.pk)

    def article(self, edition: Edition) -> Article:
        return Article.objects.select_related("site__organ").get(pk=edition.article_id)


def doing(who: Any, key: str = "", at: datetime = AT) -> Doing:
    return Doing(who, at, key or f"s:{uuid4()}", entered=None)


def seated(name: str, organ: Organ, *desks: Desk) -> Account:
    account = Account.objects.create_user(username=name)
    for desk in desks:
        appoint(account, organ, desk, date(2003, 1, 1))
    return account


def furnished(code: str = "cd-water", now: datetime | None = None) -> There:
    """A department with a site; acts are done at ``now``, else on 20 November 2026."""
    organ = standing(  # the cast has a water bureau too
        code,
        kind="department",
        name="市水务局",
        name_en="Water Bureau",
        short_name="水务",
        phone="028-61881000",
        address="人民中路1号",
    )
    names = {"name": "市信息化办", "name_en": "Informatization Office", "short_name": "信息化"}
    guides = standing("cd-xxb", kind="department", **names)
    office = Account.objects.filter(username=f"{code}-office").first() or seated(
        f"{code}-office", guides, Desk.INFORMATIZATION
    )
    by = lambda who, key="": doing(who, key, now or AT)  # noqa: E731
    actions.make_sites(by(office))
    return There(
        Site.objects.select_related("organ").get(organ=organ),
        office,
        seated(f"{code}-editor", organ, Desk.EDITOR),
        seated(f"{code}-checker", organ, Desk.DECIDER),
        seated(f"{code}-head", organ, Desk.HEAD),
        by,
    )
