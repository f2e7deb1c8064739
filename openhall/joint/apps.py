from django.apps import AppConfig


class JointConfig(AppConfig):
    name = "openhall.joint"
    verbose_name = "联办"
