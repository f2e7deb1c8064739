from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "openhall.search"
    verbose_name = "检索"

    def ready(self) -> None:
        from openhall.search import kinds  # noqa: F401
