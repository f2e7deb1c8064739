"""What was done to a rating is never changed or removed (A5)."""

from django.db import migrations

from openhall.ledger.triggers import append_only, lift


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_initial")]
    operations = [
        migrations.RunPython(append_only("appraisal_appraisaldeed"), lift("appraisal_appraisaldeed"))
    ]
