"""What was done to the calendar is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial")]
    operations = [OnlyGrows("workdays_calendardeed")]
