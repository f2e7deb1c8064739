"""The desk of any dated version: what it says, in what it differs, its acts and its history. A6.

Joint matters, question guides, words and seals are written on desks of their own, which lead here
for the differences; a fee is written here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openhall.catalogue.kinds import TARIFF
from openhall.catalogue.queries import guides_received
from openhall.design.words import called, said
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject, existing
from openhall.fees.kinds import FORMAT
from openhall.hall.kinds import CENTRE, OPENING
from openhall.hall.queries import units_received
from openhall.inspections.kinds import FRAMEWORK
from openhall.office.acts.appointments import RULES_OFFERS
from openhall.office.acts.formats import FORMAT_OFFERS
from openhall.office.acts.hall_hours import VERSION_OFFERS
from openhall.office.acts.inspections import FRAMEWORK_OFFERS
from openhall.office.acts.instruments import INSTRUMENT_OFFERS
from openhall.office.acts.targets import SHEET_OFFERS
from openhall.office.acts.tariffs import TARIFF_OFFERS
from openhall.office.acts.versions import read_as
from openhall.office.seat import Seat, official, seat_at
from openhall.paging.whole import whole
from openhall.sites.queries import pages_with_fee
from openhall.slots.kinds import RULES as BOOKING_RULES
from openhall.surveys.kinds import INSTRUMENT
from openhall.targets.kinds import SHEET
from openhall.versions.kinds import VersionKind, version_kind_named
from openhall.versions.queries import differences, family_of, places, steps_of, version_numbered
from openhall.versions.terms import OPEN, VersionAct, VersionState
from openhall.versions.wording import place_in_words, value_in_words

TONES: Final = {
    VersionState.DRAFT: "draft",
    VersionState.REVIEW: "waiting",
    VersionState.PUBLISHED: "on_time",
}
OFFERS: Final[Mapping[str, tuple[type[Offer], ...]]] = {
    TARIFF.kind.name: TARIFF_OFFERS,
    FORMAT.kind.name: FORMAT_OFFERS,
    **VERSION_OFFERS,
    BOOKING_RULES.kind.name: RULES_OFFERS,
    INSTRUMENT.kind.name: INSTRUMENT_OFFERS,
    SHEET.kind.name: SHEET_OFFERS,
    FRAMEWORK.kind.name: FRAMEWORK_OFFERS,
}
YES_NO = {True: gettext_lazy("Yes"), False: gettext_lazy("No")}


def told(seat: Seat, kind: VersionKind, version: Any) -> dict[str, Any]:
    """What every page of a version shows beside its acts: where it stands, and its history."""
    family, state = family_of(kind, version), VersionState(version.state)
    lies = kind.route.stop(version.step).title if state == VersionState.REVIEW else None
    return {
        "seat": seat,
        "version": version,
        "state": state,
        "tone": TONES.get(state, "closed"),
        "versions": [(one, VersionState(one.state)) for one in family],
        "steps": [(deed, VersionAct(deed.act), one) for deed, one in steps_of(kind, family)],
        "alone": kind.route.alone,
        "waits_for": lies,
        "differs": at(seat, kind, version),
    }


def at(seat: Seat, kind: VersionKind, version: Any) -> str:
    """The address of a version on this desk."""
    args = [seat.organ.code, seat.desk.value, kind.kind.name, version.pk]
    return reverse("office:version", args=args)


def worded(kind: VersionKind, place: str, value: Any) -> Any:
    """A value as a page says it: the word of a code, yes and no, a day."""
    if isinstance(value, bool):
        return YES_NO[value]
    return said(value_in_words(kind.terms, place, value))


class VersionPage(Subject):
    """One version of ``versions_of``, beside another one of the same thing."""

    template = "office/versions/page.html"
    versions_of: ClassVar[VersionKind]

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Any]:
        seat = seat_at(request, where["organ"], where["desk"])
        route, version = self.versions_of.route, existing(self._found(where["pk"]))
        hands = (route.write, *route.stops)
        if not any(step.may(seat.account, version, seat.day) for step in hands):
            raise PermissionDenied(_("You neither write nor review this version."))
        return seat, version

    def _found(self, pk: int) -> Any:
        return version_numbered(self.versions_of, pk)

    def home(self, who: Seat, subject: Any) -> str:
        return at(who, self.versions_of, subject)

    def seq(self, subject: Any) -> int:
        return read_as(subject)

    def context(self, request: HttpRequest, who: Seat, subject: Any, **more: Any) -> dict[str, Any]:
        kind = self.versions_of
        shown = told(who, kind, subject)
        others = [one for one, _state in shown["versions"] if one.pk != subject.pk]
        asked = whole(request.GET.get("with"))
        before = next((one for one in others if one.pk == asked), None) or next(
            (one for one in others if one.number < subject.number and one.is_public), None
        )
        changed = differences(kind, before, subject) if before else []
        return shown | {
            "title": kind.kind.title,
            "number": kind.kind.number(subject),
            "of": kind.called(subject),
            "says": [
                (place_in_words(kind.names, place), worded(kind, place, one))
                for place, one in places(kind, subject)
            ],
            "before": before,
            "others": others,
            "changed": [
                (
                    place_in_words(kind.names, one.path),
                    worded(kind, one.path, one.before),
                    worded(kind, one.path, one.after),
                )
                for one in changed
            ],
            "faults": list(kind.gate(subject, who.day)) if subject.state in OPEN else [],
            "shown_on": shown_on(kind, subject, who.day),
        }


def shown_on(kind: VersionKind, version: Any, day: date) -> list[tuple[str, str]]:
    """The public pages that show it and change with it: what they are called, and where."""
    if kind in (CENTRE, OPENING):
        guides = guides_received(units_received(version.hall, day), day)
        return [(str(called(one)), reverse("portal:guide", args=[one.item.code])) for one in guides]
    if kind is not TARIFF:
        return []
    code = version.item.code
    pages = [(str(called(version.item.entry)), reverse("portal:guide", args=[code]))]
    for one in pages_with_fee(code, day):
        args = [one.article.site.slug, one.article.number]
        pages.append((str(called(one)), reverse("portal:article", args=args)))
    return pages


def _page(kind: VersionKind) -> VersionPage:
    return type(
        "VersionPage",
        (VersionPage,),
        {
            "versions_of": kind,
            "kind": kind.kind.name,
            "offers": OFFERS.get(kind.kind.name, ()),
        },
    )()


@official
def page(request: HttpRequest, organ: str, desk: str, kind: str, **where: Any) -> HttpResponse:
    """The page of a version of ``kind``."""
    if (found := version_kind_named(kind)) is None:
        raise Http404
    return _page(found)(request, organ=organ, desk=desk, **where)
