"""开办餐馆: three units and the government above them, and one application made to all three.

市场监管局 leads; 消防 and 水务 act with it. Everything after the matter itself is done by acts.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from openhall.cases import actions
from openhall.cases.actions import Doing, Party
from openhall.cases.models import Case
from openhall.cases.terms import ApplicantKind, Channel, Opinion, Outcome
from openhall.catalogue.models import CatalogueEntry, Item, ItemVersion, Material
from openhall.deeds.collecting import acting
from openhall.deeds.writer import fresh_code
from openhall.joint import actions as joint
from openhall.joint.actions.matters import Part, draft_matter
from openhall.joint.kinds import MATTER
from openhall.joint.models import (
    JointCase,
    JointMatterVersion,
    JointMeeting,
    JointPart,
    JointTask,
)
from openhall.joint.rules.handling import stage_of
from openhall.joint.terms import JointKind, JointStage
from openhall.joint.units import tasks_of, whole_of
from openhall.organs.actions import appoint
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk, IdentityKind
from openhall.papers.models import Paper
from openhall.papers.terms import PaperKind
from openhall.versions import actions as versions
from tests.factories.catalogue import BROUGHT, charged

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPEN = date(2003, 5, 26)
WANG = Party(
    ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X", "13800138000"
)
UNITS = (
    ("cd-market", "市市场监管局", "Market Regulation", "市监", "SJ-XK-0001", "食品经营许可"),
    ("cd-fire", "市消防救援局", "Fire and Rescue", "消防", "XF-XK-0001", "营业前消防安全检查"),
    ("cd-drain", "市水务局", "Water", "水务", "SW-XK-0001", "污水排入排水管网许可"),
)
LIMITS = (20, 8, 10)
REASON = "选址在水源保护区内，不得经营餐饮。"


@dataclass
class Restaurant:
    """The matter, its units by short name, and who sits at which desk of each."""

    version: JointMatterVersion
    government: Organ
    organs: dict[str, Organ]
    items: dict[str, Item]
    people: dict[str, Account]
    wang: Account
    mayor: Account
    serial: "count[int]" = field(default_factory=lambda: count(1))

    def doing(self, who: Account | None, moment: str, *, desk: str = "", key: str = "") -> Doing:
        at = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        return Doing(who, at, key or f"joint-key-{next(self.serial)}", desk)

    def of(self, unit: str, desk: Desk) -> Account:
        return self.people[f"{unit}-{desk.value}"]

    def task(self, whole: JointCase, unit: str) -> JointTask:
        rows = JointTask.objects.select_related("case", "organ", "joint")
        return rows.get(joint=whole, organ=self.organs[unit])

    def apply(self, moment: str = "2024-03-04 09:00", **more: object) -> JointCase:
        """One application for all three, sent by its acts."""
        with acting():
            code = fresh_code()
            sent = [
                joint.Sent(self._case(part, moment, code), part.limit_days)
                for part in self.version.parts.order_by("position")
            ]
            return joint.begin_joint(
                self.version, code, sent, self.wang, self.doing(self.wang, moment, **more)
            )

    def _case(self, part: JointPart, moment: str, code: str) -> Case:
        return actions.submit(
            part.item.code,
            WANG,
            {"name": "锦里小馆"},
            Channel.ONLINE,
            self.doing(self.wang, moment),
            part_days=part.limit_days,
            followed_by=code,
        )

    def accepted(self, whole: JointCase, moment: str = "2024-03-05 09:00") -> JointCase:
        window = self.of("市监", Desk.WINDOW)
        joint.accept_joint(whole.pk, self.doing(window, moment, desk="window"))
        whole.refresh_from_db()
        return whole

    def signed(self, whole: JointCase, unit: str, moment: str = "2024-03-05 14:00") -> JointTask:
        window = self.of(unit, Desk.WINDOW)
        joint.sign_notice(self.task(whole, unit).pk, self.doing(window, moment, desk="window"))
        return self.task(whole, unit)

    def says(
        self,
        whole: JointCase,
        unit: str,
        opinion: str = "agree",
        reason: str = "",
        moment: str = "2024-03-07 09:00",
    ) -> JointTask:
        handler = self.of(unit, Desk.HANDLER)
        task = self.task(whole, unit)
        if task.signed_at is None:
            self.signed(whole, unit)
        joint.opine_together(task.pk, opinion, reason, self.doing(handler, moment, desk="handler"))
        return self.task(whole, unit)

    def decides(self, whole: JointCase, unit: str, day: str, *, outcome: str = "granted") -> Case:
        """The unit's own case goes its own way: handed over, examined, decided."""
        case = self.task(whole, unit).case
        window, handler, decider = (
            self.of(unit, desk) for desk in (Desk.WINDOW, Desk.HANDLER, Desk.DECIDER)
        )
        actions.hand_over(case.pk, handler, ["申请书"], self.doing(window, f"{day} 10:00"))
        said = "经审查，符合条件。"
        actions.review(case.pk, Opinion.GRANT, said, self.doing(handler, f"{day} 11:00"))
        refused = outcome == "refused"
        actions.decide(
            case.pk,
            Outcome(outcome),
            REASON if refused else "",
            "可以在60日内申请行政复议。" if refused else "",
            self.doing(decider, f"{day} 15:00"),
        )
        case.refresh_from_db()
        return case


