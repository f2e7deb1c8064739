"""What was done to a rating is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_initial")]
    operations = [OnlyGrows("appraisal_appraisaldeed")]
