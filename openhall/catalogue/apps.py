from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "openhall.catalogue"
    verbose_name = "事项"
