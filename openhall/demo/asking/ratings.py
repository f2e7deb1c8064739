"""Bad ratings in the demo: verified, put right and revisited by the cast; the newest are left."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from openhall.appraisal import actions
from openhall.appraisal.models import Rating
from openhall.appraisal.permissions import served_it
from openhall.appraisal.terms import Ground, RatingState
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.demo.city import officers
from openhall.demo.data import told
from openhall.demo.models import City
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.workdays.queries import calendar

SAID: Final = told("enquiries")["ratings"]
S = RatingState


def _later(at: datetime, workdays: int, hour: int) -> datetime:
    local = timezone.localtime(at)
    day = calendar().add_workdays(local.date(), workdays).on
    return local.replace(year=day.year, month=day.month, day=day.day, hour=hour)


def go_on(city: City) -> None:
    """Each open bad rating as far as the city has lived; every ninth is objected to."""
    until = city.until or timezone.now()
    people = officers()
    outside = Account.objects.get(username="wujun"), Account.objects.get(username="songjian")
    for rating in Rating.objects.filter(state=S.RECEIVED.value).order_by("pk"):
        if rating.at > until - timedelta(days=1):
            continue
        _carry(rating, people[rating.organ_id], outside, until)


def _carry(
    rating: Rating,
    desks: dict[str, list[Account]],
    outside: tuple[Account, Account],
    until: datetime,
) -> None:
    heads = desks[Desk.HEAD.value]
    known = (one for its in desks.values() for one in its if not served_it(one, rating))
    verifier = next(known, None)
    if not heads or verifier is None:
        return
    head, officer, pk, begin = heads[0], verifier, rating.pk, rating.at
    centre, bureau = outside

    def by(who: Account, days: int, hour: int, what: str, desk: Desk) -> Doing | None:
        at = min(_later(begin, days, hour), timezone.now())
        if at > until:
            return None
        return Doing(who, at, f"demo-rating-{pk}-{what}", desk.value, entered=at)

    steps: list[tuple[Doing | None, Callable[[Doing], object]]]
    if pk % 9 == 4:
        steps = [
            (
                by(head, 1, 10, "object", Desk.HEAD),
                lambda doing: actions.object_to(pk, Ground.MISTAKEN, SAID["objection"], doing),
            ),
            (
                by(bureau, 3, 10, "rule", Desk.SUPERVISION),
                lambda doing: actions.set_aside(pk, SAID["set_aside"], doing),
            ),
        ]
    else:
        steps = [
            (by(head, 1, 9, "assign", Desk.HEAD), lambda doing: actions.assign(pk, officer, doing)),
            (
                by(officer, 2, 10, "verify", Desk.HANDLER),
                lambda doing: actions.verify(pk, SAID["verified"], doing),
            ),
            (
                by(head, 4, 10, "reply", Desk.HEAD),
                lambda doing: actions.feed_back(pk, SAID["reply"], doing),
            ),
            (
                by(centre, 7, 10, "revisit", Desk.CENTRE_MANAGER),
                lambda doing: actions.revisit(pk, pk % 5 != 0, SAID["revisited"], doing),
            ),
        ]
    for doing, step in steps:
        if doing is None:
            return
        try:
            step(doing)
        except Refused:
            return
