"""Why an act on the catalogue was refused."""

from openhall.deeds.refusals import Refused

CatalogueRefused = NotPublished = Refused
