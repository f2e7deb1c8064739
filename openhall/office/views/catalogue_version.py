"""One version: written by the clerk, reviewed by the head and the Legal Affairs Office."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.catalogue import actions
from openhall.catalogue.checking import Checked, check
from openhall.catalogue.history import changes_from_city, changes_of, city_version, snapshot
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import tariffs_in_force
from openhall.catalogue.rules.difference import Change, marked
from openhall.catalogue.rules.fields import ROW_FIELDS, Family, VersionField, in_words
from openhall.catalogue.rules.variants import INHERITED_ROWS
from openhall.catalogue.terms import GuideElement, GuideState, ItemStep, VersionState
from openhall.deeds.refusals import Refused
from openhall.desk.pages import stands_on
from openhall.office.catalogue_acts import PublishForm, ReasonForm
from openhall.office.catalogue_forms import SECTIONS, BaseRows, VersionForm, rows_of
from openhall.office.seat import Seat, official
from openhall.office.views.catalogue import STATUS, catalogue_seat, doing_of, frame, version_for
from openhall.office.views.questions import current
from openhall.organs.terms import Desk
from openhall.questions.models import QuestionGuide
from openhall.questions.queries import guides_about

S = VersionState


def may_write(seat: Seat, version: ItemVersion) -> bool:
    """Whether this desk has the version open for writing."""
    return seat.desk == Desk.CATALOGUE_CLERK and version.state in (S.DRAFT, S.RETURNED)


@official
def page(request: HttpRequest, organ: str, version: int) -> HttpResponse:
    """The editing desk for who may write now, the review page for everybody else."""
    seat = catalogue_seat(request, organ)
    found = version_for(seat, version)
    if not may_write(seat, found):
        return _reviewed(request, seat, found)
    if request.method == "POST":
        return _save(request, seat, found)
    return _editor(request, seat, found, more=request.GET.get("more", ""))


def _tables(
    version: ItemVersion, checked: Checked, more: str = "", typed: Any = None, files: Any = None
) -> dict[Family, BaseRows]:
    inherited = INHERITED_ROWS if version.item.inherits_id else ()
    return {
        family: rows_of(
            version, family, typed, files, faults=checked.faults, more=more == family.value
        )
        for family in Family
        if family.value not in inherited
    }


def _editor(
    request: HttpRequest,
    seat: Seat,
    version: ItemVersion,
    *,
    form: VersionForm | None = None,
    tables: dict[Family, BaseRows] | None = None,
    refused: Refused | None = None,
    more: str = "",
) -> HttpResponse:
    checked = check(version, seat.day)
    above = city_version(version.item)
    wrong = form is not None
    form = form or VersionForm(version, above=above, faults=checked.faults)
    tables = tables or _tables(version, checked, more)
    returned = (
        version.item.events.filter(version=version.number, act=ItemStep.RETURNED.value)
        .select_related("actor")
        .order_by("-pk")
        .first()
    )
    context = frame(seat, "items") | {
        "version": version,
        "state": S(version.state),
        "status": STATUS[S(version.state)],
        "form": form,
        "sections": form.sections(),
        "tables": {family.value: table for family, table in tables.items()},
        "families": [(family, tables.get(family)) for family in Family],
        "inherited": _inherited_rows(version),
        "checked": checked,
        "summary": _summary(form, tables, checked),
        "refused": refused,
        "returned": returned,
        "above": above,
        "tariffs": tariffs_in_force(version.item_id, seat.day),
        "guides": _guides(version),
        "seen": request.POST.get("seen") or version.item.seq,
        "wrong": wrong,
    }
    return render(
        request, "office/catalogue/edit.html", context, status=422 if wrong or refused else 200
    )


def _guides(version: ItemVersion) -> list[tuple[QuestionGuide, Any, GuideState]]:
    """The question guides that ask about this item, each with its draft or newest version."""
    found = [(one, current(list(one.versions.all()))) for one in guides_about(version.item)]
    return [(guide, newest, GuideState(newest.state)) for guide, newest in found]


def _inherited_rows(version: ItemVersion) -> list[tuple[Family, list[str]]]:
    if not version.item.inherits_id:
        return []
    return [
        (Family(name), [str(row) for row in getattr(version, name).all()])
        for name in INHERITED_ROWS
    ]


def _summary(
    form: VersionForm, tables: dict[Family, BaseRows], checked: Checked
) -> list[tuple[GuideElement, str, str]]:
    """Every fault of the gate with the address of the field it stands beside."""
    found = []
    for fault in checked.faults:
        anchor = ""
        if fault.field in form.fields:
            anchor = f"section-{fault.field}"
        elif fault.field in {family.value for family in Family}:
            anchor = f"section-{fault.field}"
            if fault.row is not None:
                anchor = f"id_{fault.field}-{fault.row}-{fault.column}"
        elif fault.field == "tariffs":
            anchor = "section-fee"
        if fault.field in form.fields:
            anchor = form[fault.field].id_for_label or form[fault.field].auto_id or anchor
        found.append((fault.element, fault.sentence, anchor))
    return found


def _save(request: HttpRequest, seat: Seat, version: ItemVersion) -> HttpResponse:
    """Keep whatever was typed; only what cannot be stored at all comes back."""
    above = city_version(version.item)
    form = VersionForm(version, request.POST, request.FILES, above=above)
    tables = _tables(version, Checked((), (), 0), "", request.POST, request.FILES)
    good = form.is_valid()
    for table in tables.values():
        good = table.is_valid() and good
    if not good:
        return _editor(request, seat, version, form=form, tables=tables)
    rows = {family.value: table.rows() for family, table in tables.items()}
    try:
        actions.save_version(version.pk, form.words(), rows, doing_of(request, seat, "save"))
    except Refused as refusal:
        _beside(refusal, form, tables)
        return _editor(request, seat, version, form=form, tables=tables, refused=refusal)
    messages.success(request, _("Saved."))
    address = reverse("office:catalogue_version", args=[seat.organ.code, version.pk])
    if more := request.POST.get("more", ""):
        return redirect(f"{address}?more={more}#section-{more}")
    return redirect(address)


def _beside(refusal: Refused, form: VersionForm, tables: dict[Family, BaseRows]) -> None:
    """Put the act's refusal beside the field it names: ``promised_days``, ``laws-0-article``."""
    family, _dash, rest = refusal.field.partition("-")
    if family in tables and rest:
        place, _dash, column = rest.partition("-")
        tables[Family(family)].refuse(int(place), column, str(refusal))
    elif refusal.field in form.fields:
        form.add_error(refusal.field, str(refusal))
    else:
        form.add_error(None, str(refusal))


