"""A published version of every kind there is, by its acts; a new kind is added here once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from openhall.deeds.doing import Doing
from openhall.joint.actions import switch_on
from openhall.joint.kinds import MATTER, SWITCH
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.papers.actions.sealing import keep_seal
from openhall.papers.actions.words import approve_words, draft_words, propose_words, saw
from openhall.papers.kinds import SEAL, WORDS
from openhall.papers.rules.seals import round_seal
from openhall.papers.rules.templates import DEFAULTS
from openhall.papers.terms import PaperKind
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
    def events(self) -> Any:
        return self.kind.kind.events_of([self.version.pk])

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


def paper_words() -> Published:
    there = joint.furnished()
    legal = official("fa_zhi", there.centre, Desk.LEGAL)
    draft = draft_words(
        there.market, PaperKind.RECEIPT, DEFAULTS[PaperKind.RECEIPT], joint.doing(there.clerk)
    )
    saw(draft.pk, there.clerk, joint.AT)
    propose_words(draft.pk, joint.doing(there.clerk))
    saw(draft.pk, legal, joint.AT)
    approve_words(draft.pk, joint.DAY, joint.doing(legal))
    draft.refresh_from_db()
    return Published(WORDS, draft, there.clerk, legal, joint.doing)


def seal() -> Published:
    there = joint.furnished()
    head = official("ju_zhang", there.market, Desk.HEAD)
    picture = round_seal("市市场监管局").encode()
    made = keep_seal(there.market, picture, joint.DAY, joint.doing(head))
    return Published(SEAL, made, head, head, joint.doing)


BUILT = {
    "deemed-consent": deemed_consent,
    "joint-matter": joint_matter,
    "paper_words": paper_words,
    "seal": seal,
}
