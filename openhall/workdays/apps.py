from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    name = "openhall.workdays"
    verbose_name = "工作日"
