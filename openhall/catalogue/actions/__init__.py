"""The verbs of the catalogue. Nothing else writes it."""

from openhall.catalogue.actions.central import (
    BASE,
    Line,
    add_entry,
    cancel_entry,
    change_entry,
    merge_entries,
    resume_entry,
    split_entry,
    suspend_entry,
    take_effect,
)
from openhall.catalogue.actions.claiming import claim
from openhall.catalogue.actions.editing import new_version, save_version
from openhall.catalogue.actions.phrases import add_phrase, withdraw_phrase
from openhall.catalogue.actions.standing import (
    cancel_item,
    confirm_variant,
    resume_item,
    suspend_item,
)

__all__ = [
    "BASE",
    "Line",
    "add_entry",
    "add_phrase",
    "cancel_entry",
    "cancel_item",
    "change_entry",
    "claim",
    "confirm_variant",
    "merge_entries",
    "new_version",
    "resume_entry",
    "resume_item",
    "save_version",
    "split_entry",
    "suspend_entry",
    "suspend_item",
    "take_effect",
    "withdraw_phrase",
]
