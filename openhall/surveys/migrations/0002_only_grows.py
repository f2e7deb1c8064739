"""What was done to surveys, their answers and their instruments is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]
    operations = [
        OnlyGrows("surveys_surveydeed"),
        OnlyGrows("surveys_surveyinstrumentevent"),
    ]
