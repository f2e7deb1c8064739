"""Unsent applications, who signs them, and what may be used again."""

from openhall.applying.models.draft import Draft, SetAside
from openhall.applying.models.holdings import Consent, DocumentDeed, HeldDocument
from openhall.applying.models.signing import Signatory, Signature

__all__ = ["Consent", "DocumentDeed", "Draft", "HeldDocument", "SetAside", "Signatory", "Signature"]
