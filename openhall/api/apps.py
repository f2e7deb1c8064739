from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "openhall.api"
    verbose_name = "接口"
