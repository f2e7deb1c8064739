"""What a person holds that may be used again, and what of it fits this application."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language

from openhall.applying.models import Draft, HeldDocument
from openhall.applying.queries import asked_by
from openhall.cases.models import Case
from openhall.cases.queries import answers_kept
from openhall.catalogue.models import Material
from openhall.files.rules.trust import fault_of_reuse
from openhall.files.terms import TrustLevel
from openhall.forms.terms import FieldKind
from openhall.organs.models import Account
from openhall.organs.queries import agencies_of
from openhall.vault.fields import blinds

NOT_OFFERED = (FieldKind.STATEMENT, FieldKind.FILE, FieldKind.COMPUTED)
LOOKED_AT = 20  # the newest cases from which answers are offered


def owners_of(account: Account, day: date) -> set[str]:
    """The blind indexes of the person and of the companies the person may act for."""
    if not account.is_active:
        return set()
    mine = set(blinds(account.id_number)) if account.id_number else set()
    codes = agencies_of(account, day).values_list("company__credit_code", flat=True)
    return mine.union(*(blinds(code) for code in codes))


def owns(account: Account, held: HeldDocument, day: date) -> bool:
    """Whether ``held`` is the account's own or its company's."""
    return held.owner_blind in owners_of(account, day)


def documents_of(account: Account, day: date, limit: int = 50) -> list[HeldDocument]:
    """The newest documents of the account and of its companies."""
    rows = HeldDocument.objects.filter(owner_blind__in=owners_of(account, day))
    wanted = rows.select_related("organ", "case__item_version", "upload", "paper")
    return list(wanted.order_by("-id")[:limit])


def usable(documents: list[HeldDocument], day: date) -> list[HeldDocument]:
    """Those that may be used on ``day``."""
    return [
        one
        for one in documents
        if fault_of_reuse(TrustLevel(one.trust), one.until, one.withdrawn_at is not None, day)
        is None
    ]


def fitting(material: Material, documents: list[HeldDocument]) -> list[HeldDocument]:
    """Those that bear the material's name, wholly or as part of it: the window still judges."""
    return [one for one in documents if one.name in material.name or material.name in one.name]


def party_said(case: Case) -> dict[str, str]:
    """The applicant of ``case`` as the form asks it; never the agent, who may be another now."""
    said = {
        "kind": case.applicant_kind,
        "name": case.applicant_name,
        "identity": case.identity_kind,
        "number": case.identity_number,
        "phone": case.phone,
        "address": case.address,
    }
    return {key: value for key, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Offer:
    """Answers of one earlier case that fit this form: key and label of each."""

    case: Case
    keys: tuple[str, ...]
    labels: tuple[str, ...]


def offers(draft: Draft, account: Account) -> list[Offer]:
    """Earlier cases of ``account`` with answers to questions this item asks too, newest first.

    A declaration is made anew each time and is never offered.
    """
    wanted = {
        one.key: (one.called(get_language()), one.kind)
        for one in asked_by(draft.item_version)
        if one.kind not in NOT_OFFERED
    }
    rows = Case.objects.filter(Q(account=account)).select_related("item_version__form")
    found: list[Offer] = []
    for case in rows.order_by("-id")[:LOOKED_AT]:
        said = answers_kept(case)
        asked = {one.key: one.kind for one in asked_by(case.item_version)}
        keys = [
            key
            for key, (_label, kind) in wanted.items()
            if asked.get(key) == kind and said.get(key) not in (None, "", [])
        ]
        if keys:
            found.append(Offer(case, tuple(keys), tuple(wanted[key][0] for key in keys)))
    return found[:3]


def earlier_parties(account: Account, day: date) -> list[Case]:
    """The newest case for each applicant that ``account`` applied as."""
    rows = Case.objects.filter(account=account).select_related("item_version").order_by("-id")
    found: dict[str, Case] = {}
    for case in rows[:LOOKED_AT]:
        found.setdefault(case.identity_number, case)
    return list(found.values())[:3]
