"""Case-file review: announce, draw in public, fill in the sheet on a phone. A14."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.words import called
from openhall.desk.offers import Offer, said
from openhall.desk.pages import Subject, existing
from openhall.glossary import Said
from openhall.office.seat import DeskPage, Seat, official
from openhall.office.tables import carried
from openhall.office.views.oversight import ALL_UNITS, common, watching
from openhall.organs.fields import TextField
from openhall.paging.keyset import place
from openhall.paging.whole import month as month_named
from openhall.supervision import actions
from openhall.supervision.permissions import may_draw, may_review
from openhall.supervision.queries import (
    CaseFileReview,
    SampleDraw,
    draw_numbered,
    draws,
    open_sheets,
    review_by_pk,
    reviewers,
    sheets_of,
)
from openhall.supervision.rules.casefile import DATA_LINES, FILE_LINES
from openhall.supervision.terms import DrawAct, DrawState, ReviewAct, SheetLine, Tick

NO_MONTH = Said("请按“2026-10”的写法填写月份。", "Give the month as 2026-10.")


def _seat(request: HttpRequest, where: dict[str, Any]) -> Seat:
    seat = watching(request, where["organ"], where["desk"])
    if seat.desk not in ALL_UNITS:
        raise PermissionDenied(_("Case files are reviewed from outside the unit."))
    return seat


class Announce(Offer):
    """Which month, how many of each unit, and when the seed will be."""

    act, title, bare = DrawAct.ANNOUNCE, gettext_lazy("Announce"), True
    effect = gettext_lazy(
        "The month, the size and the digest of all its cases stand in the public log from now on."
    )
    done = gettext_lazy("Announced, and in the public log.")
    month = TextField(label=gettext_lazy("Month of closing"), max_length=7, help_text="2026-10")
    size = forms.IntegerField(
        label=gettext_lazy("Cases of each unit"), min_value=1, max_value=50, initial=2
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes until the seed"),
        min_value=1,
        max_value=20160,
        initial=60,
        help_text=gettext_lazy("The seed is the first checkpoint of the public log after that."),
    )

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return may_draw(who.account, who.day)

    def ask(self) -> None:
        last = self.day.replace(day=1) - timedelta(days=1)
        self.fields["month"].initial = f"{last:%Y-%m}"

    def does(self, doing: Doing) -> SampleDraw:
        typed = self.cleaned_data
        month = month_named(typed["month"])
        if month is None:
            raise Refused(NO_MONTH, "month")
        seed_at = doing.at + timedelta(minutes=typed["minutes"])
        return actions.announce_draw(month, typed["size"], seed_at, doing)

    def goes_to(self, left: Any) -> str:
        return reverse(
            "office:oversight_draw", args=[self.who.organ.code, self.who.desk, left.number]
        )


class Draws(DeskPage):
    """Every draw; announce a new one."""

    offers = (Announce,)
    template, at = "office/oversight/draws.html", "oversight_draws"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return _seat(request, where), None

    def act_at(self, who: Seat, subject: None, name: str) -> str:
        return f"{self.home(who, subject)}do/{name}/"  # beside the draws' own addresses

    def context(
        self, request: HttpRequest, who: Seat, subject: None, **more: Any
    ) -> dict[str, Any]:
        reviews = may_draw(who.account, who.day)
        return common(who, "oversight_draws") | {
            "draws": [(draw, DrawState(draw.state)) for draw in draws()],
            "reviews": reviews,
            "to_review": open_sheets(who.account, place(request.GET)) if reviews else None,
        }


class Draw(Offer):
    """Draw now, by the first checkpoint after the announced moment."""

    act = DrawAct.DRAW
    effect = gettext_lazy(
        "The seed is fixed and the sheets are laid out; neither is changed afterwards."
    )

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return subject.state == DrawState.ANNOUNCED and may_draw(who.account, who.day)

    def does(self, doing: Doing) -> Any:
        return actions.draw_sample(self.subject.pk, doing)


class ShareOut(Offer):
    """The files not signed yet, shared out among those who are to review them."""

    act, title = ReviewAct.ASSIGN, gettext_lazy("Share the files out")
    effect = gettext_lazy(
        "Files not signed yet go evenly to those chosen, none to somebody of its own unit; "
        "each finds them on the first page. Chosen anew, they are shared out anew."
    )
    done = gettext_lazy("The files are shared out.")
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Reviewers"), widget=forms.CheckboxSelectMultiple
    )

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return subject.state == DrawState.DRAWN and may_draw(who.account, who.day)

    def ask(self) -> None:
        self.choose_rows("people", reviewers(self.day))

    def does(self, doing: Doing) -> Any:
        people = [self.rows["people"][pk] for pk in self.cleaned_data["people"]]
        return actions.share_out(self.subject.pk, people, doing)


class DrawOnDesk(Subject):
    """One draw: its seed, its sheets."""

    offers = (Draw, ShareOut)
    kind = "draw"
    template = "office/oversight/draw.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, SampleDraw]:
        return _seat(request, where), existing(draw_numbered(where["number"]))

    def home(self, who: Seat, subject: SampleDraw) -> str:
        return reverse("office:oversight_draw", args=[who.organ.code, who.desk, subject.number])

    def context(
        self, request: HttpRequest, who: Seat, subject: SampleDraw, **more: Any
    ) -> dict[str, Any]:
        sheets = sheets_of(subject)
        shown = request.GET.get("show", "")
        kept = [one for one in sheets if shown not in WHICH or WHICH[shown](one, who)]
        return common(who, "oversight_draws") | {
            "draw": subject,
            "state": DrawState(subject.state),
            "sheets": kept,
            "signed": sum(one.signed_at is not None for one in sheets),
            "drawn": len(sheets),
            "shown": shown if shown in WHICH else "",
        }


WHICH: dict[str, Any] = {
    "open": lambda sheet, who: sheet.signed_at is None,
    "signed": lambda sheet, who: sheet.signed_at is not None,
    "mine": lambda sheet, who: who.account.pk in (sheet.reviewer_id, sheet.signed_by_id),
    "defects": lambda sheet, who: sheet.signed_at is not None and sheet.defects > 0,
}


@official
@require_safe
def draw_table(request: HttpRequest, organ: str, desk: str, number: str) -> HttpResponse:
    """The files of a draw as a table to take away."""
    seat = _seat(request, {"organ": organ, "desk": desk})
    found = existing(draw_numbered(number))
    heads = (_("Case"), _("Matter"), _("Unit"), _("Reviewer"), _("Signed"), _("Defects"))
    rows = (
        (
            one.case.number,
            called(one.case.item_version),
            called(one.organ),
            str(one.reviewer or ""),
            f"{one.signed_by} {one.signed_at:%Y-%m-%d}" if one.signed_at else "",
            one.defects if one.signed_at else "",
        )
        for one in sheets_of(found)
    )
    return carried(f"{found.number}-{seat.day:%Y%m%d}", heads, rows)


class SignSheet(Offer):
    """Each line: yes, no or not applicable, and a remark; prefilled where the events answer."""

    act, title, bare, tone = ReviewAct.SIGN, gettext_lazy("Sign"), True, "primary"
    effect = gettext_lazy(
        "The sheet is closed; every no becomes a finding in the rectification ledger."
    )
    done = gettext_lazy("The sheet is signed.")
    fields_by = "office/oversight/sheet_lines.html"

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return subject.signed_at is None and may_review(who.account, subject.organ, who.day)

    def ask(self) -> None:
        for line in SheetLine:
            one, words = self.subject.lines[line.value], line.said_in(get_language())
            self.fields[line.value] = forms.ChoiceField(
                label=words,
                choices=said(Tick),
                initial=one["tick"] or one["auto"] or None,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"remark-{line.value}"] = TextField(
                label=_("Remark: %(line)s") % {"line": words},
                initial=one["remark"],
                required=False,
                max_length=300,
            )

    def parts(self) -> list[tuple[Any, list[Any]]]:
        """The lines of the file and of the data: each with its two fields and the events' word."""
        stored = self.subject.lines
        return [
            (
                words,
                [
                    (
                        line,
                        self[line.value],
                        self[f"remark-{line.value}"],
                        Tick(stored[line.value]["auto"]) if stored[line.value]["auto"] else None,
                    )
                    for line in lines
                ],
            )
            for words, lines in ((_("The file"), FILE_LINES), (_("The data"), DATA_LINES))
        ]

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        ticks = {one: Tick(typed[one.value]) for one in SheetLine if typed[one.value]}
        remarks = {one: typed[f"remark-{one.value}"] for one in SheetLine}
        return actions.sign_review(self.subject.pk, ticks, remarks, doing)

    def goes_to(self, left: Any) -> str:
        at, draw = [self.who.organ.code, self.who.desk], self.subject.draw
        rest = [one for one in open_sheets(self.who.account) if one.draw_id == draw.pk]
        if rest:
            return reverse("office:oversight_sheet", args=[*at, rest[0].pk])
        return reverse("office:oversight_draw", args=[*at, draw.number])


class Sheet(Subject):
    """One review sheet."""

    offers = (SignSheet,)
    kind = "review"
    template = "office/oversight/sheet.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, CaseFileReview]:
        return _seat(request, where), existing(review_by_pk(where["pk"]))

    def home(self, who: Seat, subject: CaseFileReview) -> str:
        return reverse("office:oversight_sheet", args=[who.organ.code, who.desk, subject.pk])

    def content(self, who: Seat, subject: CaseFileReview) -> dict[str, Any]:
        lines = subject.lines
        return common(who, "oversight_draws") | {
            "review": subject,
            "signed": [
                (line, Tick(lines[line.value]["tick"]), lines[line.value]["remark"])
                for line in SheetLine
                if subject.signed_at is not None
            ],
        }


listing, draw_page, sheet = official(Draws()), official(DrawOnDesk()), official(Sheet())
