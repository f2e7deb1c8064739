"""What was done to payment notices and reconciliations is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("fees", "0001_initial")]
    operations = [OnlyGrows("fees_feedeed")]
