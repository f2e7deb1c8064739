"""The demo's supervision is done by the real acts, so what it leaves is what the log says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openhall.deeds import audit
from openhall.deeds.models import FailedRow
from openhall.demo import oversight
from openhall.demo.city import build
from openhall.demo.drive import History
from openhall.demo.models import City
from openhall.fees import checking
from openhall.supervision import recount
from openhall.supervision.models import Card

pytestmark = pytest.mark.any_database

STEPS = 400


@pytest.mark.django_db
def test_the_demo_watched_is_sound(settings, tmp_path):
    settings.DEMO = True
    settings.PUBLISHED_ROOT = tmp_path
    settings.BANK_STATEMENTS = tmp_path / "bank" / "statements"
    city = build(timezone.localdate())
    for _done in History(city).drive(timezone.now(), most=STEPS):
        pass
    oversight.keep_watch()
    city = City.objects.get()
    City.objects.update(until=city.until + timedelta(days=60))
    oversight.bring_to_the_present(City.objects.get(), whole=True)
    oversight.keep_watch()
    assert Card.objects.exists()
    found = [*audit.faults(0, 0), *checking.faults(0, 0), *recount.faults(0, 0)]
    assert [f"{one.place}: {one.sentence}" for one in found] == []
    assert [f"{one.sweep} {one.row}: {one.why}" for one in FailedRow.objects.all()] == []
