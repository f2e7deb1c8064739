"""A published version of every kind there is, by its acts; a new kind is added here once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from openhall.catalogue.actions.tariffs import begin_tariff
from openhall.catalogue.kinds import TARIFF
from openhall.deeds.doing import Doing
from openhall.joint.actions import switch_on
from openhall.joint.kinds import MATTER, SWITCH
from openhall.organs.actions import appoint
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
from openhall.versions import actions as versions
from openhall.versions.kinds import VersionKind
from tests.factories import joint
from tests.factories.questions import official


@dataclass
class Published:
    """A version in force without end, who wrote it and who publishes."""

    kind: VersionKind
    version: Any
    writer: Account
    publisher: Account
    doing: Callable[..., Doing]  # (who, key="")

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


def _bureau() -> tuple[Organ, Callable[..., Account], Callable[..., Doing]]:
    bureau = Organ.objects.create(
        code="cd-civil", kind="department", name="市民政局", short_name="民政"
    )

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


BUILT = {
    "search-rules": search_rules,
    "deemed-consent": deemed_consent,
    "joint-matter": joint_matter,
    "question-guide": question_guide,
    "tariff": tariff,
    "paper_words": paper_words,
    "seal": seal,
}
