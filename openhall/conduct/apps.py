from django.apps import AppConfig


class ConductConfig(AppConfig):
    name = "openhall.conduct"
    verbose_name = "人员考核"

    def ready(self) -> None:
        from openhall.conduct import kinds  # noqa: F401
