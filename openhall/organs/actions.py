"""Writing accounts and posts."""

from datetime import date

from django.db import transaction

from openhall.organs.models import Account, Organ, Post
from openhall.organs.rules.identity import fault_of_resident_id
from openhall.organs.terms import Desk
from openhall.vault.fields import blind


class WrongIdentity(ValueError):
    """The identity number cannot be right; the message says why."""


@transaction.atomic
def introduce(account: Account, *, real_name: str, id_number: str, phone: str) -> Account:
    """Say who stands behind ``account``. Raises :class:`WrongIdentity` on a bad check digit."""
    if fault := fault_of_resident_id(id_number):
        raise WrongIdentity(fault)
    account.real_name, account.id_number, account.phone = real_name, id_number, phone
    account.id_blind = blind(id_number)
    account.save(update_fields=["real_name", "id_number", "id_blind", "phone"])
    return account


@transaction.atomic
def appoint(account: Account, organ: Organ, desk: Desk, since: date, title: str = "") -> Post:
    """Give ``account`` a desk from ``since`` on; appointing twice gives the one post."""
    if not account.is_official:
        account.is_official = True
        account.save(update_fields=["is_official"])
    post, _ = Post.objects.get_or_create(
        account=account, organ=organ, desk=desk.value, since=since, defaults={"title": title}
    )
    return post


@transaction.atomic
def relieve(post: Post, last_day: date) -> Post:
    """End ``post`` after ``last_day``; the record stays."""
    post.until = last_day
    post.save(update_fields=["until"])
    return post
