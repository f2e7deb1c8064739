"""Who may do what in a hall: every act, tried by everybody, is refused to all but one kind."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.hall.actions import arranging, centres, days, duty, turns
from openhall.hall.terms import CentreKind, Source
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.hall import doing, furnished, seated
from tests.factories.organs import standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(db):
    return furnished()


@pytest.fixture
def everybody(there):
    other = found_organ(code="cd-other", kind="centre", name="别的中心", short_name="别")
    return {
        "manager": there.manager,
        "office": there.office,
        "clerk": there.clerks[0],
        "another clerk": there.clerks[1],
        "manager of another": seated("other-manager", other, Desk.CENTRE_MANAGER),
        "window of another": seated("other-clerk", other, Desk.WINDOW),
        "head": seated("head", there.unit, Desk.HEAD),
        "resident": Account.objects.create_user(username="resident"),
    }


def acts(there):
    """Each act with who may do it."""
    today, hall = timezone.localdate(), there.hall
    window = there.windows[1]
    spare = standing("cd-spare", kind="centre", name="备用", short_name="备")
    until = timezone.now() + timedelta(hours=1)
    coming = turns.Coming(there.lines["A"].pk, Source.RECEPTION)
    tomorrow = today + timedelta(days=1)
    yield "found", {"office"}, lambda by: arranging.found(spare, "spare", CentreKind.DISTRICT, by)
    yield "arrange", {"manager"}, lambda by: arranging.arrange(hall.pk, by)
    yield (
        "move",
        {"manager"},
        lambda by: arranging.move_window(hall.pk, window, [there.lines["B"]], until, by),
    )
    yield (
        "plan",
        {"manager"},
        lambda by: duty.plan(window, there.clerks[0], tomorrow, time(9), time(17), by),
    )
    yield "close", {"manager"}, lambda by: days.close_day(hall, today - timedelta(days=1), by)
    yield "centre", {"manager", "office"}, lambda by: centres.begin_centre(hall, {}, by)
    yield "hours", {"manager", "office"}, lambda by: centres.begin_hours(hall, [], by)
    yield "call", {"clerk"}, lambda by: turns.call_next(window, by)
    yield "issue", {"manager", "clerk", "another clerk"}, lambda by: turns.issue(coming, by)
    yield (
        "sign out",
        {"manager", "clerk"},
        lambda by: duty.sign_out(there.clerks[0].duties.get().pk, by),
    )
    yield "break", {"clerk"}, lambda by: duty.leave_window(there.clerks[0].duties.get().pk, by)


def test_every_act_is_refused_to_all_others(there, everybody):
    from django.db import transaction

    class Undo(Exception):
        pass

    let_in = {}
    for name, _may, act in acts(there):
        let_in[name] = set()
        for who, account in everybody.items():
            try:
                with transaction.atomic():
                    act(doing(account))
                    let_in[name].add(who)
                    raise Undo
            except (Undo, Refused):
                continue
    assert let_in == {name: may for name, may, _act in acts(there)}
