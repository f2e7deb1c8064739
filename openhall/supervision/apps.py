from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "openhall.supervision"
    verbose_name = "电子监察"
