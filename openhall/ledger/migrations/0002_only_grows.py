"""What the log holds, the checkpoint of a day and what a witness said are never changed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        OnlyGrows(
            "ledger_entry",
            "ledger_leaf",
            "ledger_subtree",
            "ledger_checkpoint",
            "ledger_dailycheckpoint",
            "ledger_cosignature",
        )
    ]
