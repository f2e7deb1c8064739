from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "openhall.surveys"
    verbose_name = "满意度测评"

    def ready(self) -> None:
        from openhall.surveys import kinds  # noqa: F401
