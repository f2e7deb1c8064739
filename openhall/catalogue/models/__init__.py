"""The catalogue's legal records."""

from openhall.catalogue.models.entry import CatalogueEntry, Item, ItemEvent
from openhall.catalogue.models.guide import (
    Faq,
    FlowStep,
    Form,
    ItemVersion,
    LawRef,
    Material,
    Prerequisite,
)
from openhall.catalogue.models.listing import CodeSerial, HollowPhrase, ListVersion
from openhall.catalogue.models.tariff import Tariff

__all__ = [
    "CatalogueEntry",
    "CodeSerial",
    "Faq",
    "FlowStep",
    "Form",
    "HollowPhrase",
    "Item",
    "ItemEvent",
    "ItemVersion",
    "LawRef",
    "ListVersion",
    "Material",
    "Prerequisite",
    "Tariff",
]
