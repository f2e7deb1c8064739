"""Building an item's form: questions added, edited, moved, copied, removed; tried as it will be.

The catalogue clerk of the item's organ builds it on a draft; other officials see it as it stands.
Every step is kept at once, so nothing is lost between two of them. 行政许可法 29.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.catalogue.actions.forms import EMPTY, is_open, save_form
from openhall.catalogue.asking import form_of
from openhall.catalogue.permissions import may_draft
from openhall.catalogue.queries import (
    ItemVersion,
    version_by_pk,
    version_in_force,
    versions_in_force,
)
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Moved, Refused
from openhall.deeds.sent import key_of
from openhall.desk.pages import existing
from openhall.forms.answering import questions_form
from openhall.forms.controls import when_asked
from openhall.forms.rules import Field, FormDefinition, as_json, digest_of, faults_of_form
from openhall.forms.rules.blocks import BLOCKS
from openhall.forms.rules.editing import (
    added,
    changed,
    copied,
    moved,
    removed,
    with_block,
    with_other,
)
from openhall.forms.terms import FieldKind
from openhall.glossary import Said
from openhall.office.question_form import QuestionForm, kinds
from openhall.office.seat import official
from openhall.office.views.form_taking import opened, read_upload, sealed
from openhall.organs.queries import Account
from openhall.organs.terms import Desk
from openhall.versions.terms import VersionState

NONE = FormDefinition("", "", ())


def _opened(request: HttpRequest, organ: str, version: int) -> tuple[ItemVersion, bool]:
    """The version the address names, and whether this official may build its form."""
    found = existing(version_by_pk(version))
    if found.item.organ.code != organ:
        raise Http404
    assert isinstance(request.user, Account)
    may = may_draft(request.user, found, timezone.localdate()) and is_open(found)
    return found, may


def _save(
    request: HttpRequest, version: ItemVersion, form: FormDefinition, fields: Sequence[Field]
) -> None:
    assert isinstance(request.user, Account)
    number = request.POST.get("sent", "")  # not "key": that is the code of the question itself
    save_form(
        version.pk,
        form.title,
        form.title_en,
        [as_json(one) for one in fields],
        Doing(request.user, timezone.now(), key_of(request, number), Desk.CATALOGUE_CLERK.value),
        seen=request.POST.get("seen", ""),
    )


@official
def page(request: HttpRequest, organ: str, version: int) -> HttpResponse:
    """The form as a list of questions, and as the applicant sees it."""
    found, may = _opened(request, organ, version)
    form = form_of(found) or NONE
    if request.method != "POST":
        return _shown(request, found, form, may)
    if "try" in request.POST:
        return _shown(request, found, form, may, tried=True)
    if may and "look" in request.POST:
        return _looked_at(request, found, form)
    if not may:
        raise PermissionDenied(_("Only the catalogue clerk of this organ builds the form."))
    here = reverse("office:form_builder", args=[organ, version])
    try:
        anchor = _step(request, found, form)
    except Refused as refusal:
        return _shown(request, found, form, may, refused=refusal)
    if anchor.startswith("#"):
        return redirect(here + anchor)
    return redirect("office:form_question", organ, version, anchor)


def _step(request: HttpRequest, version: ItemVersion, form: FormDefinition) -> str:
    """Do the one step whose button was pressed; where to go then: an anchor, or a key to edit."""
    said = request.POST
    if "title" in said:
        titled = FormDefinition(said["title"], said.get("title_en", ""), form.fields)
        _save(request, version, titled, form.fields)
        return "#title"
    if not form.title:
        form = FormDefinition(f"{version.name}申请表"[:200], _english(version), form.fields)
    if "take" in said:
        taken = opened(said["take"])
        _save(request, version, taken, taken.fields)
        return "#questions"
    if (kind := said.get("add", "")).startswith("block:"):
        name = kind.removeprefix("block:")
        if name not in BLOCKS:
            raise Http404
        _save(request, version, form, with_block(form.fields, name))
        return "#questions"
    if kind:
        if kind not in FieldKind.codes():
            raise Http404
        fields = added(form.fields, FieldKind(kind))
        _save(request, version, form, fields)
        return fields[-1].key
    if code := said.get("start-from", "").strip():
        return _start_from(request, version, code)
    for name, by in (("up", -1), ("down", 1)):
        if key := said.get(name):
            _save(request, version, form, moved(form.fields, key, by))
            return f"#q-{key}"
    if key := said.get("copy"):
        fields = copied(form.fields, key)
        _save(request, version, form, fields)
        return next((one.key for one in fields if form.field(one.key) is None), "#questions")
    if key := said.get("remove"):
        _save(request, version, form, removed(form.fields, key))
    return "#questions"


def _looked_at(request: HttpRequest, version: ItemVersion, form: FormDefinition) -> HttpResponse:
    """A file of another tool before it is taken over: the form it makes, and what it loses."""
    try:
        file = request.FILES.get("definition")
        if file is None:
            said = Said("请选择文件。", "Choose the file.")
            raise Refused(said, "definition")
        taken = read_upload(file)
    except Refused as refusal:
        return _shown(request, version, form, True, refused=refusal)
    language = get_language()
    context = _about(version, form, True) | {
        "taken": taken.form,
        "format": taken.format.said_in(language),
        "asked_count": sum(1 for one in taken.form if not one.is_marker),
        "lost": [(one.at, one.said.said_in(language)) for one in taken.lost],
        "notes": [(one.at, one.said.said_in(language)) for one in taken.notes],
        "sealed": sealed(taken.form),
        "preview": questions_form(taken.form, prefix="preview", on_paper=True),
    }
    return render(request, "office/forms/taken.html", context)


def _english(version: ItemVersion) -> str:
    return f"Application: {version.name_en}"[:200] if version.name_en else ""


def _start_from(request: HttpRequest, version: ItemVersion, code: str) -> str:
    other = version_in_force(code, timezone.localdate())
    form = form_of(other) if other else None
    if form is None:
        raise Refused(
            Said(
                f"没有编码为“{code}”且带申请表的现行事项。请核对编码。",
                f"No item in force with a form has the code “{code}”. Check the code.",
            ),
            "start-from",
        )
    title = FormDefinition(f"{version.name}申请表"[:200], _english(version), form.fields)
    _save(request, version, title, form.fields)
    return "#questions"


def _shown(
    request: HttpRequest,
    version: ItemVersion,
    form: FormDefinition,
    may: bool,
    *,
    tried: bool = False,
    refused: Refused | None = None,
) -> HttpResponse:
    typed = request.POST if tried else None
    preview = questions_form(form, typed, prefix="preview", on_paper=True)
    if tried and preview.reshaped:
        preview = questions_form(form, initial=preview.typed, prefix="preview", on_paper=True)
        tried = False
    near = versions_in_force(timezone.localdate()).filter(
        item__organ=version.item.organ, form__isnull=False
    )
    context = _about(version, form, may) | {
        "preview": preview,
        "sound": tried and preview.is_valid(),
        "refused": refused,
        "kinds": kinds(),
        "blocks": [(code, said.said_in(get_language())) for code, (said, _q) in BLOCKS.items()],
        "near": near.exclude(pk=version.pk).order_by("item__code"),
        "start_from": request.POST.get("start-from", ""),
    }
    wrong = refused is not None or (tried and not preview.is_valid())
    status = 409 if isinstance(refused, Moved) else 422 if wrong else 200
    return render(request, "office/forms/builder.html", context, status=status)


def _about(version: ItemVersion, form: FormDefinition, may: bool) -> dict[str, Any]:
    language = get_language()
    found = faults_of_form(form)
    rows = [
        (
            one,
            one.called(language),
            when_asked(one, form, language),
            [
                fault.said.said_in(language)
                for fault in found
                if fault.at == one.key and not fault.warns
            ],
            [
                fault.said.said_in(language)
                for fault in found
                if fault.at == one.key and fault.warns
            ],
        )
        for one in form
    ]
    return {
        "key": uuid.uuid4(),
        "version": version,
        "organ": version.item.organ,
        "state": VersionState(version.state),
        "form": form,
        "may": may,
        "rows": rows,
        "whole": [(fault.said.said_in(language), fault.warns) for fault in found if not fault.at],
        "wrong": sum(1 for fault in found if not fault.warns),
        "seen": digest_of(form) if form != NONE else EMPTY,
    }


@official
def question(request: HttpRequest, organ: str, version: int, key: str) -> HttpResponse:
    """One question: everything its kind needs, kept or shown again with what was typed."""
    found, may = _opened(request, organ, version)
    form = form_of(found) or NONE
    asked = form.field(key)
    if asked is None:
        raise Http404
    if not may:
        raise PermissionDenied(_("Only the catalogue clerk of this organ builds the form."))
    editor = QuestionForm(form, asked, request.POST or None)
    refused: Refused | None = None
    if request.method == "POST" and editor.reshaped:
        again = QuestionForm(form, asked)
        again.initial = editor.typed()
        return _editing(request, found, form, asked, again)
    if request.method == "POST" and editor.is_valid() and (new := editor.read()):
        try:
            if editor.adds_other:
                new, which = with_other(new, form.fields)
                place = [one.key for one in form.fields].index(key) + 1
                fields = changed(form.fields, key, new)
                _save(request, found, form, (*fields[:place], which, *fields[place:]))
            else:
                _save(request, found, form, changed(form.fields, key, new))
        except Refused as refusal:
            refused = refusal
        else:
            if new.kind != asked.kind:  # its own controls are to be filled in
                return redirect("office:form_question", organ, version, new.key)
            here = reverse("office:form_builder", args=[organ, version])
            return redirect(f"{here}#q-{new.key}")
    return _editing(request, found, form, asked, editor, refused)


def _editing(
    request: HttpRequest,
    version: ItemVersion,
    form: FormDefinition,
    asked: Field,
    editor: QuestionForm,
    refused: Refused | None = None,
) -> HttpResponse:
    context = _about(version, form, True) | {
        "asked": asked,
        "asked_label": asked.called(get_language()),
        "editor": editor,
        "refused": refused,
        "seen": request.POST.get("seen") or digest_of(form),
        "faults": [
            fault.said.said_in(get_language())
            for fault in faults_of_form(form)
            if fault.at == asked.key
        ],
    }
    status = 409 if isinstance(refused, Moved) else 422 if editor.is_bound else 200
    return render(request, "office/forms/question.html", context, status=status)
