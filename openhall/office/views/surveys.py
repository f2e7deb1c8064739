"""Satisfaction surveys on the desk: planned, announced, drawn, in the field, keyed in, reported."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.forms.rules.wording import when_asked
from openhall.lots.queries import PublicDraw, draw_numbered, parties_of
from openhall.lots.terms import DrawState
from openhall.office.acts.instruments import BeginInstrument
from openhall.office.acts.lots import DRAW_OFFERS, LEADERS
from openhall.office.acts.surveys import (
    ANNOUNCERS,
    KEYERS,
    PAPER_OFFERS,
    PLANNERS,
    SURVEY_OFFERS,
    Begin,
    Find,
    Interview,
)
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.desk import queue_context
from openhall.organs.permissions import works_for
from openhall.paging.keyset import paged, place
from openhall.surveys.queries import (
    PaperKeying,
    Survey,
    SurveyCode,
    code_by_pk,
    codes_to_print,
    deeds_told,
    form_asked,
    instruments,
    papers_waiting,
    progress,
    survey_numbered,
    surveys,
    units_of,
)
from openhall.surveys.terms import (
    CodeSource,
    Instrument,
    KeyingState,
    SurveyAct,
    SurveyState,
)
from openhall.versions.terms import VersionState

HELD = "held_survey_codes"
KINDS = {
    SurveyState.DRAFT: "draft",
    SurveyState.REVIEW: "waiting",
    SurveyState.DRAWING: "waiting",
    SurveyState.FIELD: "info",
    SurveyState.CLOSED: "waiting",
    SurveyState.REPORTED: "on_time",
    SurveyState.DROPPED: "closed",
}
DRAW_KINDS = {DrawState.DRAWN: "on_time", DrawState.FAILED: "closed"}


def surveying_here(request: HttpRequest, organ: str, desk: str) -> Seat:
    """The seat of a desk that has a part in surveys."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in (*PLANNERS, *ANNOUNCERS, *KEYERS):
        raise PermissionDenied(_("This desk has no part in surveys."))
    return seat


class Surveys(DeskPage):
    """Every survey, and the next one."""

    offers = (Begin, BeginInstrument)
    template, at = "office/surveys/list.html", "surveys"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return surveying_here(request, where["organ"], where["desk"]), None

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        rows = paged(surveys(), at=place(request.GET))
        return queue_context(request, who) | {
            "keys": who.desk in KEYERS,
            "instruments": [
                (one, Instrument(one.instrument), VersionState(one.state)) for one in instruments()
            ],
            "reads_forms": who.desk in (*PLANNERS, *ANNOUNCERS),
            "rows": rows.map(
                lambda one: {
                    "survey": one,
                    "state": SurveyState(one.state),
                    "kind": KINDS[SurveyState(one.state)],
                }
            ),
        }


listing = official(Surveys())


class SurveyOnDesk(Thing):
    """One survey, as far as it is."""

    offers = SURVEY_OFFERS
    kind = "survey"
    template = "office/surveys/survey.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Survey]:
        seat = surveying_here(request, where["organ"], where["desk"])
        return seat, existing(survey_numbered(where["number"]))

    def home(self, who: Seat, subject: Survey) -> str:
        return reverse("office:survey", args=[who.organ.code, who.desk, subject.number])

    def context(
        self, request: HttpRequest, who: Seat, subject: Survey, **more: Any
    ) -> dict[str, Any]:
        state, draw = SurveyState(subject.state), subject.draw
        return queue_context(request, who) | {
            "survey": subject,
            "state": state,
            "kind": KINDS[state],
            "draw_state": DrawState(draw.state) if draw else None,
            "draw_kind": DRAW_KINDS.get(DrawState(draw.state), "waiting") if draw else "",
            "lines": progress(subject),
            "prints": who.desk in PLANNERS and state == SurveyState.FIELD,
            "story": [(deed, SurveyAct(deed.act), words) for deed, words in deeds_told(subject)],
        }


survey = official(SurveyOnDesk())


@official
@require_safe
def codes(
    request: HttpRequest, organ: str, desk: str, number: str, unit: str, source: str
) -> HttpResponse:
    """Papers to print and hand out, each with its own code; those of people drawn are only sent."""
    seat = surveying_here(request, organ, desk)
    if seat.desk not in PLANNERS:
        raise PermissionDenied(_("Only the Supervision Bureau hands codes out."))
    found = existing(survey_numbered(number))
    if source not in (CodeSource.HALL.value, CodeSource.JUDGE.value):
        raise Http404
    here = existing(next((one for one in units_of(found) if one.organ.code == unit), None))
    kind = CodeSource(source)
    which = Instrument.SHEET if kind == CodeSource.JUDGE else Instrument.QUESTIONS
    form = form_asked(found, which)
    every = {field.key: field for field in form.fields}
    context = queue_context(request, seat) | {
        "survey": found,
        "unit": here,
        "which": which,
        "form": form,
        "lines": [(field, when_asked(field, every, "zh")) for field in form.fields],
        "codes": list(codes_to_print(here, kind)),
    }
    return render(request, "office/surveys/codes.html", context)


