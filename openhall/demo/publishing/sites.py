"""The sites of the demo city: written by their editors, checked, published, mended, withdrawn.

What stands on them is true of the city: its items, its people, its figures. Where a unit has not
written a column, the column is empty, and the nightly look says so.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.conf import settings
from django.utils import timezone, translation

from openhall.catalogue.queries import versions_in_force
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.demo.data import told
from openhall.demo.publishing import policy_files
from openhall.demo.rules import people
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ, Post
from openhall.organs.terms import Assurance, Desk, OrganKind
from openhall.sites import actions
from openhall.sites.actions.covering import prove_all
from openhall.sites.actions.looking import look_at_all
from openhall.sites.kinds import EDITION
from openhall.sites.models import Article, Edition, Site, SiteDeed
from openhall.sites.probing import ask
from openhall.sites.terms import ColumnKind, Secrecy, WhyWithdrawn
from openhall.versions import actions as versions

SAID: Final = told("sites")
HANDS: Final = (Desk.EDITOR, Desk.DECIDER, Desk.HEAD)
NAMED: Final = {
    "marriage": "结婚登记",
    "allowance": "高龄津贴发放",
    "passport": "普通护照签发",
    "unemployed": "失业保险金申领",
    "food": "食品经营许可",
}
CARDS: Final = 6
SILENT_EVERY: Final = 7  # one unit in so many has not written who leads it
FIRST_DAY: Final = date(2020, 1, 1)


def make() -> None:
    """Every site in one step, by the Informatization Office."""
    office = Account.objects.get(username="xuxin")
    actions.make_sites(Doing(office, timezone.now(), "demo-sites", Desk.INFORMATIZATION.value))


def go_on() -> None:
    """Write what is not written yet, designate the window units, and look at everything."""
    with translation.override("zh-hans"):
        desk = Publishing()
        for place, site in enumerate(Site.objects.select_related("organ").order_by("pk")):
            desk.write_for(place, site)
        desk.tell()
        desk.designate()
        policy_files.attach()
    served = (settings.STATIC_ROOT / "staticfiles.json").exists()  # else no page can be drawn
    look_at_all(asks=ask if served else None)
    if served:
        prove_all()


@dataclass(frozen=True, slots=True)
class Words:
    """One article to be: where it stands, what it says, how many days ago it was published."""

    key: str
    column: ColumnKind
    said: dict[str, str]
    ago: int


class Publishing:
    """Who writes, checks and publishes where."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.today = timezone.localdate()
        self.people: dict[int, dict[str, Account]] = defaultdict(dict)
        held = Post.objects.filter(desk__in=[desk.value for desk in HANDS], until__isnull=True)
        for post in held.select_related("account").order_by("pk"):  # the cast came last
            self.people[post.organ_id][post.desk] = post.account
        self.items: dict[int, list[Any]] = defaultdict(list)
        for version in versions_in_force(self.today).order_by("item__code"):
            self.items[version.item.organ_id].append(version)
        own = [one for rows in self.items.values() for one in rows if one.item.inherits_id is None]
        names = {one.name: one.item.code for one in own}
        self.codes = {word: names.get(name, "") for word, name in NAMED.items()}

    def hand(self, site: Site, desk: Desk) -> Account:
        """Who sits there; a unit of the demo that has nobody is given one."""
        seats = self.people[site.organ_id]
        if desk.value not in seats:
            name = f"{site.organ.code}-{desk.value}-site"
            made, _new = Account.objects.get_or_create(
                username=name,
                defaults={
                    "real_name": people.name(Random(name)),
                    "is_official": True,
                    "password": "!",
                    "assurance": Assurance.WINDOW.value,
                },
            )
            appoint(made, site.organ, desk, FIRST_DAY)
            seats[desk.value] = made
        return seats[desk.value]

    def doing(self, site: Site, desk: Desk, at: datetime, key: str) -> Doing:
        moment = min(at, self.now)
        who = self.hand(site, desk)
        return Doing(who, moment, system_key("demo-site", key), desk.value, entered=moment)

    # ------------------------------------------------------------ one article
    def publish(self, site: Site, words: Words, urgent: str = "", stop: str = "") -> Article | None:
        """The article through its three hands, or up to ``stop``; None where it stands already."""
        key = f"{site.slug}-{words.key}"
        if SiteDeed.objects.filter(key=system_key("demo-site", key)).exists():
            return None
        day = self.today - timedelta(days=words.ago)
        at = timezone.make_aware(datetime.combine(day, time(9, 10)))
        edition = actions.open_article(
            site, words.column, words.said, self.doing(site, Desk.EDITOR, at, key)
        )
        self._out(site, edition, key, day, at, urgent, stop)
        return Article.objects.get(pk=edition.article_id)

    def _out(
        self,
        site: Site,
        edition: Edition,
        key: str,
        day: date,
        at: datetime,
        urgent: str = "",
        stop: str = "",
    ) -> None:
        later = [at + timedelta(minutes=20 * n) for n in (1, 2, 3)]
        if stop == "draft":
            return
        if not urgent:
            by = self.doing(site, Desk.EDITOR, later[0], f"{key}-send")
            versions.send(EDITION, edition.pk, by)
            if stop == "check":
                return
            by = self.doing(site, Desk.DECIDER, later[1], f"{key}-check")
            actions.check_secrecy(edition.pk, Secrecy.CLEAR, by)
            if stop == "publish":
                return
        by = self.doing(site, Desk.HEAD, later[2], f"{key}-publish")
        note = SAID["note"] if edition.number > 1 else ""
        actions.publish_edition(edition.pk, day, by, note, urgent)

    # ------------------------------------------------------------ what every unit writes
    def write_for(self, place: int, site: Site) -> None:
        """Who it is, how to ask it, what it did last month; some units lack a column."""
        organ, items = site.organ, self._items_of(site)
        facts = {
            "name": organ.name,
            "name_en": organ.name_en,
            "many": len(items),
            "head": self.hand(site, Desk.HEAD).real_name,
            "decider": self.hand(site, Desk.DECIDER).real_name,
        }
        codes = [one.item.code for one in items[:CARDS]]
        for name, column in (("organ", ColumnKind.ORGAN), ("disclosure", ColumnKind.DISCLOSURE)):
            said = dict(SAID[name])
            if name == "organ" and not codes:
                none = {"text": said["none"], "text_en": said["none_en"]}
                said |= {
                    lang: f"{words}\n{'@contact' if lang.endswith('en') else '@联系'}"
                    for lang, words in none.items()
                } | {"summary": "", "summary_en": ""}
            cards = {
                "text": "\n".join(f"@指南 {code}" for code in codes),
                "text_en": "\n".join(f"@guide {code}" for code in codes),
            }
            self.publish(site, Words(name, column, _filled(said, facts, cards), 60 + place % 40))
        if place % SILENT_EVERY:
            leaders = _filled(SAID["leaders"], facts, {})
            self.publish(site, Words("leaders", ColumnKind.LEADERS, leaders, 55))
        if organ.kind == OrganKind.DEPARTMENT.value and items:
            month = (self.today.replace(day=1) - timedelta(days=1)).replace(day=1)
            said = _filled(
                SAID["month"],
                {
                    "month": f"{month.year}年{month.month}月",
                    "month_en": f"{month:%B %Y}",
                    "code": f"{month:%Y-%m}",
                },
                {},
            )
            ago = min((self.today - month).days - 27, 2 + place % 24)
            self.publish(site, Words(f"month-{month:%Y-%m}", ColumnKind.NEWS, said, max(ago, 0)))

    def _items_of(self, site: Site) -> list[Any]:
        if site.organ.kind == OrganKind.DISTRICT.value:
            below = Organ.objects.filter(parent=site.organ).values_list("pk", flat=True)
            return [one for pk in below for one in self.items[pk]]
        return self.items[site.organ_id]

    # ------------------------------------------------------------ what was written by hand
    def tell(self) -> None:
        """The articles of the data file: one mended on its day, one withdrawn, one urgent."""
        for number, one in enumerate(SAID["articles"]):
            site = Site.objects.select_related("organ").filter(organ__code=one["organ"]).first()
            if site is None:
                continue
            said = {
                name: one[name].format(**self.codes)
                for name in ("title", "title_en", "summary", "summary_en", "text", "text_en")
            } | {"source": site.organ.name}
            words = Words(f"told-{number}", ColumnKind(one["column"]), said, one["ago"])
            article = self.publish(site, words, one.get("urgent", ""), one.get("stop", ""))
            if article is None:
                continue
            at = self.now - timedelta(days=one["ago"]) + timedelta(hours=1)
            key = f"{site.slug}-told-{number}"
            if "fixes" in one:
                self._mend(site, article, one["fixes"].format(**self.codes), key)
            if "withdraw" in one:
                why, because = one["withdraw"]
                by = self.doing(site, Desk.HEAD, at + timedelta(days=20), f"{key}-withdraw")
                actions.withdraw(article.pk, WhyWithdrawn(why), because, by)

    def _mend(self, site: Site, article: Article, text: str, key: str) -> None:
        first = article.editions.get(number=1)
        assert first.effective_from is not None
        at = timezone.make_aware(datetime.combine(first.effective_from, time(14)))
        by = self.doing(site, Desk.EDITOR, at, f"{key}-again")
        edition = versions.begin(
            EDITION, {"article": article}, by, lambda one: setattr(one, "text", text), source=first
        )
        self._out(site, edition, f"{key}-again", first.effective_from, at)

    # ------------------------------------------------------------ window units
    def designate(self) -> None:
        """The window units that are to be interactive, each with guidance. B9."""
        office = Account.objects.get(username="xuxin")
        at = self.now - timedelta(days=90)
        for number, code in enumerate(SAID["designated"]):
            organ = Organ.objects.filter(code=code).first()
            key = system_key("demo-designate", code)
            if organ is None or SiteDeed.objects.filter(key=key).exists():
                continue
            doing = Doing(office, at, key, Desk.INFORMATIZATION.value, entered=at)
            made = actions.designate(organ, SAID["guidance"]["first"], doing)
            if number % 3 == 0:
                later = at + timedelta(days=30)
                key = system_key("demo-advise", code)
                by = Doing(office, later, key, Desk.INFORMATIZATION.value, entered=later)
                actions.advise(made.pk, SAID["guidance"]["more"], by)


def _filled(said: dict[str, str], facts: dict[str, Any], cards: dict[str, str]) -> dict[str, str]:
    names = ("title", "title_en", "summary", "summary_en", "text", "text_en")
    return {name: said.get(name, "").format(**facts, cards=cards.get(name, "")) for name in names}