def told(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Differences in the language of the page, the texts woven together."""
    language = get_language() or ""
    return [
        {
            "kind": one.kind,
            "where": one.where(language),
            "pieces": marked(one.said_before(language), one.said_after(language)),
        }
        for one in changes
    ]


def _read(version: ItemVersion) -> list[tuple[Any, list[tuple[str, str]]]]:
    """The version's own fields in their sections, those that say something."""
    language = get_language() or ""
    words = snapshot(version).words
    sections = []
    for _key, title, shown, folded in SECTIONS:
        rows = [
            (VersionField(name).said_in(language), in_words("", name, words[name], language))
            for name in (*shown, *folded)
            if words[name] not in (None, "", [])
        ]
        sections.append((title, rows))
    return [one for one in sections if one[1]]


def _read_rows(version: ItemVersion) -> list[tuple[Family, list[str], list[list[str]]]]:
    """Each family as a table of the columns that say something."""
    language = get_language() or ""
    found = []
    for family, rows in snapshot(version).rows.items():
        columns = [
            term
            for term in ROW_FIELDS[family]
            if any(row.get(term.value) not in (None, "", False) for row in rows)
        ]
        cells = [
            [in_words(family, term.value, row.get(term.value), language) for term in columns]
            for row in rows
        ]
        heads = [term.said_in(language) for term in columns]
        found.append((Family(family), heads, cells))
    return found


def _reviewed(
    request: HttpRequest,
    seat: Seat,
    version: ItemVersion,
    *,
    publish: forms.Form | None = None,
    back: forms.Form | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    before, changes = changes_of(version)
    above, from_city = changes_from_city(version)
    state = S(version.state)
    checked = check(version, seat.day)
    reviewing = (seat.desk == Desk.HEAD and state == S.UNIT_REVIEW) or (
        seat.desk == Desk.LEGAL and state == S.LEGAL_REVIEW
    )
    context = frame(seat, "items") | {
        "version": version,
        "seen": version.item.seq,
        "state": state,
        "status": STATUS[state],
        "sections": _read(version),
        "families": _read_rows(version),
        "before": before,
        "changes": told(changes),
        "above": above,
        "from_city": told(from_city),
        "checked": checked,
        "reviewing": reviewing,
        "publishes": reviewing and seat.desk == Desk.LEGAL,
        "publish": publish or PublishForm(today=seat.day, prefix="publish"),
        "back": back or ReasonForm(prefix="back"),
        "refused": refused,
        "events": [
            (event, ItemStep(event.act))
            for event in version.item.events.filter(version=version.number)
            .exclude(act=ItemStep.SAVED.value)
            .select_related("actor")
        ],
    }
    wrong = refused is not None or publish is not None or back is not None
    return render(request, "office/catalogue/review.html", context, status=422 if wrong else 200)


@official
@stands_on(page)
def act(request: HttpRequest, organ: str, version: int, act: str) -> HttpResponse:
    """Send to review, pass, return, publish: one step, its refusal beside its field."""
    seat = catalogue_seat(request, organ)
    found = version_for(seat, version)
    doing = doing_of(request, seat, act)
    publish: forms.Form | None = None
    back: forms.Form | None = None
    try:
        if act == "send":
            actions.send_to_unit(found.pk, doing)
        elif act == "pass":
            actions.pass_unit(found.pk, doing)
        elif act == "return":
            back = ReasonForm(request.POST, prefix="back")
            if not back.is_valid():
                return _reviewed(request, seat, found, back=back)
            actions.send_back(found.pk, back.cleaned_data["reason"], doing)
        elif act == "publish":
            publish = PublishForm(request.POST, today=seat.day, prefix="publish")
            if not publish.is_valid():
                return _reviewed(request, seat, found, publish=publish)
            actions.publish(found.pk, publish.cleaned_data["first_day"], doing)
        else:
            raise Http404
    except Refused as refusal:
        form = publish or back
        if form is not None and refusal.field in form.fields:
            form.add_error(refusal.field, str(refusal))
            return _reviewed(request, seat, found, publish=publish, back=back)
        if may_write(seat, found):
            return _editor(request, seat, found, refused=refusal)
        return _reviewed(request, seat, found, refused=refusal)
    messages.success(request, _("Done, and in the public log."))
    return redirect("office:catalogue", organ)
