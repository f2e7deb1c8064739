"""What the applicant and the public may read of a case."""

import base64
import json
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from openhall.cases.models import Acting, Case, CaseEvent
from openhall.cases.terms import Act, ActingFor, Channel, NoticeTo
from openhall.deeds.rules.codes import tidy
from openhall.ledger.rules.commitment import Opening
from openhall.organs.models import Account
from openhall.paging.typed import code_of
from openhall.papers.models import Paper
from openhall.papers.queries import PUBLIC_PAPERS
from openhall.papers.terms import PaperKind
from openhall.vault.fields import blinds


def number_of_case(typed: object) -> str:
    """A case number as it is kept, ``20260302-8F3A01CD``, however it was typed."""
    bare = code_of(typed)
    return f"{bare[:8]}-{bare[8:]}" if len(bare) > 8 else bare


def case_by_code(code: str) -> Case | None:
    """The case a query code opens; None for a forged or mistyped one."""
    rows = Case.objects.select_related("organ", "item", "item_version", "payment")
    return rows.filter(query_blind__in=blinds(tidy(code))).first()


def cases_of(account: Account, limit: int = 50) -> list[Case]:
    """The newest cases made with ``account``."""
    rows = Case.objects.filter(account=account).select_related("organ", "item_version")
    return list(rows.order_by("-id")[:limit])


def papers_of(case: Case) -> list[tuple[Paper, PaperKind]]:
    """The papers given to the applicant, in order."""
    kinds = [kind.value for kind in PUBLIC_PAPERS]
    return [(paper, PaperKind(paper.kind)) for paper in case.papers.filter(kind__in=kinds)]


# What the applicant said or was told in writing; opinions inside the house are not theirs to open.
OPENED_BY_APPLICANT: Final = {
    Act.SUBMIT.value,
    Act.SUPPLEMENT.value,
    Act.ASK_FOR_SUPPLEMENT.value,
    Act.ASK_AGAIN.value,
    Act.DECLINE.value,
    Act.DECIDE.value,
    Act.DELIVER.value,
}


def opening_of(case: Case, seq: int) -> Opening | None:
    """The keys with which the applicant can show what was written in step ``seq``; else None."""
    event = CaseEvent.objects.filter(case=case, seq=seq, act__in=OPENED_BY_APPLICANT).first()
    if event is None:
        return None
    event.case = case
    if not event.detail:
        return None
    return Opening.of(base64.b64decode(case.salt), case.number, seq, json.loads(event.detail))


@dataclass(frozen=True, slots=True)
class Source:
    """How a case came: its channel, the entry by a desk if there was one, who acts, who is told."""

    channel: Channel
    entered: CaseEvent | None
    acting: Acting | None
    notices_to: NoticeTo

    @property
    def kind(self) -> ActingFor | None:
        return None if self.acting is None else ActingFor(self.acting.kind)

    @property
    def late(self) -> bool:
        """Whether it was entered on another day than it came: that shows. A5."""
        if self.entered is None:
            return False
        came = timezone.localtime(self.entered.event_time).date()
        return timezone.localtime(self.entered.entry_time).date() != came


def source_of(case: Case, first: CaseEvent | None = None) -> Source:
    """What every page of a case says of where it came from; ``first``: its first event, if read."""
    first = first or CaseEvent.objects.filter(case=case, seq=1).select_related("actor").first()
    acting = getattr(case, "acting", None)
    return Source(
        Channel(case.channel),
        first if first is not None and first.desk else None,
        acting,
        NoticeTo(acting.notices_to) if acting is not None else NoticeTo.APPLICANT,
    )


def waits_for(case: Case) -> tuple[str, str]:
    """What happens now and who must act, as a stage code and one of ``WHO``."""
    return case.stage, WHO.get(case.stage, "nobody")


WHO = {
    "submitted": "window",
    "supplement_asked": "applicant",
    "supplemented": "window",
    "accepted": "window",
    "handling": "handler",
    "forwarded": "superior",
    "reviewed": "decider",
    "granted": "window",
    "issued": "window",
    "refused": "window",
}
