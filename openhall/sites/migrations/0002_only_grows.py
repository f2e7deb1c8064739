"""What was done to sites, articles and designations is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("unit_sites", "0001_initial")]
    operations = [
        OnlyGrows("unit_sites_sitedeed"),
        OnlyGrows("unit_sites_editionevent"),
    ]
