"""A published version of every kind there is, by its acts; a new kind is added here once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone

from openhall.catalogue.actions import new_version, save_version
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.actions.tariffs import begin_tariff
from openhall.catalogue.kinds import TARIFF
from openhall.conduct import actions as conduct
from openhall.conduct.kinds import RULES as CONDUCT_RULES
from openhall.conduct.rules.packs import SHIPPED as CONDUCT
from openhall.conduct.rules.packs import as_lines
from openhall.deeds.doing import Doing
from openhall.enquiries.actions import set_limits
from openhall.enquiries.kinds import LIMITS
from openhall.enquiries.rules.limits import SHIPPED
from openhall.fees.actions import begin_format
from openhall.fees.kinds import FORMAT
from openhall.hall.actions import limits
from openhall.hall.kinds import CENTRE, HELP_LIMITS, OPENING
from openhall.hall.models import Centre, Opening
from openhall.hall.rules.limits import SHIPPED as HELP
from openhall.hours.rules.week import spans_of
from openhall.inspections.actions import begin_framework
from openhall.inspections.kinds import FRAMEWORK
from openhall.joint.actions import switch_on
from openhall.joint.kinds import MATTER, SWITCH
from openhall.organs.actions import appoint
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.papers.actions import words as wordsmith
from openhall.papers.actions.sealing import keep_seal
from openhall.papers.kinds import SEAL, WORDS
from openhall.papers.rules.seals import round_seal
from openhall.papers.rules.templates import DEFAULTS
from openhall.papers.terms import PaperKind
from openhall.questions.actions import begin_guide, save_content
from openhall.questions.kinds import GUIDE
from openhall.questions.rules.content import parse
from openhall.search.actions import rules as search
from openhall.search.kinds import RULES
from openhall.sites.kinds import EDITION
from openhall.slots.actions import open_calendar, save_rules
from openhall.slots.kinds import RULES as CALENDAR_RULES
from openhall.slots.rules.purposes import plain, purposes_of
from openhall.slots.terms import CalendarFor
from openhall.surveys.actions import begin_instrument, save_instrument
from openhall.surveys.data import shipped
from openhall.surveys.kinds import INSTRUMENT
from openhall.surveys.terms import Instrument
from openhall.targets.actions import begin_sheet
from openhall.targets.kinds import SHEET
from openhall.versions import actions as versions
from openhall.versions.kinds import VersionKind
from tests.factories import guides, hall, joint, sites
from tests.factories.catalogue import brought_in
from tests.factories.questions import official


@dataclass
class Published:
    """A version in force without end, who wrote it and who publishes."""

    kind: VersionKind
    version: Any
    writer: Account
    publisher: Account
    doing: Callable[..., Doing]  # (who, key="")
    reviewers: Mapping[str, Account] = field(default_factory=dict)  # by the step they pass

    def before_the_publisher(self, draft: Any) -> Any:
        """``draft`` sent, and passed by every hand that reviews, where the route has any."""
        route = self.kind.route
        if route.reviews:
            versions.send(self.kind, draft.pk, self.doing(self.writer))
        for step in route.reviews:
            versions.pass_on(self.kind, draft.pk, self.doing(self.reviewers[step.name]))
        draft.refresh_from_db()
        return draft

    @property
    def first_day(self) -> date:
        self.version.refresh_from_db()
        return self.version.effective_from


def joint_matter() -> Published:
    there = joint.furnished()
    return Published(MATTER, joint.published(there), there.clerk, there.office, joint.doing)


def deemed_consent() -> Published:
    office = joint.furnished().office
    tomorrow = joint.DAY + timedelta(days=1)
    made = switch_on(tomorrow, None, "某府办发〔2026〕3号", joint.doing(office))
    return Published(SWITCH, made, office, office, joint.doing)


def answer_limits() -> Published:
    office = joint.furnished().office
    tomorrow = joint.DAY + timedelta(days=1)
    three = replace(SHIPPED, answer_days=3, basis="某府办函〔2026〕8号")
    made = set_limits(three, tomorrow, joint.doing(office))
    return Published(LIMITS, made, office, office, joint.doing)


def help_limits() -> Published:
    office = joint.furnished().office
    made = limits.set_limits(
        replace(HELP, errand_days=3, basis="某府办函〔2026〕9号"),
        joint.DAY + timedelta(days=1),
        joint.doing(office),
    )
    return Published(HELP_LIMITS, made, office, office, joint.doing)


def conduct_rules() -> Published:
    office = joint.furnished().office
    month = (joint.DAY.replace(day=28) + timedelta(days=4)).replace(day=1)
    numbers = {"grace_minutes": 5, "away_minutes": 20, "objection_days": 7, "few": 20}
    made = conduct.set_rules(
        *(Decimal(100), numbers, {"late": Decimal("1.5")}, as_lines(CONDUCT)),
        *("某府办函〔2026〕10号", month, joint.doing(office)),
    )
    return Published(CONDUCT_RULES, made, office, office, joint.doing)


def tariff() -> Published:
    there = joint.furnished()
    item = there.board.item
    clerk = official("fee-clerk", item.organ, Desk.CATALOGUE_CLERK)
    legal = official("fee-legal", there.market, Desk.LEGAL)
    words = {
        "name": "证书工本费",
        "amount": 1000,
        "unit": "本",
        "basis": "川价发〔2003〕8号",
        "price_approval": "川价发〔2003〕8号",
        "reducible": True,
        "reduction_basis": "川价发〔2003〕8号第三条",
    }
    made = begin_tariff(item, "T-1", words, joint.doing(clerk))
    versions.publish(TARIFF, made.pk, joint.DAY, joint.doing(legal))
    made.refresh_from_db()
    return Published(TARIFF, made, clerk, legal, joint.doing)


def item_version() -> Published:
    there = joint.furnished()
    brought_in()
    item = there.hygiene.item
    clerk = official("guide-clerk", item.organ, Desk.CATALOGUE_CLERK)
    head = official("guide-head", item.organ, Desk.HEAD)
    legal = official("guide-legal", there.market, Desk.LEGAL)
    first = new_version(item.pk, joint.doing(clerk))
    rows = guides.ROWS | {"prerequisites": [{"words": "名称核准"}]}
    save_version(first.pk, guides.WORDS | {"no_prerequisites": False}, rows, joint.doing(clerk))
    made = Published(ITEM_VERSION, first, clerk, legal, joint.doing, {"unit": head})
    made.before_the_publisher(first)
    versions.publish(ITEM_VERSION, first.pk, joint.DAY, joint.doing(legal))
    first.refresh_from_db()
    return made


def question_guide() -> Published:
    there = joint.furnished()
    item = there.board.item
    editor = official("guide-editor", item.organ, Desk.EDITOR)
    clerk = official("guide-clerk", item.organ, Desk.CATALOGUE_CLERK)
    content = parse(
        {
            "questions": [
                {
                    "key": "where",
                    "kind": "yes_no",
                    "text": "招牌在市区吗？",
                    "text_en": "Is the sign in the city?",
                    "otherwise": "apply",
                }
            ],
            "results": [{"key": "apply", "title": "可以申请", "items": [{"item": item.code}]}],
        }
    )
    words = {"title": "设置招牌", "title_en": "Signs", "summary": "要不要办。"}
    first = begin_guide(item.organ, "signs", words, joint.doing(editor), item=item.code)
    save_content(first.pk, content, joint.doing(editor))
    versions.publish(GUIDE, first.pk, joint.DAY, joint.doing(clerk))
    first.refresh_from_db()
    return Published(GUIDE, first, editor, clerk, joint.doing)


def edition() -> Published:
    there = sites.furnished(now=timezone.now())
    first = there.sent(there.draft())
    versions.publish(EDITION, first.pk, timezone.localdate(), there.doing(there.head))
    first.refresh_from_db()
    return Published(
        EDITION, first, there.editor, there.head, there.doing, {"secrecy": there.checker}
    )


def _bureau() -> tuple[Organ, Callable[..., Account], Callable[..., Doing]]:
    bureau = found_organ(code="cd-civil", kind="department", name="市民政局", short_name="民政")

    def seated(desk: Desk) -> Account:
        account = Account.objects.create_user(username=desk.value)
        appoint(account, bureau, desk, date(2003, 1, 1))
        return account

    def doing(who: Account, key: str = "") -> Doing:
        return Doing(who, timezone.now(), key or f"s:{uuid4()}")

    return bureau, seated, doing


def paper_words() -> Published:
    bureau, seated, doing = _bureau()
    clerk, legal = seated(Desk.CATALOGUE_CLERK), seated(Desk.LEGAL)
    kind, now = PaperKind.RECEIPT, timezone.now()
    draft = wordsmith.draft_words(bureau, kind, DEFAULTS[kind] + "\n请保存。", doing(clerk))
    wordsmith.saw(draft.pk, clerk, now)
    wordsmith.propose_words(draft.pk, doing(clerk))
    wordsmith.saw(draft.pk, legal, now)
    wordsmith.approve_words(draft.pk, timezone.localdate(), doing(legal))
    draft.refresh_from_db()
    return Published(WORDS, draft, clerk, legal, doing)


def seal() -> Published:
    bureau, seated, doing = _bureau()
    head, second = seated(Desk.HEAD), seated(Desk.DECIDER)
    picture = round_seal(bureau.name).encode()
    made = keep_seal(bureau, picture, timezone.localdate(), doing(head), doing(second))
    return Published(SEAL, made, head, second, doing)


def statement_format() -> Published:
    _organ, seated, doing = _bureau()
    cashier, finance = seated(Desk.CASHIER), seated(Desk.FINANCE)
    words = {
        "columns": {"serial": "流水", "notice": "缴款码", "amount": "金额", "paid_at": "时间"},
        "channel": "counter",
        "yuan": True,
        "back_column": "借贷",
        "back_says": "借",
        "skip_first": 1,
    }
    draft = begin_format("CITYBANK", words, doing(cashier))
    versions.publish(FORMAT, draft.pk, timezone.localdate(), doing(finance))
    draft.refresh_from_db()
    return Published(FORMAT, draft, cashier, finance, doing)


def search_rules() -> Published:
    there = joint.furnished()
    made = search.begin(joint.doing(there.informatization))
    search.keep_draft(
        made.pk,
        {"words": [{"said": "招牌证", "means": ["户外招牌设置审批"]}], "boosts": [], "pins": []},
        joint.doing(there.informatization),
    )
    versions.publish(RULES, made.pk, joint.DAY, joint.doing(there.office))
    made.refresh_from_db()
    return Published(RULES, made, there.informatization, there.office, joint.doing)


def calendar_rules() -> Published:
    bureau, seated, doing = _bureau()
    clerk, head = seated(Desk.CATALOGUE_CLERK), seated(Desk.HEAD)
    made = open_calendar("cd-civil-1", bureau, CalendarFor.WINDOW, "登记窗口", doing(clerk))
    draft = versions.begin(CALENDAR_RULES, {"calendar": made}, doing(clerk))
    words = {"purposes": plain(purposes_of("a | 登记 | Registration | 15")), "place": "一楼"}
    save_rules(draft.pk, words, spans_of("工作日 09:00-11:00 2"), doing(clerk))
    versions.publish(CALENDAR_RULES, draft.pk, timezone.localdate(), doing(head))
    draft.refresh_from_db()
    return Published(CALENDAR_RULES, draft, clerk, head, doing)


def centre() -> Published:
    there = hall.furnished(signed_in=False)
    return Published(CENTRE, Centre.objects.get(), there.manager, there.office, there.doing)


def opening_hours() -> Published:
    there = hall.furnished(signed_in=False)
    regular = Opening.objects.get(exception="")
    return Published(OPENING, regular, there.manager, there.second, there.doing)


def survey_instrument() -> Published:
    _organ, seated, doing = _bureau()
    clerk, office = seated(Desk.SUPERVISION), seated(Desk.GOVERNMENT_OFFICE)
    draft = begin_instrument(Instrument.SHEET, doing(clerk))
    save_instrument(draft.pk, shipped(Instrument.SHEET), doing(clerk))
    versions.publish(INSTRUMENT, draft.pk, timezone.localdate(), doing(office))
    draft.refresh_from_db()
    return Published(INSTRUMENT, draft, clerk, office, doing)


def target_sheet() -> Published:
    organ, seated, doing = _bureau()
    writer, head = seated(Desk.GOVERNMENT_OFFICE), seated(Desk.HEAD)
    office = official("second-of-the-office", organ, Desk.GOVERNMENT_OFFICE)
    draft = begin_sheet(organ, timezone.localdate().year, doing(writer))
    made = Published(SHEET, draft, writer, office, doing, {"unit": head})
    made.before_the_publisher(draft)
    versions.publish(SHEET, draft.pk, timezone.localdate(), doing(office))
    draft.refresh_from_db()
    return made


def indicator_framework() -> Published:
    _organ, seated, doing = _bureau()
    clerk, office = seated(Desk.SUPERVISION), seated(Desk.GOVERNMENT_OFFICE)
    draft = begin_framework(doing(clerk))
    versions.publish(FRAMEWORK, draft.pk, timezone.localdate(), doing(office))
    draft.refresh_from_db()
    return Published(FRAMEWORK, draft, clerk, office, doing)


BUILT = {
    "indicator-framework": indicator_framework,
    "target-sheet": target_sheet,
    "edition": edition,
    "survey-instrument": survey_instrument,
    "calendar-rules": calendar_rules,
    "centre": centre,
    "opening-hours": opening_hours,
    "search-rules": search_rules,
    "statement-format": statement_format,
    "answer-limits": answer_limits,
    "help-limits": help_limits,
    "conduct-rules": conduct_rules,
    "deemed-consent": deemed_consent,
    "item-version": item_version,
    "joint-matter": joint_matter,
    "question-guide": question_guide,
    "tariff": tariff,
    "paper_words": paper_words,
    "seal": seal,
}
