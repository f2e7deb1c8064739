from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "openhall.targets"
    verbose_name = "目标管理"

    def ready(self) -> None:
        from openhall.targets import kinds  # noqa: F401
