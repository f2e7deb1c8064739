"""What was done to a permit is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("permits", "0001_initial")]
    operations = [
        OnlyGrows(
            "permits_licenceevent",
        )
    ]
