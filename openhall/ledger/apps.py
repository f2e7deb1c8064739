from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "openhall.ledger"
    verbose_name = "公开账"
