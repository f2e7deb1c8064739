"""The verbs of the catalogue. Nothing else writes it."""

from openhall.catalogue.actions.publishing import (
    NotPublished,
    pass_unit,
    publish,
    send_back,
    send_to_unit,
)

__all__ = ["NotPublished", "pass_unit", "publish", "send_back", "send_to_unit"]
