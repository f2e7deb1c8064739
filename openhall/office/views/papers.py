"""The words of an organ's papers and its seal: drafted, seen as a sheet, approved. A6, A14."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Fault, Refused
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject, existing
from openhall.glossary import Said
from openhall.office.acts import versions as common
from openhall.office.acts.versions import offers_of, read_as
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.organs.fields import TextField
from openhall.organs.queries import Account, Organ, posts_of
from openhall.organs.terms import Desk
from openhall.papers.actions import sealing
from openhall.papers.actions import words as wordsmith
from openhall.papers.actions.giving import in_force
from openhall.papers.kinds import SEAL, WORDS
from openhall.papers.pdf import sample_of, seal_drawing
from openhall.papers.queries import (
    PaperTemplate,
    SealImage,
    paper_numbered,
    seal_of,
    seals_of,
    words_by_pk,
    words_of,
    words_open,
    words_to_review,
)
from openhall.papers.rules.templates import DEFAULTS, DUE_LINES, mandatory, places_of, samples_of
from openhall.papers.rules.wording import fill
from openhall.papers.rules.words import full_width, number_of
from openhall.papers.terms import PaperAct, PaperKind
from openhall.versions.terms import OPEN, VersionAct, VersionState

DESKS = (Desk.HEAD, Desk.CATALOGUE_CLERK, Desk.LEGAL, Desk.GOVERNMENT_OFFICE)
TONES = {VersionState.DRAFT: "draft", VersionState.REVIEW: "waiting"}
NO_PAPER = Said("本单位没有出具过此文号的文书。", "This unit gave no paper of this number.")


def _seat(request: HttpRequest, organ: str, desks: Sequence[Desk] = DESKS) -> Seat:
    """Any post at this organ that has to do with papers."""
    assert isinstance(request.user, Account)
    held = posts_of(request.user, timezone.localdate()).filter(
        organ__code=organ, desk__in=[desk.value for desk in desks]
    )
    post = held.first()
    return seat_at(request, organ, post.desk if post else Desk.HEAD.value)


def _of(seat: Seat) -> Organ | None:
    """Whose words this seat drafts: its organ's, or the whole city's."""
    return None if seat.desk == Desk.GOVERNMENT_OFFICE else seat.organ


# ------------------------------------------------------------------------------------ overview
class TakeBack(Offer):
    """A paper given by mistake no longer holds; the public check page says so from now on."""

    act, title, bare, tone = (
        PaperAct.TAKE_BACK,
        gettext_lazy("Take the paper back"),
        True,
        "grave",
    )
    desks, section = (Desk.HEAD,), "back"
    effect = gettext_lazy(
        "Everybody who checks the paper reads from now on that it was taken back."
    )
    done = gettext_lazy("The paper is taken back: %(number)s")
    number = TextField(label=gettext_lazy("Document number"), max_length=80)  # type: ignore[assignment]
    why = TextField(
        label=gettext_lazy("Why it is taken back"),
        help_text=gettext_lazy("Everybody who checks the paper reads it; name no person."),
        max_length=300,
    )
    instead = TextField(
        label=gettext_lazy("Number of the paper that replaces it"), required=False, max_length=80
    )

    def does(self, doing: Doing) -> Any:
        typed, organ = self.cleaned_data, self.who.organ
        found = paper_numbered(organ, typed["number"])
        other = paper_numbered(organ, typed["instead"]) if typed["instead"] else None
        lacking = [("number", found is None), ("instead", typed["instead"] and other is None)]
        if found is None or any(one for _field, one in lacking):
            faults = [Fault(NO_PAPER, field) for field, one in lacking if one]
            raise Refused(NO_PAPER, faults[0].field, faults)
        return sealing.take_back(found.pk, typed["why"], doing, instead=other)

    def said_done(self) -> str:
        return str(self.done) % {"number": self.data.get(self.add_prefix("number"), "")}


class Papers(DeskPage):
    """Every kind of paper with the words in force; for Legal Affairs, what waits for review."""

    offers = (TakeBack,)
    template, at, by_desk = "office/papers/overview.html", "papers", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return _seat(request, where["organ"]), None

    def act_at(self, who: Seat, subject: None, name: str) -> str:
        return f"{self.home(who, subject)}do/{name}/"  # beside the kinds of papers

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        legal, rows = who.desk == Desk.LEGAL, []
        if not legal:
            waiting = words_open(_of(who))
            found = wordsmith.all_words_on(_of(who), who.day)
            for kind in DEFAULTS:
                draft = waiting.get(kind.value)
                state = VersionState(draft.state) if draft else None
                tone = TONES.get(state, "info") if state else ""
                rows.append((kind, found.get(kind.value), state, tone))
        return {
            "seat": who,
            "rows": rows,
            "waiting": [(row, PaperKind(row.kind)) for row in words_to_review(who.account)]
            if legal
            else [],
            "seals": seals_of(who.organ)[:5] if who.desk == Desk.HEAD else [],
            "is_head": who.desk == Desk.HEAD,
            "city_wide": _of(who) is None,
        }


# ------------------------------------------------------------------------------------ the words
@dataclass(frozen=True, slots=True)
class Kept:
    """The words of one kind of paper of one unit: what stands, and the draft."""

    kind: PaperKind
    text: str
    found: PaperTemplate | None
    rows: list[PaperTemplate]

    @property
    def draft(self) -> PaperTemplate | None:
        return next((one for one in self.rows if one.state in OPEN), None)


class WriteWords(Offer):
    """The draft of the words, begun or written on."""

    act, bare, tone = VersionAct.BEGIN, True, "primary"
    button = gettext_lazy("Keep the draft and look at the sheet")
    done = gettext_lazy("The draft is saved.")
    words = TextField(
        label=gettext_lazy("Words"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "One line is one paragraph. 【…】 is filled in; {…} is left out when a place in it is "
            "empty."
        ),
    )

    def ask(self) -> None:
        draft = self.subject.draft
        self.fields["words"].initial = draft.words if draft else self.subject.text

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        draft = self.subject.draft
        return replace(super().doing(key, now, None), seen=draft.revision if draft else None)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data["words"]
        return wordsmith.draft_words(_of(self.who), self.subject.kind, typed, doing)

    def goes_to(self, left: Any) -> str:
        return reverse("office:words_version", args=[self.who.organ.code, left.pk])


class Words(Subject):
    """The words of one kind: what stands, its versions, and a draft to write."""

    offers = (WriteWords,)
    kind = "paper_words"
    template = "office/papers/words.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Kept]:
        seat = _seat(request, where["organ"])
        if where["kind"] not in [kind.value for kind in DEFAULTS]:
            raise Http404
        if seat.desk == Desk.LEGAL:
            raise PermissionDenied(
                _("The Legal Affairs Office approves words; it does not draft them.")
            )
        kind = PaperKind(where["kind"])
        text, found = wordsmith.words_on(_of(seat), kind, seat.day)
        return seat, Kept(kind, text, found, list(words_of(_of(seat), kind)))

    def home(self, who: Seat, subject: Kept) -> str:
        return reverse("office:words", args=[who.organ.code, subject.kind])

    def seq(self, subject: Kept) -> int:
        return sum(1 + read_as(one) for one in subject.rows)

    def content(self, who: Seat, subject: Kept) -> dict[str, Any]:
        samples, must = samples_of(subject.kind), mandatory(subject.kind)
        return {
            "seat": who,
            "kind": subject.kind,
            "places": [
                (name, samples.get(name, ""), name in must) for name in places_of(subject.kind)
            ],
            "versions": [(one, VersionState(one.state)) for one in subject.rows],
        }


class Propose(common.Send):
    """Before the Legal Affairs Office, once its drafter has looked at the sheet."""

    title = gettext_lazy("Lay before Legal Affairs")
    done = gettext_lazy("The words are before the Legal Affairs Office.")

    def acts(self, doing: Doing) -> Any:
        return wordsmith.propose_words(self.version.pk, doing)


class Approve(common.Publish):
    """In force from a day, once Legal Affairs has looked at the sheet."""

    title = gettext_lazy("Approve")
    states = (VersionState.REVIEW,)
    effect = gettext_lazy("From that day on papers of this kind carry these words.")
    done = gettext_lazy("Approved. What was given before keeps its words.")
    says_what_changed = False

    def acts(self, doing: Doing) -> Any:
        first_day = self.cleaned_data["first_day"]
        return wordsmith.approve_words(self.version.pk, first_day, doing)


class Return(common.SendBack):
    """Back to its drafter; the sheet must be looked at again."""

    title = gettext_lazy("Return")
    done = gettext_lazy("Returned to its drafter.")

    def acts(self, doing: Doing) -> Any:
        return wordsmith.return_words(self.version.pk, self.cleaned_data["reason"], doing)


class EndWords(common.End):
    """The city's words stand again, or those of the product."""

    title = gettext_lazy("End these words")
    effect = gettext_lazy("After that day the city's words stand, or those of the product.")
    done = gettext_lazy("Ended. What was given before keeps its words.")


