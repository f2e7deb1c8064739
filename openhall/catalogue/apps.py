from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "openhall.catalogue"
    verbose_name = "事项"

    def ready(self) -> None:
        from openhall.catalogue import kinds  # noqa: F401
        from openhall.catalogue.actions import item_versions  # noqa: F401
