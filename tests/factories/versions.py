"""A published version of every kind there is, by its acts; a new kind is added here once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

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
from openhall.versions.kinds import VersionKind
from tests.factories import joint


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
    head = seated(Desk.HEAD)
    picture = round_seal(bureau.name).encode()
    made = keep_seal(bureau, picture, timezone.localdate(), doing(head))
    return Published(SEAL, made, head, head, doing)


BUILT = {
    "deemed-consent": deemed_consent,
    "joint-matter": joint_matter,
    "paper_words": paper_words,
    "seal": seal,
}
