from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "openhall.papers"
    verbose_name = "文书"

    def ready(self) -> None:
        from openhall.papers import kinds  # noqa: F401
