"""What was done to question guides is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("questions", "0001_initial")]
    operations = [OnlyGrows("questions_questionguideevent")]
