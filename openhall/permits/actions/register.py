"""Entering a decision into the public register in the moment it is taken. 行政许可法 40."""

from openhall.cases.models import Case
from openhall.cases.terms import Act, Outcome
from openhall.deeds.doing import Doing
from openhall.permits.models import RegisterLine
from openhall.permits.rules.publishing import Naming, naming_of
from openhall.vault.rules.masks import mask_name


def enter_decision(case: Case, act: Act, doing: Doing) -> None:
    """A line for a licence just granted, if the data say that it is public (``CASE_FOLLOWS``).

    What is masked is masked here: the register never holds the whole name of a person.
    """
    if act != Act.DECIDE or case.outcome != Outcome.GRANTED.value:
        return
    version = case.item_version
    holder = "company" if case.applicant_kind == "company" else "person"
    naming = naming_of(version.item.entry.kind, version.topics, holder)
    if naming == Naming.NOT:
        return
    name = case.applicant_name
    RegisterLine.objects.get_or_create(
        case=case,
        defaults={
            "organ": case.organ,
            "holder": name if naming == Naming.FULL else mask_name(name),
            "named": naming.value,
            "decided_on": doing.day,
        },
    )
