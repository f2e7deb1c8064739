from django.apps import AppConfig


class JointConfig(AppConfig):
    name = "openhall.joint"
    verbose_name = "联办"

    def ready(self) -> None:
        from openhall.joint import kinds  # noqa: F401