def _template(seat: Seat, pk: int) -> PaperTemplate:
    found = existing(words_by_pk(pk))
    if seat.desk == Desk.LEGAL or found.organ_id == getattr(_of(seat), "pk", None):
        return found
    raise PermissionDenied(_("These words are another unit's."))


class WordsVersion(Subject):
    """One version: look at the sheet, then propose, approve, return or end it."""

    offers = offers_of(WORDS, Propose, Approve, Return, EndWords, but=(common.Pass, common.Begin))
    kind = "paper_words"
    template = "office/papers/version.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, PaperTemplate]:
        seat = _seat(request, where["organ"])
        return seat, _template(seat, where["pk"])

    def home(self, who: Seat, subject: PaperTemplate) -> str:
        return reverse("office:words_version", args=[who.organ.code, subject.pk])

    def seq(self, subject: PaperTemplate) -> int:
        return read_as(subject)

    def content(self, who: Seat, subject: PaperTemplate) -> dict[str, Any]:
        kind, state = PaperKind(subject.kind), VersionState(subject.state)
        before, _found = wordsmith.words_on(subject.organ, kind, who.day)
        return {
            "seat": who,
            "template": subject,
            "kind": kind,
            "state": state,
            "before": before,
            "may_write": state == VersionState.DRAFT and who.desk != Desk.LEGAL,
        }


