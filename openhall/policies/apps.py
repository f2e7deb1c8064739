from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "openhall.policies"
    verbose_name = "政策法规"

    def ready(self) -> None:
        from openhall.policies import kinds  # noqa: F401
