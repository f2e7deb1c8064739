from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "openhall.upkeep"
    verbose_name = "运行维护"
