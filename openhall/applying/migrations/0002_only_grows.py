"""What was done to a document for use again is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("applying", "0001_initial")]
    operations = [OnlyGrows("applying_documentdeed")]
