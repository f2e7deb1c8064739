"""What was done to organs, posts and companies is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("organs", "0001_initial")]
    operations = [OnlyGrows("organs_organdeed")]
