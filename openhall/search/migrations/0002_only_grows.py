"""What was done to the search rules is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [OnlyGrows("search_searchrulesevent")]
