"""Each request for more days says with whom it lies, so that a head's queue needs no scan."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Subquery, When


def lay_before_their_heads(apps, schema_editor):
    """The case's own organ; for a joint case the one above it."""
    case = apps.get_model("cases", "Case").objects.filter(pk=OuterRef("case"))
    head = case.annotate(
        head=Case(When(joint=True, then=F("organ__parent")), default=F("organ"))
    )
    apps.get_model("cases", "ExtensionRequest").objects.update(asked_of=Subquery(head.values("head")))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_a_second_notice_is_permitted"),
        ("organs", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="extensionrequest",
            name="asked_of",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organs.organ",
            ),
        ),
        migrations.RunPython(lay_before_their_heads, migrations.RunPython.noop),
    ]