def restaurant(mode: str = "parallel") -> Restaurant:
    """The matter in force, with a window, handler, decider and head in each unit."""
    government = found_organ(
        code="cd", kind="city", name="市人民政府", name_en="City government", short_name="府"
    )
    mayor = Account.objects.create_user(username="mayor", is_official=True)
    appoint(mayor, government, Desk.HEAD, OPEN)
    organs, items, people, parts = {}, {}, {}, []
    for code, name, name_en, short, item_code, title in UNITS:
        organ = found_organ(
            code=code,
            kind="department",
            name=name,
            name_en=name_en,
            short_name=short,
            parent=government,
        )
        organs[short] = organ
        for desk in (Desk.WINDOW, Desk.HANDLER, Desk.DECIDER, Desk.HEAD):
            account = Account.objects.create_user(
                username=f"{code}-{desk.value}", is_official=True, real_name=f"{short}{desk.zh}"
            )
            appoint(account, organ, desk, OPEN)
            people[f"{short}-{desk.value}"] = account
        entry = CatalogueEntry.objects.create(
            code=f"{item_code}-E", name=title, kind="1", listed_from=OPEN
        )
        item = Item.objects.create(code=item_code, entry=entry, organ=organ)
        version = ItemVersion.objects.create(
            item=item,
            number=1,
            state="published",
            published_at=BROUGHT,
            name=title,
            effective_from=OPEN,
            statutory_days=20,
            promised_days=15,
        )
        Material.objects.create(
            version=version, key="premises", name="经营场所证明", necessity="required", position=1
        )
        items[short] = item
        parts.append(item)
    charged(
        item=items["水务"],
        code="standard",
        name="排水检测费",
        amount=12000,
        unit="次",
        basis="川价发〔2003〕8号",
        price_approval="川价发〔2003〕8号",
        effective_from=OPEN,
    )
    writer = Account.objects.create_user(username="clerk", is_official=True)
    appoint(writer, organs["市监"], Desk.CATALOGUE_CLERK, OPEN)
    office = Account.objects.create_user(username="office-of-cd", is_official=True)
    appoint(office, government, Desk.GOVERNMENT_OFFICE, OPEN)
    at = datetime(2003, 5, 26, 9, tzinfo=SHANGHAI)
    version = draft_matter(
        "open-restaurant",
        JointKind.LIFE_EVENT,
        organs["市监"],
        {
            "title": "开办餐馆",
            "title_en": "Opening a restaurant",
            "summary": "从许可到消防、排水，一次申请，三个单位一起办。",
            "summary_en": "One application to three units.",
            "mode": mode,
            "limit_days": 30,
        },
        Doing(writer, at, "the-matter"),
        parts=[Part(one.code, days) for one, days in zip(parts, LIMITS, strict=True)],
    )
    versions.publish(MATTER, version.pk, OPEN, Doing(office, at, "the-matter-published"))
    version.refresh_from_db()
    wang = Account.objects.create_user(username="wang_fang")
    return Restaurant(version, government, organs, items, people, wang, mayor)


def words_of(case: Case, kind: PaperKind) -> str:
    paper = Paper.objects.get(about=case.number, kind=kind.value)
    return "\n".join(json.loads(paper.content)["words"])


def stands(whole: JointCase) -> JointStage:
    whole = JointCase.objects.select_related("version").get(pk=whole.pk)
    held = JointMeeting.objects.filter(joint=whole, held_at__isnull=False).exists()
    return stage_of(whole_of(whole, tasks_of(whole), held=held))


def moment(said: str) -> datetime:
    return datetime.fromisoformat(said).replace(tzinfo=SHANGHAI)
