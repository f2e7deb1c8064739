from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "openhall.desk"
    verbose_name = "办理"
