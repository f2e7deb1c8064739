"""What the applicant and the public may read of a case."""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Sum
from django.utils import timezone

from openhall.cases.applying import listed
from openhall.cases.models import Acting, Case, CaseEvent, Draft, Paper, PaperPrint, UnitMonth
from openhall.cases.notices.pdf import pdf_of
from openhall.cases.rules.codes import tidy
from openhall.cases.terms import INSIDE, Act, ActingFor, Channel, NoticeTo, PaperKind
from openhall.ledger.rules.commitment import Opening
from openhall.organs.models import Account
from openhall.vault.fields import blind


def case_by_code(code: str) -> Case | None:
    """The case a query code opens; None for a forged or mistyped one."""
    rows = Case.objects.select_related("organ", "item", "item_version", "payment")
    return rows.filter(query_blind=blind(tidy(code))).first()


def draft_by_code(code: str) -> Draft | None:
    """The draft a resume code opens; a part of a joint application only with its whole."""
    rows = Draft.objects.filter(parent__isnull=True).select_related(
        "item_version__item__organ", "case"
    )
    return rows.filter(resume_blind=blind("resume:" + tidy(code))).first()


def cases_of(account: Account, limit: int = 50) -> list[Case]:
    """The newest cases made with ``account``."""
    rows = Case.objects.filter(account=account).select_related("organ", "item_version")
    return list(rows.order_by("-id")[:limit])


PUBLIC_PAPERS = {*PaperKind} - INSIDE  # the slip names officials


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


def drafts_of(account: Account) -> list[Draft]:
    """The unsent drafts of ``account``, newest first."""
    rows = Draft.objects.filter(account=account, case__isnull=True, ended="", organ=None)
    return listed(rows)


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


def source_of(case: Case) -> Source:
    """What every page of a case says of where it came from."""
    first = CaseEvent.objects.filter(case=case, seq=1).select_related("actor").first()
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


def month_so_far(today: date) -> dict[str, int]:
    """What the whole city did since the first of this month, from the rollups."""
    names = ("received", "accepted", "closed", "on_time", "days")
    sums = UnitMonth.objects.filter(month=today.replace(day=1)).aggregate(
        **{name: Sum(name) for name in names}
    )
    return {name: sums[name] or 0 for name in names}


def overdue_now(today: date) -> int:
    """Accepted cases still open past their promise, over the partial index."""
    late = Case.objects.filter(closed_at__isnull=True, accepted_at__isnull=False)
    return late.filter(promise_due__lt=today, suspended_since__isnull=True).count()


def is_print_of(paper: Paper, digest: str) -> bool:
    """Whether a file of this SHA-256 digest is ``paper`` as it was handed out or is drawn now."""
    if PaperPrint.objects.filter(paper=paper, digest=digest).exists():
        return True
    return hashlib.sha256(pdf_of(paper)).hexdigest() == digest
