"""What was done to calendars and appointments only grows; hours at one time are refused."""

from django.db import migrations

from openhall.hours.apart import SpansApart, VersionsApart
from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("slots", "0001_initial")]
    operations = [
        OnlyGrows("slots_slotdeed"),
        SpansApart("slots_openinghours", "rules_id"),
        VersionsApart("slots_calendarrules", ("calendar_id", "slots_bookingcalendar")),
    ]
