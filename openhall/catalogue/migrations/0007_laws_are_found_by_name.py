from django.db import migrations, models


def name_them(apps, schema_editor):
    from openhall.catalogue.rules.law_names import law_key

    documents = apps.get_model("catalogue", "PolicyDocument")
    rows = list(documents.objects.only("pk", "title"))
    for row in rows:
        row.title_key = law_key(row.title)[:300]
    documents.objects.bulk_update(rows, ["title_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_phrases_that_say_nothing")]

    operations = [
        migrations.AddField(
            model_name="policydocument",
            name="title_key",
            field=models.CharField(blank=True, db_index=True, max_length=300),
        ),
        migrations.RunPython(name_them, migrations.RunPython.noop),
    ]
