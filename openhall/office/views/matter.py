"""One matter on a desk: what it is, its clock, its story, and the acts this desk may do."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.applying.queries import signers
from openhall.cases.actions.reveal import look_at_paper
from openhall.cases.behind import (
    asker_told,
    competent_told,
    consultations_in,
    legs_told,
    notes_of,
    site_checks_of,
    steps_told,
    suspension_now,
)
from openhall.cases.days import deadline_ledger
from openhall.cases.desks.told import ended_on, standing_of, who_acts
from openhall.cases.materials import file_for, material_called, materials_told
from openhall.cases.permissions import may_open
from openhall.cases.public import source_of
from openhall.cases.queries import (
    Case,
    Upload,
    answers_told,
    clock_day,
    points_told,
    reveals_of,
    serving_told,
    timeline,
    whole_case,
)
from openhall.cases.queues import BUCKETS, bucket_of, next_after, waits_in, wanted_of
from openhall.cases.terms import Act, Outcome, Stage
from openhall.deeds.doing import Doing
from openhall.deeds.sent import key_of
from openhall.design.typesetting import unprintable
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject
from openhall.files.terms import ScanState
from openhall.files.watermark import shown
from openhall.forms.terms import FieldKind
from openhall.joint.queries import joint_with
from openhall.office.acts import CASE_OFFERS
from openhall.office.phrases import phrases_for
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.desk import masked, queue_context
from openhall.organs.queries import Account
from openhall.organs.terms import IdentityKind
from openhall.papers.queries import newest_paper
from openhall.papers.terms import PaperKind
from openhall.permits.queries import permit_of
from openhall.vault.rules.masks import mask_answer, mask_name, mask_number, mask_phone, mask_text
from openhall.workdays.queries import calendar, one_calendar

# What people write themselves: a card's or an account's number may stand in it.
WRITTEN = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.TABLE})
LOOK = 900  # seconds within which opening a paper again is the same look


def masked_word(kind: FieldKind, word: str) -> str:
    """The word of an answer as it stands where it need not be read whole."""
    if kind == FieldKind.ID_NUMBER:
        return mask_number(word)
    if kind == FieldKind.PHONE:
        return mask_phone(word)
    return mask_text(word) if kind in WRITTEN else word


def _signed(case: Case) -> list[tuple[str, Any]]:
    """Who else signed the application, masked."""
    draft = getattr(case, "draft", None)
    if draft is None:
        return []
    return [(mask_name(one.person.name), one.standing) for one in signers(draft) if one.standing]


def _answers(case: Case, *, in_clear: bool) -> list[Any]:
    """What was applied for, under its headings; numbers and names masked unless in the clear."""
    told = answers_told(case, get_language(), mask=None if in_clear else masked_word)
    if not in_clear:
        for part in told:
            part.rows = [(asked, mask_answer(asked, word)) for asked, word in part.rows]
    return told


class Matter(Subject):
    """A case on the desk of an official."""

    offers = CASE_OFFERS
    kind = "case"
    template = "office/matter.html"
    beside = True

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Case]:
        """The case on this desk; refused if it is not."""
        seat = seat_at(request, where["organ"], where["desk"])
        case = whole_case(where["number"], seat.organ)
        if case is None:
            raise Http404
        if not may_open(seat.account, case, seat.day):
            raise PermissionDenied(_("This case is not on your desk."))
        return seat, case

    def home(self, who: Seat, subject: Case) -> str:
        return reverse("office:matter", args=[who.organ.code, who.desk.value, subject.number])

    def goes_on(self, request: HttpRequest, who: Seat, subject: Case, tried: Offer) -> str:
        """The next case of the queue, once this one waits there no more; else this one again."""
        kept = request.GET.urlencode()
        here = self.home(who, subject) + (f"?{kept}" if kept else "")
        if tried.section or who.desk not in BUCKETS:
            return here
        bucket = bucket_of(who.desk, request.GET.get("queue", ""))
        if not request.GET.get("queue") or waits_in(bucket, who, subject.pk):
            return here
        follows = next_after(bucket, who, subject.pk, wanted_of(request.GET, who.desk))
        if follows is None:
            return here
        sent = request.GET.copy()
        sent["done"] = subject.number
        sent.pop("queue_after", None)
        sent.pop("queue_before", None)
        return self.home(who, follows) + "?" + sent.urlencode()

    def context(
        self, request: HttpRequest, who: Seat, subject: Case, **more: Any
    ) -> dict[str, Any]:
        with one_calendar():
            return self._context(request, who, subject, more.get("clear") or {})

    def _beside(self, request: HttpRequest, who: Seat, case: Case, act: str) -> dict[str, Any]:
        """The queue at the side, what was done a moment ago, and what comes after this."""
        context = queue_context(request, who, table=True, beside=case)
        rows = [row for row in context.get("rows", ()) if row[0].pk != case.pk]
        places = [row[0].pk for row in context.get("rows", ())]
        after = places.index(case.pk) if case.pk in places else 0
        follows = (rows[after:] or rows)[:1]
        done = request.GET.get("done", "")[:40]
        return context | {
            "home": self.home(who, case),
            "phrases": phrases_for(case.organ, act) if act else [],
            # Opened from a queue it goes back to it; opened by its number it stays.
            "act_kept": context.get("kept", "") if request.GET.get("queue") else "",
            "next_case": follows[0][0] if follows else None,
            "next_masked": follows[0][1] if follows else "",
            "done_case": done,
            "done_paper": newest_paper(done) if done else None,
        }

    def _context(
        self, request: HttpRequest, who: Seat, case: Case, clear: dict[str, Any]
    ) -> dict[str, Any]:
        day = clock_day(case)
        told = case.told
        act = (request.resolver_match.kwargs if request.resolver_match else {}).get("act", "")
        return self._beside(request, who, case, act) | {
            "case": case,
            "stage": Stage(case.stage),
            "outcome": Outcome(case.outcome) if case.outcome else None,
            "standing": standing_of(case, who.figures_day, calendar()),
            "who_acts": who_acts(case),
            "ended": ended_on(case),
            "applicant": clear.get("applicant_name") or masked(case),
            "undrawn": unprintable([case.applicant_name, case.address]),
            "identity": IdentityKind(case.identity_kind),
            "number": clear.get("identity_number") or mask_number(case.identity_number),
            "phone": clear.get("phone") or (mask_phone(case.phone) if case.phone else ""),
            "clear": clear,
            "answers": _answers(case, in_clear=bool(clear)),
            "materials": materials_told(case),
            "source": source_of(case, told[0].event if told else None),
            "signatures": _signed(case),
            "points": points_told(case),
            "papers": [(paper, PaperKind(paper.kind)) for paper in case.papers],
            "story": [(one, Act(one.event.act)) for one in told],
            "competent": competent_told(told),
            "suspension": suspension_now(case),
            "clock": timeline(case, day),
            "ledger": deadline_ledger(case, day),
            "steps": steps_told(case, who.day),
            "notes": notes_of(case),
            "consultations": consultations_in(case, who.day),
            "hearing": getattr(case, "hearing", None),
            "hearing_asker": asker_told(case, in_clear=bool(clear)),
            "site_checks": site_checks_of(case),
            "legs": legs_told(case),
            "asked_extension": next(
                (one for one in case.extension_requests.all() if one.answered_at is None), None
            ),
            "permit": permit_of(case, who.day),
            "whole": joint_with(case),
            "serving": serving_told(case),
            "reveals": reveals_of(case),
            "english": (get_language() or "").startswith("en"),
        }


matter = official(Matter())


@official
@require_safe
def upload(request: HttpRequest, pk: int) -> FileResponse:
    """One paper of a case, to who may open the case, and never before it is known to be clean."""
    assert isinstance(request.user, Account)
    case, found = file_for(pk)
    if found is None:
        raise Http404
    if case is None or not may_open(request.user, case, timezone.localdate()):
        raise PermissionDenied(_("This case is not on your desk."))
    return handed(request, case, found)


def handed(
    request: HttpRequest, case: Case, found: Upload, *, shared: bool = False
) -> FileResponse:
    """A paper of ``case``, once it is known to be clean; that it was opened stands in the log.

    Opened again within a quarter of an hour, by the same person, it is the same look.
    """
    if found.scan == ScanState.PENDING.value:
        raise PermissionDenied(_("This file still waits to be scanned. Try again in a minute."))
    if found.scan == ScanState.INFECTED.value:
        raise PermissionDenied(_("A virus was found in this file; it was removed."))
    now = timezone.now()
    look = f"look-{found.pk}-{int(now.timestamp()) // LOOK}"
    assert isinstance(request.user, Account)
    doing = Doing(request.user, now, key_of(request, look))
    look_at_paper(case, material_called(case, found.material), doing, shared=shared)
    file, media_type, name = shown(found)
    answer = FileResponse(file, content_type=media_type, filename=name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
