from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "openhall.files"
    verbose_name = "材料"
