"""What was done to sheets of targets and to reports is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("targets", "0001_initial")]
    operations = [OnlyGrows("targets_targetsheetevent"), OnlyGrows("targets_targetdeed")]
