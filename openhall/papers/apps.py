from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "openhall.papers"
    verbose_name = "文书"
