"""The checkpoint of a day and what a witness said are never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import append_only, lift

TABLES = ("ledger_dailycheckpoint", "ledger_cosignature")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_days_witnesses_alarms")]
    operations = [migrations.RunPython(append_only(*TABLES), lift(*TABLES))]
