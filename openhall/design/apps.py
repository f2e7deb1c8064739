from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "openhall.design"
    verbose_name = "版式"
