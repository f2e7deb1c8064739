"""A guide as the sections of its printed sheet: titles, facts and lists in the page's language."""

from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from openhall.catalogue.templatetags.guide_words import worded
from openhall.design.words import aside, called, limit, money, said, working_days

Section = dict[str, Any]


def _days(number: int | None) -> str:
    return "" if number is None else str(working_days(number))


def _section(title: str, *, rows: list[list[str]] | None = None, lines: list[str]) -> Section:
    return {"title": title, "rows": rows or [], "lines": [line for line in lines if line]}


def _material(one: dict[str, Any]) -> list[str]:
    it = one["it"]
    told = []
    if it.originals:
        how = ngettext("%(originals)s original", "%(originals)s originals", it.originals)
        told.append(how % {"originals": it.originals})
    if it.copies:
        told.append(
            ngettext("%(copies)s copy", "%(copies)s copies", it.copies) % {"copies": it.copies}
        )
    source = said(one["source"]) + str(aside(one["explained"]))
    needed = said(one["necessity"]) + str(aside(one["condition"]))
    return [str(called(it)), needed, source, _(", ").join(told)]


def _reached(version: Any, name: str) -> str:
    """Where or when it is handled, in the language of the sheet."""
    english = (get_language() or "").startswith("en") and version.reached(f"{name}_en")
    return str(english or version.reached(name))


def _visits(version: Any) -> str:
    """How often one comes, and why."""
    found = version.visiting
    why = said(found.why) or str(worded(version, "visit_reason"))
    if found.least:
        return _("at least one") + str(aside(why))
    if not found.number:
        return _("none")
    told = ngettext("%(times)s visit", "%(times)s visits", found.number) % {"times": found.number}
    return told + str(aside(why))


def sheet_of(context: dict[str, Any], address: str, day: date) -> dict[str, Any]:
    """What ``guide_sheet.pdf`` prints of the guide in ``context``."""
    version, speed = context["version"], context["speed"]
    limits = [
        [_("Promised limit"), limit(version.promised_days, version.promised_unit)],
        [_("Statutory limit"), limit(version.statutory_days, version.statutory_unit)],
    ]
    if speed:
        taken = _("median %(median)s, nine in ten within %(ninth)s") % {
            "median": _days(speed.median),
            "ninth": _days(speed.ninth),
        }
        limits.append([_("Time actually taken"), taken])
    fees = [
        [str(called(tariff)), f"{money(tariff.amount)} / {tariff.unit}", tariff.basis]
        for tariff in context["tariffs"]
    ]
    needed = [
        words or str(called(one.item.entry) if one.item else "")
        for one, words in context["prerequisites"]
    ]
    laws = [f"《{one.law.law}》{one.law.article}" for one in context["laws"]]
    sections = [
        _section(_("Who may apply"), lines=list(context["conditions"].may)),
        _section(_("Who may not apply"), lines=list(context["conditions"].may_not)),
        _section(_("What must be so"), lines=list(context["conditions"].must)),
        _section(
            _("What to bring"),
            rows=[_material(one) for one in context["materials"]],
            lines=[] if context["materials"] else [_("No material is needed.")],
        ),
        _section(_("How long"), rows=limits, lines=[]),
        _section(
            _("Steps"),
            rows=[
                [str(called(step)), officer, _("at once") if step.days == 0 else _days(step.days)]
                for step, officer, _standard in context["steps"]
            ],
            lines=[],
        ),
        _section(
            _("Fees"),
            rows=fees,
            lines=[] if fees else [_("Nothing. Forms are free too.")],
        ),
        _section(_("What you need first"), lines=needed or [_("Nothing.")]),
        _section(_("What you get"), lines=[context["result_name"]]),
        _section(_("Visits"), lines=[_visits(version)]),
        _section(
            _("Where and when"), lines=[_reached(version, one) for one in ("address", "hours")]
        ),
        _section(
            _("Questions and complaints"),
            rows=[
                [_("Enquiries"), version.reached("enquiry_phone")],
                [_("Supervision and complaints"), version.reached("complaint_phone")],
            ],
            lines=[],
        ),
        _section(_("Legal basis"), lines=laws),
    ]
    return {
        "language": "en" if (get_language() or "").startswith("en") else "zh",
        "organ": str(called(version.item.organ)),
        "title": str(called(version)),
        "summary": context["summary"],
        "state": context["stands_said"],
        "sections": [section for section in sections if section["rows"] or section["lines"]],
        "foot": _(
            "Item %(code)s, version %(number)s, as of %(day)s. The guide in force: %(address)s"
        )
        % {
            "code": version.item.code,
            "number": version.number,
            "day": formats.date_format(day, "DATE_FORMAT"),
            "address": address,
        },
        "date": [day.year, day.month, day.day],
    }
