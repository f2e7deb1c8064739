from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "openhall.organs"
    verbose_name = "机构"
