"""The catalogue's legal records."""

from openhall.catalogue.models.entry import (
    CatalogueEntry,
    CentralList,
    Item,
    ItemEvent,
    Origin,
)
from openhall.catalogue.models.guide import (
    Faq,
    FlowStep,
    Form,
    ItemVersion,
    ItemVersionEvent,
    LawRef,
    Material,
    Prerequisite,
)
from openhall.catalogue.models.listing import (
    CatalogueDeed,
    CodeSerial,
    HollowPhrase,
    ListLine,
    ListVersion,
)
from openhall.catalogue.models.tariff import Tariff, TariffEvent

__all__ = [
    "CatalogueDeed",
    "CatalogueEntry",
    "CentralList",
    "CodeSerial",
    "Faq",
    "FlowStep",
    "Form",
    "HollowPhrase",
    "Item",
    "ItemEvent",
    "ItemVersion",
    "ItemVersionEvent",
    "LawRef",
    "ListLine",
    "ListVersion",
    "Material",
    "Origin",
    "Prerequisite",
    "Tariff",
    "TariffEvent",
]
