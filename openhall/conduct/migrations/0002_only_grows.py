"""What was done to findings, training and assessments is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("conduct", "0001_initial")]
    operations = [OnlyGrows("conduct_conductdeed", "conduct_conductrulesevent")]
