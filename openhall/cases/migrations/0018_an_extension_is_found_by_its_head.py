import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_an_extension_lies_with_its_head")]

    operations = [
        migrations.AlterField(
            model_name="extensionrequest",
            name="asked_of",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organs.organ",
            ),
        ),
        migrations.AddIndex(
            model_name="extensionrequest",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)),
                fields=["asked_of", "case"],
                name="extension_waits_at_its_head",
            ),
        ),
    ]
