"""Everybody who might try an act, and all that a deed could leave."""

from datetime import date

from openhall.cases.models import (
    Case,
    CaseEvent,
    CaseNote,
    Consultation,
    ExtensionRequest,
    Hearing,
    Quota,
    StandIn,
    UnitMonth,
)
from openhall.ledger.models import Entry
from openhall.organs.actions import appoint, relieve
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.outbox.models import Message
from openhall.papers.models import Paper
from openhall.permits.models import Ban, Licence, LicenceRequest, PermitDeed

NOBODY = ("stranger", "applicant", "inactive", "relieved", "other_organ", "nobody")


def trace():
    """All that a deed could leave."""
    told = (Case, Hearing, Consultation, ExtensionRequest, Quota, Licence, UnitMonth)
    added = (CaseEvent, PermitDeed, LicenceRequest, Paper, CaseNote, Ban, StandIn, Message)
    return (
        [list(model.objects.order_by("pk").values()) for model in told],
        [model.objects.count() for model in added],
        Entry.objects.exclude(
            kind__in=("organ", "posting")
        ).count(),  # somebody is appointed to try it
    )


def second(cast) -> Account:
    """Another handler of the bureau."""
    account = Account.objects.create_user(username=f"handler-{Account.objects.count()}")
    appoint(account, cast.organ, Desk.HANDLER, date(2003, 1, 1))
    return account


def somebody(who, cast, name="some"):
    account = Account.objects.create_user(username=f"{name}-{who}")
    if who in NOBODY:
        if who == "nobody":
            return None
        if who == "applicant":
            return cast.wang_fang
        if who == "other_organ":
            other = Organ.objects.get(code="cd-water")
            for desk in Desk:
                appoint(account, other, desk, date(2003, 1, 1))
        if who in ("inactive", "relieved"):
            for desk in Desk:
                post = appoint(account, cast.organ, desk, date(2003, 1, 1))
                if who == "relieved":
                    relieve(post, date(2024, 3, 6))
            account.is_active = who != "inactive"
            account.save()
        return account
    appoint(account, cast.organ, who, date(2003, 1, 1))
    return account
