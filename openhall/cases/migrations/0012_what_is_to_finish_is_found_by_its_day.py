"""The queue of what is to be issued and delivered reads an index in its order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_a_step_keeps_its_extra_days")]

    operations = [
        migrations.RemoveIndex("case", "case_to_finish_by_organ"),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["organ", "stage", "delivery_due", "id"],
                condition=models.Q(delivery_due__isnull=False, delivered_at__isnull=True),
                name="case_to_finish_by_organ",
            ),
        ),
    ]
