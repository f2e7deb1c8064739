from django.apps import AppConfig


class VersionsConfig(AppConfig):
    name = "openhall.versions"
    verbose_name = "版本"
