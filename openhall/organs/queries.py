"""Who sits where, and who acts for whom, on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from openhall.glossary import Said
from openhall.organs.models import Account, Agency, Organ, Post
from openhall.organs.terms import Desk, OrganKind


def in_office(day: date) -> Q:
    """Posts and agencies that hold on ``day``."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def posts_of(account: Account, day: date) -> QuerySet[Post]:
    """The posts ``account`` holds on ``day``, with their organs."""
    return Post.objects.filter(in_office(day), account=account).select_related("organ")


def agencies_of(account: Account, day: date) -> QuerySet[Agency]:
    """The companies ``account`` may act for on ``day``."""
    return Agency.objects.filter(in_office(day), account=account).select_related("company")


def officers_at(organ: Organ, desk: str, day: date) -> QuerySet[Account]:
    """The accounts that sit at ``desk`` of ``organ`` on ``day``."""
    held = Post.objects.filter(in_office(day), organ=organ, desk=desk)
    return Account.objects.filter(is_active=True, pk__in=held.values("account"))


def at_desks(desks: Iterable[Desk], day: date) -> QuerySet[Account]:
    """The accounts that sit at any of ``desks``, of whichever organ, on ``day``."""
    held = Post.objects.filter(in_office(day), desk__in=[desk.value for desk in desks])
    return Account.objects.filter(is_active=True, pk__in=held.values("account")).order_by("pk")


def units(day: date) -> QuerySet[Organ]:
    """The departments and bureaus that are open on ``day``, in their order."""
    kinds = [OrganKind.DEPARTMENT.value, OrganKind.BUREAU.value]
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gte=day)
    return Organ.objects.filter(open_then, kind__in=kinds)


def departments(day: date) -> QuerySet[Organ]:
    """The departments of the city itself that are open on ``day``, in their order."""
    return units(day).filter(kind=OrganKind.DEPARTMENT.value)


def working_at(organ: Organ, day: date) -> QuerySet[Account]:
    """The accounts that hold any desk of ``organ`` on ``day``."""
    held = Post.objects.filter(in_office(day), organ=organ)
    return Account.objects.filter(is_active=True, pk__in=held.values("account")).order_by("pk")


def organ_named(code: str) -> Organ | None:
    """The organ with this code, if there is one."""
    return Organ.objects.filter(code=code).first()


def organ_called(code: str) -> Said:
    """The name of the organ of this code; the code where there is none."""
    found = organ_named(code)
    return Said(code, code) if found is None else Said(found.name, found.name_en or found.name)


def organs_by_pk(pks: Iterable[int]) -> dict[int, Organ]:
    """Organs by their key."""
    return Organ.objects.in_bulk(list(pks))


def organs_of(kinds: Iterable[OrganKind]) -> QuerySet[Organ]:
    """The organs of these kinds that are open."""
    return Organ.objects.filter(kind__in=[kind.value for kind in kinds], closed_on__isnull=True)


ANSWERING = frozenset({Desk.WINDOW.value, Desk.HANDLER.value, Desk.DECIDER.value})


def vacant(day: date) -> list[str]:
    """The units that have posts on ``day`` but nobody to receive, to handle or to decide."""
    held: dict[str, set[str]] = {}
    rows = Post.objects.filter(in_office(day), organ__in=units(day))
    for name, desk in rows.values_list("organ__short_name", "desk"):
        held.setdefault(name, set()).add(desk)
    return [name for name, desks in held.items() if desks & ANSWERING and not desks >= ANSWERING]


def open_organs(day: date) -> QuerySet[Organ]:
    """Every organ that is open on ``day``, whatever it is, with what it stands under."""
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gte=day)
    return Organ.objects.filter(open_then).select_related("parent")
