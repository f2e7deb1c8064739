"""What a site shows of other rooms: read anew each time, never retyped. B3."""

from datetime import date
from typing import Final

from django.db.models import F, Q, QuerySet

from openhall.catalogue.models import ItemVersion, LawRef
from openhall.catalogue.queries import versions_in_force
from openhall.catalogue.terms import OnlineDepth
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind
from openhall.policies.models import PolicyDocument
from openhall.policies.rules.law_names import law_key
from openhall.sites.models import Site

NEWEST: Final = (F("published_on").desc(nulls_last=True), "-pk")
ONLINE: Final = [OnlineDepth.RECEIVE.value, OnlineDepth.ACCEPT.value, OnlineDepth.WHOLE.value]


def organs_of(site: Site) -> list[Organ]:
    """The organs whose work the site shows: a district's bureaus stand on the district's site."""
    if site.organ.kind == OrganKind.DISTRICT.value:
        return [site.organ, *Organ.objects.filter(parent=site.organ, closed_on__isnull=True)]
    return [site.organ]


def services_of(site: Site, day: date) -> QuerySet[ItemVersion]:
    """The guides in force on ``day`` that the site shows; the city's own site shows none twice."""
    rows = versions_in_force(day).filter(item__organ__in=organs_of(site))
    return rows.order_by("item__code")


def online_of(site: Site, day: date) -> QuerySet[ItemVersion]:
    """Those of them that can be applied for online."""
    return services_of(site, day).filter(online_depth__in=ONLINE)


def issued_by(site: Site) -> QuerySet[PolicyDocument]:
    """The papers of the library that the organ issued, the newest first."""
    names = Q(issuer__contains=site.organ.name)
    if site.organ.short_name and len(site.organ.short_name) > 3:
        names |= Q(issuer__contains=site.organ.short_name)
    rows = PolicyDocument.objects.filter(names).defer("text", "source")
    return rows.order_by(*NEWEST)


def rested_on(site: Site, day: date) -> QuerySet[PolicyDocument]:
    """The papers of the library that its guides name as their basis, chosen or by name."""
    refs = LawRef.objects.filter(version__in=services_of(site, day).order_by().values("pk"))
    keys = {law_key(law) for law in refs.order_by().values_list("law", flat=True).distinct()}
    named = Q(title_key__in=keys) | Q(pk__in=refs.values("document"))
    return PolicyDocument.objects.filter(named).defer("text", "source").order_by(*NEWEST)
