"""The joint matter's desk: the list, one matter with its faults, its acts. 行政许可法 26.

The lead unit's catalogue clerk, the Government Office and the Informatization Office write; the
Government Office publishes and ends.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.catalogue.permissions import EVENT_EDITORS
from openhall.catalogue.terms import GuideState
from openhall.catalogue.terms_topics import topic_of
from openhall.desk.pages import stands_on
from openhall.joint.actions.matters import (
    MatterRefused,
    drop_draft,
    end_matter,
    next_matter_draft,
    publish_matter,
)
from openhall.joint.checking import matter_faults
from openhall.joint.matters import combined, current_version, matters_kept_by
from openhall.joint.models import JointMatter, JointMatterVersion
from openhall.joint.permissions import may_edit_matter, may_publish_matter
from openhall.joint.rules.gate import MatterFault
from openhall.joint.terms import JointKind, JointMode, JointStep
from openhall.office.joint_forms import DropForm, EndForm, PublishForm
from openhall.office.seat import Seat, official, seat_at
from openhall.organs.terms import Desk
from openhall.paging.keyset import place

PAGE = 30
EDITORS = (Desk.CATALOGUE_CLERK, *EVENT_EDITORS)
STATE_KINDS = {GuideState.DRAFT: "draft", GuideState.PUBLISHED: "on_time"}


@dataclass(frozen=True, slots=True)
class Open:
    """A matter open on a desk: its draft, or the newest version there is, with its faults."""

    seat: Seat
    matter: JointMatter
    version: JointMatterVersion
    found: list[MatterFault]

    @property
    def is_draft(self) -> bool:
        return self.version.state == GuideState.DRAFT

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
            one.state == GuideState.PUBLISHED and one.effective_until is None
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
    rows = JointMatter.objects.select_related("lead").prefetch_related("versions")
    matter = get_object_or_404(rows, code=code)
    if not may_edit_matter(seat.account, matter, seat.day):
        raise PermissionDenied(_("This matter is led by another unit."))
    version = current_version(matter)
    version.matter = matter
    found = matter_faults(version, seat.day) if version.state == GuideState.DRAFT else []
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
        in_force = [one for one in matter.versions.all() if one.state == GuideState.PUBLISHED]
        rows.append(
            {
                "matter": matter,
                "version": version,
                "kind": JointKind(matter.kind),
                "topic": topic_of(matter.topic),
                "state": GuideState(version.state),
                "state_kind": STATE_KINDS.get(GuideState(version.state), "closed"),
                "in_force": in_force[0] if in_force else None,
            }
        )
    return render(request, "office/joint/list.html", {"seat": seat, "rows": page.of(rows)})


def shown(
    request: HttpRequest, open_: Open, refused: str = "", /, **wrong: forms.Form
) -> HttpResponse:
    """The matter with its faults, its acts and its history; a refused act with what was typed."""
    version, seat = open_.version, open_.seat
    context: dict[str, Any] = {
        "seat": seat,
        "open": open_,
        "version": version,
        "matter": combined(version, seat.day),
        "kind": JointKind(open_.matter.kind),
        "mode": JointMode(version.mode),
        "topic": topic_of(open_.matter.topic),
        "state": GuideState(version.state),
        "state_kind": STATE_KINDS.get(GuideState(version.state), "closed"),
        "versions": [(one, GuideState(one.state)) for one in open_.matter.versions.all()],
        "events": [
            (one, JointStep(one.verb))
            for one in open_.matter.events.select_related("actor", "version").order_by("-id")
        ],
        "may_publish": may_publish_matter(seat.account, seat.day),
        "publish_form": PublishForm(initial={"first_day": seat.day}),
        "drop_form": DropForm(prefix="drop"),
        "end_form": EndForm(initial={"last_day": seat.day}, prefix="end"),
        "refused": refused,
    } | wrong
    status = 422 if refused or wrong else 200
    return render(request, "office/joint/matter.html", context, status=status)


@official
@require_safe
def overview(request: HttpRequest, organ: str, desk: str, code: str) -> HttpResponse:
    return shown(request, opened(request, organ, desk, code))


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


def _refused(
    request: HttpRequest, open_: Open, refusal: MatterRefused, name: str, form: forms.Form
) -> HttpResponse:
    if refusal.field in form.fields:
        form.add_error(refusal.field, str(refusal))
        return shown(request, open_, "", **{name: form})
    return shown(request, open_, str(refusal), **{name: form})


@official
@stands_on(overview)
def publish(request: HttpRequest, organ: str, desk: str, code: str) -> HttpResponse:
    """Put the draft in force; refused while there is a fault."""
    open_ = opened(request, organ, desk, code)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return shown(request, open_, publish_form=form)
    said = form.cleaned_data
    try:
        publish_matter(
            open_.version.pk, open_.seat.account, timezone.now(), said["first_day"], said["note"]
        )
    except MatterRefused as refusal:
        return _refused(request, open_, refusal, "publish_form", form)
    messages.success(request, _("The matter is published; every unit in it is bound."))
    return redirect(open_.at("joint_matter"))


@official
@stands_on(overview)
def next_version(request: HttpRequest, organ: str, desk: str, code: str) -> HttpResponse:
    """A new draft from the published version."""
    open_ = opened(request, organ, desk, code)
    try:
        next_matter_draft(open_.matter.pk, open_.seat.account, timezone.now())
    except MatterRefused as refusal:
        return shown(request, open_, str(refusal))
    return redirect(open_.at("edit_joint"))


@official
@stands_on(overview)
def drop(request: HttpRequest, organ: str, desk: str, code: str) -> HttpResponse:
    """Give the draft up."""
    open_ = opened(request, organ, desk, code)
    form = DropForm(request.POST, prefix="drop")
    if not form.is_valid():
        return shown(request, open_, drop_form=form)
    try:
        drop_draft(
            open_.version.pk, open_.seat.account, timezone.now(), form.cleaned_data["reason"]
        )
    except MatterRefused as refusal:
        return _refused(request, open_, refusal, "drop_form", form)
    return redirect("office:joint_matters", organ, desk)


@official
@stands_on(overview)
def end(request: HttpRequest, organ: str, desk: str, code: str) -> HttpResponse:
    """No new application after a last day."""
    open_ = opened(request, organ, desk, code)
    form = EndForm(request.POST, prefix="end")
    if not form.is_valid():
        return shown(request, open_, end_form=form)
    said = form.cleaned_data
    try:
        end_matter(
            open_.matter.pk, open_.seat.account, timezone.now(), said["last_day"], said["reason"]
        )
    except MatterRefused as refusal:
        return _refused(request, open_, refusal, "end_form", form)
    messages.success(request, _("The matter ends; cases already begun go on as they began."))
    return redirect(open_.at("joint_matter"))
