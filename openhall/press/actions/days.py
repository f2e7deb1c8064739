"""The end of a day: the root over all that was shown becomes an entry of the public log. And what
the law takes away of it."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from openhall.ledger.actions.pages import name_pages, say_erased
from openhall.ledger.queries import is_halted
from openhall.ledger.rules.merkle import leaf_hash
from openhall.press.actions import close_days
from openhall.press.bodies import body_of, forget_dictionaries
from openhall.press.models import Body, Day, Page, Shown
from openhall.press.past import leaves_on
from openhall.press.rules.days import blocks_of, root_of
from openhall.press.rules.delta import pack


def name_days(today: date | None = None) -> int:
    """The tree of each day that is over and has none yet; how many. None while the log halts."""
    today = today or timezone.localdate()
    if is_halted():
        return 0
    close_days()
    last = Day.objects.order_by("-day").first()
    first = Shown.objects.order_by("day").values_list("day", flat=True).first()
    if first is None:
        return 0
    day, made = (last.day + timedelta(days=1) if last else first), 0
    while day < today:
        name_day(day)
        day, made = day + timedelta(days=1), made + 1
    return made


@transaction.atomic
def name_day(day: date) -> Day:
    """The tree over what was shown on ``day``, its root in the log; once for ever."""
    if standing := Day.objects.filter(day=day).first():
        return standing
    before = Day.objects.filter(day__lt=day).order_by("-day").first()
    leaves = leaves_on(day)
    hashes = [leaf_hash(leaf.raw()) for leaf in leaves]
    root = root_of(hashes).hex()
    return Day.objects.create(
        day=day,
        size=len(leaves),
        root=root,
        before=before.root if before else "",
        blocks=blocks_of(leaves, hashes),
        entry=name_pages(day, len(leaves), root, before.root if before else ""),
    )


@transaction.atomic
def erase(sha256: str, basis: str) -> int:
    """Take the words of a body away by law; the entry of the log that says so.

    The hash and the leaves stay, so every proof holds on; what was packed with it is packed anew.
    """
    body = Body.objects.select_for_update().get(pk=sha256)
    if body.erased_by is not None:
        return body.erased_by
    for other in Body.objects.filter(base=body):
        other.packed, other.base = pack(body_of(other.pk)), None
        other.save(update_fields=["packed", "base"])
    Page.objects.filter(key=body).update(key=None)
    Page.objects.filter(body=body).update(body=None, stale=True)
    body.packed, body.base, body.erased_by = None, None, say_erased(sha256, basis)
    body.save(update_fields=["packed", "base", "erased_by"])
    forget_dictionaries()
    return int(body.erased_by or 0)
