"""What was done to a permit or a ban is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("permits", "0001_initial")]
    operations = [OnlyGrows("permits_permitdeed")]
