from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "openhall.appraisal"
    verbose_name = "监督评议"

    def ready(self) -> None:
        from openhall.appraisal import kinds  # noqa: F401
