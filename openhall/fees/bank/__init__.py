"""The port to who collects: where people pay, and whether a receipt is truly theirs.

A collector is a bank that signs seven facts with Ed25519, or a platform that signs its own words;
which is which the code of the bank on the receipt says. Both come to one door: ``settle``.
"""

from urllib.parse import urlencode

from django.conf import settings

from openhall.fees.bank.account import wechat_platform
from openhall.fees.rules.callback import NotFromTheBank, Paid, verify
from openhall.fees.rules.platform import DIFFERS, paid_of_proof


def public_keys() -> list[str]:
    """The bank's Ed25519 keys, base64: from the setting, or the file its stand-in wrote.

    More than one, apart by blanks, once the bank has changed its key: receipts signed with the old
    one are verified again every night.
    """
    if settings.BANK_PUBLIC_KEY:
        return str(settings.BANK_PUBLIC_KEY).split()
    file = settings.BANK_STATEMENTS.parent / "public.key"
    return file.read_text().split() if file.exists() else []


def verify_receipt(paid: Paid, signature: str, proof: str = "") -> None:
    """Raises :class:`NotFromTheBank` unless ``signature`` was made with a key of the bank.

    ``proof``: what a platform signed, where it does not sign the seven facts themselves.
    """
    if proof or paid.bank == settings.WECHAT_CODE:
        if paid_of_proof(proof, signature, wechat_platform()) != paid:
            raise NotFromTheBank(DIFFERS)
        return None
    keys = public_keys() or [""]
    for key in keys[:-1]:
        try:
            return verify(paid, signature, key)
        except NotFromTheBank:
            continue
    return verify(paid, signature, keys[-1])


def payment_address(number: str, amount: int) -> str:
    """Where notice ``number`` over ``amount`` fen is paid online."""
    return f"{settings.BANK_URL}/pay?" + urlencode({"notice": number, "amount": amount})


def terminal_address(number: str, amount: int) -> str:
    """The bank's card terminal at the fee window, with notice ``number`` keyed in."""
    return f"{settings.BANK_URL}/pos?" + urlencode({"notice": number, "amount": amount})
