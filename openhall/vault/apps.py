from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "openhall.vault"
    verbose_name = "保密"
