"""Who looked is never unsaid."""

from django.db import migrations

from openhall.ledger.triggers import append_only, lift


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_reveals_are_kept")]

    operations = [migrations.RunPython(append_only("cases_reveal"), lift("cases_reveal"))]
