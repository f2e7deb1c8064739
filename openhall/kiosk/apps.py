from django.apps import AppConfig


class KioskConfig(AppConfig):
    name = "openhall.kiosk"
    verbose_name = "触摸屏"
