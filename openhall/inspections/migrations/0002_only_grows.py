"""What was done to indicators, evidence, inspections and sheets is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("inspections", "0001_initial")]
    operations = [
        OnlyGrows("inspections_inspectiondeed"),
        OnlyGrows("inspections_frameworkevent"),
        OnlyGrows("inspections_sheetedit"),
    ]
