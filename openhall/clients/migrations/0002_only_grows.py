"""What was done to keys and webhooks is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]
    operations = [OnlyGrows("clients_clientdeed")]
