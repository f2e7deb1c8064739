"""A running step keeps the days added to it; a recomputation names the calendar it was run with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_erasures")]

    operations = [
        migrations.AddField("casestep", "extra", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "recomputation",
            "calendar",
            models.CharField(blank=True, default="", max_length=60),
            preserve_default=False,
        ),
    ]
