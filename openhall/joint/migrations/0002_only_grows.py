"""What was done to a joint matter or a joint case is never changed or removed."""

from django.db import migrations

from openhall.ledger.triggers import OnlyGrows


class Migration(migrations.Migration):
    dependencies = [("joint", "0001_initial")]
    operations = [
        OnlyGrows(
            "joint_jointmatterevent",
            "joint_jointevent",
            "joint_deemedconsentevent",
        )
    ]
