from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "openhall.config"
    label = "roof"
