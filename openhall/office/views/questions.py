"""The question editor's desk: guides, versions, the map, the paths, publication. B7.

Editors of a unit write the guides of its items, the Government Office and the Informatization
Office those of life events; each sees at once what keeps a guide from being published.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.permissions import EVENT_EDITORS
from openhall.catalogue.queries import versions_in_force
from openhall.catalogue.terms import GuideState
from openhall.catalogue.terms_topics import topic_of
from openhall.desk.pages import stands_on
from openhall.office.question_forms import BeginForm, PublishForm, WordsForm
from openhall.office.seat import Seat, official, seat_at
from openhall.questions.actions import (
    GuideRefused,
    begin_guide,
    drop_draft,
    next_draft,
    publish_guide,
    save_words,
)
from openhall.questions.forms import AnswerForm
from openhall.questions.models import QuestionGuide, QuestionGuideVersion
from openhall.questions.permissions import GUIDE_EDITORS, may_edit_questions, may_publish_questions
from openhall.questions.queries import (
    checklist,
    codes_in,
    facts_of,
    guides_kept_by,
    needing_attention,
)
from openhall.questions.rules.answers import address, condition_in_words, pairs, read_answers
from openhall.questions.rules.checking import Facts, Fault, check
from openhall.questions.rules.content import Condition, Content, parse
from openhall.questions.rules.drawing import drawn
from openhall.questions.rules.outcomes import drifts
from openhall.questions.rules.walking import TooMany, paths, walk
from openhall.questions.terms import FaultKind, QuestionKind

STATE_KINDS = {GuideState.DRAFT: "draft", GuideState.PUBLISHED: "on_time"}


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
        return self.version.state == GuideState.DRAFT

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
    rows = QuestionGuide.objects.select_related("organ", "item")
    guide = get_object_or_404(rows, slug=slug)
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
    drafts = [one for one in newest if one.state == GuideState.DRAFT]
    kept = [one for one in newest if one.state != GuideState.DROPPED]
    return (drafts or kept or newest)[0]


def own_items(seat: Seat) -> list[tuple[str, str]] | None:
    """The items a guide of this desk may name: the unit's own, or all for life events."""
    rows = versions_in_force(seat.day).order_by("item__code")
    if not for_events(seat):
        rows = rows.filter(item__organ=seat.organ)
    return [(one.item.code, f"{one.name} · {one.item.organ.name}") for one in rows]


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
            check(contents[guide.pk], facts) if version.state == GuideState.DRAFT else list[Fault]()
        )
        in_force = [one for one in versions if one.state == GuideState.PUBLISHED]
        rows.append(
            {
                "guide": guide,
                "version": version,
                "state": GuideState(version.state),
                "topic": topic_of(guide.topic),
                "faults": len(faults),
                "in_force": in_force[0] if in_force else None,
                "attention": attention.get(guide.pk, []),
            }
        )
    return render(request, "office/questions/list.html", {"seat": seat, "rows": rows})


