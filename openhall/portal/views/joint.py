"""One matter of several units: who, how long, one list of materials, the fees. 行政许可法 26.

What an applicant may leave out is ticked on the page; the choice stands in the address, so that
the list can be kept, sent on and printed.
"""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.catalogue.terms_topics import TOPICS, topic_of
from openhall.glossary import Term
from openhall.joint.matters import combined, matter_in_force, matters_in_force
from openhall.joint.queries import JointMatterVersion
from openhall.joint.terms import JointKind, JointMode

Groups = list[tuple[Term | None, list[JointMatterVersion]]]


def _by_topic(matters: list[JointMatterVersion]) -> Groups:
    """The matters under their life event, in the order of the life events; the others last."""
    groups: Groups = [
        (topic, found)
        for family in TOPICS
        for topic in family
        if (found := [one for one in matters if one.matter.topic == topic.value])
    ]
    rest = [one for one in matters if topic_of(one.matter.topic) is None]
    return [*groups, (None, rest)] if rest else groups


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every matter in force today: life events, then projects."""
    matters = list(matters_in_force(timezone.localdate()))
    kinds = [
        (kind, _by_topic(found))
        for kind in JointKind
        if (found := [one for one in matters if one.matter.kind == kind.value])
    ]
    return render(request, "portal/joint_list.html", {"kinds": kinds})


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The matter as it is in force today, whole or for what was ticked."""
    today = timezone.localdate()
    version = matter_in_force(code, today)
    if version is None:
        raise Http404
    everything = combined(version, today)
    narrowed = "mine" in request.GET
    needed = set(request.GET.getlist("need")) if narrowed else set()
    matter = combined(version, today, needed) if narrowed else everything
    context = {
        "version": version,
        "matter": matter,
        "everything": everything,
        "may_choose": bool(everything.optional),
        "narrowed": narrowed,
        "needed": needed if narrowed else {one.code for one in everything.optional},
        "topic": topic_of(version.matter.topic),
        "mode": JointMode(version.mode),
        "total": sum(tariff.amount for _part, tariff in matter.fees),
        "apply": _apply(code, needed),
    }
    return render(request, "portal/joint.html", context)


def _apply(code: str, needed: set[str]) -> str:
    """Where the matter is applied for; what was ticked here is ticked there."""
    address = reverse("portal:joint_apply", args=[code])
    return f"{address}?{urlencode({'need': sorted(needed)}, doseq=True)}" if needed else address
