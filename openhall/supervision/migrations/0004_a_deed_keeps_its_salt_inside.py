"""The salt of a commitment is locked together with what it was committed for."""

from django.db import migrations

from openhall.ledger.triggers import append_only, lift


class Migration(migrations.Migration):
    dependencies = [("supervision", "0003_words_of_deeds_are_locked")]

    operations = [
        migrations.RunPython(lift("supervision_deed"), append_only("supervision_deed")),
        migrations.RemoveField("deed", "salt"),
        migrations.RunPython(append_only("supervision_deed"), lift("supervision_deed")),
    ]
