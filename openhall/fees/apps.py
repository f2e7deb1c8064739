from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "openhall.fees"
    verbose_name = "收费"
