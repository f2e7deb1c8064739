"""What deeds privately say is locked with the case's salt or the complaint's own secret.

The column ``words`` keeps its place and takes the salt of its commitment in; what stands in it is
locked once, so that erasing reaches it.
"""

import base64
import json
import secrets

from django.db import migrations, models

import openhall.vault.fields
from openhall.ledger.triggers import append_only, lift
from openhall.vault.rules.shred import lock

ACTS = ["explain", "object", "uphold", "withdraw", "reject", "return"]
OF_A_CASE = {"card": "Card", "issue": "Issue", "review": "CaseFileReview"}


def lock_all(apps, schema_editor):
    complaints = apps.get_model("supervision", "Complaint").objects
    for complaint in complaints.iterator():
        complaint.secret = base64.b64encode(secrets.token_bytes(32)).decode()
        complaint.save(update_fields=["secret"])
    for deed in apps.get_model("supervision", "Deed").objects.exclude(sealed="").iterator():
        said = json.dumps({"words": json.loads(deed.sealed), "salt": deed.salt}, ensure_ascii=False)
        if deed.subject == "complaint":
            secret = complaints.get(pk=deed.about).secret
        elif deed.subject in OF_A_CASE:
            rows = apps.get_model("supervision", OF_A_CASE[deed.subject]).objects
            row = rows.select_related("case").get(pk=deed.about)
            secret = row.case.salt if row.case else ""
        else:
            secret = ""
        deed.sealed = lock(base64.b64decode(secret), "deed", said) if secret else said
        deed.save(update_fields=["sealed"])


class Migration(migrations.Migration):
    dependencies = [("supervision", "0002_what_a_city_begins_with")]

    operations = [
        migrations.AddField(
            "complaint",
            "secret",
            openhall.vault.fields.EncryptedTextField(blank=True, default=""),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint("deed", "deed_gives_its_reasons"),
                migrations.RemoveField("deed", "words"),
                migrations.AddField(
                    "deed",
                    "sealed",
                    openhall.vault.fields.EncryptedTextField(
                        blank=True, db_column="words", default=""
                    ),
                ),
                migrations.AddConstraint(
                    "deed",
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sealed", ""), _negated=True),
                            models.Q(("act__in", ACTS), _negated=True),
                            _connector="OR",
                        ),
                        name="deed_gives_its_reasons",
                        violation_error_message="Who explains, objects, rules or rejects says why.",
                    ),
                ),
            ],
        ),
        migrations.RunPython(lift("supervision_deed"), append_only("supervision_deed")),
        migrations.RunPython(lock_all, migrations.RunPython.noop),
        migrations.RunPython(append_only("supervision_deed"), lift("supervision_deed")),
    ]
