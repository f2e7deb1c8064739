"""Editing one node of a question guide: a question, a rule, a result, an item, a material. B7."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from openhall.deeds.refusals import Moved, Refused
from openhall.office.acts.versions import read_as
from openhall.office.question_forms import (
    LineForm,
    MaterialForm,
    OptionSet,
    QuestionForm,
    ResultForm,
    RuleForm,
    options_of,
    options_told,
)
from openhall.office.seat import official, saving
from openhall.office.views.questions import Open, opened, own_items
from openhall.questions.actions import save_content
from openhall.questions.queries import facts_of
from openhall.questions.rules.content import Content, Question, Result, Rule
from openhall.questions.rules.editing import (
    free_key,
    put_line,
    put_material,
    put_question,
    put_result,
    put_rule,
)


def _drafted(request: HttpRequest, organ: str, desk: str, slug: str) -> Open:
    open_ = opened(request, organ, desk, slug)
    if not open_.is_draft:
        raise PermissionDenied(_("A published guide is not changed. Begin a new version from it."))
    return open_


def _saved(request: HttpRequest, open_: Open, content: Content) -> Refused | None:
    """Keep ``content``; the refusal, if there is one."""
    try:
        save_content(open_.version.pk, content, saving(request, open_.seat))
    except Refused as refusal:
        return refusal
    return None


def _form(
    request: HttpRequest,
    open_: Open,
    template: str,
    form: forms.Form,
    refused: Refused | None = None,
    **more: Any,
) -> HttpResponse:
    context = {
        "seat": open_.seat,
        "open": open_,
        "version": open_.version,
        "form": form,
        "refused": refused,
        "back": open_.at("question_guide"),
        "key": uuid.uuid4(),
        "seen": read_as(open_.version),
        **more,
    }
    wrong = refused is not None or form.is_bound
    status = 409 if isinstance(refused, Moved) else 422 if wrong else 200
    return render(request, f"office/questions/{template}", context, status=status)


@official
def question(request: HttpRequest, organ: str, desk: str, slug: str, key: str) -> HttpResponse:
    """A question with its options; its rules are listed beside it."""
    open_ = _drafted(request, organ, desk, slug)
    before = open_.content.question(key) if key else Question(free_key(open_.content, "q"))
    if before is None:
        raise Http404
    typed = request.POST or None
    form = QuestionForm(
        typed,
        content=open_.content,
        facts=open_.facts,
        key=before.key,
        initial=QuestionForm.told(before),
    )
    options = OptionSet(typed, initial=options_told(before), prefix="options")
    refused = None
    if request.method == "POST" and form.is_valid() and options.is_valid():
        now = form.question(before, options_of(options))
        refused = _saved(request, open_, put_question(open_.content, now))
        if refused is None:
            to = "question_guide" if "done" in request.POST else "question"
            return redirect(open_.at(to, *([] if to == "question_guide" else [now.key])))
    rules = [
        (n, open_.in_words(rule.when), open_.name_of(rule.to), open_.beside(key, f"rule:{n}"))
        for n, rule in enumerate(before.rules, start=1)
    ]
    return _form(
        request,
        open_,
        "question.html",
        form,
        refused,
        options=options,
        question=before,
        rules=rules,
        faults=open_.beside(before.key) if key else [],
        new=not key,
    )


@official
def rule(
    request: HttpRequest, organ: str, desk: str, slug: str, key: str, number: int
) -> HttpResponse:
    """One rule: conditions ticked, and where it leads."""
    open_ = _drafted(request, organ, desk, slug)
    asked = open_.content.question(key)
    if asked is None or number > len(asked.rules):
        raise Http404
    before = asked.rules[number - 1] if number else Rule()
    form = RuleForm(request.POST or None, content=open_.content, rule=before)
    refused = None
    if request.method == "POST" and form.is_valid():
        now = put_rule(open_.content, key, number or None, form.rule())
        refused = _saved(request, open_, now)
        if refused is None:
            return redirect(open_.at("question", key))
    return _form(
        request,
        open_,
        "part.html",
        form,
        refused,
        title=_("Rule %(number)d") % {"number": number or len(asked.rules) + 1},
        about=open_.name_of(key),
        back=open_.at("question", key),
        faults=open_.beside(key, f"rule:{number}") if number else [],
        conditional=True,
    )


@official
def result(request: HttpRequest, organ: str, desk: str, slug: str, key: str) -> HttpResponse:
    """A result in words; its items are listed beside it."""
    open_ = _drafted(request, organ, desk, slug)
    before = open_.content.result(key) if key else Result(free_key(open_.content, "r"))
    if before is None:
        raise Http404
    form = ResultForm(request.POST or None, initial=ResultForm.told(before))
    refused = None
    if request.method == "POST" and form.is_valid():
        now = Result(before.key, items=before.items, **form.cleaned_data)
        refused = _saved(request, open_, put_result(open_.content, now))
        if refused is None:
            to = ("question_guide",) if "done" in request.POST else ("result", now.key)
            return redirect(open_.at(*to))
    items = [
        (
            n,
            open_.facts.get(one.item),
            one,
            open_.in_words(one.when),
            open_.beside(key, f"item:{n}"),
        )
        for n, one in enumerate(before.items, start=1)
    ]
    return _form(
        request,
        open_,
        "result.html",
        form,
        refused,
        result=before,
        items=items,
        faults=open_.beside(before.key) if key else [],
        new=not key,
    )


@official
def line(
    request: HttpRequest, organ: str, desk: str, slug: str, key: str, number: int
) -> HttpResponse:
    """One item of a result, and what it says of each of its materials."""
    open_ = _drafted(request, organ, desk, slug)
    ends = open_.content.result(key)
    if ends is None or number > len(ends.items):
        raise Http404
    before = ends.items[number - 1] if number else None
    facts = open_.facts.get(before.item) if before else None
    form = LineForm(
        request.POST or None,
        content=open_.content,
        line=before,
        items=own_items(open_.seat) or [],
        facts=facts,
    )
    refused = None
    if request.method == "POST" and form.is_valid():
        now = put_line(open_.content, key, number or None, form.line())
        refused = _saved(request, open_, now)
        if refused is None:
            at = number or len(ends.items) + 1
            return redirect(open_.at("line", key, at))
    said = {one.key: one for one in before.materials} if before else {}
    materials = (
        [
            (
                name,
                words,
                name in facts.required,
                said.get(name),
                open_.in_words(said[name].when) if name in said else "",
            )
            for name, words in facts.materials.items()
        ]
        if facts
        else []
    )
    return _form(
        request,
        open_,
        "part.html",
        form,
        refused,
        title=_("Item of the result"),
        about=open_.name_of(key),
        back=open_.at("result", key),
        faults=[one for one in open_.beside(key) if one.part.startswith(f"item:{number}")],
        materials=materials,
        facts=facts,
        node=key,
        number=number,
        conditional=True,
    )


@official
def material(
    request: HttpRequest, organ: str, desk: str, slug: str, key: str, number: int, material: str
) -> HttpResponse:
    """Whether one material of an item applies, for whom, and why."""
    open_ = _drafted(request, organ, desk, slug)
    ends = open_.content.result(key)
    if ends is None or not 1 <= number <= len(ends.items):
        raise Http404
    item = ends.items[number - 1]
    facts = facts_of({item.item}, open_.seat.day).get(item.item)
    if facts is None or material not in facts.materials:
        raise Http404
    said = next((one for one in item.materials if one.key == material), None)
    form = MaterialForm(request.POST or None, content=open_.content, said=said, key=material)
    refused = None
    if request.method == "POST" and form.is_valid():
        now = put_material(item, material, form.material())
        refused = _saved(request, open_, put_line(open_.content, key, number, now))
        if refused is None:
            return redirect(open_.at("line", key, number))
    return _form(
        request,
        open_,
        "part.html",
        form,
        refused,
        title=facts.materials[material],
        about=facts.name_en if open_.english and facts.name_en else facts.name,
        back=open_.at("line", key, number),
        faults=[],
        conditional=True,
    )
