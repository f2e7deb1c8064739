from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "openhall.appraisal"
    verbose_name = "监督评议"
