"""The log's tables refuse UPDATE and DELETE on both databases."""

from django.db import migrations

from openhall.ledger.triggers import append_only, lift

TABLES = ("ledger_entry", "ledger_leaf", "ledger_subtree", "ledger_checkpoint")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(append_only(*TABLES), lift(*TABLES))]
