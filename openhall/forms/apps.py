from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "openhall.forms"
    label = "application_forms"  # Django's own forms are called forms
    verbose_name = "表格"
