from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "openhall.portal"
    verbose_name = "门户"
