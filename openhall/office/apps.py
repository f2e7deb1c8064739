from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "openhall.office"
    verbose_name = "工作台"
