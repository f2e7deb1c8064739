from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "openhall.inspections"
    verbose_name = "监督检查"

    def ready(self) -> None:
        from openhall.inspections import kinds  # noqa: F401
