"""What was done to the links between documents is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("policies", "0001_initial")]
    operations = [OnlyGrows("policies_policydeed")]
