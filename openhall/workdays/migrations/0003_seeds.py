"""The years announced so far (2004 on)."""

from django.db import migrations

from openhall.workdays.seeds import announced, basis_of


def seed(apps, schema_editor):
    year_model = apps.get_model("workdays", "CalendarYear")
    day_model = apps.get_model("workdays", "CalendarDay")
    alias = schema_editor.connection.alias
    for year, days in announced().items():
        row = year_model.objects.using(alias).create(year=year, basis=basis_of(year))
        day_model.objects.using(alias).bulk_create(
            day_model(year=row, date=day, worked=worked, name=name)
            for day, (worked, name) in days.items()
        )


class Migration(migrations.Migration):
    dependencies = [("workdays", "0002_only_grows")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
