"""What deeds of this room are done to: documents for use again; and consents, which go with a case.

A draft binds nobody, and no consent given in it: what was consented to is committed to when the
application is sent, with the case it becomes.
"""

from openhall.applying.models import Consent, DocumentDeed, HeldDocument
from openhall.applying.terms import DocumentAct
from openhall.cases.kinds import CASE
from openhall.deeds.kinds import Kind, Owned, register
from openhall.glossary import Said

DOCUMENT = register(
    Kind(
        name="document",
        model=HeldDocument,
        events=DocumentDeed,
        acts=DocumentAct,
        title=Said("可复用材料", "Document for use again"),
        tells=lambda held: {
            "case": held.case.number,
            "organ": held.organ.code,
            "trust": held.trust,
        },
        related=("organ", "case"),
        loose={"owner_blind": "An index of the number of its case's applicant, made from it."},
    )
)
CASE.own(Owned("consent", Consent, "case"))
