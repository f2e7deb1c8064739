"""What was recorded is never changed or removed. A5."""

from typing import ClassVar

from django.db import migrations

from openhall.ledger.triggers import append_only, lift

TABLES = ("cases_caseevent", "cases_licenceevent", "cases_casenote", "cases_reveal", "cases_erasure", "cases_jointevent",)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(append_only(*TABLES), lift(*TABLES))]
