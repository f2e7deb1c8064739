from django.apps import AppConfig


class SitesConfig(AppConfig):
    name = "openhall.sites"
    label = "unit_sites"  # django.contrib.sites is called sites
    verbose_name = "网站"

    def ready(self) -> None:
        from openhall.sites import kinds  # noqa: F401
