"""What was done, notes, looks at personal data and erasures are never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        OnlyGrows(
            "cases_besidedeed",
            "cases_caseevent",
            "cases_erasure",
        ),
        OnlyGrows("cases_casenote", "cases_reveal", after_deed=True),
    ]
