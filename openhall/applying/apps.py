from django.apps import AppConfig


class ApplyingConfig(AppConfig):
    name = "openhall.applying"
    verbose_name = "申请"

    def ready(self) -> None:
        from openhall.applying import kinds  # noqa: F401
