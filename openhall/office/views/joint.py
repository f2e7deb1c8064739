"""The joint matter's desk: the list, one matter with its faults, its acts. 行政许可法 26.

The lead unit's catalogue clerk, the Government Office and the Informatization Office write; the
Government Office publishes and ends.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openhall.catalogue.permissions import EVENT_EDITORS
from openhall.catalogue.terms_topics import topic_of
from openhall.deeds.doing import Doing
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject, existing
from openhall.joint.actions.matters import end_matter, next_matter_draft
from openhall.joint.checking import matter_faults
from openhall.joint.kinds import MATTER
from openhall.joint.matters import combined, current_version, matters_kept_by
from openhall.joint.permissions import may_edit_matter, may_publish_matter
from openhall.joint.queries import JointMatter, JointMatterVersion, matter_coded
from openhall.joint.rules.gate import MatterFault
from openhall.joint.terms import JointKind, JointMode
from openhall.office.acts import versions as common
from openhall.office.acts.versions import offers_of, read_as
from openhall.office.seat import Seat, official, seat_at
from openhall.office.views.versions import told
from openhall.organs.terms import Desk
from openhall.paging.keyset import place
from openhall.versions.terms import OPEN, VersionState

PAGE = 30
EDITORS = (Desk.CATALOGUE_CLERK, *EVENT_EDITORS)
STATE_KINDS = {
    VersionState.DRAFT: "draft",
    VersionState.REVIEW: "waiting",
    VersionState.PUBLISHED: "on_time",
}


@dataclass(frozen=True, slots=True)
class Open:
    """A matter open on a desk: its draft, or the newest version there is, with its faults."""

    seat: Seat
    matter: JointMatter
    version: JointMatterVersion
    found: list[MatterFault]

    @property
    def is_draft(self) -> bool:
        return self.version.state == VersionState.DRAFT

    @property
    def is_unpublished(self) -> bool:
        """Whether it is being written or lies with the Government Office."""
        return self.version.state in OPEN

    @property
    def faults(self) -> list[MatterFault]:
        return [one for one in self.found if not one.warns]

    @property
    def warnings(self) -> list[MatterFault]:
        return [one for one in self.found if one.warns]

    @property
    def was_published(self) -> bool:
        return any(one.published_at for one in self.matter.versions.all())

    @property
    def ends(self) -> bool:
        """Whether a version in force without end can be ended."""
        return any(
            one.state == VersionState.PUBLISHED and one.effective_until is None
            for one in self.matter.versions.all()
        )

    def at(self, name: str) -> str:
        """An address of this matter on this desk."""
        args = [self.seat.organ.code, self.seat.desk.value, self.matter.code]
        return reverse(f"office:{name}", args=args)


def at_desk(request: HttpRequest, organ: str, desk: str) -> Seat:
    """A seat whose desk writes joint matters."""
    seat = seat_at(request, organ, desk)
    if seat.desk not in EDITORS:
        raise PermissionDenied(_("This desk does not write joint matters."))
    return seat


def opened(request: HttpRequest, organ: str, desk: str, code: str) -> Open:
    """The matter, for who may edit it."""
    seat = at_desk(request, organ, desk)
    matter = existing(matter_coded(code))
    if not may_edit_matter(seat.account, matter, seat.day):
        raise PermissionDenied(_("This matter is led by another unit."))
    version = current_version(matter)
    version.matter = matter
    found = matter_faults(version, seat.day) if version.state in OPEN else []
    return Open(seat, matter, version, found)


@official
@require_safe
def listing(request: HttpRequest, organ: str, desk: str) -> HttpResponse:
    """The matters this desk writes, newest first, paged by key."""
    seat = at_desk(request, organ, desk)
    mine = None if seat.desk in EVENT_EDITORS else seat.organ.pk
    rows = []
    page = matters_kept_by(mine, place(request.GET), PAGE)
    for matter in page:
        version = current_version(matter)
        in_force = [one for one in matter.versions.all() if one.state == VersionState.PUBLISHED]
        rows.append(
            {
                "matter": matter,
                "version": version,
                "kind": JointKind(matter.kind),
                "topic": topic_of(matter.topic),
                "state": VersionState(version.state),
                "state_kind": STATE_KINDS.get(VersionState(version.state), "closed"),
                "in_force": in_force[0] if in_force else None,
            }
        )
    return render(request, "office/joint/list.html", {"seat": seat, "rows": page.of(rows)})


class EndMatter(common.End):
    """No new application after a last day, whether or not a draft is being written."""

    title = gettext_lazy("End this matter")
    effect = gettext_lazy(
        "Nobody can apply after the last day; cases already begun go on as they began. The reason"
        " is kept in the public log."
    )
    done = gettext_lazy("The matter ends; cases already begun go on as they began.")

    @classmethod
    def offered(cls, subject: Open, who: Seat) -> bool:
        return subject.ends and may_publish_matter(who.account, who.day)

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return Offer.doing(self, key, now, None)  # of the version in force, not of the draft

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return end_matter(self.subject.matter.pk, typed["last_day"], typed["reason"], doing)


class BeginNext(common.Begin):
    def does(self, doing: Doing) -> Any:
        return next_matter_draft(self.subject.matter.pk, doing)

    def goes_to(self, left: Any) -> str:
        return str(self.subject.at("edit_joint"))


class DropMatter(common.Drop):
    def goes_to(self, left: Any) -> str:
        args = [self.who.organ.code, self.who.desk.value]
        return reverse("office:joint_matters", args=args)


class Matter(Subject):
    """The matter with its faults, its acts and its history."""

    offers = offers_of(MATTER, EndMatter, BeginNext, DropMatter, but=(common.Pass,))
    kind = MATTER.kind.name
    template = "office/joint/matter.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, Open]:
        open_ = opened(request, where["organ"], where["desk"], where["code"])
        return open_.seat, open_

    def home(self, who: Seat, subject: Open) -> str:
        return subject.at("joint_matter")

    def seq(self, subject: Open) -> int:
        return read_as(subject.version)

    def content(self, who: Seat, subject: Open) -> dict[str, Any]:
        version = subject.version
        return told(who, MATTER, version) | {
            "open": subject,
            "matter": combined(version, who.day),
            "kind": JointKind(subject.matter.kind),
            "mode": JointMode(version.mode),
            "topic": topic_of(subject.matter.topic),
            "state_kind": STATE_KINDS.get(VersionState(version.state), "closed"),
        }


overview = official(Matter())


@official
@require_safe
def preview(request: HttpRequest, organ: str, desk: str, code: str) -> HttpResponse:
    """The one list and the one form as an applicant will meet them, published or not."""
    open_ = opened(request, organ, desk, code)
    matter = combined(open_.version, open_.seat.day)
    context = {
        "seat": open_.seat,
        "open": open_,
        "version": open_.version,
        "matter": matter,
        "mode": JointMode(open_.version.mode),
        "total": sum(tariff.amount for _part, tariff in matter.fees),
    }
    return render(request, "office/joint/preview.html", context)
