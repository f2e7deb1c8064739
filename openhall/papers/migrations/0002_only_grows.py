"""What was done to a paper is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]
    operations = [OnlyGrows("papers_paperdeed")]
