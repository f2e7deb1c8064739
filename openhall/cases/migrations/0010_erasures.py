"""Erasing personal data leaves its own record; what events say in private is locked by the salt.

The column ``detail`` keeps its place: only its name in the code changes, so no table is made anew
and no trigger is lost.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import openhall.vault.fields
from openhall.ledger.triggers import append_only, lift


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("cases", "0009_templates_seals_and_service"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ground", models.CharField(max_length=20)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("key", models.CharField(max_length=80, unique=True)),
                ("entry", models.BigIntegerField(unique=True)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("case", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="erasure", to="cases.case")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="erasure_gives_its_reason",
                        violation_error_message="Say on which request or after which period.",
                    )
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("casenote", "words"),
                migrations.AddField(
                    "casenote",
                    "sealed",
                    openhall.vault.fields.EncryptedTextField(db_column="words", default=""),
                    preserve_default=False,
                ),
                migrations.RemoveField("caseevent", "detail"),
                migrations.AddField(
                    "caseevent",
                    "sealed",
                    openhall.vault.fields.EncryptedTextField(blank=True, db_column="detail", default=""),
                ),
            ],
        ),
        migrations.RunPython(append_only("cases_erasure"), lift("cases_erasure")),
    ]
