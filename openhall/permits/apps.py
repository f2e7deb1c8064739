from django.apps import AppConfig


class PermitsConfig(AppConfig):
    name = "openhall.permits"
    verbose_name = "许可"

    def ready(self) -> None:
        from openhall.permits import kinds  # noqa: F401
