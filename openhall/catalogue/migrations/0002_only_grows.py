"""What was done to items, the list, phrases and fees is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [
        OnlyGrows(
            "catalogue_itemevent",
            "catalogue_itemversionevent",
            "catalogue_cataloguedeed",
            "catalogue_tariffevent",
        ),
    ]
