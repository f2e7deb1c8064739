"""The question editor's desk: guides, versions, the map, the paths, publication. B7.

Editors of a unit write the guides of its items, the Government Office and the Informatization
Office those of life events; each sees at once what keeps a guide from being published.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.permissions import EVENT_EDITORS
from openhall.catalogue.queries import versions_in_force
from openhall.catalogue.terms_topics import topic_of
from openhall.deeds.doing import Doing
from openhall.design.words import called
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject, existing
from openhall.office.acts import versions as common
from openhall.office.acts.versions import offers_of, read_as
from openhall.office.question_forms import BeginForm, WordsForm
from openhall.office.seat import DeskPage, Seat, official, seat_at
from openhall.office.views.versions import told
from openhall.organs.fields import TextField
from openhall.questions.actions import begin_guide, next_draft, save_content, save_words
from openhall.questions.forms import AnswerForm
from openhall.questions.kinds import GUIDE
from openhall.questions.permissions import GUIDE_EDITORS, may_edit_questions
from openhall.questions.queries import (
    QuestionGuide,
    QuestionGuideVersion,
    checklist,
    codes_in,
    facts_of,
    guide_called,
    guides_kept_by,
    needing_attention,
)
from openhall.questions.rules.answers import address, condition_in_words, pairs, read_answers
from openhall.questions.rules.checking import check
from openhall.questions.rules.content import Condition, Content, parse
from openhall.questions.rules.drawing import drawn
from openhall.questions.rules.editing import moved
from openhall.questions.rules.faults import Facts, Fault
from openhall.questions.rules.outcomes import drifts
from openhall.questions.rules.walking import TooMany, paths, walk
from openhall.questions.terms import FaultKind, QuestionKind
from openhall.versions.terms import VersionAct, VersionState

# A guide goes from its writer to its publisher, with no review between them.
NOT_HERE = (common.Send, common.Pass, common.SendBack)
STATE_KINDS = {VersionState.DRAFT: "draft", VersionState.PUBLISHED: "on_time"}


@dataclass(frozen=True, slots=True)
class Open:
    """A guide open on a desk: the draft, or the newest version there is."""

    seat: Seat
    guide: QuestionGuide
    version: QuestionGuideVersion
    content: Content
    facts: Facts
    faults: list[Fault]

    @property
    def is_draft(self) -> bool:
        return self.version.state == VersionState.DRAFT

    @property
    def english(self) -> bool:
        return (get_language() or "").startswith("en")

    def at(self, name: str, *more: object) -> str:
        """An address of this guide on this desk."""
        seat = self.seat
        return reverse(
            f"office:{name}", args=[seat.organ.code, seat.desk.value, self.guide.slug, *more]
        )

    def beside(self, node: str, part: str = "") -> list[Fault]:
        """The faults that stand beside a node, or beside one part of it."""
        return [one for one in self.faults if one.node == node and (not part or one.part == part)]

    def in_words(self, when: tuple[Condition, ...]) -> str:
        join = "; " if self.english else "；"
        return join.join(condition_in_words(self.content, one, self.english) for one in when)

    def name_of(self, key: str) -> str:
        """A node as people know it."""
        question, result = self.content.question(key), self.content.result(key)
        if question is not None:
            return (question.text_en if self.english else "") or question.text or key
        if result is not None:
            return (result.title_en if self.english else "") or result.title or key
        return ""


def at_desk(request: HttpRequest, organ: str, desk: str) -> Seat:
    """A seat whose desk writes question guides."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in (*GUIDE_EDITORS, *EVENT_EDITORS):
        raise PermissionDenied(_("This desk does not write question guides."))
    return seat


def for_events(seat: Seat) -> bool:
    return seat.desk in EVENT_EDITORS


