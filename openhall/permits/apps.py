from django.apps import AppConfig


class PermitsConfig(AppConfig):
    name = "openhall.permits"
    verbose_name = "许可"
