"""What was done to public draws is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("lots", "0001_initial")]
    operations = [OnlyGrows("lots_publicdrawdeed")]
