"""What a city begins with: rules for yellow and red, the nine parts of the score, bonuses.

成府发〔2009〕53号, in force 2010-01-01: yellow before the day is a warning and no penalty, red is
overdue or abnormal. Limits of single steps are a default the supervision desk may change by a new
dated version. Deductions as in the exchanged rule sets (norms 4.2, numbers in the names). What a
unit owes in a joint matter: a notice unsigned, an opinion late, an empty chair, reasons not given,
an upward item not forwarded, a reply not told (norms 2.5). A second supplement notice, though
permitted, is looked at (行政许可法 32(4), 72). Bonuses: from 10% closed early +1, each 10% more +1;
from 30% shorter +3, then +1 (norms 4.3).
"""

import json
from datetime import date
from pathlib import Path

from django.db import migrations

SEEDS = Path(__file__).parents[1] / "seeds"
FIRST_DAY = date(2010, 1, 1)
SEEDED = {
    "SupervisionRule": "rules.json",
    "ScoreWeight": "weights.json",
    "BonusRule": "bonuses.json",
}


def lay(apps, schema_editor):
    for name, file in SEEDED.items():
        model = apps.get_model("supervision", name)
        model.objects.using(schema_editor.connection.alias).bulk_create(
            model(effective_from=FIRST_DAY, **row)
            for row in json.loads((SEEDS / file).read_text(encoding="utf-8"))
        )


def take_away(apps, schema_editor):
    for name in SEEDED:
        model = apps.get_model("supervision", name)
        model.objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_only_grows")]
    operations = [migrations.RunPython(lay, take_away)]
