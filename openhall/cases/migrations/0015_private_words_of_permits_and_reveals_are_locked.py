"""What permits' events and looks at personal data privately say is locked with the case's salt.

The columns keep their places; what stands in them is locked once, so that erasing reaches it.
"""

import base64

from django.db import migrations, models

import openhall.vault.fields
from openhall.ledger.triggers import append_only, lift
from openhall.vault.fields import encrypt
from openhall.vault.rules.shred import lock

TABLES = ("cases_licenceevent", "cases_reveal")


def lock_all(apps, schema_editor):
    for event in apps.get_model("cases", "LicenceEvent").objects.exclude(sealed="").iterator():
        salt = base64.b64decode(event.licence.case.salt)
        event.sealed = lock(salt, "licence", event.sealed)
        event.save(update_fields=["sealed"])
    execute = schema_editor.connection.cursor().execute
    if schema_editor.connection.vendor == "postgresql":
        execute("ALTER TABLE cases_reveal ALTER COLUMN reason TYPE text")
    salts = apps.get_model("cases", "Case").objects
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, case_id, reason FROM cases_reveal")
        for number, case, reason in cursor.fetchall():
            salt = base64.b64decode(salts.values_list("salt", flat=True).get(pk=case))
            kept = lock(salt, "reveal", reason) if salt else "—"
            execute("UPDATE cases_reveal SET reason = %s WHERE id = %s", [encrypt(kept), number])


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_queues_are_read_in_their_order")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("licenceevent", "detail"),
                migrations.AddField(
                    "licenceevent",
                    "sealed",
                    openhall.vault.fields.EncryptedTextField(
                        blank=True, db_column="detail", default=""
                    ),
                ),
                migrations.RemoveConstraint("reveal", "reveal_gives_its_reason"),
                migrations.RemoveField("reveal", "reason"),
                migrations.AddField(
                    "reveal",
                    "sealed",
                    openhall.vault.fields.EncryptedTextField(db_column="reason", default=""),
                    preserve_default=False,
                ),
                migrations.AddConstraint(
                    "reveal",
                    models.CheckConstraint(
                        condition=models.Q(("sealed", ""), _negated=True),
                        name="reveal_gives_its_reason",
                        violation_error_message="Say why the personal data must be read.",
                    ),
                ),
            ],
        ),
        migrations.RunPython(lift(*TABLES), append_only(*TABLES)),
        migrations.RunPython(lock_all, migrations.RunPython.noop),
        migrations.RunPython(append_only(*TABLES), lift(*TABLES)),
    ]
