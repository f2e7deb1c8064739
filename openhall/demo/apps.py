from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "openhall.demo"
    verbose_name = "演示"
