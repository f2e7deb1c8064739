"""The verbs of the library: documents brought in, their files, how they bear on each other."""

from openhall.policies.actions.filing import attach, attached, remove
from openhall.policies.actions.importing import import_policies, of_page, of_record
from openhall.policies.actions.linking import record, recorded, strike

__all__ = [
    "attach",
    "attached",
    "import_policies",
    "of_page",
    "of_record",
    "record",
    "recorded",
    "remove",
    "strike",
]
