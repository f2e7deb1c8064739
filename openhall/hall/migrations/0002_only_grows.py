"""What was done in a hall is never changed or removed, and hours never overlap.

Two versions of the hours of a hall, or two exceptions, do not hold on one day.
"""

from django.db import migrations

from openhall.hours.apart import SpansApart, VersionsApart
from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("hall", "0001_initial")]
    operations = [
        OnlyGrows(
            "hall_halldeed",
            "hall_centreevent",
            "hall_helplimitsevent",
            "hall_openingevent",
            "hall_ticketevent",
        ),
        VersionsApart("hall_opening", ("hall_id", "hall_hall"), exceptions=True),
        SpansApart("hall_span", "version_id"),
    ]
