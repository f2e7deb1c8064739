"""Who may do what in a hall: deny unless a predicate here allows. A9."""

from datetime import date, datetime

from openhall.hall.models import Duty, Hall, Residency, Window
from openhall.hall.queries import lines_now
from openhall.hall.standing import on_duty, somebody_at, still_sits
from openhall.organs.models import Account
from openhall.organs.permissions import sits_at, works_for
from openhall.organs.queries import in_office, posts_of
from openhall.organs.terms import Desk


def may_manage(account: Account | None, hall: Hall, day: date) -> bool:
    """Arrange the hall, its roster and its day: those who manage its centre."""
    return account is not None and sits_at(account, Desk.CENTRE_MANAGER, hall.organ, day)


def may_decide_centres(account: Account | None, day: date) -> bool:
    """Set up a hall; publish that one opens, pauses or merges: the government's office."""
    if account is None or not account.is_active:
        return False
    return posts_of(account, day).filter(desk=Desk.GOVERNMENT_OFFICE.value).exists()


def may_sit(account: Account, hall: Hall, day: date) -> bool:
    """Be put on the roster: who works at a window of a resident unit, or for the centre itself."""
    if works_for(account, hall.organ, day):
        return True
    units = Residency.objects.filter(in_office(day), hall=hall).values("organ")
    posts = posts_of(account, day).filter(desk=Desk.WINDOW.value, organ__in=units)
    return account.is_active and posts.exists()


def on_duty_at(account: Account | None, window: Window | int, day: date) -> bool:
    """Whether ``account`` is signed in at the window today and has not left it."""
    if account is None or not account.is_active:
        return False
    return on_duty(account.pk, window if isinstance(window, int) else window.pk, day)


def still_at(account: Account | None, window: Window) -> bool:
    """Whether ``account`` goes on at the window: a visit that began is finished past midnight."""
    return account is not None and account.is_active and still_sits(account.pk, window.pk)


def may_receive_people(account: Account | None, hall: Hall, day: date) -> bool:
    """Give tickets at the reception: who works for the centre, or is on duty in the hall."""
    if account is None:
        return False
    if works_for(account, hall.organ, day):
        return True
    here = Duty.objects.filter(hall=hall, account=account, day=day, signed_out__isnull=True)
    return account.is_active and here.filter(signed_in__isnull=False).exists()


def may_accept_item(
    account: Account, organ_id: int, item_id: int, now: datetime, day: date
) -> bool:
    """Whether what ``organ`` accepts on the item today may be accepted by ``account`` now.

    A unit that moved into a hall accepts at a window there: by whoever is on duty at one that
    serves the item (成办发〔2003〕75号 二（一）). Where a unit has no hall the rule does not bind.
    """
    binds = Residency.objects.filter(in_office(day), organ_id=organ_id, only_here=True)
    if not binds.exists():
        return True
    sits = Duty.objects.filter(
        account=account,
        day__lte=day,
        signed_in__lte=now,
        signed_out__isnull=True,
        hall__in=binds.values("hall"),
    ).select_related("window")
    duty = sits.first()
    if duty is None or (duty.day != day and not somebody_at(duty.window_id)):
        return False  # a shift nobody signed out of is none the next day, but for who stands there
    return serves_item(duty.window, item_id, now)


def serves_item(window: Window, item_id: int, now: datetime) -> bool:
    """Whether the window serves the item now: by a line it serves, or as a general window."""
    if window.general:
        return True
    return lines_now(window.pk, now).filter(line_items__item_id=item_id).exists()
