from django.apps import AppConfig


class SlotsConfig(AppConfig):
    name = "openhall.slots"
    verbose_name = "预约"

    def ready(self) -> None:
        from openhall.slots import kinds  # noqa: F401
