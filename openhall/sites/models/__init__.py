"""Sites, what they publish, what the nights found, and who wants to be told."""

from openhall.sites.models.article import Article, Edition, EditionEvent
from openhall.sites.models.coverage import CoverageLook, Designation
from openhall.sites.models.deed import SiteDeed, SiteSerial
from openhall.sites.models.look import SiteLook, SiteVisits
from openhall.sites.models.site import Site
from openhall.sites.models.subscription import Subscription

__all__ = [
    "Article",
    "CoverageLook",
    "Designation",
    "Edition",
    "EditionEvent",
    "Site",
    "SiteDeed",
    "SiteLook",
    "SiteSerial",
    "SiteVisits",
    "Subscription",
]
