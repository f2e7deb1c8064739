"""What supervision did is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_initial")]
    operations = [OnlyGrows("supervision_supervisiondeed")]
