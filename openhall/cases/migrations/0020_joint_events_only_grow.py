"""What was done to a joint application is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import append_only, lift


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_units_act_together")]

    operations = [migrations.RunPython(append_only("cases_jointevent"), lift("cases_jointevent"))]
