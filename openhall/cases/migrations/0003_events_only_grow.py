"""What was done to a case is never changed or removed: UPDATE and DELETE are refused."""

from django.db import migrations

from openhall.ledger.triggers import append_only, lift


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_initial"), ("ledger", "0002_only_grows")]
    operations = [
        migrations.RunPython(append_only("cases_caseevent"), lift("cases_caseevent")),
    ]
