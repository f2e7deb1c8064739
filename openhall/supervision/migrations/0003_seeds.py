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


def _rows(file):
    return json.loads((SEEDS / file).read_text(encoding="utf-8"))


def lay(apps, schema_editor):
    using = schema_editor.connection.alias

    def table(name):
        return apps.get_model("supervision", name).objects.using(using)

    table("SupervisionRule").bulk_create(
        table("SupervisionRule").model(effective_from=FIRST_DAY, **row)
        for row in _rows("rules.json")
    )
    weights = _rows("weights.json")
    first = table("WeightSet").create(effective_from=FIRST_DAY, basis=weights[0]["basis"])
    for name, rows in (("ScoreWeight", weights), ("BonusRule", _rows("bonuses.json"))):
        table(name).bulk_create(table(name).model(set=first, **row) for row in rows)


def take_away(apps, schema_editor):
    for name in ("SupervisionRule", "ScoreWeight", "BonusRule", "WeightSet"):
        model = apps.get_model("supervision", name)
        model.objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_only_grows")]
    operations = [migrations.RunPython(lay, take_away)]
