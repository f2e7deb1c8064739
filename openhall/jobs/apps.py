from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "openhall.jobs"
    verbose_name = "后台"
