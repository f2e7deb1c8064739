from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "openhall.outbox"
    verbose_name = "消息"
