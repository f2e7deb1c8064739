from django.apps import AppConfig


class OrgansConfig(AppConfig):
    name = "openhall.organs"
    verbose_name = "机构"

    def ready(self) -> None:
        from openhall.organs import kinds  # noqa: F401
        from openhall.organs.signing_in import middleware  # noqa: F401  # hears of sign-ins