def opened(request: HttpRequest, organ: str, desk: str, slug: str) -> Open:
    """The guide, for who may edit it."""
    seat = at_desk(request, organ, desk)
    guide = existing(guide_called(slug))
    if not may_edit_questions(seat.account, guide, seat.day):
        raise PermissionDenied(_("This guide is kept by another unit."))
    version = current(list(guide.versions.all()))
    content = parse(version.content)
    codes = codes_in(content) | ({guide.item.code} if guide.item else set())
    facts = facts_of(codes, seat.day)
    return Open(seat, guide, version, content, facts, check(content, facts))


def current(versions: list[QuestionGuideVersion]) -> QuestionGuideVersion:
    """The draft; without one, the newest version that was not dropped; else the newest."""
    newest = sorted(versions, key=lambda one: -one.number)
    drafts = [one for one in newest if one.state == VersionState.DRAFT]
    kept = [one for one in newest if one.state != VersionState.DROPPED]
    return (drafts or kept or newest)[0]


def own_items(seat: Seat) -> list[tuple[str, str]] | None:
    """The items a guide of this desk may name: the unit's own, or all for life events."""
    rows = versions_in_force(seat.day).order_by("item__code")
    if not for_events(seat):
        rows = rows.filter(item__organ=seat.organ)
    return [(one.item.code, f"{called(one)} · {called(one.item.organ)}") for one in rows]


# ---------------------------------------------------------------- lists and beginnings
@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The guides of this desk: where each stands, its faults, and which need attention."""
    seat = at_desk(request, organ, desk)
    attention = {one.guide_id: found for one, found in needing_attention(seat.day)}
    kept = [
        (guide, list(guide.versions.all()))
        for guide in guides_kept_by(seat.organ.pk, events=for_events(seat))
    ]
    contents = {guide.pk: parse(current(versions).content) for guide, versions in kept}
    facts = facts_of({code for one in contents.values() for code in codes_in(one)}, seat.day)
    rows = []
    for guide, versions in kept:
        version = current(versions)
        faults = (
            check(contents[guide.pk], facts)
            if version.state == VersionState.DRAFT
            else list[Fault]()
        )
        in_force = [one for one in versions if one.state == VersionState.PUBLISHED]
        rows.append(
            {
                "guide": guide,
                "version": version,
                "state": VersionState(version.state),
                "topic": topic_of(guide.topic),
                "faults": len(faults),
                "in_force": in_force[0] if in_force else None,
                "attention": attention.get(guide.pk, []),
            }
        )
    return render(request, "office/questions/list.html", {"seat": seat, "rows": rows})


class BeginGuide(Offer):
    """A new guide, of one of the unit's items or of a life event."""

    act, title = VersionAct.BEGIN, gettext_lazy("Begin a question guide")
    bare, tone, button = True, "primary", gettext_lazy("Save")
    done = gettext_lazy("The draft is saved.")

    def ask(self) -> None:
        items = None if for_events(self.who) else own_items(self.who)
        self.fields.update(BeginForm(items=items).fields)

    def does(self, doing: Doing) -> Any:
        said = self.cleaned_data
        return begin_guide(
            self.who.organ,
            said["slug"],
            said,
            doing,
            item=said.get("item", ""),
            topic=said.get("topic", ""),
        )

    def goes_to(self, left: Any) -> str:
        args = [self.who.organ.code, self.who.desk.value, left.guide.slug]
        return reverse("office:question_guide", args=args)


class Beginning(DeskPage):
    """The page a guide is begun on."""

    offers = (BeginGuide,)
    template, at = "office/questions/form.html", "begin_questions"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return at_desk(request, where["organ"], where["desk"]), None

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        return {"seat": who, "title": _("Begin a question guide")}


begin = official(Beginning())


# ---------------------------------------------------------------- one guide
def saving(offer: Offer, doing: Doing) -> Doing:
    """A save asks for the revision of the draft, under its lock."""
    return replace(doing, seen=offer.subject.version.revision)


class EndGuide(common.End):
    title = gettext_lazy("End this guide")


