from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "openhall.statistics"
    verbose_name = "统计公开"

    def ready(self) -> None:
        from openhall.statistics import kinds  # noqa: F401
