"""What was shown on a day, and the tree over it, are never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


def count(apps, schema_editor):
    """Changes are numbered for who listens, on PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE SEQUENCE press_change")


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP SEQUENCE press_change")


class Migration(migrations.Migration):
    dependencies = [("press", "0001_initial")]
    operations = [
        OnlyGrows("press_shown"),
        OnlyGrows("press_day"),
        migrations.RunPython(count, forget),
    ]
