from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "openhall.supervision"
    verbose_name = "电子监察"

    def ready(self) -> None:
        from openhall.supervision import kinds  # noqa: F401
