from django.apps import AppConfig, apps
from django.db import models


class VaultConfig(AppConfig):
    name = "openhall.vault"
    verbose_name = "保密"

    def ready(self) -> None:
        from openhall.vault.rows import number_first, sealed_fields, update_by_row

        for model in apps.get_models(include_auto_created=True):
            if sealed_fields(model) and isinstance(model._meta.pk, models.BigAutoField):
                number_first(model)
        update_by_row.alters_data = True  # type: ignore[attr-defined]
        models.QuerySet.update = update_by_row  # type: ignore[method-assign,assignment]
