from django.apps import AppConfig


class EnquiriesConfig(AppConfig):
    name = "openhall.enquiries"
    verbose_name = "咨询"

    def ready(self) -> None:
        from openhall.enquiries import kinds  # noqa: F401
