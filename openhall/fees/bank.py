"""The port to the collecting bank: its public keys, and where people pay."""

from urllib.parse import urlencode

from django.conf import settings

from openhall.fees.rules.callback import NotFromTheBank, Paid, verify


def public_keys() -> list[str]:
    """The bank's Ed25519 keys, base64: from the setting, or the file its stand-in wrote.

    More than one, apart by blanks, once the bank has changed its key: receipts signed with the old
    one are verified again every night.
    """
    if settings.BANK_PUBLIC_KEY:
        return str(settings.BANK_PUBLIC_KEY).split()
    file = settings.BANK_STATEMENTS.parent / "public.key"
    return file.read_text().split() if file.exists() else []


def verify_receipt(paid: Paid, signature: str) -> None:
    """Raises :class:`NotFromTheBank` unless ``signature`` was made with a key of the bank."""
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
