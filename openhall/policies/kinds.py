"""What deeds of this room are done to: documents, and how they bear on each other."""

import base64
import hashlib
from typing import Final

from openhall.deeds.kinds import Kind, Owned, register
from openhall.glossary import Said
from openhall.policies.models import (
    PolicyDeed,
    PolicyDocument,
    PolicyFile,
    PolicyLink,
    PolicySection,
)
from openhall.policies.terms import FileAct, LinkAct, PolicyAct

# A law is read by everybody: its commitments hide nothing, and anybody may make them anew.
OPEN_SALT: Final = base64.b64encode(hashlib.sha256(b"openhall policy").digest()).decode()

POLICY = register(
    Kind(
        name=PolicyAct.POLICY.value,
        model=PolicyDocument,
        events=PolicyDeed,
        acts=PolicyAct,
        title=Said(PolicyAct.POLICY.zh, PolicyAct.POLICY.en),
        number=lambda one: str(one.source_id),
        salt_of=lambda one: OPEN_SALT,
        owns=[Owned("section", PolicySection, "document", unless="file")],
    )
)

LINK = register(
    Kind(
        name=LinkAct.LINK.value,
        model=PolicyLink,
        events=PolicyDeed,
        acts=LinkAct,
        title=Said(LinkAct.LINK.zh, LinkAct.LINK.en),
        number=lambda one: str(one.pk),
        related=("newer", "older"),
        tells=lambda one: {"newer": one.newer.source_id, "older": one.older.source_id},
    )
)
FILE = register(
    Kind(
        name=FileAct.FILE.value,
        model=PolicyFile,
        events=PolicyDeed,
        acts=FileAct,
        title=Said(FileAct.FILE.zh, FileAct.FILE.en),
        number=lambda one: str(one.pk),
        related=("document",),
        tells=lambda one: {"document": one.document.source_id},
        owns=[Owned("section", PolicySection, "file")],
        loose={
            "upload": "Where its bytes lie; their name and digest are committed to.",
            "unread": "Why nothing could be read of it, found after it was filed.",
        },
    )
)
