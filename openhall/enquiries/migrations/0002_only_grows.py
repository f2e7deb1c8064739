"""What was done to questions, calls and limits is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0001_initial")]
    operations = [
        OnlyGrows("enquiries_enquirydeed"),
        OnlyGrows("enquiries_answerlimitsevent"),
    ]