# ------------------------------------------------------------------------------------ papers
class Papers(DeskPage):
    """Papers to key in."""

    offers = (Find,)
    template, at = "office/surveys/papers.html", "survey_papers"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        seat = surveying_here(request, where["organ"], where["desk"])
        if seat.desk not in KEYERS:
            raise PermissionDenied(_("This desk keys no papers in."))
        return seat, None

    def goes_on(self, request: HttpRequest, who: Seat, subject: None, tried: Any) -> str:
        held = [pk for pk in request.session.get(HELD, []) if pk != tried.found]
        request.session[HELD] = [*held, tried.found][-20:]
        args = [who.organ.code, who.desk.value, tried.found]
        return reverse("office:survey_paper", args=args)

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        rows = paged(papers_waiting(who.organ.pk), ("pk",), place(request.GET))
        return queue_context(request, who) | {
            "in_field": surveys().filter(state=SurveyState.FIELD.value),
            "rows": rows.map(
                lambda one: {
                    "paper": one,
                    "state": KeyingState(one.state),
                    "mine": one.first_by_id == who.account.pk,
                }
            ),
        }


papers = official(Papers())


@dataclass(frozen=True, slots=True)
class Keyed:
    """A code with the paper that was keyed in under it, if any."""

    code: SurveyCode
    paper: PaperKeying | None

    @property
    def number(self) -> str:
        return self.paper.number if self.paper else self.code.unit.survey.number


class PaperOnDesk(Thing):
    """One paper: what it asks, once more for each who keys it in."""

    offers = PAPER_OFFERS
    template = "office/surveys/paper.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Keyed]:
        seat = surveying_here(request, where["organ"], where["desk"])
        code, paper = existing(code_by_pk(where["pk"]))
        if seat.desk not in KEYERS or works_for(seat.account, code.unit.organ, seat.day):
            raise PermissionDenied(_("Nobody of the unit that is judged keys its papers in."))
        if paper is None and code.pk not in request.session.get(HELD, []):
            raise PermissionDenied(_("Open a paper by the code that stands on it."))
        return seat, Keyed(code, paper)

    def home(self, who: Seat, subject: Keyed) -> str:
        args = [who.organ.code, who.desk.value, subject.code.pk]
        return reverse("office:survey_paper", args=args)

    def seq(self, subject: Keyed) -> int | None:
        return None if subject.paper is None else subject.paper.seq

    def goes_on(self, request: HttpRequest, who: Seat, subject: Keyed, tried: Any) -> str:
        return reverse("office:survey_papers", args=[who.organ.code, who.desk.value])

    def context(
        self, request: HttpRequest, who: Seat, subject: Keyed, **more: Any
    ) -> dict[str, Any]:
        paper = subject.paper
        return queue_context(request, who) | {
            "unit": subject.code.unit,
            "survey": subject.code.unit.survey,
            "which": Instrument(subject.code.instrument),
            "paper": paper,
            "state": KeyingState(paper.state) if paper else None,
            "used": subject.code.used,
        }


paper = official(PaperOnDesk())


# ------------------------------------------------------------------------------------ interviews
class Interviews(Thing):
    """Interviews face to face, for days without a network: kept on the device, then sent."""

    offers = (Interview,)
    template = "office/surveys/interviews.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Survey]:
        seat = surveying_here(request, where["organ"], where["desk"])
        if seat.desk not in KEYERS:
            raise PermissionDenied(_("This desk makes no interviews."))
        return seat, existing(survey_numbered(where["number"], public=True))

    def home(self, who: Seat, subject: Survey) -> str:
        return reverse("office:interviews", args=[who.organ.code, who.desk, subject.number])

    def act_at(self, who: Seat, subject: Survey, name: str) -> str:
        return self.home(who, subject)

    def seq(self, subject: Survey) -> None:
        return None  # others' answers do not move it

    def context(
        self, request: HttpRequest, who: Seat, subject: Survey, **more: Any
    ) -> dict[str, Any]:
        return queue_context(request, who) | {"survey": subject}


interviews = official(Interviews())


# ------------------------------------------------------------------------------------ the draw
class DrawOnDesk(Thing):
    """The draw, for the unit that announced it: the codes of its parties, and its last steps."""

    offers = DRAW_OFFERS
    kind = "public-draw"
    template = "office/surveys/draw.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, PublicDraw]:
        seat = seat_at(request, where["organ"], where["desk"])
        if seat.desk not in LEADERS:
            raise PermissionDenied(_("This desk leads no draw."))
        return seat, existing(draw_numbered(where["number"]))

    def home(self, who: Seat, subject: PublicDraw) -> str:
        return reverse("office:public_draw", args=[who.organ.code, who.desk, subject.number])

    def context(
        self, request: HttpRequest, who: Seat, subject: PublicDraw, **more: Any
    ) -> dict[str, Any]:
        state = DrawState(subject.state)
        return queue_context(request, who) | {
            "draw": subject,
            "state": state,
            "kind": DRAW_KINDS.get(state, "waiting"),
            "parties": parties_of(subject),
            "shows_codes": state in (DrawState.COMMITTING, DrawState.OPENING),
        }


draw = official(DrawOnDesk())