@official
def begin(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """A new guide."""
    seat = at_desk(request, organ, desk)
    items = None if for_events(seat) else own_items(seat)
    form = BeginForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            version = begin_guide(
                seat.organ,
                said["slug"],
                said,
                seat.account,
                timezone.now(),
                item=said.get("item", ""),
                topic=said.get("topic", ""),
            )
        except GuideRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("office:question_guide", organ, desk, version.guide.slug)
    status = 422 if form.errors else 200
    context = {"seat": seat, "form": form, "title": _("Begin a question guide")}
    return render(request, "office/questions/form.html", context, status=status)


# ---------------------------------------------------------------- one guide
def shown(
    request: HttpRequest,
    open_: Open,
    *,
    publish_form: PublishForm | None = None,
    refused: str = "",
) -> HttpResponse:
    content, seat = open_.content, open_.seat
    wrong = {fault.node for fault in open_.faults}
    try:
        count: int | None = len(paths(content))
    except TooMany:
        count = None
    kept = open_.version.expectations
    context = {
        "seat": seat,
        "open": open_,
        "version": open_.version,
        "guide": open_.guide,
        "topic": topic_of(open_.guide.topic),
        "state": GuideState(open_.version.state),
        "state_kind": STATE_KINDS.get(GuideState(open_.version.state), "closed"),
        "faults": [
            (fault, FaultKind(fault.kind), open_.name_of(fault.node)) for fault in open_.faults
        ],
        "map": drawn(content, wrong, open_.english),
        "questions": [
            {
                "number": n,
                "node": one,
                "kind": QuestionKind(one.kind),
                "faults": open_.beside(one.key),
                "rules": [
                    (m, open_.in_words(rule.when), open_.name_of(rule.to) or rule.to)
                    for m, rule in enumerate(one.rules, start=1)
                ],
                "otherwise": open_.name_of(one.otherwise),
            }
            for n, one in enumerate(content.questions, start=1)
        ],
        "results": [
            {
                "letter": chr(64 + n % 27),
                "node": one,
                "faults": open_.beside(one.key),
                "items": [
                    (m, open_.facts.get(line.item), line, open_.in_words(line.when))
                    for m, line in enumerate(one.items, start=1)
                ],
            }
            for n, one in enumerate(content.results, start=1)
        ],
        "count": count,
        "drifts": drifts(content, kept, open_.facts) if kept else [],
        "versions": [(one, GuideState(one.state)) for one in open_.guide.versions.all()],
        "events": open_.guide.events.select_related("actor", "version").order_by("-id"),
        "may_publish": may_publish_questions(seat.account, open_.guide, seat.day),
        "publish_form": publish_form or PublishForm(initial={"first_day": seat.day}),
        "refused": refused,
    }
    status = 422 if refused or (publish_form and publish_form.errors) else 200
    return render(request, "office/questions/guide.html", context, status=status)


@official
@require_safe
def overview(request: HttpRequest, organ: str, desk: str, slug: str) -> HttpResponse:
    return shown(request, opened(request, organ, desk, slug))


@official
def words(request: HttpRequest, organ: str, desk: str, slug: str) -> HttpResponse:
    """The title and the summary."""
    open_ = opened(request, organ, desk, slug)
    names = ("title", "title_en", "summary", "summary_en")
    told = {name: getattr(open_.version, name) for name in names}
    form = WordsForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            save_words(open_.version.pk, form.cleaned_data, open_.seat.account, timezone.now())
        except GuideRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect(open_.at("question_guide"))
    context = {
        "seat": open_.seat,
        "open": open_,
        "form": form,
        "title": _("Title and summary"),
        "back": open_.at("question_guide"),
    }
    status = 422 if form.errors else 200
    return render(request, "office/questions/form.html", context, status=status)


@official
@stands_on(overview)
def publish(request: HttpRequest, organ: str, desk: str, slug: str) -> HttpResponse:
    """Put the draft in force; refused while there is a fault."""
    open_ = opened(request, organ, desk, slug)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return shown(request, open_, publish_form=form)
    said = form.cleaned_data
    try:
        publish_guide(
            open_.version.pk, open_.seat.account, timezone.now(), said["first_day"], said["note"]
        )
    except GuideRefused as refusal:
        if refusal.field in form.fields:
            form.add_error(refusal.field, str(refusal))
            return shown(request, open_, publish_form=form)
        return shown(request, open_, publish_form=form, refused=str(refusal))
    messages.success(request, _("The guide is published; each of its paths is kept as a test."))
    return redirect(open_.at("question_guide"))


@official
@stands_on(overview)
def drop(request: HttpRequest, organ: str, desk: str, slug: str) -> HttpResponse:
    """Give the draft up."""
    open_ = opened(request, organ, desk, slug)
    try:
        drop_draft(
            open_.version.pk, open_.seat.account, timezone.now(), request.POST.get("reason", "")
        )
    except GuideRefused as refusal:
        return shown(request, open_, refused=str(refusal))
    return redirect("office:questions", organ, desk)


@official
@stands_on(overview)
def next_version(request: HttpRequest, organ: str, desk: str, slug: str) -> HttpResponse:
    """A new draft from the published version."""
    open_ = opened(request, organ, desk, slug)
    try:
        next_draft(open_.guide.pk, open_.seat.account, timezone.now())
    except GuideRefused as refusal:
        return shown(request, open_, refused=str(refusal))
    return redirect(open_.at("question_guide"))


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
