"""Seed every year that ``chinesecalendar`` knows (2004 on)."""

from chinese_calendar import constants
from django.db import migrations


def seed(apps, schema_editor):
    year_model = apps.get_model("workdays", "CalendarYear")
    day_model = apps.get_model("workdays", "CalendarDay")
    alias = schema_editor.connection.alias
    days = {day: (False, name) for day, name in constants.holidays.items()}
    days |= {day: (True, name) for day, name in constants.workdays.items()}
    years = {
        year: year_model.objects.using(alias).create(
            year=year, basis=f"国务院办公厅关于{year}年部分节假日安排的通知"
        )
        for year in sorted({day.year for day in days})
    }
    day_model.objects.using(alias).bulk_create(
        day_model(year=years[day.year], date=day, worked=worked, name=str(name).split(",")[-1])
        for day, (worked, name) in sorted(days.items())
    )


class Migration(migrations.Migration):
    dependencies = [("workdays", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
