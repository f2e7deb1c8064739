"""Making sites, all in one step from the template; changing what stands at head and foot. B1."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from openhall.catalogue.actions.contacts import contact_faults
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused, only
from openhall.deeds.writer import deed, write
from openhall.glossary import Said
from openhall.organs.actions import CONTACT, change
from openhall.organs.models import Organ
from openhall.organs.terms import OrganKind
from openhall.sites.kinds import SITE
from openhall.sites.models import Site
from openhall.sites.permissions import may_make, may_settle
from openhall.sites.rules.columns import TEMPLATE
from openhall.sites.terms import SiteAct

HAVE_SITES: Final = (OrganKind.CITY, OrganKind.DEPARTMENT, OrganKind.DISTRICT)
CODE: Final = re.compile(r"^[0-9]{2}[0-9a-zA-Z]{8}$")
HOST: Final = re.compile(r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$")
OFFICE: Final = Said("信息化办", "the Informatization Office")


@dataclass(frozen=True, slots=True)
class Contacts:
    """What stands at the head and the foot of a site, and in its contact cards."""

    phone: str = ""
    complaint_phone: str = ""
    mail: str = ""
    address: str = ""
    address_en: str = ""
    hours: str = ""
    hours_en: str = ""
    code: str = ""
    host: str = ""

    def said(self) -> dict[str, str]:
        return {name: getattr(self, name).strip() for name in self.__dataclass_fields__}


def without_site(day: date) -> list[Organ]:
    """The organs that should have a site and have none: city, departments, districts."""
    kinds = [kind.value for kind in HAVE_SITES]
    rows = Organ.objects.filter(kind__in=kinds, site__isnull=True)
    return [one for one in rows if one.closed_on is None or one.closed_on >= day]


@acting()
def make_sites(doing: Doing, *, by_operator: bool = False) -> list[Site]:
    """A site for every organ that should have one and has none, with the standard columns.

    ``by_operator``: from the command line, where no account stands behind it.
    """
    if not by_operator:
        only(may_make(doing.actor, doing.day), OFFICE, Said("开设网站", "make sites"))
    return [_made(organ, doing.part(organ.code)) for organ in without_site(doing.day)]


def columns_of(organ: Organ) -> list[str]:
    """The standard columns; the city's own site has only what is written: the portal itself
    carries its guides, forms and figures."""
    city = organ.kind == OrganKind.CITY.value
    return [one.kind.value for one in TEMPLATE if one.written or not city]


def _made(organ: Organ, doing: Doing) -> Site:
    site = Site.objects.create(
        organ=organ,
        slug=organ.code.lower(),
        name=organ.name,
        name_en=organ.name_en,
        columns=columns_of(organ),
        made_on=doing.day,
    )
    write(SITE, site, SiteAct.MAKE, doing, facts={"columns": site.columns})
    return site


def settle(pk: int, contacts: Contacts, doing: Doing) -> Deed:
    """登记网站信息: every page that shows them changes with it, and every guide of the unit that
    has no words of its own for them."""

    @deed(SITE, SiteAct.SETTLE)
    def done(site: Site, doing: Doing) -> Deed:
        only(
            may_settle(doing.actor, site, doing.day),
            Said("本单位负责人", "who leads the unit"),
            Said("更改网站信息", "change what stands on the site"),
        )
        said: Mapping[str, Any] = contacts.said()
        if faults := list(_faults(site, said, doing.day)):
            raise Refused(
                Said("网站信息有误，没有更改。", "Something is wrong; nothing was changed."),
                "",
                faults,
            )
        differs = {
            name: words
            for name, words in said.items()
            if getattr(site.organ if name in CONTACT else site, name) != words
        }
        if not differs:
            raise Refused(Said("没有改动。", "Nothing was changed."))
        of_organ = {name: words for name, words in differs.items() if name in CONTACT}
        change(site.organ, doing.part("contact"), **of_organ)
        changes = {name: words for name, words in differs.items() if name not in CONTACT}
        return write(SITE, site, SiteAct.SETTLE, doing, changes=changes, facts=differs)

    return done(pk, doing)


def _faults(site: Site, said: Mapping[str, str], day: date) -> list[Fault]:
    found = contact_faults(site.organ, said, day)
    if said["code"] and not CODE.match(said["code"]):
        found.append(
            Fault(Said("网站标识码为10位。", "The identification code has ten signs."), "code")
        )
    if said["host"] and not HOST.match(said["host"]):
        found.append(Fault(Said("域名写法有误。", "This is not the name of a host."), "host"))
    elif said["host"] and Site.objects.filter(host=said["host"]).exclude(pk=site.pk).exists():
        found.append(
            Fault(Said("另一个网站已经使用这个域名。", "Another site has this host."), "host")
        )
    return found
