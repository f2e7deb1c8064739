from typing import Any

from django.apps import AppConfig
from django.db.models.signals import pre_migrate


def step_aside(sender: Any, plan: Any = (), **more: Any) -> None:
    """Triggers are lifted before tables are made anew, which SQLite refuses under them; the press
    lays them again, and then every page is stale."""
    if plan:
        from openhall.press.watching.triggers import laid, lift

        if laid():
            lift()


class PressConfig(AppConfig):
    name = "openhall.press"
    label = "press"
    verbose_name = "印"

    def ready(self) -> None:
        from openhall.press.watching.columns import watch
        from openhall.press.watching.tables import models_by_table

        watch(models_by_table())
        pre_migrate.connect(step_aside, sender=self)
