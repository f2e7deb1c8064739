"""The port to the collecting bank: its public key, and where people pay."""

from urllib.parse import urlencode

from django.conf import settings


def public_key() -> str:
    """The bank's Ed25519 key, base64: from the setting, or the file its stand-in wrote."""
    if settings.BANK_PUBLIC_KEY:
        return str(settings.BANK_PUBLIC_KEY)
    file = settings.BANK_STATEMENTS.parent / "public.key"
    return file.read_text().strip() if file.exists() else ""


def payment_address(number: str, amount: int) -> str:
    """Where notice ``number`` over ``amount`` fen is paid online."""
    return f"{settings.BANK_URL}/pay?" + urlencode({"notice": number, "amount": amount})
