"""The demo city offers times, and people have booked."""

import pytest
from django.utils import timezone

from openhall.demo.asking.appointments import offer_times
from openhall.organs.actions import found as found_organ
from openhall.slots.models import Appointment, BookingCalendar
from openhall.slots.queries import doubled, offers, unlike


@pytest.mark.any_database
def test_the_hall_and_three_districts_offer_times(db, settings, sound):
    settings.DEMO = True
    city = found_organ(code="cd", kind="city", name="成都市", short_name="市")
    names = {"name": "市政务服务中心", "name_en": "Centre", "short_name": "中心"}
    found_organ(code="cd-hall", kind="centre", parent=city, **names)
    for n in range(4):
        district = found_organ(
            code=f"cd-{n}", kind="district", parent=city, name=f"{n}区", short_name=f"{n}区"
        )
        found_organ(code=f"cd-{n}-zx", kind="centre", parent=district, **names)
    offer_times("cd-hall")
    assert BookingCalendar.objects.count() == 5
    assert len(offers(timezone.localdate())) == 11
    assert Appointment.objects.filter(state="confirmed").count() > 20
    assert doubled() == unlike() == []
