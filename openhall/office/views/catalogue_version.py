"""One version: written by the clerk, reviewed by the head and the Legal Affairs Office."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.catalogue import actions
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.checking import Checked, check
from openhall.catalogue.history import changes_from_city, changes_of, city_version, snapshot
from openhall.catalogue.queries import ItemVersion, tariffs_in_force
from openhall.catalogue.rules.difference import Change, marked
from openhall.catalogue.rules.fields import ROW_FIELDS, Family, VersionField, in_words
from openhall.catalogue.rules.variants import INHERITED_ROWS
from openhall.catalogue.terms import GuideElement
from openhall.deeds.refusals import Moved, Refused
from openhall.desk.pages import Subject
from openhall.glossary import Said
from openhall.office.acts.items import VERSION_OFFERS
from openhall.office.acts.versions import read_as
from openhall.office.catalogue_forms import SECTIONS, BaseRows, VersionForm, rows_of
from openhall.office.seat import Seat, official, saving
from openhall.office.views.catalogue import catalogue_seat, frame, stands, version_for
from openhall.office.views.questions import current
from openhall.office.views.versions import told as told_of_any
from openhall.organs.terms import Desk
from openhall.questions.queries import QuestionGuide, guides_about
from openhall.versions.terms import VersionState


def may_write(seat: Seat, version: ItemVersion) -> bool:
    """Whether this desk has the version open for writing."""
    return seat.desk == Desk.CATALOGUE_CLERK and version.state == VersionState.DRAFT


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
    version: ItemVersion,
    seat: Seat,
    form: VersionForm | None = None,
    tables: dict[Family, BaseRows] | None = None,
    more: str = "",
) -> dict[str, Any]:
    """What the editing desk shows: what is stored, or what was typed and could not be stored."""
    checked = check(version, seat.day)
    above = city_version(version.item)
    wrong = form is not None
    form = form or VersionForm(version, above=above, faults=checked.faults)
    tables = tables or _tables(version, checked, more)
    return {
        "form": form,
        "sections": form.sections(),
        "tables": {family.value: table for family, table in tables.items()},
        "families": [(family, tables.get(family)) for family in Family],
        "inherited": _inherited_rows(version),
        "checked": checked,
        "summary": _summary(form, tables, checked),
        "above": above,
        "tariffs": tariffs_in_force(version.item_id, seat.day),
        "guides": _guides(version),
        "wrong": wrong,
    }


def _guides(version: ItemVersion) -> list[tuple[QuestionGuide, Any, VersionState]]:
    """The question guides that ask about this item, each with its draft or newest version."""
    found = [(one, current(list(one.versions.all()))) for one in guides_about(version.item)]
    return [(guide, newest, VersionState(newest.state)) for guide, newest in found]


def _inherited_rows(version: ItemVersion) -> list[tuple[Family, list[str]]]:
    if not version.item.inherits_id:
        return []
    return [
        (Family(name), [str(row) for row in getattr(version, name).all()])
        for name in INHERITED_ROWS
    ]


def _summary(
    form: VersionForm, tables: dict[Family, BaseRows], checked: Checked
) -> list[tuple[GuideElement, Said, str]]:
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
        found.append((fault.element, fault.said, anchor))
    return found


def _save(request: HttpRequest, seat: Seat, version: ItemVersion) -> HttpResponse:
    """Keep whatever was typed; only what cannot be stored at all comes back.

    A save of a draft is no deed: it binds nobody, and the sheet is no act on the desk.
    """
    above = city_version(version.item)
    form = VersionForm(version, request.POST, request.FILES, above=above)
    tables = _tables(version, Checked((), (), 0), "", request.POST, request.FILES)
    good = form.is_valid()
    for table in tables.values():
        good = table.is_valid() and good
    typed: dict[str, Any] = {"form": form, "tables": tables}
    if not good:
        return DESK.shown(request, seat, version, status=422, **typed)
    rows = {family.value: table.rows() for family, table in tables.items()}
    try:
        actions.save_version(version.pk, form.words(), rows, saving(request, seat))
    except Moved as moved:
        return DESK.shown(request, seat, version, refused=moved, status=409, **typed)
    except Refused as refusal:
        _beside(refusal, form, tables)
        return DESK.shown(request, seat, version, status=422, **typed)
    messages.success(request, _("Saved."))
    address = DESK.home(seat, version)
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


def _reviewed(version: ItemVersion, seat: Seat) -> dict[str, Any]:
    """What a reviewer reads: the whole version, and what it changes."""
    before, changes = changes_of(version)
    above, from_city = changes_from_city(version)
    return {
        "sections": _read(version),
        "families": _read_rows(version),
        "before": before,
        "changes": told(changes),
        "above": above,
        "from_city": told(from_city),
        "checked": check(version, seat.day),
    }


class VersionOnDesk(Subject):
    """The editing desk for who may write now, the review page for everybody else."""

    offers = VERSION_OFFERS
    kind = ITEM_VERSION.kind.name

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, ItemVersion]:
        seat = catalogue_seat(request, where["organ"])
        return seat, version_for(seat, where["version"])

    def home(self, who: Seat, subject: ItemVersion) -> str:
        return reverse("office:catalogue_version", args=[who.organ.code, subject.pk])

    def act_at(self, who: Seat, subject: ItemVersion, name: str) -> str:
        return f"{self.home(who, subject)}do/{name}/"

    def seq(self, subject: ItemVersion) -> int:
        return read_as(subject)

    def template_of(self, who: Seat, subject: ItemVersion) -> str:
        page = "edit" if may_write(who, subject) else "review"
        return f"office/catalogue/{page}.html"

    def context(
        self, request: HttpRequest, who: Seat, subject: ItemVersion, **more: Any
    ) -> dict[str, Any]:
        state, tone = stands(subject)
        common = frame(who, "items") | {
            "version": subject,
            "state": state,
            "status": tone,
            "seen": (more.get("form") and request.POST.get("seen")) or subject.revision,
        }
        if may_write(who, subject):
            rows = request.GET.get("more", "")
            return common | _editor(subject, who, more.get("form"), more.get("tables"), rows)
        return told_of_any(who, ITEM_VERSION, subject) | common | _reviewed(subject, who)


DESK = VersionOnDesk()


@official
def page(request: HttpRequest, organ: str, version: int, act: str = "") -> HttpResponse:
    """A version on its desk; what is sent to the page itself is the sheet, to be saved."""
    if request.method == "POST" and not act:
        seat, found = DESK.opened(request, organ=organ, version=version)
        if may_write(seat, found):
            return _save(request, seat, found)
    return DESK(request, act=act, organ=organ, version=version)
