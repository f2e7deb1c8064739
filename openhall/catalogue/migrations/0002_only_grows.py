"""What happened to a joint matter is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [OnlyGrows("catalogue_jointmatterevent")]
