"""The rollup behind the board of all units, begun from the cases that are open today."""

from django.db import migrations
from django.db.models import Count, F, Q


def count_what_is_open(apps, schema_editor):
    Case = apps.get_model("cases", "Case")
    OpenLoad = apps.get_model("cases", "OpenLoad")
    running = Q(closed_at__isnull=True, accepted_at__isnull=False, promise_due__isnull=False)
    kinds = (
        ("answer", "answer_due", Q(stage="submitted", answer_due__isnull=False)),
        ("handle", "promise_due", running & Q(suspended_since__isnull=True)),
        ("paused", "promise_due", running & Q(suspended_since__isnull=False)),
        (
            "deliver",
            "delivery_due",
            Q(stage__in=["granted", "issued", "refused"], delivery_due__isnull=False),
        ),
    )
    for kind, column, condition in kinds:
        rows = Case.objects.filter(condition).values("organ", due_on=F(column))
        OpenLoad.objects.bulk_create(
            OpenLoad(organ_id=row["organ"], kind=kind, due_on=row["due_on"], cases=row["cases"])
            for row in rows.annotate(cases=Count("pk")).order_by("organ", column)
        )


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_the_whole_procedure")]

    operations = [migrations.RunPython(count_what_is_open, migrations.RunPython.noop)]
