from django.apps import AppConfig


class ThrottleConfig(AppConfig):
    name = "openhall.throttle"
    verbose_name = "节流"
