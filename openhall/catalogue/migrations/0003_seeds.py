"""The one row of the central list, and the placeholder phrases a guide may not be made of.

After the defects named by the inspections of government websites (norms 1.3); a city adds its own.
"""

import json
from datetime import datetime, timezone
from pathlib import Path

from django.db import migrations

SEEDS = Path(__file__).parents[1] / "seeds"
SINCE = datetime(2026, 11, 25, tzinfo=timezone.utc)


def lay(apps, schema_editor):
    central = apps.get_model("catalogue", "CentralList")
    central.objects.using(schema_editor.connection.alias).create(pk=1)
    phrase = apps.get_model("catalogue", "HollowPhrase")
    phrase.objects.using(schema_editor.connection.alias).bulk_create(
        phrase(phrase=words, added_at=SINCE, reason="随系统预置（国办函〔2016〕108号）")
        for words in json.loads((SEEDS / "hollow_phrases.json").read_text(encoding="utf-8"))
    )


def take_away(apps, schema_editor):
    phrase = apps.get_model("catalogue", "HollowPhrase")
    phrase.objects.using(schema_editor.connection.alias).filter(added_by=None).delete()
    apps.get_model("catalogue", "CentralList").objects.filter(pk=1).delete()


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_only_grows")]
    operations = [migrations.RunPython(lay, take_away)]