@official
@require_safe
def preview(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """The version as a sheet with sample values; who looked at it is remembered."""
    seat = _seat(request, organ)
    template = _template(seat, pk)
    kind = PaperKind(template.kind)
    wordsmith.saw(pk, seat.account, timezone.now())
    giver = template.organ or seat.organ
    drawing, _version = in_force(giver.pk, kind, seat.day)
    samples = samples_of(kind) | {"机关名称": giver.name}
    label, place = DUE_LINES.get(kind, ("", ""))
    made = sample_of(
        giver.name,
        kind.zh,
        number_of(giver.short_name, kind, seat.day.year, 0),
        [full_width(one) for one in fill(template.words, samples)],
        full_width(f"{label}:{samples[place]}") if label else "",
        seal_drawing(drawing),
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="sample-{template.pk}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


# ------------------------------------------------------------------------------------ the seal
class BringSeal(Offer):
    """A new picture of the organ's seal: it waits for another person, who looks at a sample."""

    act, bare, tone = VersionAct.BEGIN, True, "primary"
    desks = (Desk.HEAD,)
    button = gettext_lazy("Bring this picture in")
    done = gettext_lazy("The picture waits for the second person; nothing has changed yet.")
    picture = forms.FileField(
        label=gettext_lazy("Picture of the seal"),
        help_text=gettext_lazy(
            "PNG or SVG, nearly square, at most 400 KB; a PNG from 200 to 3000 pixels a side."
        ),
    )

    def does(self, doing: Doing) -> Any:
        picture = self.cleaned_data["picture"].read()
        return sealing.bring_seal(self.who.organ, picture, doing)


class OnSeal:
    """A step of one seal of the page."""

    about: Any

    @property
    def version(self) -> SealImage:
        seal: SealImage = self.about
        return seal

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return [one for one in subject if cls.offered(one, who)]  # type: ignore[attr-defined]

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        return next((one for one in subject if str(one.pk) == key), None)


class ConfirmSeal(OnSeal, common.Publish):
    """The second person puts it in use, once the sample was looked at."""

    kind, section, says_what_changed = SEAL, "seals", False
    title = gettext_lazy("Put this seal in use")
    effect = gettext_lazy("Every paper of the unit carries it from that day on.")
    done = gettext_lazy("The seal is kept; papers carry it from its day on.")

    def does(self, doing: Doing) -> Any:
        return sealing.confirm_seal(self.version.pk, self.cleaned_data["first_day"], doing)


class DropSeal(OnSeal, common.Drop):
    """The picture that waits is given up."""

    kind, section, seldom = SEAL, "seals", False
    title = gettext_lazy("Give this picture up")


class EndSeal(OnSeal, common.End):
    """A seal goes out of use after a day, and none takes its place."""

    kind, section, seldom = SEAL, "seals", False
    title = gettext_lazy("End this seal")
    effect = gettext_lazy("Papers given after that day go out without a seal.")
    done = gettext_lazy("The seal is out of use after that day.")


class Seals(DeskPage):
    """The seals of the unit so far, and the next one."""

    offers = (BringSeal, ConfirmSeal, DropSeal, EndSeal)
    kind = "seal"
    template, at, by_desk = "office/papers/seal.html", "seal", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, list[SealImage]]:
        seat = _sealing(request, where["organ"])
        return seat, list(seals_of(seat.organ))

    def seq(self, subject: list[SealImage]) -> int:
        return sum(one.seq for one in subject)

    def content(self, who: Seat, subject: list[SealImage]) -> dict[str, Any]:
        said = [(one, VersionState(one.state)) for one in subject]
        return {"seat": who, "seals": said, "second": SEAL.route.publish.who}


def _sealing(request: HttpRequest, organ: str) -> Seat:
    """The head of the organ, or who decides there."""
    assert isinstance(request.user, Account)
    desks = (Desk.HEAD.value, Desk.DECIDER.value)
    held = posts_of(request.user, timezone.localdate()).filter(organ__code=organ, desk__in=desks)
    post = held.order_by("-desk").first()  # a head before a decider
    return seat_at(request, organ, post.desk if post else Desk.HEAD.value)


@official
@require_safe
def seal_sample(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """A sample paper with this seal, as every paper would look."""
    seat = _sealing(request, organ)
    found = existing(seal_of(seat.organ, pk))
    kind = PaperKind.ACCEPTANCE
    words = [
        full_width(one)
        for one in fill(DEFAULTS[kind], samples_of(kind) | {"机关名称": seat.organ.name})
    ]
    number = number_of(seat.organ.short_name, kind, seat.day.year, 0)
    made = sample_of(seat.organ.name, kind.zh, number, words, "", seal_drawing(found.pk))
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="seal-{found.pk}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@official
@require_safe
def seal_picture(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """The picture of one seal, to those who see the papers of its organ."""
    desks = (*DESKS, Desk.DECIDER)
    seat = _seat(request, organ, desks)
    found = existing(seal_of(seat.organ, pk))
    answer = HttpResponse(seal_drawing(found.pk), content_type="image/svg+xml")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; img-src data:; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


overview, words = official(Papers()), official(Words())
version, seal = official(WordsVersion()), official(Seals())
