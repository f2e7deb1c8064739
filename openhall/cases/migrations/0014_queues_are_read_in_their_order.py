"""What is to be answered and to be finished is read from an index in the order of its day.

A condition on the acceptance let SQLite prefer another index, and then sort.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_applications_are_kept_reused_and_signed")]

    operations = [
        migrations.RemoveIndex("case", "case_to_answer_by_organ"),
        migrations.RemoveIndex("case", "case_to_finish_by_organ"),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["organ", "stage", "answer_due", "id"],
                condition=models.Q(closed_at__isnull=True),
                name="case_to_answer_by_organ",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["organ", "stage", "delivery_due", "id"],
                condition=models.Q(delivered_at__isnull=True),
                name="case_to_finish_by_organ",
            ),
        ),
    ]
