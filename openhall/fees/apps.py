from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "openhall.fees"
    verbose_name = "收费"

    def ready(self) -> None:
        from openhall.fees import kinds  # noqa: F401
