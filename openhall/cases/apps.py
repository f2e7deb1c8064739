from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "openhall.cases"
    verbose_name = "办件"

    def ready(self) -> None:
        from openhall.cases import kinds  # noqa: F401
