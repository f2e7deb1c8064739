from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "openhall.hours"
    verbose_name = "开放时间"
