from django.apps import AppConfig


class LotsConfig(AppConfig):
    name = "openhall.lots"
    verbose_name = "公开抽取"

    def ready(self) -> None:
        from openhall.lots import kinds  # noqa: F401