class DropGuide(common.Drop):
    def goes_to(self, left: Any) -> str:
        return reverse("office:questions", args=[self.who.organ.code, self.who.desk.value])


class PublishGuide(common.Publish):
    done = gettext_lazy("The guide is published; each of its paths is kept as a test.")


class BeginNext(common.Begin):
    def does(self, doing: Doing) -> Any:
        return next_draft(self.subject.guide.pk, doing)


class Change(Offer):
    """Move a node or a part up or down, or remove it: ``up q1``, ``remove q1 rule:2``."""

    code, title, section = "change", gettext_lazy("Change the order"), "order"
    done = gettext_lazy("The draft is saved.")
    way = TextField(label=gettext_lazy("Change the order"), max_length=200)

    @classmethod
    def offered(cls, subject: Open, who: Seat) -> bool:
        return subject.is_draft

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return saving(self, super().doing(key, now, None))

    def does(self, doing: Doing) -> Any:
        self.parts = (*self.cleaned_data["way"].split(" "), "", "", "")[:3]
        content = moved(self.subject.content, *self.parts)
        return save_content(self.subject.version.pk, content, doing)

    def goes_to(self, left: Any) -> str:
        way, node, part = self.parts
        if part:
            return str(self.subject.at("question" if part.startswith("rule") else "result", node))
        return self.subject.at("question_guide") + (f"#{node}" if way != "remove" else "")


class Guide(Subject):
    """One guide: its map, its questions and results, its faults, its acts and history."""

    offers = (*offers_of(GUIDE, EndGuide, DropGuide, PublishGuide, BeginNext, but=NOT_HERE), Change)
    kind = GUIDE.kind.name
    template = "office/questions/guide.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Open]:
        open_ = opened(request, where["organ"], where["desk"], where["slug"])
        return open_.seat, open_

    def home(self, who: Seat, subject: Open) -> str:
        return subject.at("question_guide")

    def seq(self, subject: Open) -> int:
        return read_as(subject.version)

    def content(self, who: Seat, subject: Open) -> dict[str, Any]:
        content, version = subject.content, subject.version
        try:
            count: int | None = len(paths(content))
        except TooMany:
            count = None
        kept = version.expectations
        return told(who, GUIDE, version) | {
            "open": subject,
            "guide": subject.guide,
            "seen": read_as(version),
            "topic": topic_of(subject.guide.topic),
            "state_kind": STATE_KINDS.get(VersionState(version.state), "closed"),
            "faults": [
                (fault, FaultKind(fault.kind), subject.name_of(fault.node))
                for fault in subject.faults
            ],
            "map": drawn(content, {fault.node for fault in subject.faults}, subject.english),
            "questions": [
                {
                    "number": n,
                    "node": one,
                    "kind": QuestionKind(one.kind),
                    "faults": subject.beside(one.key),
                    "rules": [
                        (m, subject.in_words(rule.when), subject.name_of(rule.to) or rule.to)
                        for m, rule in enumerate(one.rules, start=1)
                    ],
                    "otherwise": subject.name_of(one.otherwise),
                }
                for n, one in enumerate(content.questions, start=1)
            ],
            "results": [
                {
                    "letter": chr(64 + n % 27),
                    "node": one,
                    "faults": subject.beside(one.key),
                    "items": [
                        (m, subject.facts.get(line.item), line, subject.in_words(line.when))
                        for m, line in enumerate(one.items, start=1)
                    ],
                }
                for n, one in enumerate(content.results, start=1)
            ],
            "count": count,
            "drifts": drifts(content, kept, subject.facts) if kept else [],
        }


overview = official(Guide())


