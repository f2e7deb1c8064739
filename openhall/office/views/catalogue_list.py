"""The central list kept by the Legal Affairs Office: its lines, its acts, the hollow phrases."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue import actions
from openhall.catalogue.desk import entries
from openhall.catalogue.models import CatalogueEntry, HollowPhrase
from openhall.catalogue.queries import state_of
from openhall.catalogue.terms import ItemKind, ItemState, ListAct, UseLevel
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.desk.pages import stands_on
from openhall.office.catalogue_acts import (
    DatedForm,
    MergeForm,
    NewLineForm,
    PhraseForm,
    ReasonForm,
    SplitForm,
    SuspendEntryForm,
)
from openhall.office.seat import Seat, official
from openhall.office.views.catalogue import catalogue_seat, doing_of, frame
from openhall.organs.terms import Desk
from openhall.paging.keyset import place

ACT_FORMS: dict[str, type[DatedForm]] = {
    "change": NewLineForm,
    "split": SplitForm,
    "suspend": SuspendEntryForm,
    "resume": DatedForm,
    "cancel": DatedForm,
}


def _seat(request: HttpRequest, organ: str) -> Seat:
    return catalogue_seat(request, organ, Desk.LEGAL)


@official
@require_safe
def lines(request: HttpRequest, organ: str) -> HttpResponse:
    """Every line of the list, by code; ended ones with them, marked."""
    seat = _seat(request, organ)
    words = request.GET.get("q", "").strip()
    found = entries(CatalogueEntry.objects.all(), words, place(request.GET))
    context = frame(seat, "list") | {
        "entries": found.map(
            lambda one: (one, ItemKind(one.kind), ItemState(state_of(one).on(seat.day)))
        ),
        "words": words,
    }
    return render(request, "office/catalogue/lines.html", context)


@official
def add(request: HttpRequest, organ: str) -> HttpResponse:
    """新增."""
    seat = _seat(request, organ)
    form = NewLineForm(request.POST or None, today=seat.day)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            entry = actions.add_entry(
                form.line(), typed["reason"], typed["first_day"], doing_of(request, seat, "add")
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Added to the list: %(code)s") % {"code": entry.code})
            return redirect("office:catalogue_line", organ, entry.code)
    return _form_page(request, seat, form, ListAct.ADD)


@official
def merge(request: HttpRequest, organ: str) -> HttpResponse:
    """合并."""
    seat = _seat(request, organ)
    form = MergeForm(request.POST or None, today=seat.day)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        codes = [code.strip() for code in typed["entries"].splitlines() if code.strip()]
        known = dict(CatalogueEntry.objects.filter(code__in=codes).values_list("code", "pk"))
        if missing := [code for code in codes if code not in known]:
            said = _("There is no line with the code %(code)s.") % {"code": missing[0]}
            form.add_error("entries", said)
        else:
            try:
                entry = actions.merge_entries(
                    list(known.values()),
                    form.line(),
                    typed["reason"],
                    typed["first_day"],
                    doing_of(request, seat, "merge"),
                )
            except Refused as refusal:
                named = refusal.field if refusal.field in form.fields else None
                form.add_error(named, str(refusal))
            else:
                messages.success(request, _("Merged into %(code)s") % {"code": entry.code})
                return redirect("office:catalogue_line", organ, entry.code)
    return _form_page(request, seat, form, ListAct.MERGE)


def _form_page(request: HttpRequest, seat: Seat, form: forms.Form, act: ListAct) -> HttpResponse:
    context = frame(seat, "list") | {"form": form, "act": act}
    return render(
        request, "office/catalogue/line_new.html", context, status=422 if form.errors else 200
    )


def _forms(seat: Seat, entry: CatalogueEntry) -> dict[str, forms.Form]:
    """The acts this line allows now, unsent."""
    if entry.state == ItemState.CANCELLED:
        return {}
    names = ["change", "split", "cancel"]
    names.insert(2, "resume" if entry.state == ItemState.SUSPENDED else "suspend")
    return {name: _form(name, seat, entry) for name in names}


def _form(name: str, seat: Seat, entry: CatalogueEntry, typed: Any = None) -> forms.Form:
    kind = ACT_FORMS[name]
    more = {"entry": entry} if issubclass(kind, NewLineForm) else {}
    return kind(typed, today=seat.day, prefix=name, **more)


@official
def line(request: HttpRequest, organ: str, code: str) -> HttpResponse:
    """One line: its elements, its units, its versions of the list, and the acts."""
    seat = _seat(request, organ)
    entry = get_object_or_404(CatalogueEntry, code=code)
    return _line_page(request, seat, entry, _forms(seat, entry))


def _line_page(
    request: HttpRequest,
    seat: Seat,
    entry: CatalogueEntry,
    acts: dict[str, forms.Form],
    tried: str = "",
) -> HttpResponse:
    context = frame(seat, "list") | {
        "entry": entry,
        "kind": ItemKind(entry.kind),
        "level": UseLevel(entry.use_level),
        "state": ItemState(state_of(entry).on(seat.day)),
        "items": entry.items.select_related("organ").order_by("code"),
        "came_from": entry.came_from.all(),
        "became": entry.became.all(),
        "acts": [(ListAct(name), form, name == tried) for name, form in acts.items()],
        "versions": [
            (one, ListAct(one.act)) for one in entry.list_versions.select_related("actor")
        ],
    }
    return render(request, "office/catalogue/line.html", context, status=422 if tried else 200)


@official
@stands_on(line)
def line_act(request: HttpRequest, organ: str, code: str, act: str) -> HttpResponse:
    """变更、拆分、暂停、恢复、取消: one version of the list."""
    seat = _seat(request, organ)
    entry = get_object_or_404(CatalogueEntry, code=code)
    if act not in ACT_FORMS:
        raise Http404
    form = _form(act, seat, entry, request.POST)
    if form.is_valid():
        try:
            _does(act, entry, form, doing_of(request, seat, act))
        except Refused as refusal:
            field = "names" if act == "split" and refusal.field == "name" else refusal.field
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Done, and in the public log."))
            return redirect("office:catalogue_line", organ, code)
    return _line_page(request, seat, entry, _forms(seat, entry) | {act: form}, act)


def _does(act: str, entry: CatalogueEntry, form: Any, doing: Doing) -> None:
    typed = form.cleaned_data
    why, first_day = typed["reason"], typed["first_day"]
    if act == "change":
        words = {name: typed[name] for name in actions.BASE}
        actions.change_entry(entry.pk, words, why, first_day, doing)
    elif act == "split":
        actions.split_entry(entry.pk, form.lines(entry), why, first_day, doing)
    elif act == "suspend":
        actions.suspend_entry(entry.pk, why, first_day, typed["until"], doing)
    elif act == "resume":
        actions.resume_entry(entry.pk, why, first_day, doing)
    else:
        actions.cancel_entry(entry.pk, why, first_day, doing)


@official
def phrases(request: HttpRequest, organ: str) -> HttpResponse:
    """The placeholder phrases: add one with its reason; each says who and when."""
    seat = _seat(request, organ)
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.add_phrase(typed["phrase"], typed["reason"], doing_of(request, seat, "phrase"))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("From now on this phrase says nothing."))
            return redirect("office:catalogue_phrases", organ)
    context = frame(seat, "phrases") | {
        "form": form,
        "phrases": HollowPhrase.objects.select_related("added_by", "withdrawn_by"),
    }
    return render(
        request, "office/catalogue/phrases.html", context, status=422 if form.errors else 200
    )


@official
@stands_on(phrases)
def withdraw(request: HttpRequest, organ: str, pk: int) -> HttpResponse:
    """Allow a phrase again, with the reason."""
    seat = _seat(request, organ)
    phrase = get_object_or_404(HollowPhrase, pk=pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            doing = doing_of(request, seat, f"withdraw-{phrase.pk}")
            actions.withdraw_phrase(phrase.pk, form.cleaned_data["reason"], doing)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The phrase is allowed again."))
    else:
        messages.error(request, _("Say why the phrase is withdrawn."))
    return redirect("office:catalogue_phrases", organ)
