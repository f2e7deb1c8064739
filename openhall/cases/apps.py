from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "openhall.cases"
    verbose_name = "办件"