class WriteWords(Offer):
    """The title and the summary of a draft."""

    code, title, bare, tone = "save", gettext_lazy("Title and summary"), True, "primary"
    button, done = gettext_lazy("Save"), gettext_lazy("The draft is saved.")

    @classmethod
    def offered(cls, subject: Open, who: Seat) -> bool:
        return subject.is_draft

    def ask(self) -> None:
        self.fields.update(WordsForm().fields)
        for name, field in self.fields.items():
            field.initial = getattr(self.subject.version, name)

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return saving(self, super().doing(key, now, None))

    def does(self, doing: Doing) -> Any:
        return save_words(self.subject.version.pk, self.cleaned_data, doing)

    def goes_to(self, left: Any) -> str:
        return str(self.subject.at("question_guide"))


class GuideWords(Guide):
    """The page of the title and the summary."""

    offers = (WriteWords,)
    kind = ""
    template = "office/questions/form.html"

    def home(self, who: Seat, subject: Open) -> str:
        return subject.at("question_words")

    def content(self, who: Seat, subject: Open) -> dict[str, Any]:
        return {
            "seat": who,
            "open": subject,
            "title": _("Title and summary"),
            "back": subject.at("question_guide"),
        }


words = official(GuideWords())


# ---------------------------------------------------------------- paths and previews
def _ways(open_: Open) -> list[Any]:
    try:
        return paths(open_.content)
    except TooMany:
        return []


@official
@require_safe
def paths_page(request: HttpRequest, organ: str, desk: str, slug: str) -> HttpResponse:
    """Every path: the answers, where it leads, a preview of each."""
    open_ = opened(request, organ, desk, slug)
    rows = [
        (
            number,
            [(open_.content.question(kind.question), kind) for kind in way.kinds],
            open_.content.result(way.result),
        )
        for number, way in enumerate(_ways(open_), start=1)
    ]
    context = {"seat": open_.seat, "open": open_, "version": open_.version, "rows": rows}
    return render(request, "office/questions/paths.html", context)


@official
@require_safe
def path_page(request: HttpRequest, organ: str, desk: str, slug: str, number: int) -> HttpResponse:
    """One path as the resident who goes it would see its end."""
    open_ = opened(request, organ, desk, slug)
    ways = _ways(open_)
    if not 1 <= number <= len(ways):
        raise Http404
    return _end(request, open_, ways[number - 1].answers(), number, len(ways))


def _end(
    request: HttpRequest, open_: Open, answers: Any, number: int = 0, of: int = 0
) -> HttpResponse:
    found = checklist(open_.version, answers, open_.seat.day)
    context = {
        "seat": open_.seat,
        "open": open_,
        "version": open_.version,
        "checklist": found,
        "rows": [(matter, None) for matter in found.matters] if found else [],
        "opens": "",
        "number": number,
        "before": open_.at("question_path", number - 1) if number > 1 else "",
        "after": open_.at("question_path", number + 1) if number < of else "",
    }
    return render(request, "office/questions/preview.html", context)


@official
@require_safe
def walk_page(request: HttpRequest, organ: str, desk: str, slug: str) -> HttpResponse:
    """Walk the guide as a resident would, published or not."""
    open_ = opened(request, organ, desk, slug)
    content = open_.content
    answers = read_answers(content, request.GET.getlist)
    asked = content.question(request.GET.get("asked", ""))
    form = AnswerForm(asked, request.GET) if asked else None
    if form is not None and form.is_valid():
        answers[form.question.key] = form.answer()
        return redirect(open_.at("question_walk") + "?" + address(content, answers))
    step = walk(content, answers)
    if step.result:
        return _end(request, open_, answers)
    if form is None and (question := content.question(step.question)) is not None:
        form = AnswerForm(question)
    hidden = [pair for pair in pairs(content, answers) if not form or pair[0] != form.question.key]
    context = {
        "seat": open_.seat,
        "open": open_,
        "version": open_.version,
        "form": form,
        "hidden": hidden,
        "said": [(content.question(key), answers[key]) for key in step.asked],
        "stuck": step.stuck,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "office/questions/walk.html", context, status=status)
