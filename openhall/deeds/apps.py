from django.apps import AppConfig


class DeedsConfig(AppConfig):
    name = "openhall.deeds"
    verbose_name = "行为"

    def ready(self) -> None:
        from openhall.deeds import checks  # noqa: F401
