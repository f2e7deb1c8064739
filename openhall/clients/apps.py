from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "openhall.clients"
    verbose_name = "接入"

    def ready(self) -> None:
        from openhall.clients import kinds  # noqa: F401
