from django.apps import AppConfig


class ApplyingConfig(AppConfig):
    name = "openhall.applying"
    verbose_name = "申请"
