from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "openhall.workdays"
    verbose_name = "工作日"

    def ready(self) -> None:
        from openhall.workdays import kinds  # noqa: F401
