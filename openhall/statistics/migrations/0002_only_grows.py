"""That figures were published, and their rows, is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_initial")]
    operations = [OnlyGrows("statistics_publicationdeed"), OnlyGrows("statistics_publicationrows")]
