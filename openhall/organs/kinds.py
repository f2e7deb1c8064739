"""What deeds of this room are done to: who may act is proved like the acts themselves."""

import base64
import hashlib
from typing import Final

from openhall.deeds.kinds import Kind, Owned, register
from openhall.glossary import Said
from openhall.organs.models import Agency, Company, Organ, OrganDeed, Post
from openhall.organs.terms import CompanyAct, OrganAct, PostAct

# What an organ is, everybody reads: anybody may make its commitments anew.
OPEN_SALT: Final = base64.b64encode(hashlib.sha256(b"openhall organ").digest()).decode()

ORGAN = register(
    Kind(
        name="organ",
        model=Organ,
        events=OrganDeed,
        acts=OrganAct,
        title=Said("机构", "Organ"),
        number=lambda organ: organ.code,
        tells=lambda organ: {"name": organ.name},
        salt_of=lambda organ: OPEN_SALT,
        loose={"phrases": "What its desks write again and again, to copy from; nothing binds."},
    )
)

COMPANY = register(
    Kind(
        name="company",
        model=Company,
        events=OrganDeed,
        acts=CompanyAct,
        title=Said("法人和其他组织", "Company or other body"),
        owns=[Owned("agency", Agency, "company")],
    )
)
POSTING = register(
    Kind(
        name="posting",
        model=Post,
        events=OrganDeed,
        acts=PostAct,
        title=Said("任职", "Posting"),
        related=("organ",),
        tells=lambda post: {"organ": post.organ.code, "post": post.desk},
    )
)
