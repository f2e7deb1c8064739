"""What of sites waits at a desk, and what its search finds there by number."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openhall.organs.desks import Hit, Sits, Waits
from openhall.organs.terms import Desk
from openhall.sites.models import Article, Edition
from openhall.sites.permissions import CHECKS, PUBLISHES, WRITES
from openhall.sites.queries import owed_looks, site_of_organ, waiting_for
from openhall.versions.terms import VersionState


def waits(seat: Sits) -> list[Waits]:
    """Drafts to write on, to check for secrets, to publish; pages to look through."""
    if seat.desk not in (WRITES, CHECKS, PUBLISHES):
        return []
    site = site_of_organ(seat.organ)
    if site is None:
        return []
    step, words, rule = {
        WRITES: ("", _("Drafts of the site"), _("Another person checks and a third publishes")),
        CHECKS: ("secrecy", _("To be checked for secrets"), _("First checked, then public")),
        PUBLISHES: ("publisher", _("To be published on the site"), _("Checked; not by who wrote")),
    }[seat.desk]
    found = [Waits(words, waiting_for(site, step).count(), "office:articles", rule)]
    if seat.desk == WRITES:
        owed = owed_looks(seat.day, seat.organ).order_by("look_by")
        first = owed.first()
        found.append(
            Waits(
                _("Pages to look through"),
                owed.count(),
                "office:articles",
                _("Say whether they are still right"),
                due=first.look_by if first else None,
                late=owed.count(),
            )
        )
    if seat.desk == CHECKS:
        owed = Article.objects.filter(site=site, check_due__isnull=False).order_by("check_due")
        first = owed.first()
        if first is not None:
            found.append(
                Waits(
                    _("Published urgently, to be checked"),
                    owed.count(),
                    "office:articles",
                    _("Within two working days"),
                    due=first.check_due,
                    late=owed.filter(check_due__lt=seat.day).count(),
                )
            )
    return found


def finds(seat: Sits, typed: str) -> Iterable[Hit]:
    """An article of the unit's own site by its number."""
    number = typed.strip().upper()
    if not number.startswith("WZ-") or seat.desk not in (WRITES, CHECKS, PUBLISHES):
        return
    rows = Edition.objects.filter(article__number=number, article__site__organ=seat.organ)
    newest = rows.select_related("article").order_by("-number").first()
    if newest is not None:
        args = (seat.organ.code, Desk(seat.desk).value, number)
        yield Hit(number, newest.title, VersionState(newest.state), "office:article", args)
