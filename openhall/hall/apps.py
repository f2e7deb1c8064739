from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "openhall.hall"
    verbose_name = "政务大厅"

    def ready(self) -> None:
        from openhall.hall import kinds  # noqa: F401
